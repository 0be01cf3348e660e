"""Whether two people can change places: not on a day that has begun, not into an empty post or too short a rest."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.people.calendar import calendar_of
from yingbin.people.queries import names_of
from yingbin.rules.decision import Refused
from yingbin.rules.duty.roster import Days, Turn, swapped, worse_cover, worse_rest

from ..hours import day_of
from ..models import DutyLog, PostRule, ShiftSwap
from ..queries.roster import needs_on, published_turns, staff_on_duty, watched

P = TypeVar("P")
FURTHEST = 31  # days between the two
_DAY = timedelta(days=1)


def days_of(row: ShiftSwap) -> list[date]:
    """The days on which both change places."""
    return sorted({row.day, row.other_day})


def post_after(role: str | None, works: bool, got: P | None, had: P | None) -> P | None:
    """Where somebody stands after a swap: a lead nowhere, a receptionist who takes a lead's hours where they stood."""
    return None if role == "lead" or not works else got or had


def check_fits(pen: Pen, row: ShiftSwap) -> None:
    """Raises `Refused` where the swap isn't possible, with why and what to do."""
    days = days_of(row)
    _check_days(pen, days)
    look = _Look(pen, row, days)
    look.check_people()
    look.check_published()
    look.check_rest()
    look.check_posts()


def _check_days(pen: Pen, days: list[date]) -> None:
    first, today = days[0], day_of(pen.at)
    begun = DutyLog.objects.filter(site_id=pen.site_id, day=today)
    if first < today or (first == today and begun.exists()):
        raise Refused("SF-3.2", "当天的班已经开始，不能再换。请领班在「岗位」页改班。", about="day")
    if (days[-1] - first).days > FURTHEST:
        raise Refused("SF-3.2", "两天相差最多一个月。请换近一点的日子。", about="other_day")


class _Look:
    """The roster as published around the days of a swap, and as it would be."""

    def __init__(self, pen: Pen, row: ShiftSwap, days: list[date]) -> None:
        self.site_id, self.days = pen.site_id, days
        self.pair = (row.asked_by_id, row.with_whom_id)
        self.before = published_turns(pen.site_id, days[0] - _DAY, days[-1] + _DAY)
        self.rules: list[PostRule] = watched(pen.site_id)
        self.staff = staff_on_duty(pen.site_id, pen.at)
        self.names = names_of(self.pair)

    def check_people(self) -> None:
        """Both still work here."""
        for who in self.pair:
            if who not in self.staff:
                why = f"{self._name(who)}已经不在这里上班，换不了班。请问别的同事。"
                raise Refused("SF-3.2", why, about="with_whom")

    def check_published(self) -> None:
        """Both have something on these days, and not the same."""
        for who in self.pair:
            if any(day not in self.before.get(who, {}) for day in self.days):
                why = f"{self._name(who)}这天的班还没有发布，发布后才能换。"
                raise Refused("SF-3.2", why, about="day")
        one, other = (self.before[who] for who in self.pair)
        if all(one[day] == other[day] for day in self.days):
            raise Refused("SF-3.2", "两个人这天的班一样，不用换。", about="day")

    def _name(self, who: UUID) -> str:
        return self.names.get(str(who), "同事")

    @property
    def after(self) -> Mapping[UUID, Days]:
        """Everybody's days once the two have changed places."""
        one, other = self.pair
        first, second = swapped(self.before[one], self.before[other], self.days)
        mine, theirs = self._placed(one, first), self._placed(other, second)
        return {**self.before, one: mine, other: theirs}

    def _placed(self, who: UUID, got: Days) -> Days:
        """Somebody's days with the post that is theirs; a receptionist who has none stands at the first."""
        role, found = self.staff.get(who), dict(got)
        first = str(self.rules[0].post_id) if self.rules else None
        for day in self.days:
            post = post_after(role, True, got[day].post, self.before[who][day].post)
            found[day] = Turn(got[day].hours, None if role == "lead" else post or first)
        return found

    def check_rest(self) -> None:
        """Nobody's rest becomes too short."""
        after = self.after
        for who in self.pair:
            if short := worse_rest(self.before[who], after[who]):
                why = (
                    f"换了以后，{self._name(who)}{short[0].month}月{short[0].day}日上班前休息"
                    "不到 11 小时。请换别的日子，或问别的同事。"
                )
                raise Refused("SF-3.2", why, about="day")

    def check_posts(self) -> None:
        """No post lacks somebody who is there now."""
        after, calendar = self.after, calendar_of(self.site_id)
        names = {str(rule.post_id): rule.post.name for rule in self.rules}
        for day in self.days:
            now = [turns[day] for turns in self.before.values() if day in turns]
            then = [turns[day] for turns in after.values() if day in turns]
            for need in needs_on(self.rules, day, calendar):
                if (gap := worse_cover(need, now, then)) is not None:
                    hours = f"{gap[0]:%H:%M}–{gap[1]:%H:%M}"
                    why = (
                        f"换了以后，{day.month}月{day.day}日 {hours} {names[need.post]}就不够人了。"
                        "请换别的日子，或问别的同事。"
                    )
                    raise Refused("SF-4.3.7", why, about="day")
