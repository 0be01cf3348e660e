"""What falls due in days on duty; safe to run twice."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from yingbin.journal.action import Acting
from yingbin.journal.write import new_key
from yingbin.people.calendar import ZONE
from yingbin.rules.decision import Refused

from .actions.presence import begin, clock
from .demo import preparing
from .hours import TURNS_AT, day_of
from .models import DutyLog, PostRule

# Before this hour no day has begun by itself: the earliest opening check is due later.
_NOT_BEFORE = timedelta(hours=1)


def tick(at: datetime | None = None) -> int:
    """Brings every day on by what fell due; how many consequences there were."""
    now = at or timezone.now()
    due = DutyLog.objects.filter(next_at__lte=now).order_by("next_at")
    done = 0
    for site, log in list(due.values_list("site_id", "id")[:200]):
        done += clock(Acting(site, new_key(), "clock", now), log=log)
    return done + _begin(now)


def _begin(now: datetime) -> int:
    """Days begin by themselves, so that somebody who doesn't come is missed even when nobody comes."""
    day = day_of(now)
    here = now.astimezone(ZONE)
    if here < datetime.combine(day, TURNS_AT, ZONE) + _NOT_BEFORE:
        return 0
    begun = Exists(DutyLog.objects.filter(site_id=OuterRef("site_id"), day=day))
    waiting = PostRule.objects.filter(~begun, given_up_at__isnull=True).order_by("site_id")
    sites = waiting.values_list("site_id", flat=True).distinct()
    return sum(_begun(site, now) for site in sites)


# Places that don't open on a day; asked once by each worker.
_CLOSED: set[tuple[UUID, date]] = set()


def _begun(site: UUID, now: datetime) -> int:
    key = (site, day_of(now))
    # A demo's past comes first: a day is never written behind one that has begun.
    if key in _CLOSED or preparing(site):
        return 0
    try:
        return begin(Acting(site, new_key(), "clock", now))
    except Refused:
        _CLOSED.add(key)
        return 0
