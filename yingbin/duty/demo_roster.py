"""A demo's shifts and rosters, and what its people ask of theirs: one wants to swap a day, another wants two days off."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

from yingbin.journal.action import Acting, Deed
from yingbin.rules.decision import Refused

from .actions import leave, planning, swaps
from .cells import Cell

SWAPPED, AWAY = 2, (5, 6)  # days after today
PUBLISHED, DRAFTED = 27, 41  # days after today that everybody knows; that are still being planned
SHIFTS = (
    ("early", "早", "早班", time(8, 30), time(14)),
    ("late", "晚", "晚班", time(12), time(18, 30)),
    ("all", "全", "全天", time(8, 30), time(18, 30)),
)
# Does a deed under a name, by the lead on the evening before the first day.
Do = Callable[[str, Deed[object]], object]


def keep_shifts(do: Do) -> None:
    """Early, late and all day."""
    for name, mark, title, begins, ends in SHIFTS:
        kept = planning.keep_shift.given(mark=mark, title=title, begins=begins, ends=ends)
        do(name, kept)


def publish(
    do: Do, cells: Callable[[Sequence[date]], list[Cell]], first: date, today: date
) -> None:
    """The roster of the past, published as far as four weeks ahead, then a draft. cells: what it says of some days."""
    since = min(first, today.replace(day=1))
    days = [since + timedelta(days=n) for n in range((today - since).days + DRAFTED)]
    do("draft", planning.draft.given(cells=tuple(cells(days))))
    do("publish", planning.publish.given(first=since, last=today + timedelta(days=PUBLISHED)))


def ask_of_the_lead(acting: Acting, people: Sequence[UUID], today: date) -> None:
    """A swap that the other has agreed to and leave, both waiting for the lead; nothing where somebody is alone.

    What the rules refuse isn't asked: the roster may have been changed by whoever looks at the demo.
    """
    if len(people) < 2:
        return
    one, other = people[:2]
    with suppress(Refused):
        _swap(acting, one, other, today + timedelta(days=SWAPPED))
    begins, ends = (today + timedelta(days=n) for n in AWAY)
    away = replace(acting, by=other, key=f"{acting.key}-leave")
    with suppress(Refused):
        leave.ask_leave(away, first=begins, last=ends, sort="annual", words="回老家两天")


def _swap(acting: Acting, one: UUID, other: UUID, day: date) -> None:
    swap = swaps.ask_swap(replace(acting, by=one), with_whom=other, day=day, other_day=day)
    answer = replace(acting, by=other, key=f"{acting.key}-yes")
    swaps.answer_swap(answer, swap=swap, agrees=True)
