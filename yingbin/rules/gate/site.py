"""A site at its gates: places, passes, gates off line, what happened, breaches and the roll call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from .gatefile import AREAS, Gate, GateFile
from .judging import Judge, Scan, View, moved
from .passes import FATES, Knowledge, Pass, passes_of
from .places import Places, zones_of


@dataclass
class OffLine:
    """A gate without line: since which event, the time of its list, its copy of the places, what it let through."""

    event: int
    since: datetime
    listed: datetime
    places: Places
    allowed: list[Scan] = field(default_factory=list)
    warned: bool = False


@dataclass
class Roll:
    """A roll call: from an event until another, who is expected, who is safe so far."""

    began: int
    drill: bool
    expected: dict[str, int]
    safe: dict[str, int] = field(default_factory=dict)
    ended: int | None = None

    def missing(self, visit: str) -> int:
        """How many of a visit have not been found."""
        return max(0, self.expected.get(visit, 0) - self.safe.get(visit, 0))


@dataclass
class Breach:
    """Someone led visitors without approval; confirmed by security."""

    name: str
    leader: str
    by: str
    confirmed_by: str | None = None


@dataclass(frozen=True)
class Conflict:
    """A scan that would have been answered otherwise had its gate been on line."""

    scan: int
    code: str
    beside: int | None


class Site:
    """The state of a day at the gates. happened: scans let through and returns that are known, by their event."""

    def __init__(self, file: GateFile) -> None:
        self.file = file
        self.passes = passes_of(file.passes)
        self.gates: dict[str, Gate] = {gate.name: gate for gate in file.gates}
        self.places = Places(zones_of(file.gates))
        self.off_line: dict[str, OffLine] = {}
        self.happened: dict[int, Scan | Pass] = {}
        self.codes: dict[int, set[str]] = {}
        self.rolls: list[Roll] = []
        self.breaches: dict[str, Breach] = {}
        self.judge = Judge(file.policy, file.visits, self.of_visit)

    def of_visit(self, places: Places, visit: str) -> int:
        """Persons of a visit on site."""
        return places.of_visit(self.passes_of(visit))

    def passes_of(self, visit: str) -> list[str]:
        """The names of a visit's passes."""
        return [p.name for p in self.passes.values() if p.visit == visit]

    @property
    def roll(self) -> Roll | None:
        """The roll call that runs."""
        return self.rolls[-1] if self.rolls and self.rolls[-1].ended is None else None

    def view(self, gate: str) -> View:
        """What a gate sees now: everything, or its copy and its list."""
        off = self.off_line.get(gate)
        if off is None:
            return View(self.places, Knowledge.everything, None, self.roll is not None)
        return View(
            off.places,
            lambda held: Knowledge.on_list(held, off.event, off.listed),
            off.listed,
            roll_call=False,
        )

    def let_through(self, scan: Scan) -> None:
        """What was allowed has happened: at once for all, or for an off-line gate alone."""
        off = self.off_line.get(scan.gate.name)
        if off is None:
            self.happened[scan.number] = scan
            moved(self.places, scan)
        else:
            off.allowed.append(scan)
            moved(off.places, scan)

    def merge(self, gate: str) -> tuple[int, list[Conflict]]:
        """The line is back: what the gate let through takes its place among the rest, and is judged there anew."""
        allowed = self.off_line.pop(gate).allowed
        self.happened.update({scan.number: scan for scan in allowed})
        first = allowed[0].number if allowed else None
        self.places = Places(self.places.order)
        conflicts: list[Conflict] = []
        for number in sorted(self.happened):
            what = self.happened[number]
            if isinstance(what, Pass):
                self.places.leave(what.name)
                continue
            if first is not None and number >= first:
                conflicts += self._judged_again(what)
            moved(self.places, what)
        return len(allowed), conflicts

    def _judged_again(self, scan: Scan) -> Iterator[Conflict]:
        view = View(
            self.places,
            lambda held: Knowledge.before(held, scan.number),
            None,
            any(
                r.began < scan.number and (r.ended is None or r.ended > scan.number)
                for r in self.rolls
            ),
        )
        code = self.judge.code(scan, view)
        if code != "ok" and code not in self.codes[scan.number]:
            self.codes[scan.number].add(code)
            yield Conflict(scan.number, code, self._last_in(scan))

    def _last_in(self, scan: Scan) -> int | None:
        """The pass's last way in before this scan that happened."""
        assert scan.held is not None
        before = (
            number
            for number, what in self.happened.items()
            if number < scan.number
            and isinstance(what, Scan)
            and what.inward
            and what.held is scan.held
        )
        return max(before, default=None)

    def expected(self) -> dict[str, int]:
        """Persons on site by visit, where more than none."""
        found = {visit: self.of_visit(self.places, visit) for visit in self.file.visits}
        return {visit: n for visit, n in found.items() if n}

    def reconciled(self) -> dict[str, object]:
        """Who is on site, what became of the passes, which gates are off line."""
        return {
            "on_site": {
                visit: {"persons": n, "areas": self.places.areas(self.passes_of(visit), AREAS)}
                for visit, n in self.expected().items()
            },
            "balance": dict(self._balances()),
            "not_returned": [p.name for p in self.passes.values() if p.fate() == "outstanding"],
            "off_line": [name for name in self.gates if name in self.off_line],
        }

    def _balances(self) -> Iterator[tuple[str, dict[str, int]]]:
        for visit in self.file.visits:
            fates = [
                held.fate(number)
                for held in self.passes.values()
                if held.visit == visit
                for number in held.revisions
            ]
            if fates:
                yield visit, {"issued": len(fates), **{f: fates.count(f) for f in FATES}}
