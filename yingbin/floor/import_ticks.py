"""Imports go on by themselves, a slice a second, so that nothing else has to wait; safe to run twice."""

from datetime import datetime

from django.utils import timezone

from .actions import importing
from .queries.imports import at_work

SLICE = 0.7  # seconds of work in one tick


def tick(at: datetime | None = None) -> int:
    """Goes on with the import that was uploaded first, and forgets old files. Returns how many lines."""
    now = at or timezone.now()
    if now.second == 0:
        importing.forget_old_files(at=now)
    for one in at_work():
        work = _WORK[one.state]
        if done := work(import_id=one.id, at=now, seconds=SLICE):
            return done
    return 0


_WORK = {
    "reading": importing.read_some,
    "applying": importing.apply_some,
    "undoing": importing.withdraw_some,
}
