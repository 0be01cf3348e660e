"""Who is where, and what is known of a pass: the parts of the gate that every judgement reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.rules.second_form import Row, seconds

Zone = frozenset[str]
ELSEWHERE: Zone = frozenset()
FOREVER = 10**12


@dataclass
class Revision:
    """One issue of a pass. `states` holds (position, time, state) of what happened to it."""

    number: int
    issued: int
    issued_at: int
    fields: Row
    states: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def start(self) -> int:
        return seconds(self.fields["from"])

    @property
    def end(self) -> int:
        return seconds(self.fields["to"])

    def state(self, before: int, until: int) -> str:
        """As known from what came before a position and not after a time."""
        known = [s for position, at, s in self.states if position < before and at <= until]
        return known[-1] if known else "outstanding"


@dataclass
class Pass:
    name: str
    visit: str
    revisions: list[Revision]

    @property
    def current(self) -> Revision:
        return self.revisions[-1]

    def revision(self, number: int, before: int) -> Revision | None:
        """The revision of this number, if it was issued before that position."""
        for one in self.revisions:
            if one.number == number and one.issued < before:
                return one
        return None


@dataclass
class Step:
    """A scan or admission, or the return of a pass, at its position in the file."""

    position: int
    kind: str  # "scan", "admit" or "returned"
    pass_name: str
    event: Row
    codes: set[str] = field(default_factory=set)

    @property
    def way(self) -> str:
        return str(self.event["direction"]) if self.kind == "scan" else "in"

    @property
    def count(self) -> int:
        return int(self.event.get("count", 1))


class Site:
    """The gates, and the order in which zones are emptied."""

    def __init__(self, gates: list[Row]) -> None:
        self.zones = {g["gate"]: frozenset(g["areas"]) for g in gates}
        self.site_gates = {g["gate"] for g in gates if g.get("site", False)}
        self.order: list[Zone] = [ELSEWHERE]
        for g in gates:
            if self.zones[g["gate"]] not in self.order:
                self.order.append(self.zones[g["gate"]])


class Places:
    """Pass → zone → persons."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.there: dict[str, dict[Zone, int]] = {}

    def copied(self) -> Places:
        other = Places(self.site)
        other.there = {name: dict(zones) for name, zones in self.there.items()}
        return other

    def of(self, name: str) -> dict[Zone, int]:
        return self.there.setdefault(name, dict.fromkeys(self.site.order, 0))

    def on_site(self, name: str) -> int:
        return sum(self.of(name).values())

    def take(self, name: str, zones: list[Zone], count: int) -> int:
        """Takes up to `count` out of these zones, one after the other; how many there were."""
        left = count
        for zone in zones:
            found = min(left, self.of(name)[zone])
            self.of(name)[zone] -= found
            left -= found
        return count - left

    def from_outside(self, name: str, gate: str, count: int) -> int:
        """How many of those going in by this gate would come from outside."""
        if gate in self.site.site_gates:
            return count
        inside = self.on_site(name) - self.of(name)[self.site.zones[gate]]
        return max(0, count - inside)

    def before_gate_out(self, name: str, gate: str) -> int:
        """How many could go out by this gate."""
        if gate in self.site.site_gates:
            return self.on_site(name)
        return self.of(name)[self.site.zones[gate]]

    def move(self, step: Step) -> None:
        if step.kind == "returned":
            self.there.pop(step.pass_name, None)
            return
        gate, name, count = step.event["gate"], step.pass_name, step.count
        zone = self.site.zones[gate]
        others = [z for z in self.site.order if z != zone]
        by_site_gate = gate in self.site.site_gates
        if step.way == "in":
            if not by_site_gate:
                self.take(name, others, count)
            self.of(name)[zone] += count
        elif by_site_gate:
            self.take(name, [zone, *others], count)
        else:
            self.of(name)[ELSEWHERE] += self.take(name, [zone], count)


@dataclass
class Line:
    """A gate whose line is down: what it knows, and its own queue."""

    gate: str
    position: int
    list_time: int
    places: Places
    queue: list[Step] = field(default_factory=list)
    warned: bool = False


@dataclass(frozen=True)
class View:
    """What a judgement knows: its own position, that and the time up to which passes are known,
    where people are, which clock."""

    before_true: int

    before: int
    until: int
    places: Places
    time: int
    line: Line | None
    rolling: bool


def first_revision(row: Row) -> Pass:
    fields = {k: row[k] for k in ("areas", "from", "to", "persons", "escort")}
    fields["photo"] = row.get("photo", False)
    return Pass(row["pass"], row["visit"], [Revision(1, -1, -FOREVER, fields)])


def counted(passes: dict[str, Pass]) -> dict[str, Any]:
    """`balance`: of each visit every revision of its passes, by state."""
    balance: dict[str, Any] = {}
    for one in passes.values():
        states = ("issued", "returned", "void", "lost", "outstanding")
        row = balance.setdefault(one.visit, dict.fromkeys(states, 0))
        for revision in one.revisions:
            row["issued"] += 1
            row[revision.state(FOREVER, FOREVER)] += 1
    return balance
