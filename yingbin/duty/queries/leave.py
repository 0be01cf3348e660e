"""Who is on leave on which days."""

from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from ..models import Leave


def days_of_leave(site_id: UUID, first: date, last: date) -> dict[UUID, set[date]]:
    """The days of granted leave between two days, by person; one query."""
    rows = Leave.objects.filter(
        site_id=site_id, last__gte=first, first__lte=last, ended_at__isnull=True
    )
    found: defaultdict[UUID, set[date]] = defaultdict(set)
    for row in rows:
        begins, ends = max(row.first, first), min(row.last, last)
        found[row.staff_id] |= {begins + timedelta(days=n) for n in range((ends - begins).days + 1)}
    return dict(found)
