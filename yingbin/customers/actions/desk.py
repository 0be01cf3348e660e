"""What every verb of customers starts with: who acts, which card, one idempotent write."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from yingbin.journal.write import Pen, write
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


def one_write(
    *,
    site_id: UUID,
    key: str,
    verb: str,
    by: UUID,
    at: datetime,
    payload: Mapping[str, Any],
    work: Callable[[Pen], dict[str, Any]],
) -> dict[str, Any]:
    """One idempotent write; the stored response holds no personal data."""
    done = write(
        site_id=site_id,
        key=key,
        verb=f"customers.{verb}",
        by=str(by),
        at=at,
        payload=payload,
        work=work,
    )
    return done.response
