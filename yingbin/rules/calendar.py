"""Working time of a site: which days it works, in which windows of the day, and arithmetic over both.

Three things decide about a day, the later one over the earlier: the windows of its weekday, the
public calendar (holidays, and weekends worked to make up for them), the site's own exceptions.
Between two windows of a day, such as over lunch, no working time passes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cached_property

Window = tuple[time, time]
Span = tuple[datetime, datetime]
# As the second of a window: the end of the day.
MIDNIGHT = time.min

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
# How far ahead to look for an open day before saying that there is none.
_HORIZON = 800


class NeverOpen(Exception):
    """The calendar has no working day within sight, so nothing can be counted in working time."""

    message = "这个项目没有设置开放时间，算不出工作日。请先在「工作日历」里设置。"


@dataclass(frozen=True)
class WorkingCalendar:
    """Windows by weekday (0 = Monday), the public calendar, the site's exceptions, its zone.

    week: each weekday's windows in order, the second time of a window may be `MIDNIGHT`.
    public: days on which the public calendar departs from the plain week; True works, False is off.
    exceptions: the same for this site alone, stronger than all else.
    announced: the years whose public calendar is known; others are read by the plain week.
    """

    week: Mapping[int, tuple[Window, ...]]
    zone: tzinfo
    public: Mapping[date, bool] = field(default_factory=dict)
    exceptions: Mapping[date, bool] = field(default_factory=dict)
    announced: frozenset[int] = frozenset()

    def year_announced(self, year: int) -> bool:
        """Whether the public holidays of this year are known; if not, say so beside the figure."""
        return year in self.announced

    def is_working_day(self, day: date) -> bool:
        """Whether the site works on this day."""
        return bool(self.windows_on(day))

    def windows_on(self, day: date) -> tuple[Window, ...]:
        """The windows of a day, none when closed.

        A day that is worked by exception although its weekday has no windows has those of the
        week's first open day.
        """
        works = self.exceptions.get(day, self.public.get(day))
        if works is False:
            return ()
        own = self.week.get(day.weekday(), ())
        return own if own or works is None else self._usual()

    def hours_on(self, day: date) -> Window | None:
        """When a day opens first and closes last, None when closed."""
        windows = self.windows_on(day)
        return (windows[0][0], windows[-1][1]) if windows else None

    def _usual(self) -> tuple[Window, ...]:
        return next((self.week[d] for d in range(7) if self.week.get(d)), ())

    def is_open(self, at: datetime) -> bool:
        """Whether the site is open at this moment; closing time itself is no longer open."""
        day = at.astimezone(self.zone).date()
        return any(opens <= at < closes for opens, closes in self._moments(day))

    def next_open(self, at: datetime) -> datetime:
        """This moment if the site is open, else the next opening. Raises `NeverOpen`."""
        return at if self.is_open(at) else next(self._spans(at))[0]

    def after(self, start: datetime, span: timedelta) -> datetime:
        """The earliest moment by which so much working time has passed since `start`.

        Nothing is over at once, even at night. Raises `NeverOpen`; ValueError when negative.
        """
        if span < timedelta():
            raise ValueError("working time runs forward")
        if not span:
            return start
        left, day = span, start.astimezone(self.zone).date()
        while self._plain_week:
            for opens, closes in self._moments(day):
                begins = max(opens, start)
                if closes - begins >= left:
                    return begins + left
                left -= max(closes - begins, timedelta())
            day += _DAY
            weeks = self._whole_weeks(day, left)
            left, day = left - weeks * self._plain_week, day + weeks * _WEEK
        raise NeverOpen(NeverOpen.message)

    @cached_property
    def _plain_week(self) -> timedelta:
        """What a week without holidays has."""
        monday = date(2026, 1, 5)
        days = (monday + _DAY * n for n in range(7))
        pairs = [(day, pair) for day in days for pair in self.week.get(day.weekday(), ())]
        return sum((self._end(d, c) - self._at(d, o) for d, (o, c) in pairs), timedelta())

    @cached_property
    def _unusual(self) -> list[date]:
        """The days that the plain week doesn't decide about, in order."""
        return sorted({*self.public, *self.exceptions})

    def _whole_weeks(self, day: date, left: timedelta) -> int:
        """How many plain weeks begin with `day` before so much time has passed, so that years needn't be walked."""
        if left <= self._plain_week:
            return 0
        place = bisect_left(self._unusual, day)
        until = self._unusual[place] if place < len(self._unusual) else date.max
        return min(-(-left // self._plain_week) - 1, (until - day) // _WEEK)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Working time from `start` to `end`; nothing when `end` isn't later."""
        total = timedelta()
        day = start.astimezone(self.zone).date()
        last = end.astimezone(self.zone).date()
        while day <= last:
            for opens, closes in self._moments(day):
                total += max(min(closes, end) - max(opens, start), timedelta())
            day += _DAY
        return total

    def add_working_time(self, start: datetime, minutes: float) -> datetime:
        """The moment when so many working minutes have passed since `start`; see `after`."""
        return self.after(start, timedelta(minutes=minutes))

    def working_minutes(self, start: datetime, end: datetime) -> float:
        """Working minutes between two moments; 0 when `end` isn't later."""
        return self.between(start, end) / timedelta(minutes=1)

    def working_days_before(self, day: date, count: int) -> date:
        """The latest day from which `count` working days lie before `day`; `day` itself for 0."""
        return self._step(day, count, -_DAY)

    def working_days_after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; `day` itself for 0."""
        return self._step(day, count, _DAY)

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days there are from `start` to the day before `end`; 0 if none."""
        days = (start + _DAY * n for n in range(max((end - start).days, 0)))
        return sum(1 for d in days if self.is_working_day(d))

    def _step(self, day: date, count: int, by: timedelta) -> date:
        if count < 0:
            raise ValueError("count of working days is negative")
        seen = idle = 0
        while seen < count:
            day += by
            works = self.is_working_day(day)
            seen, idle = seen + works, 0 if works else idle + 1
            if idle > _HORIZON:
                raise NeverOpen(NeverOpen.message)
        return day

    def _moments(self, day: date) -> list[Span]:
        """The windows of a day as moments."""
        return [
            (self._at(day, opens), self._end(day, closes)) for opens, closes in self.windows_on(day)
        ]

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone)

    def _end(self, day: date, clock: time) -> datetime:
        return self._at(day + _DAY if clock == MIDNIGHT else day, clock)

    def _spans(self, start: datetime) -> Iterator[Span]:
        """What is left of every window from `start` on; raises `NeverOpen` after the last."""
        day, idle = start.astimezone(self.zone).date(), 0
        while idle <= _HORIZON + len(self._unusual):
            for opens, closes in self._moments(day):
                if closes > start:
                    yield max(opens, start), closes
                    idle = 0
            idle += 1
            day += _DAY
        raise NeverOpen(NeverOpen.message)


class WallClock:
    """All time is working time."""

    def after(self, start: datetime, span: timedelta) -> datetime:
        """The moment so much later."""
        return start + span

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much later `end` is; nothing when it isn't."""
        return max(end - start, timedelta())


ALWAYS = WallClock()


def windows(pairs: Iterable[tuple[time, time]]) -> tuple[Window, ...]:
    """The windows of one day, in order. Raises ValueError where one ends before it begins or two overlap."""
    kept = tuple(sorted(pairs))
    last = time.min
    for n, (opens, closes) in enumerate(kept):
        if (n and (last == MIDNIGHT or opens < last)) or (closes != MIDNIGHT and closes <= opens):
            raise ValueError("windows of a day overlap or run backwards")
        last = closes
    return kept
