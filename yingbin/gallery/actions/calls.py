"""来电: an enquiry by phone is recorded, so that whoever rang before is found when they come (TQ-1)."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yingbin.customers.actions import note_seen, register_customer
from yingbin.customers.queries import family
from yingbin.journal.commit import committed, new_salt, salted
from yingbin.journal.write import Pen
from yingbin.matters.actions import open_matter
from yingbin.people.queries import staff_with_role
from yingbin.rules.decision import Refused

from ..models import Call
from .table import gallery_write


@dataclass(frozen=True)
class Rang:
    """Who rang and what about; `taken_by` where the desk writes it down for a colleague."""

    phone: str = ""
    name: str = ""
    title: str = ""
    customer_id: UUID | None = None
    asked: str = ""
    source: str = ""
    next_contact: datetime | None = None
    taken_by: UUID | None = None


def record_call(*, site_id: UUID, key: str, by: UUID, at: datetime, rang: Rang) -> dict[str, Any]:
    """Records an enquiry by phone; a next contact agreed becomes the taker's follow-up.

    Raises `Refused` without a number, a name or a known customer. Never moves the queue.
    """

    def work(pen: Pen) -> dict[str, Any]:
        taker = _taker(pen, rang)
        customer_id = _customer(pen, rang)
        if rang.next_contact and rang.next_contact <= pen.at:
            raise Refused("TQ-1", "约好再联系的时间已经过去了，请选一个以后的时间。")
        call = _keep(pen, rang, taker, customer_id)
        if rang.next_contact:
            _follow_up(pen, call, rang.next_contact)
        return {"call": str(call.id), "receipt": call.receipt}

    payload = {k: str(v) for k, v in asdict(rang).items()}
    return gallery_write(
        site_id=site_id, key=key, verb="call", by=by, at=at, payload=payload, work=work
    )


def _taker(pen: Pen, rang: Rang) -> UUID:
    taker = rang.taken_by or UUID(pen.by)
    if taker == UUID(pen.by):
        return taker
    if not staff_with_role(pen.site_id, "salesperson", pen.at).filter(id=taker).exists():
        raise Refused("TQ-1", "请从名单里选接电话的同事。")
    return taker


def _customer(pen: Pen, rang: Rang) -> UUID:
    if rang.customer_id:
        ids = family(pen.site_id, rang.customer_id)
        if not ids:
            raise Refused("TQ-1", "没有找到点选的客户，请重新查一次。")
        note_seen(pen=pen, customer_id=ids[0])
        return ids[0]
    if not rang.phone.strip() and not rang.name.strip():
        raise Refused("TQ-1", "请至少留下来电号码或姓名，客户到访时才对得上。")
    return register_customer(pen=pen, name=rang.name, phone=rang.phone, title=rang.title).id


def _keep(pen: Pen, rang: Rang, taker: UUID, customer_id: UUID) -> Call:
    asked = rang.asked.strip()[:500]
    salt, called = new_salt(), " ".join(rang.name.split())[:40]
    body: dict[str, Any] = {"customer": str(customer_id), "taken_by": str(taker)}
    body["next"] = rang.next_contact.isoformat() if rang.next_contact else None
    if rang.source:
        body["source"] = rang.source
    if asked:
        body["asked"] = salted(asked, salt)
    body["words"] = committed({"called": called}, salt)
    line = pen.append("call.taken", body, clause="TQ-1")
    return Call.objects.create(
        site_id=pen.site_id,
        at=pen.at,
        taken_by=taker,
        recorded_by=UUID(pen.by),
        customer_id=customer_id,
        called=called,
        asked=asked,
        source=rang.source,
        next_contact=rang.next_contact,
        salt=salt,
        seq=line.seq,
        receipt=line.receipt,
    )


def _follow_up(pen: Pen, call: Call, due: datetime) -> None:
    open_matter(
        pen=pen,
        kind="follow_up",
        title=f"回电：{call.called or '来电客户'}",
        detail=call.asked,
        customer_id=call.customer_id,
        owner_id=call.taken_by,
        due_at=due,
        clause="TQ-1",
    )
