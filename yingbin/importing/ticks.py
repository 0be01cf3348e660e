"""Imports go on by themselves, a slice a second, so that nothing else has to wait; safe to run twice."""

import logging
from datetime import datetime

from django.utils import timezone

from . import actions
from .models import ImportRun
from .queries import at_work

logger = logging.getLogger(__name__)

SLICE = 0.7  # seconds of work in one tick


def tick(at: datetime | None = None) -> int:
    """Goes on with the import that was uploaded first, and forgets old files. Returns how many lines."""
    now = at or timezone.now()
    if now.second == 0:
        actions.forget_old_files(at=now)
    for one in at_work():
        if done := _slice(one, now):
            return done
    return 0


def _slice(one: ImportRun, now: datetime) -> int:
    """One slice of one import; one that fails doesn't keep the others waiting, and is tried again."""
    try:
        return _WORK[one.state](run_id=one.id, at=now, seconds=SLICE)
    except Exception as error:
        logger.warning("import %s will be tried again: %s", one.id, type(error).__name__)
        return 0


_WORK = {
    "reading": actions.read_some,
    "applying": actions.apply_some,
    "undoing": actions.withdraw_some,
}
