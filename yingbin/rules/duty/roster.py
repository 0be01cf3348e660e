"""What a roster breaks, a day at a time: an empty post, too short a rest, too many days in a row (SF-3.2, SF-4.3.7).

A roster is who works when at which post, before anybody has come; the day itself is decided by `plan` and `breaks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

Hours: TypeAlias = tuple[datetime, datetime]
REST = timedelta(hours=11)
MOST_IN_A_ROW = 6
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Turn:
    """Somebody's day in a roster: the hours of the shift (None: 休), and the post (None: a lead's)."""

    hours: Hours | None = None
    post: str | None = None


@dataclass(frozen=True)
class NeedOfPost:
    """A post on a day: when it is open, how many must stand there."""

    post: str
    hours: Hours
    minimum: int = 1


Days: TypeAlias = Mapping[date, Turn]


def rest_before(days: Days, day: date) -> timedelta | None:
    """How long somebody rests before the shift of a day, where that is too short; else None."""
    now, before = days.get(day), days.get(day - _DAY)
    if now is None or before is None or now.hours is None or before.hours is None:
        return None
    rest = now.hours[0] - before.hours[1]
    return rest if rest < REST else None


def row_at(days: Days, day: date) -> int:
    """Which day of work in a row this one is; 0 on a day off."""
    many = 0
    while (turn := days.get(day - many * _DAY)) is not None and turn.hours is not None:
        many += 1
    return many


def lacks(need: NeedOfPost, there: Iterable[Turn]) -> list[Hours]:
    """The stretches of a post's open hours in which fewer shifts run than must; joined where they touch."""
    spans = [t.hours for t in there if t.hours is not None and t.post == need.post]
    first, last = need.hours
    points = sorted({first, *(p for span in spans for p in span if first < p < last)})
    found: list[Hours] = []
    for begins, ends in zip(points, [*points[1:], last], strict=True):
        if sum(a <= begins < b for a, b in spans) >= need.minimum:
            continue
        if found and found[-1][1] == begins:
            found[-1] = (found[-1][0], ends)
        else:
            found.append((begins, ends))
    return found


def swapped(
    one: Days, other: Days, days: Iterable[date]
) -> tuple[dict[date, Turn], dict[date, Turn]]:
    """Both people's days after they have changed places on these."""
    first, second = dict(one), dict(other)
    for day in days:
        first[day], second[day] = other.get(day, Turn()), one.get(day, Turn())
    return first, second


def worse_rest(before: Days, after: Days) -> list[date]:
    """The days before which the rest becomes too short, and wasn't, or becomes shorter still."""
    found = []
    for day in sorted(after):
        rest, was = rest_before(after, day), rest_before(before, day)
        if rest is not None and (was is None or rest < was):
            found.append(day)
    return found


def worse_cover(need: NeedOfPost, before: Sequence[Turn], after: Sequence[Turn]) -> Hours | None:
    """The first stretch in which a post lacks somebody afterwards and didn't before; None: no worse."""
    was = lacks(need, before)
    for begins, ends in lacks(need, after):
        if not any(a <= begins and ends <= b for a, b in was):
            return begins, ends
    return None


def repeated(pattern: Sequence[str], first: date, last: date, later: int = 0) -> dict[date, str]:
    """A pattern of marks laid over days, again and again; `later`: it begins so many places further on."""
    if not pattern:
        return {}
    many = (last - first).days + 1
    return {first + n * _DAY: pattern[(n + later) % len(pattern)] for n in range(max(many, 0))}
