"""Passes that are printed many at once: which, how far it has come, what is ready."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from yingbin.people.calendar import span

from ..models import Fate, PassPrinting, PassPrintPart, PassRevision, VisitorPass

KEPT_FOR = timedelta(hours=24)


def chosen(site_id: UUID, visit_id: UUID | None, day: date | None) -> QuerySet[VisitorPass]:
    """The passes that are out of a visit, or of all visits of a day, in the order of their numbers."""
    rows = VisitorPass.objects.filter(site_id=site_id, fate=Fate.OUTSTANDING).order_by("number")
    if visit_id is not None:
        return rows.filter(visit=visit_id)
    assert day is not None
    begin, end = span(day, day)
    return rows.filter(starts_at__gte=begin, starts_at__lt=end)


def next_of(run: PassPrinting, after: int, many: int) -> list[VisitorPass]:
    """So many passes of a printing behind that number."""
    rows = chosen(run.site_id, run.visit_id, run.day).filter(number__gt=after)
    return list(rows.select_related("visit", "site")[:many])


def revisions_of(rows: list[VisitorPass]) -> tuple[UUID, ...]:
    """Their current revisions."""
    current = {(row.id, row.revision) for row in rows}
    found = PassRevision.objects.filter(visitor_pass__in=rows)
    told = found.order_by("visitor_pass__number").values_list("id", "visitor_pass_id", "number")
    return tuple(one for one, held, number in told if (held, number) in current)


def at_work() -> PassPrinting | None:
    """The printing that was begun first and isn't done."""
    return PassPrinting.objects.filter(finished_at__isnull=True).order_by("at").first()


def printing(site_id: UUID, run_id: UUID) -> PassPrinting | None:
    """One of this site, with its visit."""
    rows = PassPrinting.objects.filter(site_id=site_id, id=run_id)
    return rows.select_related("visit").first()


def newest(site_id: UUID, most: int = 20) -> list[PassPrinting]:
    """The newest of a site."""
    rows = PassPrinting.objects.filter(site_id=site_id).select_related("visit")
    return list(rows.order_by("-at")[:most])


def parts_of(run: PassPrinting) -> list[PassPrintPart]:
    """What is ready, without the bytes."""
    return list(PassPrintPart.objects.filter(of=run).defer("data").order_by("number"))


def part(run: PassPrinting, number: int) -> bytes | None:
    """One part as PDF; None where there is none, or not any more."""
    data = PassPrintPart.objects.filter(of=run, number=number).values_list("data", flat=True)
    found = data.first()
    return None if found is None else bytes(found)


def forget_old(now: datetime) -> int:
    """What was drawn a day ago or more is thrown away; how many printings."""
    old = PassPrinting.objects.filter(finished_at__lt=now - KEPT_FOR, forgotten_at__isnull=True)
    return forget(old, now)


def forget(which: QuerySet[PassPrinting], now: datetime) -> int:
    """Throws away what was drawn of these, and ends those that go on; how many printings."""
    PassPrintPart.objects.filter(of__in=which).delete()
    which.filter(finished_at__isnull=True).update(finished_at=now)
    return which.update(forgotten_at=now)
