"""A matter as its steps made it, and one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from ..calendar import ALWAYS
from ..decision import Refused
from .clocks import Clock, Time
from .kinds import ACCEPT, KINDS, NORMAL, Kind

Status = Literal["open", "offered", "accepted", "answered", "closed", "cancelled"]
ENDS = frozenset({"closed", "cancelled"})
# Whoever owns, holds or is offered a matter: a person's id, or one of these and an id after a colon.
GROUPS = ("department", "role", "post")


def is_group(party: str) -> bool:
    """Whether a party is a department, a role or a post and no person."""
    return party.partition(":")[0] in GROUPS and ":" in party


@dataclass(frozen=True, slots=True)
class Pause:
    """A matter that waits: for what, since when, and when its pauses are used up."""

    reason: str
    since: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens to a matter. by: "" for the clock; to: who is offered it, gets it or is told.

    clock: which clock a mark is of. kind, grade: what a change makes it. reason: one of those a pause may have.
    photos: how many come with it, and purpose what they show. What `decide` worked out and `fold` takes as facts:
    clocks, those the step started, moved or ended with their place, as they are after it (None: a step of before
    a matter had several); counted: it counts as a hand-off; pause; spent: all its pauses up to now.
    """

    verb: str
    by: str
    at: datetime
    to: str = ""
    note: str = ""
    due_at: datetime | None = None
    clock: str = ""
    kind: str = ""
    grade: str = ""
    reason: str = ""
    photos: int = 0
    purpose: str = ""
    clocks: tuple[tuple[int, Clock], ...] | None = None
    counted: bool | None = None
    pause: Pause | None = None
    spent: timedelta | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A matter as its steps made it: the owner owes the answer, the holder has the task.

    ahead: where those of its clocks stand that go on.
    """

    kind: str
    status: Status
    owner: str
    opened_by: str
    opened_at: datetime
    holder: str = ""
    grade: str = NORMAL
    stage: str = ""
    began_at: datetime | None = None
    offered_to: str = ""
    offered_by: str = ""
    hand_offs: int = 0
    answered: bool = False
    clocks: tuple[Clock, ...] = ()
    ahead: tuple[int, ...] = ()
    pause: Pause | None = None
    spent: timedelta = timedelta(0)

    @property
    def ended(self) -> bool:
        """Nobody owes anything any more."""
        return self.status in ENDS

    @property
    def going(self) -> tuple[Clock, ...]:
        """The clocks that run or are paused."""
        return tuple(self.clocks[n] for n in self.ahead)

    @property
    def _own(self) -> list[Clock]:
        """The clocks since it last began, without that of an offer and those another took the place of."""
        since = self.began_at or self.opened_at
        return [
            c for c in self.clocks
            if c.name != ACCEPT and c.how != "replaced" and c.started_at >= since
        ]  # fmt: skip

    @property
    def next_due(self) -> datetime | None:
        """When its pauses are used up while it waits, else the earliest due time of what runs."""
        if self.pause:
            return self.pause.ends_at
        return min((c.due_at for c in self.going if c.due_at), default=None)

    @property
    def due_clock(self) -> Clock | None:
        """The clock that is due next, without that of an offer; of an ended matter the last one."""
        running = [c for c in self._own if c.going and c.due_at]
        if running:
            return min(running, key=lambda c: c.due_at or c.started_at)
        over = [c for c in self._own if c.due_at] if self.ended else []
        return over[-1] if over else None

    @property
    def due_at(self) -> datetime | None:
        """When it is due, or was at its end."""
        return self.due_clock.due_at if self.due_clock else None

    @property
    def level(self) -> int:
        """How many rungs of a ladder were told since it last began."""
        return max((c.level for c in self._own), default=0)

    def clock(self, name: str) -> Clock | None:
        """The clock of that name that goes on, if any."""
        return next((c for c in self.going if c.name == name), None)


@dataclass(frozen=True, slots=True)
class Around:
    """What a step is decided with beside the matter.

    supervisors: who may get the hand-off after the free ones; supervisor: whoever acts may oversee all matters.
    parties: departments, roles and posts whoever acts belongs to; heads: those they head; members: the people
    of these. pool: they may take from the pool. time: the site's calendar; kinds: with the site's own limits.
    """

    supervisors: tuple[str, ...] = ()
    supervisor: bool = False
    parties: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    pool: bool = True
    time: Time = field(default=ALWAYS)
    kinds: Mapping[str, Kind] = field(default_factory=lambda: KINDS)


def kind_of(name: str, around: Around | None = None) -> Kind:
    """The kind, with the site's limits where `around` brings them. Raises `Refused` for an unknown one."""
    known = (around.kinds.get(name) if around else None) or KINDS.get(name)
    if known is None:
        raise Refused(None, f"没有「{name}」这一类事项。")
    return known


def without_offer(state: State) -> State:
    """The matter offered to nobody."""
    status: Status = state.status
    if not state.ended:
        status = "answered" if state.answered else "accepted" if state.hand_offs else "open"
    return replace(state, offered_to="", offered_by="", status=status)
