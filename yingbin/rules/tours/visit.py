"""One visit: what was asked for, what was answered, what it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from .pack import Pack

AreaState = Literal["closed", "asked", "open", "refused"]
Ended = Literal["withdrawn", "refused", "lapsed", "over"]


@dataclass(frozen=True)
class Window:
    """From a time until before another."""

    start: datetime
    end: datetime

    def meets(self, other: Window, buffer: int = 0) -> bool:
        """Whether another begins before its end and ends after its start, so many minutes around it counted in."""
        around = timedelta(minutes=buffer)
        return other.start < self.end + around and other.end > self.start - around


@dataclass
class Asked:
    """An area wanted: its state, and since when it has been asked."""

    state: AreaState
    since: datetime


@dataclass
class Paper:
    """A pass of a visit."""

    name: str
    areas: frozenset[str]
    persons: int
    valid: bool = True


@dataclass
class Visit:
    """The state of a visit. done: tasks done, with who or what where that was said; told: clock records made."""

    name: str
    pack: Pack
    klass: str
    sender: str
    asked_by: str | None
    rivals: str | None
    window: Window
    headcount: int
    areas: dict[str, Asked]
    judged: date
    lifted: set[str] = field(default_factory=set)
    company: str | None = None  # its word: approved; a refusal ends the visit
    company_since: datetime | None = None  # asked since; None while it isn't
    ended: Ended | None = None
    was_declined: bool = False
    was_approved: bool = False
    plan_sent: bool = False
    done: dict[str, str] = field(default_factory=dict)
    photo: bool = False
    room: str | None = None
    souvenirs: int = 0
    passes: list[Paper] = field(default_factory=list)
    arisen: dict[tuple[str, str | None, datetime], datetime] = field(default_factory=dict)
    told: set[tuple[str, str | None, datetime]] = field(default_factory=set)

    @property
    def offers(self) -> bool:
        """Whether its class is received in a room."""
        return self.pack.hospitality[self.klass].serve != "none"

    def in_state(self, state: AreaState) -> list[str]:
        """Its areas in a state, in order."""
        return [name for name, asked in self.areas.items() if asked.state == state]

    def is_open(self, area: str) -> bool:
        """Whether an area is open to it."""
        return area in self.areas and self.areas[area].state == "open"

    def persons_in(self, area: str) -> int:
        """Persons of valid passes that cover an area."""
        return sum(p.persons for p in self.passes if p.valid and area in p.areas)
