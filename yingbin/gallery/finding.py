"""Groups by their number, decisions by their receipt, as the search everywhere finds them."""

import re
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from yingbin.people.frame import Hit
from yingbin.people.queries import Badge

from .models import Visit
from .queries import feed

LONGEST = 7  # digits of a number that counts groups
_RECEIPT = re.compile(r"[0-9A-Z]{4}[- ]?[0-9A-Z]{4}")  # one in twenty has no digit


def finds(badge: Badge, text: str, at: datetime) -> list[Hit]:
    """The latest groups with this number of their day and the decisions under this receipt; two queries at most."""
    if not badge.may("turns.see"):
        return []
    number = text.upper().lstrip("V#第 ").rstrip("号 ")
    if number.isascii() and number.isdigit() and len(number) <= LONGEST:
        visits = Visit.objects.filter(site_id=badge.here, number=int(number))
        return [_group(v) for v in visits.order_by("-arrived_at")[:3]]
    if not _RECEIPT.fullmatch(text.upper().strip()):
        return []
    return [
        Hit("回执", d.receipt, _page(d.visit_id, d.receipt), "receipt", d.because)
        for d in feed.under_receipt(badge.here, text)[:3]
    ]


def _group(visit: Visit) -> Hit:
    came = timezone.localtime(visit.arrived_at)
    page = reverse("gallery:visit", args=[visit.id])
    return Hit("到访", f"{visit.number} 号到访", page, "door-in", f"{came:%Y-%m-%d %H:%M}")


def _page(visit_id: object, receipt: str) -> str:
    if visit_id:
        return reverse("gallery:visit", args=[visit_id])
    return f"{reverse('gallery:receipt')}?code={receipt}"
