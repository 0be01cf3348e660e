"""What every verb of customers starts with: who acts, on which card."""

from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..models import Customer


def card(pen: Pen, customer_id: UUID) -> Customer:
    """The card to write on: the end of its chain of merges. Refused when it isn't this site's."""
    found = (
        Customer.objects.select_related("merged_into")
        .filter(site_id=pen.site_id, id=customer_id, erased_at__isnull=True)
        .first()
    )
    if found is None:
        raise Refused(None, "没有找到这位客户，请重新查找。")
    return found.merged_into or found
