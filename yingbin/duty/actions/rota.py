"""The day's meals planned by a lead: each is a break that was asked for, and a stand-in where one is needed (SF-4.3.7, SC-4.3.9)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.ids import uuid7
from yingbin.rules.decision import Refused

from .breaks import LONGEST
from .happen import Writing, from_to, today


@dataclass(frozen=True)
class MealPlan:
    """Somebody's meal as the lead plans it. cover: who stands at their post meanwhile."""

    who: UUID
    begins: datetime
    minutes: int
    cover: UUID | None = None


@action("duty.plan_rota")
def plan_rota(pen: Pen, *, meals: tuple[MealPlan, ...]) -> int:
    """Plans all of these meals, in this order, or none; how many. Raises `Refused` for the first that doesn't fit."""
    if not meals:
        raise Refused("SF-4.3.7", "还没有给谁定时间。先点「算一份」，或者填上时间。")
    writing = today(pen)
    for meal in meals:
        if not 1 <= meal.minutes <= LONGEST:
            raise Refused("SF-4.3.7", f"用餐时间填 1 到 {LONGEST} 分钟。")
        _plan(writing, meal)
    return len(meals)


def _plan(writing: Writing, meal: MealPlan) -> None:
    who = str(meal.who)
    span = from_to(meal.begins, meal.begins + timedelta(minutes=meal.minutes))
    post = writing.day.fold.day.own_post(who)
    if meal.cover is not None and post is not None:
        told = {"stand_in": str(uuid7()), "who": str(meal.cover), "post": post}
        writing.happen("stand_in", **told, **span)
    rest = {"break": str(uuid7()), "who": who, "kind": "meal"}
    decided = writing.happen("break_request", **rest, **span)
    if decided.what != "accepted":
        words = writing.names.put_in(decided.because)
        raise Refused(decided.clause, f"{words}整份都没有定，请改这一位的时间再定。")
