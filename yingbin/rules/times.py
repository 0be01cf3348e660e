"""Times as the contracts of visits and gates write them: seconds and an offset, in a bounded span of years."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from yingbin.rules.malformed import Fields, Malformed, quote, require

HERE = timezone(timedelta(hours=8))
FIRST_YEAR, LAST_YEAR = 2000, 2999
_FORM = re.compile(
    r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII
)


def is_time(value: object) -> str | None:
    """A time such as `2026-09-21T09:00:00+08:00`, of the years 2000 to 2999."""
    if not isinstance(value, str):
        return f"应为时间，不是{quote(value)}"
    try:
        read(value)
    except (ValueError, OverflowError):
        return f"应为 2026-09-21T09:00:00+08:00 这样的时间，不是{quote(value)}"
    return None


def read(text: str) -> datetime:
    """The moment, in Beijing time. Raises ValueError for a text of another form."""
    if not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        raise ValueError(text)
    return read_any(text)


def read_any(text: str) -> datetime:
    """The moment, of whatever year, in Beijing time. Raises ValueError or OverflowError."""
    if _FORM.fullmatch(text) is None:
        raise ValueError(text)
    return datetime.fromisoformat(text).astimezone(HERE)


def written(moment: datetime) -> str:
    """As Beijing time."""
    return moment.astimezone(HERE).isoformat()


def until(fields: Fields, last: datetime | None) -> datetime | None:
    """Up to when a file tells, where it says so; never before its last event. Raises Malformed."""
    if "until" not in fields:
        return None
    require("until", fields, "until", is_time)
    moment = read(fields["until"])
    if last is not None and moment < last:
        raise Malformed("until", "比最后一条早")
    return moment
