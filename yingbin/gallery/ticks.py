"""What falls due by itself at a gallery; safe to run twice."""

import logging
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from yingbin.journal.action import Acting
from yingbin.notices.queries import was_told
from yingbin.people.ids import SYSTEM
from yingbin.people.models import Delegation
from yingbin.people.queries import run_out
from yingbin.rules.decision import Refused

from .actions import due
from .actions.cases import apply_pending, cannot_apply
from .actions.leaving import sweep
from .models import GalleryDay, Reception, Ruling

logger = logging.getLogger(__name__)


MOST_CALLS = 10  # calls to somebody who doesn't answer; the manager knows since the first


def tick(at: datetime | None = None) -> int:
    """Alerts the manager to turns nobody accepted in time (policy, two minutes). Returns how many.

    Whoever hasn't answered is called again each time that span is over; whose role ended by its date is signed out.
    """
    now = at or timezone.now()
    open_ones = Reception.objects.filter(ended_at__isnull=True, accepted_at__isnull=True)
    waiting = open_ones.filter(Q(visit__day__closed_at__isnull=True)).select_related("visit__day")
    late = [r for r in waiting if now - r.began_at >= due.patience(r.visit.day)]
    alerted = sum(_alert(r, now) for r in late if r.alerted_at is None)
    for reception in late:
        _call_again(reception, now)
    return alerted + sweep(now) + _reminders(now) + _rulings(now) + _delegations(now)


def _reminders(now: datetime) -> int:
    """Days that should have been closed by now; the managers of each are told once."""
    late = GalleryDay.objects.filter(closed_at__isnull=True, remind_at__lte=now)
    return sum(_remind(day, now) for day in late)


def _remind(day: GalleryDay, now: datetime) -> int:
    key = f"still-open:{day.id}:{day.reopened}"
    return int(due.remind_to_close(Acting(day.site_id, key, SYSTEM, now), day_id=day.id))


def _call_again(reception: Reception, now: datetime) -> None:
    times = (now - reception.began_at) // due.patience(reception.visit.day)
    mark = f"call:{reception.id}:{times}"
    if times > MOST_CALLS or was_told(reception.site_id, reception.receiver, mark):
        return
    acting = Acting(reception.site_id, mark, reception.receiver, now)
    due.call_by_itself(acting, reception_id=reception.id, mark=mark)


def _rulings(now: datetime) -> int:
    """Rulings made while the gallery was closed take effect once it is open; one that was replaced never does."""
    pending = Ruling.objects.filter(applied_at__isnull=True, replaced_by__isnull=True).filter(
        site__in=GalleryDay.objects.filter(closed_at__isnull=True).values("site")
    )
    done = 0
    for row in pending:
        try:
            done += apply_pending(site_id=row.site_id, at=now, ruling_id=row.id)
        except Refused as no:
            logger.warning("ruling %s waits: %s", row.id, no.clause)
            cannot_apply(site_id=row.site_id, at=now, ruling_id=row.id, why=no.message)
    return done


def _delegations(now: datetime) -> int:
    """Supervision that ended by its time: the managers and the delegate hear of it once, with what it leaves."""
    told = 0
    for row in run_out(now):
        mark = f"delegation-over:{row.id}"
        if not was_told(row.site_id, row.given_to_id, mark):
            told += _delegation_over(row, mark, now)
    return told


def _delegation_over(row: Delegation, mark: str, now: datetime) -> int:
    due.delegation_over(Acting(row.site_id, mark, SYSTEM, now), delegation_id=row.id, mark=mark)
    return 1


def _alert(reception: Reception, now: datetime) -> int:
    key = f"not-accepted:{reception.id}"
    acting = Acting(reception.site_id, key, reception.receiver, now)
    return int(due.alert_not_accepted(acting, reception_id=reception.id))
