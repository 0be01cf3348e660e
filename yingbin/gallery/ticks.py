"""What falls due by itself at a gallery; safe to run twice."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from yingbin.journal.write import Pen
from yingbin.matters.models import Matter
from yingbin.notices.queries import was_told
from yingbin.people.ids import SYSTEM
from yingbin.people.models import Delegation
from yingbin.people.queries import run_out
from yingbin.rules.decision import Refused

from .actions import tell
from .actions.cases import apply_pending, cannot_apply
from .actions.leaving import sweep
from .actions.table import gallery_write, seat
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
    late = [r for r in waiting if now - r.began_at >= _patience(r.visit.day)]
    alerted = sum(_alert(r, now) for r in late if r.alerted_at is None)
    for reception in late:
        _call_again(reception, now)
    return alerted + sweep(now) + _reminders(now) + _rulings(now) + _delegations(now)


def _reminders(now: datetime) -> int:
    """Days that should have been closed by now; the managers of each are told once."""
    late = GalleryDay.objects.filter(closed_at__isnull=True, remind_at__lte=now)
    return sum(_remind(day, now) for day in late)


def _remind(day: GalleryDay, now: datetime) -> int:
    def work(pen: Pen) -> dict[str, bool]:
        due = GalleryDay.objects.filter(id=day.id, closed_at__isnull=True, remind_at__lte=now)
        if not due.update(remind_at=None):
            return {"told": False}
        tell.still_open(pen, day.day)
        return {"told": True}

    done = gallery_write(
        site_id=day.site_id,
        key=f"still-open:{day.id}:{day.reopened}",
        verb="tick",
        by=SYSTEM,
        at=now,
        payload={},
        work=work,
    )
    return int(done["told"])


def _call_again(reception: Reception, now: datetime) -> None:
    times = (now - reception.began_at) // _patience(reception.visit.day)
    mark = f"call:{reception.id}:{times}"
    if times > MOST_CALLS or was_told(reception.site_id, reception.receiver, mark):
        return

    def work(pen: Pen) -> dict[str, bool]:
        still = Reception.objects.filter(
            id=reception.id, site_id=pen.site_id, ended_at__isnull=True, accepted_at__isnull=True
        )
        if still.exists():
            seconds = int((now - reception.began_at).total_seconds())
            tell.call_again(pen, reception, seconds, mark)
        return {}

    gallery_write(
        site_id=reception.site_id,
        key=mark,
        verb="tick",
        by=reception.receiver,
        at=now,
        payload={"reception": str(reception.id)},
        work=work,
    )


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
    def work(pen: Pen) -> dict[str, Any]:
        mine = Matter.objects.filter(site_id=pen.site_id, owner_id=row.given_to_id)
        tell.delegation_over(pen, row, mine.filter(closed_at__isnull=True).count(), mark)
        return {}

    gallery_write(
        site_id=row.site_id, key=mark, verb="tick", by=SYSTEM, at=now, payload={}, work=work
    )
    return 1


def _patience(day: GalleryDay) -> timedelta:
    return timedelta(seconds=int(day.settings.get("accept_seconds", 120)))


def _alert(reception: Reception, now: datetime) -> int:
    def work(pen: Pen) -> dict[str, bool]:
        table = seat(pen)
        due = Reception.objects.filter(
            id=reception.id,
            site_id=pen.site_id,
            ended_at__isnull=True,
            accepted_at__isnull=True,
            alerted_at__isnull=True,
        )
        if not due.update(alerted_at=table.at):
            return {"alerted": False}
        who = table.name(str(reception.receiver))
        seconds = int((now - reception.began_at).total_seconds())
        tell.not_accepted(pen, who, reception.visit.number, seconds)
        body = {"visit": str(reception.visit_id), "who": str(reception.receiver)}
        pen.append("turn.not_accepted", body, clause="TQ-11")
        return {"alerted": True}

    done = gallery_write(
        site_id=reception.site_id,
        key=f"not-accepted:{reception.id}",
        verb="tick",
        by=reception.receiver,
        at=now,
        payload={"reception": str(reception.id)},
        work=work,
    )
    return int(done["alerted"])
