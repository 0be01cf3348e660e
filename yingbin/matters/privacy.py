"""What matters hold of one person: handed to them, or emptied when they ask."""

from uuid import UUID

from django.db.models import QuerySet
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
    empty_steps(MatterStep.objects.filter(site_id=pen.site_id, matter__in=ids))
    return {"matters": empty(pen, ids)}


def empty(pen: Pen, ids: list[UUID]) -> int:
    """Empties titles and details of these matters, and their notices (inside a write); how many.

    Whoever calls it names them in an entry, as `customers` or as `erased_rows`.
    """
    forget(pen, links=[reverse("matters:matter", args=[one]) for one in ids])
    rows = Matter.objects.filter(site_id=pen.site_id, id__in=ids)
    return rows.update(title=GONE, detail="", salt="", grams=[])


def empty_steps(rows: QuerySet[MatterStep]) -> int:
    """Empties what was noted with these steps; how many. Named in an entry as `empty` asks."""
    return rows.update(note="", salt="")


def sections(*, site_id: UUID, customer_ids: list[UUID]) -> list[Section]:
    """The matters about these customers."""
    rows = Matter.objects.filter(site_id=site_id, customer_id__in=customer_ids).order_by("number")
    return [Section("事项", [[told(m.opened_at), m.title, m.detail] for m in rows])]
