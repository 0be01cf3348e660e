"""The events that plan somebody's meal or move one that is planned: the same for the write and for the look ahead.

(SF-4.3.7, SC-4.3.9)
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from yingbin.people.ids import uuid7
from yingbin.rules.decision import Refused
from yingbin.rules.duty.day import DutyDay
from yingbin.rules.duty.log import Entry

from .opening import written

LONGEST = 180  # minutes


@dataclass(frozen=True)
class MealPlan:
    """Somebody's meal as the lead plans it. cover: who stands at their post meanwhile; moves: the meal it replaces."""

    who: UUID
    begins: datetime
    minutes: int
    cover: UUID | None = None
    moves: UUID | None = None


class Happens(Protocol):
    """Lets an event happen; its decision. Raises `Refused` for what the rules refuse, but for a break asked for."""

    def __call__(self, event: str, **facts: object) -> Entry:
        """The event by its kind, with its fields."""


def given_up(day: DutyDay, meal: MealPlan, happen: Happens) -> MealPlan:
    """The meal that is to be moved is no more, nor whoever was to stand in for it; what is to be planned instead."""
    rest = day.breaks.get(str(meal.moves))
    if rest is None:
        return meal
    happen("break_cancel", **{"break": rest.id})
    post, span = day.own_post(rest.who), rest.span
    found = (s for s in day.stand_ins.values() if not s.ended and (s.post, s.span) == (post, span))
    stands = next(found, None)
    if stands is None:
        return meal
    happen("stand_in_cancel", stand_in=stands.id)
    return replace(meal, cover=meal.cover or UUID(stands.who))


def asked_for(day: DutyDay, meal: MealPlan, happen: Happens) -> Entry:
    """The meal is asked for, and before it a stand-in where somebody covers; what the rules say to it."""
    if not 1 <= meal.minutes <= LONGEST:
        raise Refused("SF-4.3.7", f"用餐时间填 1 到 {LONGEST} 分钟。")
    who, post = str(meal.who), day.own_post(str(meal.who))
    begins = meal.begins.replace(second=0, microsecond=0)
    ends = begins + timedelta(minutes=meal.minutes)
    span = {"from": written(begins), "to": written(ends)}
    if meal.cover is not None and post is not None:
        told = {"stand_in": str(uuid7()), "who": str(meal.cover), "post": post}
        happen("stand_in", **told, **span)
    return happen("break_request", **{"break": str(uuid7())}, who=who, kind="meal", **span)
