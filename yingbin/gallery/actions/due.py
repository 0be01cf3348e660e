"""What the worker does at a gallery when its time has come: alerts, another call, reminders (TQ-11)."""

from datetime import timedelta
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.matters.models import Matter
from yingbin.people.models import Delegation

from ..models import GalleryDay, Reception
from . import tell
from .open_day import seat


def patience(day: GalleryDay) -> timedelta:
    """How long a receiver has to accept a group."""
    return timedelta(seconds=int(day.settings.get("accept_seconds", 120)))


@action("remind_to_close")
def remind_to_close(pen: Pen, *, day_id: UUID) -> bool:
    """Tells the managers, once, that the day should have been closed by now; whether they were told."""
    due = GalleryDay.objects.filter(
        site_id=pen.site_id, id=day_id, closed_at__isnull=True, remind_at__lte=pen.at
    )
    day = due.first()
    if day is None:
        return False
    due.update(remind_at=None)
    tell.still_open(pen, day.day)
    return True


@action("call_by_itself")
def call_by_itself(pen: Pen, *, reception_id: UUID, mark: str) -> None:
    """Calls a receiver who hasn't answered once more, in their own name; `mark` names this call."""
    reception = _not_accepted(pen, reception_id)
    if reception is not None:
        seconds = int((pen.at - reception.began_at).total_seconds())
        tell.call_again(pen, reception, seconds, mark)


@action("not_accepted")
def alert_not_accepted(pen: Pen, *, reception_id: UUID) -> bool:
    """Alerts the managers, once, to a turn that nobody accepted in time; whether they were told."""
    today = seat(pen)
    reception = _not_accepted(pen, reception_id)
    if reception is None or reception.alerted_at:
        return False
    reception.alerted_at = today.at
    reception.save(update_fields=["alerted_at"])
    who = today.name(str(reception.receiver))
    seconds = int((pen.at - reception.began_at).total_seconds())
    tell.not_accepted(pen, who, reception.visit.number, seconds)
    body = {"visit": str(reception.visit_id), "who": str(reception.receiver)}
    pen.append("turn.not_accepted", body, clause="TQ-11")
    return True


def _not_accepted(pen: Pen, reception_id: UUID) -> Reception | None:
    waiting = Reception.objects.filter(ended_at__isnull=True, accepted_at__isnull=True)
    return waiting.select_related("visit").filter(site_id=pen.site_id, id=reception_id).first()


@action("delegation_over")
def delegation_over(pen: Pen, *, delegation_id: UUID, mark: str) -> None:
    """Says that supervision handed over has ended by its time, with what it leaves to be settled."""
    row = Delegation.objects.select_related("given_to").get(id=delegation_id, site_id=pen.site_id)
    mine = Matter.objects.filter(site_id=pen.site_id, owner_id=row.given_to_id)
    tell.delegation_over(pen, row, mine.filter(closed_at__isnull=True).count(), mark)
