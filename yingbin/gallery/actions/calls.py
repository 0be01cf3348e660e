"""来电: an enquiry by phone is recorded, so that whoever rang before is found when they come (TQ-1)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yingbin.customers.actions import note_seen, register_customer
from yingbin.customers.queries import family
from yingbin.journal.action import action
from yingbin.journal.commit import committed, new_salt, salted
from yingbin.journal.write import Pen
from yingbin.matters.actions import open_matter
from yingbin.people.queries import staff_with_role
from yingbin.rules.decision import Refused

from ..models import Call


@dataclass(frozen=True)
class CallTold:
    """Who rang and what about; `taken_by` where the desk writes it down for a colleague."""

    phone: str = ""
    name: str = ""
    title: str = ""
    customer_id: UUID | None = None
    asked: str = ""
    source: str = ""
    next_contact: datetime | None = None
    taken_by: UUID | None = None


@dataclass(frozen=True)
class CallReceipt:
    """The call as it was kept, and the code that proves it."""

    call: UUID
    receipt: str


@action("call")
def record_call(pen: Pen, *, told: CallTold) -> CallReceipt:
    """Records an enquiry by phone; a next contact agreed becomes the taker's follow-up.

    Raises `Refused` without a number, a name or a known customer. Never moves the queue.
    """
    taker = _taker(pen, told)
    customer_id = _customer(pen, told)
    if told.next_contact and told.next_contact <= pen.at:
        raise Refused("TQ-1", "约好再联系的时间已经过去了，请选一个以后的时间。", "next_contact")
    call = _keep(pen, told, taker, customer_id)
    if told.next_contact:
        _follow_up(pen, call, told.next_contact)
    return CallReceipt(call.id, call.receipt)


def _taker(pen: Pen, told: CallTold) -> UUID:
    taker = told.taken_by or UUID(pen.by)
    if taker == UUID(pen.by):
        return taker
    if not staff_with_role(pen.site_id, "salesperson", pen.at).filter(id=taker).exists():
        raise Refused("TQ-1", "请从名单里选接电话的同事。", "taken_by")
    return taker


def _customer(pen: Pen, told: CallTold) -> UUID:
    if told.customer_id:
        ids = family(pen.site_id, told.customer_id)
        if not ids:
            raise Refused("TQ-1", "没有找到点选的客户，请重新查一次。", "customer")
        note_seen(pen=pen, customer_id=ids[0])
        return ids[0]
    if not told.phone.strip() and not told.name.strip():
        raise Refused("TQ-1", "请至少留下来电号码或姓名，客户到访时才对得上。", "q")
    return register_customer(pen=pen, name=told.name, phone=told.phone, title=told.title).id


def _keep(pen: Pen, told: CallTold, taker: UUID, customer_id: UUID) -> Call:
    asked = told.asked.strip()[:500]
    salt, called = new_salt(), " ".join(told.name.split())[:40]
    body: dict[str, object] = {"customer": str(customer_id), "taken_by": str(taker)}
    body["next"] = told.next_contact.isoformat() if told.next_contact else None
    if told.source:
        body["source"] = told.source
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
        source=told.source,
        next_contact=told.next_contact,
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
        owner=call.taken_by,
        agreed_at=due,
        clause="TQ-1",
    )
