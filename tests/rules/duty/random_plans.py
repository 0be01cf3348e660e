"""Plans of random days at random moments, asked in both forms: the rule's and the slow one that looks at every point."""

from __future__ import annotations

import random
from collections.abc import Iterator

from yingbin.rules.duty.day import DutyDay
from yingbin.rules.duty.dayfile import read_day
from yingbin.rules.duty.moments import MINUTE, Moment, minute_of
from yingbin.rules.duty.plan import Plan
from yingbin.rules.duty.replay import Fold, begin
from yingbin.rules.duty.terms import Break, Span, StandIn

from .random_days import random_day
from .slow_plan import SlowPlan

ASKED_PER_EVENT = 2


def cases(seed: int) -> Iterator[tuple[object, object]]:
    """What both forms say, question by question, while a random day goes on."""
    chance = random.Random(seed)
    file = read_day(random_day(seed))
    fold = Fold(begin(file))
    for number, event in enumerate(file.events):
        fold.happen(number, event)
        for _ in range(ASKED_PER_EVENT):
            later = chance.choice([0, 0, 0, 20_000_000, 7 * MINUTE, 31 * MINUTE])
            yield from _asked(fold.day, event.at + later, chance)


def _asked(day: DutyDay, now: Moment, chance: random.Random) -> Iterator[tuple[object, object]]:
    without = chance.choice([None, None, *day.breaks])
    less = chance.choice([None, None, *day.stand_ins])
    stray = _stray(day, now, chance)
    quick, slow = Plan(day, now, without, less), SlowPlan(day, now, without, less=less)
    who, span = chance.choice([*day.people, "无此人"]), _span(now, chance)
    post = chance.choice(list(day.posts.values()))
    yield _said(quick, who, span), _said(slow, who, span)
    yield quick.covered(post, span), slow.covered(post, span)
    for name in stray:
        day.breaks.pop(name, None)
        day.stand_ins.pop(name, None)


def _said(plan: Plan | SlowPlan, who: str, span: Span) -> tuple[object, ...]:
    # The slow form adds a thought stand-in to a plan without `less`, as the rule never asks for both.
    could = [] if plan.less else plan.could_cover(who, span)
    return plan.fits(who, span), could, plan.earliest(who, span)


def _stray(day: DutyDay, now: Moment, chance: random.Random) -> list[str]:
    """Now and then an absence that the rules would have refused: the answers agree about such a day as well."""
    if chance.random() < 0.6:
        return []
    who, span = chance.choice(list(day.people)), _span(now, chance)
    if chance.random() < 0.5:
        day.breaks["stray"] = Break("stray", who, "rest", span)
    else:
        day.stand_ins["stray"] = StandIn("stray", who, chance.choice(list(day.posts)), span)
    return ["stray"]


def _span(now: Moment, chance: random.Random) -> Span:
    start = minute_of(now) + chance.choice([-5, 0, 0, 0, 1, 5, 15, 30, 60, 120]) * MINUTE
    return Span(start, start + chance.choice([1, 5, 10, 15, 30, 45, 90]) * MINUTE)
