"""What the clock owes to a matter: warnings, what is late, rungs of the ladder, the end of a pause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from .clocks import Clock
from .folding import fold, settled
from .kinds import ACCEPT, Kind
from .state import Around, State, Step, kind_of

# `chase`: whoever has it in hand is asked for it, at hours that a wing knows.
BY_CLOCK = frozenset({"remind", "late", "escalate", "pause_over", "chase"})
_WARN, _LATE, _LEVEL = 0, 1, 2


class Mark(NamedTuple):
    """A mark ahead; of the same second the earlier in the order of clocks and of their marks comes first."""

    at: datetime
    place: float
    order: int
    step: Step


def next_clock(state: State, around: Around | None = None) -> datetime | None:
    """When the clock next owes something; None while it owes nothing ever."""
    return min((mark.at for mark in _marks(state, around or Around())), default=None)


def next_mark(state: State, around: Around) -> Mark | None:
    """The mark that comes next, its step without facts yet."""
    return min(_marks(state, around), default=None, key=lambda mark: mark[:3])


def clock_steps(state: State, now: datetime, around: Around | None = None) -> list[Step]:
    """What the clock owes by now and hasn't done, in order, each with its facts and at `now`.

    After folding them the answer is empty until more time passes, so asking twice is safe.
    """
    around, owed = around or Around(), []
    while mark := next_mark(state, around):
        if mark.at > now:
            break
        step = settled(state, state.kind, replace(mark.step, at=now), around)
        state = fold(state, step, around)
        owed.append(step)
    return owed


def _marks(state: State, around: Around) -> Iterator[Mark]:
    """Every mark that lies ahead or wasn't taken yet."""
    kind = kind_of(state.kind, around)
    places = {limit.clock: n for n, limit in enumerate(kind.row(state.grade))}
    for one in state.going:
        yield from _of(kind, state, one, places.get(one.name, len(places)))
    if state.pause:
        place = places.get(ACCEPT, len(places)) + 0.5
        over = Step("pause_over", "", state.pause.ends_at)
        yield Mark(state.pause.ends_at, place, 0, over)


def _of(kind: Kind, state: State, one: Clock, place: int) -> Iterator[Mark]:
    limit = kind.limit(state.grade, one.name)
    if limit is None or one.how != "running":
        return
    if one.warn_at and not one.warned and limit.warned:
        yield Mark(one.warn_at, place, _WARN, Step("remind", "", one.warn_at, clock=one.name))
    if one.due_at and not one.told_late and limit.late:
        yield Mark(one.due_at, place, _LATE, Step("late", "", one.due_at, clock=one.name))
    for at in one.levels_at[one.level :]:
        yield Mark(at, place, _LEVEL, Step("escalate", "", at, clock=one.name))
