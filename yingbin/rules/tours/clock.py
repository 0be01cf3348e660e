"""Clock records of visits: what falls due between events, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from . import judging, plan
from .house import House
from .verbs import AREA_WORDS, company_clause
from .visit import Visit


@dataclass(frozen=True)
class Due:
    """A record that will be made at a moment unless something changes before. moment: as the contract has it."""

    visit: Visit
    warning: str
    about: str | None
    moment: datetime
    to: str
    clause: str

    @property
    def key(self) -> tuple[str, str | None, datetime]:
        """Each is made once for a visit, a warning, what it is about, and its moment."""
        return (self.warning, self.about, self.moment)


@dataclass(frozen=True)
class Record:
    """A record made: when, and of what."""

    at: datetime
    due: Due
    because: str


class VisitClock:
    """Runs over a house from event to event."""

    def __init__(self, house: House) -> None:
        self.house = house

    def note(self, now: datetime) -> None:
        """Remembers since when each condition holds: a moment that has passed already counts as now."""
        for visit in self.house.all():
            waits = {due.key for due in self._of(visit)}
            visit.arisen = {key: visit.arisen.get(key, now) for key in waits}

    def run(self, upto: datetime) -> Iterator[Record]:
        """Makes the records due up to and with a moment, the earliest first."""
        while (nearest := self._next(upto)) is not None:
            moment, due = nearest
            if due is None:
                self._over(moment)
            else:
                yield self._make(moment, due)

    def next_of(self, visit: Visit) -> datetime | None:
        """When the clock next has something to do with a visit: a record, or its end. None for never."""
        waits = [
            max(due.moment, visit.arisen.get(due.key, due.moment))
            for due in self._of(visit)
            if due.key not in visit.told
        ]
        if self.house.status(visit) == "approved":
            waits.append(visit.window.end)
        return min(waits, default=None)

    def _next(self, upto: datetime) -> tuple[datetime, Due | None] | None:
        """The next thing that takes place: visits that are over (None) before the records of that moment."""
        overs = [v.window.end for v in self.house.all() if self.house.status(v) == "approved"]
        found: list[tuple[datetime, int, Due | None]] = [(end, 0, None) for end in overs]
        place = 1
        for visit in self.house.all():
            for due in self._of(visit):
                if due.key not in visit.told:
                    found.append((max(due.moment, visit.arisen[due.key]), place, due))
                place += 1
        found = [one for one in found if one[0] <= upto]
        if not found:
            return None
        moment, _, nearest = min(found, key=lambda one: one[:2])
        return moment, nearest

    def _over(self, moment: datetime) -> None:
        for visit in self.house.all():
            if self.house.status(visit) == "approved" and visit.window.end <= moment:
                visit.ended = "over"
        self.house.settle(moment, giving=False)
        self.note(moment)

    def _make(self, moment: datetime, due: Due) -> Record:
        due.visit.told.add(due.key)
        if due.warning == "unanswered" and due.about is not None:
            due.visit.areas[due.about].state = "refused"
        if due.warning == "lapsed":
            due.visit.ended = "lapsed"
        self.house.settle(moment, giving=due.warning in ("unanswered", "lapsed"))
        self.note(moment)
        return Record(moment, due, _words(due))

    def _of(self, visit: Visit) -> Iterator[Due]:
        """Everything that would fall due for a visit as it stands, in the order of the contract's table."""
        if visit.ended:
            return
        pack, start = visit.pack, visit.window.start
        stands = self.house.status(visit)
        asked = [] if stands == "declined" else visit.in_state("asked")
        for area in asked:
            yield Due(visit, "unanswered", area, start, self._department(area), "CV-3.2.1")
        if stands != "approved":
            yield Due(visit, "lapsed", None, start, "reception", "CV-4.2")
        for area in asked:
            late = visit.areas[area].since + timedelta(hours=pack.area_hours)
            yield Due(visit, "area_late", area, late, self._department(area), "CV-3.2.1")
        if visit.company_since is not None and judging.is_company_asked(visit, self.house.company):
            late = visit.company_since + timedelta(hours=pack.company_hours)
            yield Due(visit, "company_late", None, late, "company", company_clause(visit))
        for job in plan.plan(visit, self.house.company):
            if not job.done:
                to = "company" if job.blocking else job.owner
                yield Due(visit, "task_late", job.task, job.due, to, job.clause)

    def _department(self, area: str) -> str:
        return self.house.company.areas[area].department


def _words(due: Due) -> str:
    name = due.visit.name
    about = AREA_WORDS.get(due.about or "", "") or plan.TASK_WORDS.get(due.about or "", "")
    return {
        "unanswered": f"{name}到了来访时间，{about}还没有答复，按不开放处理。",
        "lapsed": f"{name}到了来访时间还没有批准，这次来访作废。",
        "area_late": f"{name}的{about}还没有答复，请尽快答复。",
        "company_late": f"{name}等公司批示已经超时，请尽快批示。",
        "task_late": f"{name}的{about}到期还没有办好，请尽快办理。",
    }[due.warning]
