"""Whose customer it is (TQ-8, TQ-9)."""

from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.commit import committed, new_salt
from yingbin.journal.write import Pen
from yingbin.people.queries import staff_with_role
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused

from .. import queries
from ..models import ReceiverOfRecord
from .desk import card


def set_receiver(
    *,
    pen: Pen,
    customer_id: UUID,
    staff_id: UUID | None,
    reason: str,
    clause: str | None = None,
    visit_id: UUID | None = None,
) -> ReceiverOfRecord | None:
    """Makes this person the receiver of record (inside a write); None where they are already.

    staff_id None: the customer is nobody's. `reason` is shown with the change.
    """
    customer = card(pen, customer_id)
    before = queries.receiver_of_record(pen.site_id, customer.id)
    if before == staff_id:
        return None
    salt, why = new_salt(), reason.strip()[:200]
    body = {
        "words": committed({"reason": why}, salt),
        "customer": str(customer.id),
        "receiver": str(staff_id) if staff_id else None,
        "before": str(before) if before else None,
        "visit": str(visit_id) if visit_id else None,
    }
    line = pen.append("customer.receiver", body, clause=clause)
    return ReceiverOfRecord.objects.create(
        site_id=pen.site_id,
        customer=customer,
        staff_id=staff_id,
        seq=line.seq,
        since=pen.at,
        by=actor(pen),
        reason=why,
        salt=salt,
        visit_id=visit_id,
        clause=clause or "",
    )


@action("customers.receiver")
def assign_receiver(pen: Pen, *, customer_id: UUID, staff_id: UUID | None, reason: str) -> None:
    """The manager gives a customer to someone else, with a reason (TQ-8); `Refused` without one."""
    if not reason.strip():
        raise Refused("TQ-8", "改客户归属要写一句原因，会留在客户卡片上。", about="reason")
    sells = staff_with_role(pen.site_id, "salesperson", pen.at)
    if staff_id is not None and not sells.filter(id=staff_id).exists():
        words = "接手的人现在不是本案场的置业顾问，请从名单里重新选一位。"
        raise Refused("TQ-8", words, about="staff")
    set_receiver(pen=pen, customer_id=customer_id, staff_id=staff_id, reason=reason, clause="TQ-8")
