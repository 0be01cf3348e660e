"""What a demo's people ask of their roster: one wants to swap a day, another wants two days off."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from yingbin.journal.action import Acting

from .actions import leave, swaps

SWAPPED, AWAY = 2, (5, 6)  # days after today


def ask_of_the_lead(acting: Acting, people: Sequence[UUID], today: date) -> None:
    """A swap that the other has agreed to and leave, both waiting for the lead; nothing where somebody is alone."""
    if len(people) < 2:
        return
    one, other = people[:2]
    day = today + timedelta(days=SWAPPED)
    swap = swaps.ask_swap(replace(acting, by=one), with_whom=other, day=day, other_day=day)
    answer = replace(acting, by=other, key=f"{acting.key}-yes")
    swaps.answer_swap(answer, swap=swap, agrees=True)
    begins, ends = (today + timedelta(days=n) for n in AWAY)
    away = replace(acting, by=other, key=f"{acting.key}-leave")
    leave.ask_leave(away, first=begins, last=ends, sort="annual", words="回老家两天")
