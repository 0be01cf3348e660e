"""The desk as it stands: its people, policy and matters. A move is decided by the rules, then made here."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .. import matters
from ..calendar import WorkingCalendar
from ..decision import Refused
from ..malformed import Fields
from ..matters import Around, Kind, Step
from .kinds import CALLBACK, FOLLOW_UP, kinds_of
from .matter import CLOSED, Callback, Matter
from .office import Office
from .policy import NORMAL, SEVERITIES, URGENT, DeskPolicy


@dataclass(frozen=True)
class Event:
    """Something done at the desk, checked."""

    at: datetime
    kind: str
    matter: str
    by: str
    fields: Fields

    def text(self, name: str) -> str:
        """A text, "" where it is left out."""
        return str(self.fields.get(name, ""))

    def number(self, name: str) -> int | None:
        """A whole number, None where it is left out."""
        return self.fields.get(name)

    def flag(self, name: str) -> bool | None:
        """true or false, None where it is left out."""
        return self.fields.get(name)

    def step(self, verb: str, to: str = "", kind: str = "", grade: str = "") -> Step:
        """A step of the matter, by whoever this is by."""
        return Step(verb, self.by, self.at, to=to, kind=kind, grade=grade)


@dataclass(frozen=True)
class Told:
    """A notice and those who get it, in order; nobody gets their own event's, nobody gets one twice."""

    notice: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class Move:
    """What an accepted event does: the matter with what the desk knows of it, its steps, who is told."""

    matter: Matter
    steps: tuple[Step, ...]
    because: str
    told: tuple[Told, ...] = ()


class Desk:
    """Everything that the rules look at. `matters` in the order recorded."""

    def __init__(
        self,
        office: Office,
        policy: DeskPolicy,
        calendar: WorkingCalendar,
        kinds: Mapping[str, Kind] | None = None,
    ) -> None:
        """kinds: those of the policy, where somebody has made them before."""
        self.office, self.policy, self.calendar = office, policy, calendar
        self.around = Around(time=calendar, kinds=kinds or kinds_of(policy))
        self.by_chief = replace(self.around, supervisor=True)
        self.matters: dict[str, Matter] = {}
        self._places: dict[tuple[str, str], list[str]] = {}

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """The five kinds with the office's limits."""
        return self.around.kinds

    def around_of(self, who: str) -> Around:
        """What a step of this person is settled with."""
        return self.by_chief if self.office.is_chief(who) else self.around

    def make(self, event: Event, move: Move) -> Matter:
        """The matter after a move, with the call-back that its closing brings."""
        old = self.matters.get(event.matter)
        found = move.matter
        for step in move.steps:
            found = self._after(found, step)
        if found.stage == CLOSED and (old is None or old.stage != CLOSED) and self._drawn(found):
            found = self._after(found, event.step(FOLLOW_UP))
            clock = found.state.clock(CALLBACK)
            if clock and clock.due_at:
                found = replace(found, callback=Callback(clock.due_at))
        parts = {found.state.owner, found.state.holder, *found.handled}
        parts |= set() if event.kind == "call" else {event.by}
        found = replace(found, handled=frozenset(parts))
        self.add(found)
        return found

    def add(self, found: Matter) -> None:
        """A matter as it stands; those that are new here stand in the order recorded."""
        if found.id not in self.matters:
            self._places.setdefault((found.home, found.subject), []).append(found.id)
        self.matters[found.id] = found

    def goes_on_from(self, other: Desk) -> None:
        """The matters of a desk with another office, policy or calendar are this one's from here on."""
        self.matters, self._places = other.matters, other._places

    def took(self, before: Matter, step: Step, after: Matter) -> None:
        """A step was taken, with its facts; whoever stores a desk listens here."""

    def mark(self, matter_id: str, step: Step) -> Matter:
        """The matter after what its clock owes has taken place."""
        found = self.matters[matter_id] = self._after(self.matters[matter_id], step)
        return found

    def _after(self, found: Matter, step: Step) -> Matter:
        around = self.around_of(step.by)
        step = matters.settled(found.state, found.state.kind, step, around)
        after = replace(found, state=matters.fold(found.state, step, around))
        self.took(found, step, after)
        return after

    def _drawn(self, found: Matter) -> bool:
        """SD-4.3: whether a matter that is closed brings a call-back; nobody can choose which."""
        kind = found.state.kind
        if kind == "complaint" or found.reopened:
            return True
        digest = hashlib.sha256(f"{self.policy.seed}:{found.id}".encode()).hexdigest()
        return int(digest[:8], 16) % 100 < self.policy.callback_percent[kind]

    def repeated(self, matter_id: str, home: str, subject: str, at: datetime) -> Matter | None:
        """SD-4.2.5: the complaint that another one of this home and subject would repeat, the last recorded."""
        since = at - timedelta(days=self.policy.repeat_days)
        for other in reversed(self._places.get((home, subject), [])):
            found = self.matters[other]
            counts = found.is_of("complaint") and found.state.status != "cancelled"
            if other != matter_id and counts and found.state.opened_at >= since:
                return found
        return None

    def begins(self, event: Event, kind: str, home: str, subject: str) -> Beginning:
        """How a matter of this kind begins now: its grade, and the complaint it repeats."""
        if kind == "complaint":
            first = self.repeated(event.matter, home, subject, event.at)
            if first is None:
                return Beginning(SEVERITIES[0])
            place = SEVERITIES.index(first.state.grade) + 1
            return Beginning(SEVERITIES[min(place, len(SEVERITIES) - 1)], first.id)
        urgent = event.flag("urgent")
        if urgent is None:
            urgent = kind == "help" and subject in self.policy.urgent_subjects
        return Beginning(URGENT if urgent and kind in ("help", "paid") else NORMAL)


@dataclass(frozen=True)
class Beginning:
    """The grade that a matter begins with, and the complaint it is linked to, "" none."""

    grade: str
    linked: str = ""

    def told(self, desk: Desk) -> tuple[Told, ...]:
        """SD-4.2.5: a repeat reaches the supervisor, a grave complaint the manager."""
        office = desk.office
        repeat = [Told("repeat", (office.supervisor,))] if self.linked else []
        grave = [Told("grave", (office.manager,))] if self.grade == SEVERITIES[-1] else []
        return (*repeat, *grave)


def refuse(message: str, clause: str | None = None) -> Refused:
    """A refusal; without a clause it is the event's own."""
    return Refused(clause, message)
