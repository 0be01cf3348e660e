"""Showing a full number: each time a fact with who, when and why."""

from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused

from .. import queries
from ..models import Reveal
from .desk import card


@action("customers.reveal")
def reveal(pen: Pen, *, customer_id: UUID, phone_id: UUID, why: str) -> UUID:
    """Logs that a person looks at a full number; the phone's id, since no stored response holds the number."""
    if not why.strip():
        raise Refused(None, "请选一个查看用途，会记在查看记录里。", about="why")
    customer, who = card(pen, customer_id), actor(pen)
    phone = queries.phones_on(customer).filter(id=phone_id).first()
    if phone is None or who is None:
        raise Refused(None, "这个号码已经不在卡片上了，请刷新。")
    row = Reveal.objects.create(
        site_id=pen.site_id,
        customer=customer,
        phone=phone,
        by=who,
        at=pen.at,
        why=why.strip()[:80],
    )
    body = {"customer": str(customer.id), "phone": str(phone.id), "reveal": str(row.id)}
    pen.append("customer.phone_revealed", body)
    return phone.id
