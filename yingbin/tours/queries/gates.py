"""What decisions at the gates look at, and who is where."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from yingbin.journal.trips import Ask, Statement, ask
from yingbin.people.calendar import ZONE, span
from yingbin.rules.gate.site import Roll
from yingbin.rules.times import read

from .. import gatehouse
from ..models import Fate, GateDevice, GateEvent, PassPlace, TourVisit, VisitorPass

# After this a pass that isn't back is asked for.
BACK_WITHIN = timedelta(hours=2)


def pass_numbered(site_id: UUID, number: int) -> VisitorPass | None:
    """A pass by its number, with its visit."""
    rows = VisitorPass.objects.filter(site_id=site_id).select_related("visit")
    return rows.filter(number=number).first()


def device_of(site_id: UUID, device_id: UUID) -> GateDevice | None:
    """A device at a gate of this site that is still open."""
    return gatehouse.open_one(gatehouse.devices_of(site_id), device_id)


def devices_open(site_id: UUID) -> list[GateDevice]:
    """Every device at an open gate, gate by gate."""
    return [one for one in gatehouse.devices_of(site_id) if one.gate.closed_at is None]


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


_LAST = "select number, at from tours_gateevent where site_id = %s order by number desc limit 1"
_ROLL = (
    "select number, event, answer::text from tours_gateevent where site_id = %s"
    " and event in ('roll_start', 'roll_end') order by number desc limit 1"
)


def last_asked(site_id: UUID) -> Statement:
    """Asks for number and time of the last event at the gates."""
    return Statement(_LAST, (site_id,))


def roll_asked(site_id: UUID) -> Statement:
    """Asks whether a roll call runs."""
    return Statement(_ROLL, (site_id,))


def running_roll(site_id: UUID, through: Ask = ask) -> Roll | None:
    """The roll call that runs, with who has been found; None where none does. through: the pen's, where it was foreseen."""
    found = through(roll_asked(site_id))
    if not found or found[0][1] == "roll_end":
        return None
    number, _, text = found[0]
    answer = json.loads(text)
    roll = Roll(-1, bool(answer["drill"]), dict(answer["expected"]))
    marks = GateEvent.objects.filter(site_id=site_id, event="roll_mark", number__gt=number)
    for visit, fields in marks.order_by("number").values_list("visit_id", "fields"):
        roll.safe[str(visit)] = int(fields["safe"])
    return roll


def last_at(device: GateDevice) -> datetime | None:
    """When something last happened at this device with a line."""
    rows = GateEvent.objects.filter(device=device).order_by("-at", "-number")
    return rows.values_list("at", flat=True).first()


def told_before(device: GateDevice, nonces: Iterable[str]) -> set[str]:
    """Which of these scans of a device are decided already."""
    rows = GateEvent.objects.filter(device=device, nonce__in=list(nonces))
    return set(rows.values_list("nonce", flat=True))


def passes_of_visits(site_id: UUID, visits: Iterable[UUID]) -> list[VisitorPass]:
    """Every pass of these visits."""
    rows = VisitorPass.objects.filter(site_id=site_id, visit__in=list(visits))
    return list(rows.select_related("visit").order_by("number"))


def events_around(site_id: UUID, visits: Iterable[UUID], since: datetime) -> list[GateEvent]:
    """All that happened to these visits, and from then on which lines went and came back, and roll calls."""
    events = GateEvent.objects.filter(site_id=site_id).select_related("visitor_pass", "device")
    own = list(events.filter(visit__in=list(visits)).exclude(event__startswith="roll_"))
    begin = min([since, *(row.at for row in own)])
    lines = events.filter(event__in=["offline", "online", "roll_start", "roll_end"])
    while True:
        found = list(lines.filter(at__gte=begin))
        spans = [read(str(row.fields["since"])) for row in found if row.event == "online"]
        if min([begin, *spans]) == begin:
            break
        begin = min(spans)
    before = lines.filter(event__startswith="roll_", at__lt=begin).order_by("-number").first()
    return own + found + ([before] if before is not None else [])


def headcounts_of(site_id: UUID, visits: Iterable[str]) -> dict[str, int]:
    """How many were approved, of these visits."""
    rows = TourVisit.objects.filter(site_id=site_id, id__in=list(visits))
    return {str(one): most for one, most in rows.values_list("id", "headcount")}


def passes_due(at: datetime, site_id: UUID | None = None) -> list[VisitorPass]:
    """Passes whose time is over that are still out, or whose persons are still here, and of which not all was told."""
    rows = VisitorPass.objects.filter(ends_at__lte=at, alarm__lt=2)
    rows = rows if site_id is None else rows.filter(site_id=site_id)
    here = PassPlace.objects.filter(visitor_pass__ends_at__lte=at, visitor_pass__alarm=0)
    inside = list(here.values_list("visitor_pass_id", flat=True))
    due = rows.filter(Q(fate=Fate.OUTSTANDING) | Q(id__in=inside))
    return list(
        due.select_related("visit").prefetch_related("places").order_by("site_id", "number")
    )
