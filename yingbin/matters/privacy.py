"""What matters hold of one person: handed to them, or emptied when they ask."""

from uuid import UUID

from django.urls import reverse

from yingbin.customers.queries import Section, told
from yingbin.journal.write import Pen
from yingbin.notices.actions import forget

from .models import Matter, MatterStep

GONE = "（已按本人要求删除）"


def erase(*, pen: Pen, customer_ids: list[UUID]) -> dict[str, int]:
    """Empties titles, details and notes of matters about these customers (inside a write), and their notices."""
    rows = Matter.objects.filter(site_id=pen.site_id, customer_id__in=customer_ids)
    ids = list(rows.values_list("id", flat=True))
    MatterStep.objects.filter(matter__in=ids).update(note="", salt="")
    forget(pen, links=[reverse("matters:matter", args=[i]) for i in ids])
    return {"matters": rows.update(title=GONE, detail="", salt="", grams=[])}


def sections(*, site_id: UUID, customer_ids: list[UUID]) -> list[Section]:
    """The matters about these customers."""
    rows = Matter.objects.filter(site_id=site_id, customer_id__in=customer_ids).order_by("number")
    return [Section("事项", [[told(m.opened_at), m.title, m.detail] for m in rows])]
