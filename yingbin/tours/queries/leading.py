"""今天您带的客人: the passes whose persons somebody leads, with whether they may photograph (CV-4.3)."""

from datetime import datetime

from django.db.models import Q

from yingbin.people.calendar import ZONE, span
from yingbin.people.queries import Badge

from ..models import Fate, VisitorPass
from .gate_pages import PassLine, lines_of


def leading(badge: Badge, at: datetime) -> list[PassLine]:
    """Passes of today that name this person as escort, and those whose persons are still on site; the next first."""
    today = at.astimezone(ZONE).date()
    begin, end = span(today, today)
    now = Q(fate=Fate.OUTSTANDING, starts_at__lt=end, ends_at__gte=begin) | Q(places__isnull=False)
    rows = VisitorPass.objects.filter(now, site_id=badge.here, escort=badge.staff_id)
    return lines_of(rows.select_related("visit").distinct().order_by("starts_at", "number"))
