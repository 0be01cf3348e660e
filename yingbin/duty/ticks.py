"""What falls due in days on duty; safe to run twice."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from yingbin.journal.action import Acting
from yingbin.journal.models import Ledger
from yingbin.journal.write import new_key
from yingbin.people.calendar import ZONE
from yingbin.rules.decision import Refused

from .actions.incidents import ring_again
from .actions.presence import begin, clock
from .demo import preparing
from .hours import TURNS_AT, day_of
from .models import DutyLog, Incident, PostRule

# Before this hour no day has begun by itself: the earliest opening check is due later.
_NOT_BEFORE = timedelta(hours=1)


def tick(at: datetime | None = None) -> int:
    """Brings every day on by what fell due; how many consequences there were."""
    now = at or timezone.now()
    due = DutyLog.objects.filter(next_at__lte=now).order_by("next_at")
    done = 0
    for site, log in list(due.values_list("site_id", "id")[:200]):
        done += clock(Acting(site, new_key(), "clock", now), log=log)
    drills = Incident.objects.filter(next_at__lte=now).values_list("site_id", "id")
    for site, drill in list(drills):
        done += ring_again(Acting(site, new_key(), "clock", now), incident=drill)
    return done + _begin(now)


def _begin(now: datetime) -> int:
    """Days begin by themselves, so that somebody who doesn't come is missed even when nobody comes."""
    day = day_of(now)
    here = now.astimezone(ZONE)
    if here < datetime.combine(day, TURNS_AT, ZONE) + _NOT_BEFORE:
        return 0
    begun = Exists(DutyLog.objects.filter(site_id=OuterRef("site_id"), day=day))
    waiting = PostRule.objects.filter(~begun, given_up_at__isnull=True).order_by("site_id")
    written = Ledger.objects.filter(site_id=OuterRef("site_id")).values("seq")
    sites = waiting.annotate(written=Subquery(written)).values_list("site_id", "written").distinct()
    return sum(_begun(site, seq or 0, now) for site, seq in sites)


# Places that don't open today, as of what was written there by then: each worker asks again once more is written.
_CLOSED: dict[UUID, tuple[date, int]] = {}


def _begun(site: UUID, seq: int, now: datetime) -> int:
    # A demo's past comes first: a day is never written behind one that has begun.
    if _CLOSED.get(site) == (day_of(now), seq) or preparing(site):
        return 0
    try:
        return begin(Acting(site, new_key(), "clock", now))
    except Refused:
        _CLOSED[site] = day_of(now), seq
        return 0
