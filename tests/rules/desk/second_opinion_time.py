"""Beijing time as whole seconds, and the working hours of an estate, for the second opinion.

Written from the contract alone, with nothing of the product. A moment is the number of seconds since the first
of January of the year 1, Beijing time, so that no time zone is left once a file has been read.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

DAY = 86_400
BEIJING = 8 * 3600
WORKDAY = [(30_600, 43_200), (48_600, 63_000)]
TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])"
    r"(?:Z|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))"
)

Windows: TypeAlias = list[tuple[int, int]]


@dataclass
class Hours:
    """The windows of each weekday in seconds of the day, and the days that differ (by their ordinal)."""

    week: list[Windows] = field(
        default_factory=lambda: [list(WORKDAY) for _ in range(5)] + [[], []]
    )
    holidays: set[int] = field(default_factory=set)
    make_up: set[int] = field(default_factory=set)

    def windows(self, day: int) -> Windows:
        """The windows of one day, given by its ordinal."""
        if day in self.holidays:
            return []
        own = self.week[(day - 1) % 7]
        if day in self.make_up and not own:
            return next(windows for windows in self.week if windows)
        return own

    def after(self, start: int, seconds: int, always: bool) -> int:
        """The earliest moment by which so many seconds of working time have passed since `start`."""
        if always or seconds == 0:
            return start + seconds
        day = start // DAY
        while True:
            for opens, closes in self.windows(day):
                begin = max(start, day * DAY + opens)
                length = max(0, day * DAY + closes - begin)
                if length >= seconds:
                    return begin + seconds
                seconds -= length
            day += 1

    def between(self, start: int, end: int, always: bool) -> int:
        """The seconds of working time from `start` to `end`."""
        if always:
            return end - start
        total = 0
        for day in range(start // DAY, end // DAY + 1):
            for opens, closes in self.windows(day):
                total += max(0, min(end, day * DAY + closes) - max(start, day * DAY + opens))
        return total


def moment(text: str) -> int | None:
    """The moment that a text of the file names; None if it names none in 2000–2099."""
    found = TIME.fullmatch(text)
    if found is None:
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3])).toordinal()
    except ValueError:
        return None
    seconds = day * DAY + int(found[4]) * 3600 + int(found[5]) * 60 + int(found[6]) + BEIJING
    if found[7]:
        ahead = int(found[8]) * 3600 + int(found[9]) * 60
        seconds -= ahead if found[7] == "+" else -ahead
    first, last = date(2000, 1, 1).toordinal() * DAY, date(2100, 1, 1).toordinal() * DAY
    return seconds if first <= seconds < last else None


def written(at: int | None) -> str | None:
    """A moment as the output shows it."""
    if at is None:
        return None
    hour, rest = divmod(at % DAY, 3600)
    day = date.fromordinal(at // DAY).isoformat()
    return f"{day}T{hour:02}:{rest // 60:02}:{rest % 60:02}+08:00"
