"""A leaver's customers pass to colleagues in one step (TQ-8), so that nobody is helped for ever."""

from collections.abc import Mapping
from uuid import UUID

from yingbin.journal.commit import committed, new_salt
from yingbin.journal.write import Pen
from yingbin.people.ids import uuid7
from yingbin.people.rows import actor

from ..models import ReceiverOfRecord


def hand_over_customers(*, pen: Pen, leaver: UUID, to: Mapping[UUID, UUID], reason: str) -> int:
    """Makes each customer of `to` its new receiver's (inside a write), all under one entry; how many.

    to: customer → new receiver. One statement for any number of customers.
    """
    salt, why = new_salt(), reason.strip()[:200]
    body = {
        "words": committed({"reason": why}, salt),
        "from": str(leaver),
        "to": {str(customer): str(who) for customer, who in sorted(to.items())},
    }
    line = pen.append("customers.handed_over", body, clause="TQ-8")
    rows = [
        ReceiverOfRecord(
            id=uuid7(),
            site_id=pen.site_id,
            customer_id=customer,
            staff_id=who,
            seq=line.seq,
            since=pen.at,
            by=actor(pen),
            reason=why,
            salt=salt,
            clause="TQ-8",
        )
        for customer, who in to.items()
    ]
    ReceiverOfRecord.objects.bulk_create(rows, batch_size=1000)
    return len(rows)
