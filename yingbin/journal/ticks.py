"""What the journal does by itself: keys answered long ago are forgotten, so that they don't pile up."""

from datetime import datetime, timedelta

from django.utils import timezone

from .write import forget_old_responses

KEPT = timedelta(days=30)
EVERY = timedelta(hours=1)
_last: list[datetime] = []


def tick(at: datetime | None = None) -> int:
    """Forgets responses older than thirty days, once an hour in each process. Returns how many."""
    now = at or timezone.now()
    if _last and now - _last[-1] < EVERY:
        return 0
    _last[:] = [now]
    return forget_old_responses(now - KEPT)
