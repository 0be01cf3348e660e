"""Showing a full number: each time a fact with who, when and why."""

from datetime import datetime
from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused

from .. import queries
from ..models import CustomerPhone, Reveal
from .desk import card, one_write


def reveal_phone(*, pen: Pen, customer_id: UUID, phone_id: UUID, why: str) -> CustomerPhone:
    """Logs that a person looks at a full number, and gives it (inside a write)."""
    if not why.strip():
        raise Refused(None, "请选一个查看用途，会记在查看记录里。")
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
    return phone


def reveal(
    *, site_id: UUID, key: str, by: UUID, at: datetime, customer_id: UUID, phone_id: UUID, why: str
) -> str:
    """The full number (E.164), once the look is logged; it is in no stored response."""

    def work(pen: Pen) -> dict[str, str]:
        phone = reveal_phone(pen=pen, customer_id=customer_id, phone_id=phone_id, why=why)
        return {"phone": str(phone.id)}

    payload = {"customer": str(customer_id), "phone": str(phone_id), "why": why}
    done = one_write(
        site_id=site_id, key=key, verb="reveal", by=by, at=at, payload=payload, work=work
    )
    return CustomerPhone.objects.get(site_id=site_id, id=done["phone"]).e164
