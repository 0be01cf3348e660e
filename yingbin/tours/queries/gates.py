"""What decisions at the gates look at, and who is where."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from yingbin.people.calendar import ZONE, span
from yingbin.rules.gate.site import Roll

from ..models import Fate, GateDevice, GateEvent, VisitorPass


def pass_numbered(site_id: UUID, number: int) -> VisitorPass | None:
    """A pass by its number, with its visit."""
    rows = VisitorPass.objects.filter(site_id=site_id).select_related("visit")
    return rows.filter(number=number).first()


def device_of(site_id: UUID, device_id: UUID) -> GateDevice | None:
    """A device at a gate of this site that is still open."""
    rows = GateDevice.objects.filter(site_id=site_id, gate__closed_at__isnull=True)
    return rows.select_related("gate").filter(id=device_id).first()


def devices_open(site_id: UUID) -> list[GateDevice]:
    """Every device at an open gate, gate by gate."""
    rows = GateDevice.objects.filter(site_id=site_id, gate__closed_at__isnull=True)
    return list(rows.select_related("gate").order_by("gate__seq", "number"))


def passes_looked_at(
    site_id: UUID, event: str, held: VisitorPass | None, at: datetime
) -> list[VisitorPass]:
    """The passes an event is decided by: of a scan all of its visit; of a roll call all with somebody here; in the
    evening also those of every visit of today and of those that are still out."""
    rows = VisitorPass.objects.filter(site_id=site_id).select_related("visit").order_by("number")
    if event in ("scan", "admit") and held is not None:
        return list(rows.filter(visit_id=held.visit_id))
    if event == "roll_start":
        return list(rows.filter(places__isnull=False).distinct())
    if event == "day_end":
        return list(rows.filter(visit__in=list(_of_the_evening(site_id, at))))
    return [held] if held is not None else []


def _of_the_evening(site_id: UUID, at: datetime) -> Iterable[UUID]:
    today = at.astimezone(ZONE).date()
    begin, end = span(today, today)
    owed = Q(fate=Fate.OUTSTANDING) | Q(places__isnull=False)
    touched = owed | Q(starts_at__lt=end, ends_at__gte=begin)
    rows = VisitorPass.objects.filter(touched, site_id=site_id)
    return rows.order_by().values_list("visit_id", flat=True).distinct()


def running_roll(site_id: UUID) -> Roll | None:
    """The roll call that runs, with who has been found; None where none does."""
    calls = GateEvent.objects.filter(site_id=site_id, event__in=["roll_start", "roll_end"])
    last = calls.order_by("-number").first()
    if last is None or last.event == "roll_end":
        return None
    roll = Roll(-1, bool(last.answer["drill"]), dict(last.answer["expected"]))
    marks = GateEvent.objects.filter(site_id=site_id, event="roll_mark", number__gt=last.number)
    for visit, fields in marks.order_by("number").values_list("visit_id", "fields"):
        roll.safe[str(visit)] = int(fields["safe"])
    return roll
