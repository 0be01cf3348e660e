"""The day's meals planned by a lead: each is a break that was asked for, and a stand-in where one is needed (SF-4.3.7, SC-4.3.9)."""

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..meals import MealPlan, asked_for, given_up
from .happen import today


@action("duty.plan_rota")
def plan_rota(pen: Pen, *, meals: tuple[MealPlan, ...]) -> int:
    """Plans all of these meals, in this order, or none; how many. Raises `Refused` for the first that doesn't fit.

    Those that are moved are given up before anything is asked for, so that two can change places.
    """
    if not meals:
        raise Refused("SF-4.3.7", "还没有给谁定时间。先点「算一份」，或者填上时间。")
    writing = today(pen)
    day = writing.day.fold.day
    for meal in [given_up(day, meal, writing.happen) for meal in meals]:
        decided = asked_for(day, meal, writing.happen)
        if decided.what != "accepted":
            words = writing.names.put_in(decided.because)
            raise Refused(decided.clause, f"{words}整份都没有定，请改这一位的时间再定。")
    return len(meals)
