"""Moments as whole microseconds since 1970, so that minutes are exact; read from and written as ISO 8601."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

Moment = int
MINUTE: Moment = 60_000_000
LONGEST_SPAN = 24 * 60 * MINUTE
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_HERE = timezone(timedelta(hours=8))


def read(text: str) -> Moment:
    """The moment of an ISO 8601 time. Raises ValueError for one that doesn't parse or has no offset."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("no offset")
    return (found - _EPOCH) // _MICROSECOND


def read_minute(text: str) -> Moment:
    """The same for a whole minute. Raises ValueError for one with seconds."""
    found = datetime.fromisoformat(text)
    if found.second or found.microsecond:
        raise ValueError("seconds")
    return read(text)


def minute_of(now: Moment) -> Moment:
    """The minute a moment lies in: rounded down."""
    return now - now % MINUTE


def written(moment: Moment) -> str:
    """As Beijing time; the last moments of the calendar as they can be."""
    try:
        return (_EPOCH + timedelta(microseconds=moment)).astimezone(_HERE).isoformat()
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC).isoformat()


def clock(moment: Moment) -> str:
    """Hours and minutes, as people say it."""
    return written(moment)[11:16]
