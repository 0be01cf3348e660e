"""`gate replay` read a second time from the contract alone, as literally as possible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.rules.gate.second_opinion_events import Events
from tests.rules.gate.second_opinion_form import POLICY, check
from tests.rules.gate.second_opinion_judge import ANSWERED, Judge
from tests.rules.gate.second_opinion_places import (
    FOREVER,
    Line,
    Places,
    Site,
    Step,
    counted,
    first_revision,
)
from tests.rules.second_form import Misshapen, Row, loaded, seconds, written


class Gates(Judge, Events):
    """The whole file as it goes by. `happened` is what is known to have happened, in true order."""

    def __init__(self, file: Row) -> None:
        self.policy = {**POLICY, **file.get("policy", {})}
        self.headcounts: dict[str, int] = file["visits"]
        self.passes = {row["pass"]: first_revision(row) for row in file["passes"]}
        self.site = Site(file["gates"])
        self.supervisors = file.get("supervisors", [])
        self.security = file.get("security", [])
        self.happened: list[Step] = []
        self.lines: dict[str, Line] = {}
        self.rolls: list[Row] = []
        self.breaches: list[Row] = []
        self.answers: dict[tuple[str, str], Row] = {}
        self.tested: set[tuple[str, int]] = set()
        self.decisions: list[Row] = []
        self.now = -FOREVER

    # the clock

    def due(self) -> list[tuple[int, int, int, Callable[[], None]]]:
        """Every clock record to come: its time, its kind, its place in the file, what it does."""
        found: list[tuple[int, int, int, Callable[[], None]]] = []
        for n, one in enumerate(self.passes.values()):
            revision = one.current
            when = revision.end + self.policy["grace_minutes"] * 60
            if (one.name, revision.number) not in self.tested and when > revision.issued_at:
                found.append((when, 0, n, lambda name=one.name: self.overstay(name)))  # type: ignore[misc]
        for n, gate in enumerate(self.site.zones):
            line = self.lines.get(gate)
            if line and not line.warned:
                when = line.list_time + self.policy["list_minutes"] * 60
                found.append((when, 1, n, lambda line=line: self.list_is_old(line)))  # type: ignore[misc]
        return [(max(when, self.now), kind, n, make) for when, kind, n, make in found]

    def run_clock(self, until: int) -> None:
        while ready := [x for x in self.due() if x[0] <= until]:
            when, _, _, make = min(ready, key=lambda x: x[:3])
            self.now = when
            make()

    def warn(self, warning: str, **more: Any) -> None:
        row = {"event": None, "at": written(self.now), "warning": warning, "clause": "CV-4.1"}
        self.decisions.append({**row, **more})

    def overstay(self, name: str) -> None:
        one = self.passes[name]
        self.tested.add((name, one.current.number))
        persons = self.places(FOREVER).on_site(name)
        if persons:
            more = {"pass": name, "visit": one.visit, "persons": persons}
            self.warn("overstay", **more, to=one.current.fields["escort"])

    def list_is_old(self, line: Line) -> None:
        line.warned = True
        self.warn("list_old", gate=line.gate, to="security")

    # what is known

    def places(self, before: int) -> Places:
        """Worked out anew from all that is known to have happened before a position."""
        places = Places(self.site)
        for step in self.happened:
            if step.position < before:
                places.move(step)
        return places

    def in_visit(self, places: Places, visit: str) -> int:
        return sum(places.on_site(p.name) for p in self.passes.values() if p.visit == visit)

    def rolling(self, position: int) -> bool:
        """Whether a roll call or drill runs at this position."""
        return any(r["start"] < position and position < r["end"] for r in self.rolls)

    def expected(self) -> dict[str, int]:
        places = self.places(FOREVER)
        found = {visit: self.in_visit(places, visit) for visit in self.headcounts}
        return {visit: persons for visit, persons in found.items() if persons > 0}

    def off_line(self) -> list[str]:
        return [gate for gate in self.site.zones if gate in self.lines]

    def standing(self) -> Row:
        """As things are: on site, the balance, passes out, gates off line."""
        places = self.places(FOREVER)
        on_site: Row = {}
        for visit, persons in self.expected().items():
            areas: dict[str, int] = {}
            for one in self.passes.values():
                if one.visit == visit:
                    for zone, number in places.of(one.name).items():
                        for area in zone:
                            areas[area] = areas.get(area, 0) + number
            some = {area: number for area, number in areas.items() if number > 0}
            on_site[visit] = {"persons": persons, "areas": some}
        out = [
            name
            for name, one in self.passes.items()
            if one.current.state(FOREVER, FOREVER) == "outstanding"
        ]
        balance = counted(self.passes)
        off = self.off_line()
        return {"on_site": on_site, "balance": balance, "not_returned": out, "off_line": off}

    # the events

    def take(self, position: int, event: Row) -> Row:
        """One event's decision, with the clock records before it made first."""
        at = seconds(event["at"])
        self.run_clock(at)
        self.now = at
        kind = event["event"]
        answer = self.passing if kind in ANSWERED else getattr(self, f"on_{kind}")
        row = {"event": position, "at": written(at), **answer(position, event)}
        self.decisions.append(row)
        return row


def replay(file: Row) -> Row:
    """The whole answer, without its sentences; Misshapen if the file is malformed."""
    check(file)
    gates = Gates(file)
    for position, event in enumerate(file["events"]):
        gates.take(position, event)
    gates.run_clock(seconds(file["until"]) if "until" in file else gates.now)
    return {"decisions": gates.decisions, "breaches": gates.breaches, **gates.standing()}


def run(source: str) -> tuple[int, Row | set[str]]:
    """Exit code, and the answer or the places one of which must be named."""
    try:
        return 0, replay(loaded(source))
    except Misshapen as fault:
        return 2, fault.places
