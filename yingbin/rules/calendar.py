"""Working time of a site: which days it works, from when to when, and arithmetic over both.

Three things decide about a day, the later one over the earlier: the week's opening hours, the
public calendar (holidays, and weekends worked to make up for them), the site's own exceptions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

Span = tuple[time, time]

_DAY = timedelta(days=1)
# How far ahead to look for an open day before saying that there is none.
_HORIZON = 800


class NeverOpen(Exception):
    """The calendar has no working day within sight, so nothing can be counted in working time."""

    message = "这个项目没有设置开放时间，算不出工作日。请先在「工作日历」里设置。"


@dataclass(frozen=True)
class WorkingCalendar:
    """Opening hours by weekday (0 = Monday), the public calendar, the site's exceptions, its zone.

    public: days on which the public calendar departs from the plain week; True works, False is off.
    exceptions: the same for this site alone, stronger than all else.
    announced: the years whose public calendar is known; others are read by the plain week.
    """

    hours: Mapping[int, Span]
    zone: tzinfo
    public: Mapping[date, bool] = field(default_factory=dict)
    exceptions: Mapping[date, bool] = field(default_factory=dict)
    announced: frozenset[int] = frozenset()

    def year_announced(self, year: int) -> bool:
        """Whether the public holidays of this year are known; if not, say so beside the figure."""
        return year in self.announced

    def is_working_day(self, day: date) -> bool:
        """Whether the site works on this day."""
        return self.hours_on(day) is not None

    def hours_on(self, day: date) -> Span | None:
        """Opening and closing time of a day, None when closed.

        A day that is worked by exception although its weekday has no hours keeps the hours of the
        week's first open day.
        """
        works = self.exceptions.get(day, self.public.get(day))
        if works is False:
            return None
        own = self.hours.get(day.weekday())
        return own if own or works is None else self._usual()

    def _usual(self) -> Span | None:
        return self.hours[min(self.hours)] if self.hours else None

    def is_open(self, at: datetime) -> bool:
        """Whether the site is open at this moment; closing time itself is no longer open."""
        local = at.astimezone(self.zone)
        span = self.hours_on(local.date())
        return span is not None and span[0] <= local.time() < span[1]

    def next_open(self, at: datetime) -> datetime:
        """This moment if the site is open, else the next opening. Raises `NeverOpen`."""
        return at if self.is_open(at) else next(self._spans(at))[0]

    def add_working_time(self, start: datetime, minutes: float) -> datetime:
        """The moment when so many minutes of opening time have passed since `start`.

        Zero minutes are over at once, even at night. Raises `NeverOpen`; ValueError when negative.
        """
        if minutes < 0:
            raise ValueError("working time runs forward")
        left = timedelta(minutes=minutes)
        if not left:
            return start
        for opens, closes in self._spans(start):
            if closes - opens >= left:
                return opens + left
            left -= closes - opens
        raise NeverOpen(NeverOpen.message)

    def working_minutes(self, start: datetime, end: datetime) -> float:
        """Minutes of opening time between two moments; 0 when `end` isn't later."""
        total = timedelta()
        day = start.astimezone(self.zone).date()
        while day <= end.astimezone(self.zone).date():
            span = self._moments(day)
            if span:
                total += max(min(span[1], end) - max(span[0], start), timedelta())
            day += _DAY
        return total / timedelta(minutes=1)

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

    def _moments(self, day: date) -> tuple[datetime, datetime] | None:
        span = self.hours_on(day)
        if span is None:
            return None
        opens, closes = (datetime.combine(day, t, self.zone) for t in span)
        return opens, closes

    def _spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """What is left of every open span from `start` on; raises `NeverOpen` after the last."""
        day, idle = start.astimezone(self.zone).date(), 0
        while idle <= _HORIZON:
            span = self._moments(day)
            if span and span[1] > start:
                yield max(span[0], start), span[1]
                idle = 0
            idle += 1
            day += _DAY
        raise NeverOpen(NeverOpen.message)
