"""What damages say of one person: handed to them, or emptied when they ask."""

from uuid import UUID

from yingbin.customers.queries import Section, told
from yingbin.journal.write import Pen

from .models import LineDetail


def erase(*, pen: Pen, customer_ids: list[UUID]) -> dict[str, int]:
    """Empties who was there, in damages about these customers (inside a write); how many."""
    rows = LineDetail.objects.filter(site_id=pen.site_id, matter__customer_id__in=customer_ids)
    return {"damages": rows.exclude(present="").update(present="", salt="")}


def sections(*, site_id: UUID, customer_ids: list[UUID]) -> list[Section]:
    """The damages about these customers."""
    rows = LineDetail.objects.filter(
        site_id=site_id, matter__kind="damage", matter__customer_id__in=customer_ids
    ).select_related("matter")
    lines = [[told(r.matter.opened_at), r.matter.title, r.present] for r in rows.order_by("seq")]
    return [Section("物品损坏", lines)]
