"""The things of a day on duty, in the words of the procedures."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Literal

from .moments import MINUTE, Moment

PostKind = Literal["show_flat", "sales_centre"]
Role = Literal["receptionist", "lead", "head", "guard"]
TaskKind = Literal["opening", "round", "closing"]
BreakState = Literal["accepted", "running", "ended", "cancelled", "lapsed"]

STANDARD_ITEMS: dict[str, tuple[str, ...]] = {
    "opening": ("environment", "goods", "facilities"),
    "round": ("patrol",),
    "closing": ("water", "electricity", "gas", "doors", "windows"),
}
GUARDS = "guards"  # the guards' appearance: opening checks of a sales centre look at it too


@dataclass(frozen=True)
class DutyPolicy:
    """Numbers of a site, in minutes, but for `repeats`."""

    opening_lead: int = 30
    round_minutes: int = 60
    early_minutes: int = 30
    late_minutes: int = 10
    missing_minutes: int = 30
    grace_minutes: int = 5
    gap_minutes: int = 10
    handover_minutes: int = 15
    ready_minutes: int = 10
    dissuade_minutes: int = 5
    ack_minutes: int = 5
    repeats: int = 3

    @property
    def grace(self) -> Moment:
        """How long somebody is waited for."""
        return self.grace_minutes * MINUTE


POLICY_NAMES = tuple(f.name for f in fields(DutyPolicy))
MAY_BE_ZERO = ("opening_lead", "round_minutes", "early_minutes", "repeats")


@dataclass(frozen=True)
class Span:
    """From a moment until before another."""

    start: Moment
    end: Moment

    def holds(self, moment: Moment) -> bool:
        """Whether the moment lies in it."""
        return self.start <= moment < self.end


@dataclass(frozen=True)
class Post:
    """A show flat, or a place in the sales centre; open in a span, then so many people stand there."""

    name: str
    kind: PostKind
    open: Span
    minimum: int = 1
    items: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def listed(self, kind: TaskKind) -> tuple[str, ...]:
        """What a check of this kind asks: the standard items, then the post's own."""
        return standard_items(self.kind, kind) + self.items.get(kind, ())


def standard_items(post: PostKind, task: str) -> tuple[str, ...]:
    """The items no template can drop (SF-4.1, SC-4.1)."""
    more = (GUARDS,) if task == "opening" and post == "sales_centre" else ()
    return STANDARD_ITEMS[task] + more


@dataclass(frozen=True)
class Person:
    """Somebody of the site; receptionists have a home post and a shift, leads a shift."""

    name: str
    role: Role = "receptionist"
    home: str | None = None
    shift: Span | None = None

    @property
    def stands(self) -> bool:
        """Receptionists and leads stand at posts; heads and guards never do."""
        return self.role in ("receptionist", "lead")


@dataclass
class Break:
    """A break asked for and accepted; while it runs, `span` says until when."""

    id: str
    who: str
    kind: str
    span: Span
    state: BreakState = "accepted"
    unsafe_said: bool = False


@dataclass
class StandIn:
    """Somebody stands at another post for a span; begins and ends by itself."""

    id: str
    who: str
    post: str
    span: Span
    ended: bool = False
    unsafe_said: bool = False

    def runs(self, now: Moment) -> bool:
        """Whether it counts at this moment."""
        return not self.ended and self.span.holds(now)


@dataclass
class Task:
    """A check that is due: what was answered, who signed, and what became of it."""

    id: str
    post: str
    kind: TaskKind
    items: tuple[str, ...]
    due: Moment
    opens: Moment | None  # from when on it may be answered and signed; None: any time
    late_at: Moment | None  # None: it would not be late before it is missing
    missing_at: Moment
    answers: dict[str, str] = field(default_factory=dict)
    signed: dict[str, str] = field(default_factory=dict)  # side → who
    state: str = "pending"
    done_at: Moment | None = None
    was: str | None = None  # what it was until it was signed off

    @property
    def failed(self) -> list[str]:
        """Items answered as not in order."""
        return [item for item in self.items if self.answers.get(item) == "failed"]


@dataclass
class Line:
    """An information slip or a repair: one owner (第一责任人) until a handover passes it on."""

    id: str
    kind: str
    post: str
    owner: str
    task: str | None = None
    item: str | None = None
    open: bool = True


@dataclass
class HandoverEntry:
    """One line, key or stock item of a handover, and the receiver's word on it."""

    kind: str
    id: str
    accepted: bool | None = None


@dataclass
class Handover:
    """交接班 from a giver to a receiver; done with both signatures."""

    id: str
    post: str
    giver: str
    receiver: str
    began: Moment
    entries: list[HandoverEntry]
    signed: set[str] = field(default_factory=set)  # sides: giving, receiving
    state: str = "open"


@dataclass
class Case:
    """A disruption or an emergency, at a level since a moment; roles alerted and those that acknowledged."""

    id: str
    kind: str
    post: str
    level: int
    since: Moment
    alerted: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    open: bool = True
