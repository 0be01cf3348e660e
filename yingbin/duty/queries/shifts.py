"""The published roster as another wing reads it: who works around a moment, and who doesn't today."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from yingbin.people.calendar import ZONE

from ..hours import shift_span
from ..models import RosterCell
from .leave import days_of_leave

AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class RosterShift:
    """A published shift of somebody; title: as the place calls it."""

    title: str
    begins: datetime
    ends: datetime


def shifts_around(site_id: UUID, at: datetime) -> dict[UUID, tuple[RosterShift, ...]]:
    """The shifts from yesterday's to those of a week ahead, of everybody whom the roster has today or yesterday with a
    shift over midnight; none of a day off or on leave. Empty where nothing is published. Two queries."""
    today = at.astimezone(ZONE).date()
    first, last = today - timedelta(days=1), today + AHEAD
    cells = RosterCell.objects.filter(
        site_id=site_id, day__range=(first, last), published_at__isnull=False
    ).select_related("published_shift")
    leave = days_of_leave(site_id, first, last)
    found: defaultdict[UUID, list[RosterShift]] = defaultdict(list)
    known = set()
    for cell in cells.order_by("day", "staff_id"):
        kind, away = cell.published_shift, cell.day in leave.get(cell.staff_id, ())
        if kind is not None and not away:
            shift = RosterShift(kind.title, *shift_span(kind, cell.day))
            found[cell.staff_id].append(shift)
            known |= {cell.staff_id} if shift.begins <= at < shift.ends else set()
        known |= {cell.staff_id} if cell.day == today else set()
    return {who: tuple(found[who]) for who in known}
