"""What falls due for visits; safe to run twice."""

from datetime import datetime

from django.utils import timezone

from yingbin.journal.action import Acting
from yingbin.journal.write import new_key

from .actions.verbs import clock
from .models import TourVisit


def tick(at: datetime | None = None) -> int:
    """Makes the records that are due at every site; how many."""
    now = at or timezone.now()
    due = TourVisit.objects.filter(next_clock_at__lte=now).values_list("site_id", flat=True)
    return sum(clock(Acting(site, new_key(), "clock", now)) for site in set(due))
