"""The day's meals planned ahead: a proposal in which every post stays manned (SF-4.3.7, SC-4.3.9).

A search, no decision: each meal it proposes is one that the rules of `breaks` accept when it is asked for after those
before it, and each stand-in too. It finds a good plan, not always the best one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .day import DutyDay
from .moments import MINUTE, Moment, minute_of
from .plan import Plan
from .terms import Break, Span, StandIn

STEP = 5 * MINUTE  # meals begin at round minutes


@dataclass(frozen=True)
class Wish:
    """Somebody is to have a meal of a length within a window."""

    who: str
    length: Moment
    window: Span


@dataclass(frozen=True)
class Meal:
    """A meal as proposed. cover: who stands at their post meanwhile, where nobody else does."""

    who: str
    span: Span
    cover: str | None = None


@dataclass(frozen=True)
class Rota:
    """Meals in the order in which they are to be asked for, and those for whom none was found."""

    meals: tuple[Meal, ...]
    left: tuple[str, ...]


def propose(day: DutyDay, now: Moment, wishes: Sequence[Wish]) -> Rota:
    """The best of a few orders of asking: as given, the tightest window first, the other way round."""
    tight = sorted(wishes, key=lambda w: (w.window.end - w.window.start, w.window.end))
    found: Rota | None = None
    for order in (wishes, tight, list(reversed(wishes))):
        tried = _in_order(day, now, order)
        if found is None or _rank(tried) < _rank(found):
            found = tried
        if not found.left and all(meal.cover is None for meal in found.meals):
            break
    assert found is not None
    return found


def _rank(rota: Rota) -> tuple[int, int]:
    return len(rota.left), sum(meal.cover is not None for meal in rota.meals)


def _in_order(day: DutyDay, now: Moment, wishes: Sequence[Wish]) -> Rota:
    thought = replace(day, breaks=dict(day.breaks), stand_ins=dict(day.stand_ins))
    meals: list[Meal] = []
    left: list[str] = []
    for wish in wishes:
        meal = _without_help(thought, now, wish) or _with_help(thought, now, wish)
        if meal is None:
            left.append(wish.who)
            continue
        _take(thought, meal, f"rota {len(meals)}")
        meals.append(meal)
    return Rota(tuple(meals), tuple(left))


def _take(day: DutyDay, meal: Meal, name: str) -> None:
    """As if it had been asked for and accepted."""
    own = day.own_post(meal.who)
    if meal.cover is not None and own is not None:
        day.stand_ins[name] = StandIn(name, meal.cover, own, meal.span)
    day.breaks[name] = Break(name, meal.who, "meal", meal.span)


def _without_help(day: DutyDay, now: Moment, wish: Wish) -> Meal | None:
    plan, at = Plan(day, now), _rounded(max(wish.window.start, minute_of(now)))
    while at + wish.length <= wish.window.end:
        found = plan.earliest(wish.who, Span(at, at + wish.length))
        if found is None:
            return None
        if found == at:
            return Meal(wish.who, Span(at, at + wish.length))
        at = _rounded(found)
    return None


def _with_help(day: DutyDay, now: Moment, wish: Wish) -> Meal | None:
    """With somebody else at the post, whoever has stood in least so far."""
    plan = Plan(day, now)
    busy = [s.who for s in day.stand_ins.values()]
    for span in _spans(now, wish):
        could = plan.could_cover(wish.who, span)
        if could:
            return Meal(wish.who, span, min(could, key=busy.count))
    return None


def _spans(now: Moment, wish: Wish) -> Iterator[Span]:
    at = _rounded(max(wish.window.start, minute_of(now)))
    while at + wish.length <= wish.window.end:
        yield Span(at, at + wish.length)
        at += 3 * STEP


def _rounded(moment: Moment) -> Moment:
    """The next round minute."""
    return -(-moment // STEP) * STEP
