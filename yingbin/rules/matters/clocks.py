"""A clock of a matter: started, paused and resumed, at last met, replaced or void; it is never lost.

Its marks are worked out when it starts or goes on, with the calendar as it stands then, and kept as facts:
a holiday declared later moves no limit that runs already.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, Protocol

from ..calendar import ALWAYS
from .kinds import Limit

How = Literal["running", "paused", "met", "replaced", "void"]
GOING = frozenset({"running", "paused"})


class Time(Protocol):
    """What counts time: a site's calendar, or the clock on the wall."""

    def after(self, start: datetime, span: timedelta) -> datetime:
        """The moment by which so much has been counted since `start`."""

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much is counted from `start` to `end`."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock with what it has counted up to `since`, and its marks ahead.

    within None: until a moment agreed on, `due_at`. due_at: when it will be, was or would have been late; None
    while it is paused and not late. warn_at, levels_at: the moments of the marks; `warned`, `told_late` and
    `level` say which of them were taken.
    """

    name: str
    started_at: datetime
    within: timedelta | None
    always: bool = True
    counted: timedelta = timedelta(0)
    since: datetime | None = None
    due_at: datetime | None = None
    warn_at: datetime | None = None
    levels_at: tuple[datetime, ...] = ()
    warned: bool = False
    told_late: bool = False
    level: int = 0
    ended_at: datetime | None = None
    how: How = "running"

    @property
    def going(self) -> bool:
        """Running or paused: not yet ended."""
        return self.how in GOING

    def is_late(self, at: datetime) -> bool:
        """Whether it had passed its limit by then, or by its end. On the stroke is late."""
        return self.due_at is not None and self.due_at <= (self.ended_at or at)


def started(limit: Limit, at: datetime, time: Time) -> Clock:
    """The limit's clock, started."""
    return _run(Clock(limit.clock, at, limit.within, limit.always), limit, at, time)


def agreed(limit: Limit, at: datetime, due_at: datetime) -> Clock:
    """The limit's clock, due at a moment agreed on; no warning where its moment has passed already."""
    bare = Clock(limit.clock, at, None, since=at, due_at=due_at)
    gone = limit.warn is None or due_at - limit.warn <= at
    return replace(_on_the_wall(bare, limit), warned=gone)


def paused(clock: Clock, at: datetime, time: Time) -> Clock:
    """The clock stands still; what it has counted stays."""
    if clock.how != "running" or clock.since is None:
        return clock
    counted = clock.counted + _time(clock, time).between(clock.since, at)
    due_at = clock.due_at if clock.within is None or clock.is_late(at) else None
    return replace(
        clock, how="paused", counted=counted, since=None, due_at=due_at, warn_at=None, levels_at=()
    )


def resumed(clock: Clock, limit: Limit, at: datetime, time: Time) -> Clock:
    """The clock counts on."""
    if clock.how != "paused":
        return clock
    going: Clock = replace(clock, how="running")
    if clock.within is None:
        return _on_the_wall(replace(going, since=at), limit)
    return _run(going, limit, at, time)


def ended(clock: Clock, how: How, at: datetime) -> Clock:
    """The clock stops for ever, and stays to be seen."""
    return replace(clock, how=how, ended_at=at, since=None) if clock.going else clock


def _time(clock: Clock, time: Time) -> Time:
    return ALWAYS if clock.always else time


def _run(clock: Clock, limit: Limit, at: datetime, time: Time) -> Clock:
    """The clock runs from `at` on, its marks as far as what it has counted leaves them."""
    within, counts = clock.within or timedelta(0), _time(clock, time)

    def mark(span: timedelta) -> datetime:
        return counts.after(at, max(span - clock.counted, timedelta(0)))

    # What was late before a pause became so then.
    going = replace(clock, since=at, due_at=clock.due_at or mark(within))
    if limit.on_the_wall:
        return _on_the_wall(going, limit)
    warn_at = mark(within - limit.warn) if limit.warn is not None else None
    levels = tuple(mark(within + rung.after) for rung in limit.ladder)
    return replace(going, warn_at=warn_at, levels_at=levels)


def _on_the_wall(clock: Clock, limit: Limit) -> Clock:
    due = clock.due_at
    if due is None:
        return clock
    warn_at = due - limit.warn if limit.warn is not None else None
    return replace(clock, warn_at=warn_at, levels_at=tuple(due + r.after for r in limit.ladder))
