"""`tours decide` read a second time from the contract alone, as literally as possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.rules.second_form import AREAS, Misshapen, Row, loaded, seconds, written
from tests.rules.tours.second_opinion_edits import settle
from tests.rules.tours.second_opinion_events import Events
from tests.rules.tours.second_opinion_form import TASKS, check
from tests.rules.tours.second_opinion_plan import (
    clause,
    due,
    in_plan,
    is_done,
    owner,
    six,
    written_visit,
)
from tests.rules.tours.second_opinion_visit import Visit

LONG_AGO = -(10**12)
WARNINGS = ("over", "unanswered", "lapsed", "area_late", "company_late", "task_late")


@dataclass(frozen=True)
class Due:
    """Something that falls due: a record, or the end of a visit."""

    moment: int
    warning: str
    visit: Visit
    about: str | None
    item: int
    to: str
    clause: str

    @property
    def key(self) -> tuple[str, str, str | None, int]:
        return self.visit.name, self.warning, self.about, self.moment


class Tours(Events):
    def __init__(self, file: Row) -> None:
        super().__init__(file)
        self.now = LONG_AGO
        self.fell: Visit | None = None
        self.seen: set[tuple[str, str, str | None, int]] = set()
        self.decisions: list[Row] = []

    # the clock

    def due(self) -> list[Due]:
        found = []
        for v in [one for one in self.visits.values() if not one.ended]:
            found += [*self.due_areas(v), *self.due_visit(v), *self.due_tasks(v)]
        return [one for one in found if one.key not in self.seen]

    def due_areas(self, v: Visit) -> list[Due]:
        found: list[Due] = []
        if self.status(v) == "declined":
            return found
        for area in v.asked_areas():
            to, n = self.areas[area]["department"], AREAS.index(area)
            late = v.asked[area] + v.pack["area_hours"] * 3600
            found.append(Due(v.start, "unanswered", v, area, n, to, "CV-3.2.1"))
            found.append(Due(late, "area_late", v, area, n, to, "CV-3.2.1"))
        return found

    def due_visit(self, v: Visit) -> list[Due]:
        found = []
        if self.status(v) == "approved":
            found.append(Due(v.end, "over", v, None, 0, "", ""))
        else:
            found.append(Due(v.start, "lapsed", v, None, 0, "reception", "CV-4.2"))
        if v.company_asked is not None:
            late = v.company_asked + v.pack["company_hours"] * 3600
            where = "CV-2" if v.klass == "institution" else "CV-3.2.1"
            found.append(Due(late, "company_late", v, None, 0, "company", where))
        return found

    def due_tasks(self, v: Visit) -> list[Due]:
        found = []
        for task in in_plan(self, v):
            if not is_done(v, task):
                to = "company" if task in v.pack["blocking"] else owner(v, task)
                when, n = due(self, v, task), TASKS.index(task)
                found.append(Due(when, "task_late", v, task, n, to, clause(v, task)))
        return found

    def rank(self, one: Due) -> tuple[int, bool, int, int, int]:
        """The earliest first; a moment that has passed counts as now."""
        visit, warning = list(self.visits).index(one.visit.name), WARNINGS.index(one.warning)
        return max(one.moment, self.now), one.warning != "over", visit, warning, one.item

    def run_clock(self, until: int) -> None:
        while ready := [one for one in self.due() if max(one.moment, self.now) <= until]:
            one = min(ready, key=self.rank)
            self.now = max(one.moment, self.now)
            self.make(one)

    def make(self, one: Due) -> None:
        if one.warning == "over":
            one.visit.ended = "over"
            settle(self, self.now, hands=False)
            return
        self.seen.add(one.key)
        row = {"event": None, "at": written(self.now), "visit": one.visit.name}
        row.update(warning=one.warning, about=one.about, to=one.to, clause=one.clause)
        self.decisions.append(row)
        if one.warning == "unanswered":
            one.visit.areas[str(one.about)] = "refused"
        elif one.warning == "lapsed":
            one.visit.ended = "lapsed"
        settle(self, self.now, hands=one.warning in ("unanswered", "lapsed"))

    # the events

    def take(self, position: int, event: Row) -> Row:
        """One event's decision, with the clock records before it made first."""
        at = seconds(event["at"])
        self.run_clock(at)
        self.now, self.fell = at, None
        code, clause_ = self.answer(event)
        settle(self, at, self.fell)
        row: Row = {"event": position, "at": written(at), "clause": clause_, "code": code}
        row["visit"] = event["visit"]
        if code == "ok":
            row.update(six(self, self.visits[event["visit"]]))
        else:
            row["refused"] = True
        self.decisions.append(row)
        return row

    def answer(self, event: Row) -> tuple[str, str | None]:
        name: Any = getattr(self, f"on_{event['event']}")
        if event["event"] in ("apply", "word"):
            return name(event)  # type: ignore[no-any-return]
        v = self.visits.get(event["visit"])
        if v is None:
            return "unknown_visit", None
        return ("ended", None) if v.ended else name(v, event)


def decide(file: Row) -> Row:
    """The whole answer, without its sentences; Misshapen if the file is malformed."""
    check(file)
    tours = Tours(file)
    for position, event in enumerate(file["events"]):
        tours.take(position, event)
    tours.run_clock(seconds(file["until"]) if "until" in file else tours.now)
    visits = {name: written_visit(tours, v) for name, v in tours.visits.items()}
    return {"decisions": tours.decisions, "visits": visits, "stock": tours.stock}


def run(source: str) -> tuple[int, Row | set[str]]:
    """Exit code, and the answer or the places one of which must be named."""
    try:
        return 0, decide(loaded(source))
    except Misshapen as fault:
        return 2, fault.places
