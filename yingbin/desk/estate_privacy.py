"""What the estate holds of one person: handed to them, told on their card, or emptied when they ask."""

from collections.abc import Iterable
from datetime import datetime, time
from uuid import UUID

from django.urls import reverse

from yingbin.customers.queries import Section, Visited, told
from yingbin.journal.write import Pen
from yingbin.people.calendar import ZONE
from yingbin.people.queries import Badge

from .models import ResidentNote, Tenancy


def erase(*, pen: Pen, customer_ids: list[UUID]) -> dict[str, int]:
    """Empties what was noted about these people (inside a write); that somebody lived there stays, without a name."""
    rows = ResidentNote.objects.filter(site_id=pen.site_id, customer_id__in=customer_ids)
    return {"resident_notes": rows.update(text="", salt="")}


def sections(*, site_id: UUID, customer_ids: list[UUID]) -> list[Section]:
    """Homes and notes, as the person may read them."""
    lived = Tenancy.objects.filter(site_id=site_id, customer_id__in=customer_ids, removed_at=None)
    notes = ResidentNote.objects.filter(site_id=site_id, customer_id__in=customer_ids)
    return [
        Section("房屋", [_line(row) for row in lived.select_related("home").order_by("seq")]),
        Section(
            "提醒", [[n.get_about_display(), n.text, told(n.at)] for n in notes.order_by("seq")]
        ),
    ]


def _line(row: Tenancy) -> list[str]:
    days = [day.isoformat() if day else "" for day in (row.since, row.until)]
    return [row.home.label, row.get_capacity_display(), *days]


def history(*, badge: Badge, customer_ids: Iterable[UUID]) -> list[Visited]:
    """When the person moved in and out; one question."""
    if badge.site_id is None or not badge.may("desk.see"):
        return []
    rows = Tenancy.objects.filter(
        site_id=badge.site_id, customer_id__in=list(customer_ids), removed_at=None
    )
    found = []
    for row in rows.select_related("home").order_by("-seq")[:50]:
        link = reverse("desk:home", args=[row.home_id])
        what = f"{row.home.label} {row.get_capacity_display()}"
        found.append(Visited(row.at, f"登记为 {what}", link=link))
        if row.until:
            left = datetime.combine(row.until, time(12), ZONE)
            found.append(Visited(left, f"从 {what} 搬走", link=link))
    return found
