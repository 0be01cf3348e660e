"""等待: groups nobody is free for (SC-4.3.2): anyone will do, tea, leaving with a contact."""

from uuid import UUID

from yingbin.customers.actions import register_customer
from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.matters.actions import open_matter
from yingbin.rules.decision import Refused

from ..kinds import visited
from ..models import Visit
from . import tell
from .events import OpenDay, advance, words_of
from .open_day import seat
from .receptions import visit_today


@action("anyone")
def anyone_will_do(pen: Pen, *, visit_id: UUID) -> None:
    """A group that waits for one person will take anyone: the first free by the queue."""
    today = seat(pen)
    visit = visit_today(pen, today, visit_id)
    event = {"event": "anyone", "visit": str(visit.id)}
    made = advance(pen=pen, today=today, event=event, visit=visit)
    tell.decided(pen, today, made.decisions, visit)


@action("leave")
def leave(
    pen: Pen, *, visit_id: UUID, name: str = "", phone: str = "", no_contact: str = ""
) -> None:
    """A waiting group goes away; its contact becomes a follow-up for whoever stood first then (SC-4.3.2).

    `no_contact` is why no contact could be kept; one of the two must be given.
    """
    today = seat(pen)
    visit = visit_today(pen, today, visit_id)
    let_go(pen, today, visit, name=name, phone=phone, no_contact=no_contact)


def let_go(
    pen: Pen, today: OpenDay, visit: Visit, *, name: str = "", phone: str = "", no_contact: str = ""
) -> None:
    """A waiting group goes away inside a write; its contact becomes a follow-up."""
    _keep_contact(pen, visit, name, phone, no_contact)
    owner = _follow_up_owner(today, visit)
    event = {"event": "leave", "visit": str(visit.id)}
    made = advance(pen=pen, today=today, event=event, visit=visit)
    visit.left_at = today.at
    visit.save(update_fields=["left_at", "customer_id", "called", "note", "salt"])
    if visit.customer_id:
        _follow_up(pen, today, visit, owner)
    tell.decided(pen, today, made.decisions, visit)


def _keep_contact(pen: Pen, visit: Visit, name: str, phone: str, no_contact: str) -> None:
    if visit.customer_id:
        return
    if phone.strip():
        new = register_customer(pen=pen, name=(name or visit.called).strip(), phone=phone)
        visit.customer_id, visit.called = new.id, name.strip() or visit.called
        body = {"visit": str(visit.id), "customer": str(new.id), "words": words_of(visit)}
        pen.append("visit.identified", body)
    elif no_contact.strip():
        visit.note = f"{visit.note} 未留联系方式：{no_contact.strip()}".strip()[:200]
        pen.append("visit.described", {"visit": str(visit.id), "words": words_of(visit)})
    else:
        raise Refused(
            "SC-4.3.2",
            "客户离开前请尽量留下电话，会变成一条跟进。实在不留，请写一句原因。",
            about="phone",
        )


def _follow_up_owner(today: OpenDay, visit: Visit) -> UUID | None:
    """The person awaited, else the first in the queue at that moment, else nobody."""
    awaited = dict(today.state.waiting()).get(str(visit.id))
    if awaited and awaited in today.row.names:
        return UUID(awaited)
    return UUID(today.state.queue[0]) if today.state.queue else None


def _follow_up(pen: Pen, today: OpenDay, visit: Visit, owner: UUID | None) -> None:
    open_matter(
        pen=pen,
        kind="follow_up",
        title=f"跟进等待后离开的客户：到访{visit.number}",
        detail="客户等待时无人有空，先行离开，已留联系方式。请尽快致电。",
        customer_id=visit.customer_id,
        subject=visited(visit.id),
        owner=owner or UUID(pen.by),
        clause="SC-4.3.2",
    )


@action("describe")
def describe(pen: Pen, *, visit_id: UUID, looks: str, seat_at: str) -> None:
    """What a group is known by and where it sits, so that nobody has to ask twice."""
    visit = visit_today(pen, seat(pen), visit_id)
    visit.looks, visit.seat = looks.strip()[:60], seat_at.strip()[:20]
    body = {"visit": str(visit.id), "words": words_of(visit)}
    visit.save(update_fields=["looks", "seat", "salt"])
    pen.append("visit.described", body, clause="SC-4.3.2")


@action("service")
def ask_service(pen: Pen, *, visit_id: UUID, what: str) -> UUID:
    """Tea, water or another service for a group; goes to the receptionists (SC-4.3.2, SC-4.3.4)."""
    today = seat(pen)
    visit = visit_today(pen, today, visit_id)
    if not what.strip():
        raise Refused("SC-4.3.2", "请选一样要送的东西，例如茶、温水。")
    matter = open_matter(
        pen=pen,
        kind="service",
        title=f"到访{visit.number}：{what.strip()}",
        customer_id=visit.customer_id,
        subject=visited(visit.id),
        owner=UUID(pen.by),
        clause="SC-4.3.2",
    )
    tell.service_asked(pen, today, visit, what.strip(), matter.id)
    return matter.id


@action("question")
def pass_question_on(pen: Pen, *, visit_id: UUID, question: str, to: UUID | None) -> UUID:
    """SC-4.3.1: a question the desk can't answer is passed on and tracked until the customer has the answer."""
    today = seat(pen)
    visit = visit_today(pen, today, visit_id)
    if not question.strip():
        raise Refused("SC-4.3.1", "请写下客户问的问题。", about="question")
    matter = open_matter(
        pen=pen,
        kind="question",
        title=question.strip()[:60],
        detail=question.strip(),
        customer_id=visit.customer_id,
        subject=visited(visit.id),
        owner=UUID(pen.by),
        offered_to=to,
        clause="SC-4.3.1",
    )
    return matter.id
