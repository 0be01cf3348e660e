"""When a duty day is, and when its posts are open."""

from datetime import date, datetime, time, timedelta

from yingbin.people.calendar import ZONE
from yingbin.rules.calendar import WorkingCalendar

from .models import PostRule, ShiftKind

# The day turns when nobody is at work any more: a shift over midnight belongs to the day it began on.
TURNS_AT = time(4)


def day_of(at: datetime) -> date:
    """The day on duty that a moment belongs to."""
    here = at.astimezone(ZONE)
    return here.date() if here.time() >= TURNS_AT else here.date() - timedelta(days=1)


def turn_of(day: date) -> datetime:
    """The moment at which a day on duty is over and the next begins."""
    return datetime.combine(day + timedelta(days=1), TURNS_AT, ZONE)


def open_span(
    rule: PostRule, day: date, calendar: WorkingCalendar
) -> tuple[datetime, datetime] | None:
    """When a post is open on a day; None where the site is closed."""
    hours = calendar.hours_on(day)
    if hours is None:
        return None
    opens, closes = rule.opens or hours[0], rule.closes or hours[1]
    return _span(day, opens, closes)


def shift_span(kind: ShiftKind, day: date) -> tuple[datetime, datetime]:
    """A shift of a day; over midnight where it ends before it begins."""
    return _span(day, kind.begins, kind.ends)


def _span(day: date, first: time, last: time) -> tuple[datetime, datetime]:
    start = datetime.combine(day, first, ZONE).replace(second=0, microsecond=0)
    end = datetime.combine(day, last, ZONE).replace(second=0, microsecond=0)
    return start, end if end > start else end + timedelta(days=1)


def off(day: date) -> tuple[datetime, datetime]:
    """The shift of somebody who has none: the last minute of the day, when nobody is waited for.

    The contract gives every receptionist a shift; an event `shift` calls somebody in who was off.
    """
    end = turn_of(day)
    return end - timedelta(minutes=1), end


def clock_today(now: datetime, clock: time) -> datetime:
    """An hour of the day on duty as a moment; before the day turns it is that of the next morning."""
    day = day_of(now)
    found = datetime.combine(day, clock, ZONE)
    return found if clock >= TURNS_AT else found + timedelta(days=1)
