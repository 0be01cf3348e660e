"""One person's published shifts as an iCalendar file (RFC 5545); of nobody else, and of nothing but shifts."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from .hours import shift_span
from .models import RosterCell

if TYPE_CHECKING:
    from icalendar import Event

BEFORE, AHEAD = timedelta(days=31), timedelta(days=92)


def calendar_of_shifts(place: str, cells: Iterable[RosterCell], now: datetime) -> bytes:
    """A calendar with an event a shift. The id of an event is its day's, whatever becomes of the day: a shift that moves moves."""
    from icalendar import Calendar  # takes its time to load, and is asked for by calendars alone

    found = Calendar()
    found.add("prodid", "-//Yingbin//roster//ZH")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", f"{place}排班")
    found.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for cell in cells:
        if cell.published_shift is not None:
            found.add_component(_event(place, cell, now))
    return bytes(found.to_ical())


def _event(place: str, cell: RosterCell, now: datetime) -> "Event":
    shift = cell.published_shift
    assert shift is not None
    from icalendar import Event

    begins, ends = (at.astimezone(UTC) for at in shift_span(shift, cell.day))
    post = cell.published_post.name if cell.published_post else ""
    event = Event()
    event.add("uid", f"{cell.id}@yingbin")
    event.add("dtstamp", (cell.published_at or now).astimezone(UTC))
    event.add("last-modified", (cell.published_at or now).astimezone(UTC))
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("summary", f"{shift.title}{f' · {post}' if post else ''}")
    event.add("location", place)
    return event
