"""到访: a group walks in and the queue decides (TQ-1, 4, 5, 8, 9); taking a wrong tap back."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from yingbin.customers.actions import welcome_customer
from yingbin.customers.queries import at_the_desk, the_one_at_the_desk
from yingbin.journal.trips import Statement, insert
from yingbin.journal.write import Pen
from yingbin.notices.actions import channels_chosen
from yingbin.people.ids import uuid7
from yingbin.rules.decision import Refused
from yingbin.rules.protection import protected
from yingbin.rules.state import State
from yingbin.rules.undo import without

from ..models import Reception, TurnDecision, TurnEvent, Undone, Visit
from ..queries.calls import last_contact
from ..queries.history import opening_state, standing_events
from . import tell
from .table import Table, advance, gallery_write, seat


@dataclass(frozen=True)
class Arrival:
    """What the desk says of a group: the two questions of TQ-1, who they are, how many."""

    kind: str = "customer"
    named: UUID | None = None
    customer_id: UUID | None = None
    name: str = ""
    phone: str = ""
    title: str = ""
    first_visit: bool | None = None
    group_size: int = 1
    households: int = 1
    note: str = ""
    looked_for: str = ""


def record_arrival(
    *, site_id: UUID, key: str, by: UUID, at: datetime, arrival: Arrival
) -> dict[str, Any]:
    """Records a group and lets the queue decide. Returns ids of the visit, its event and decisions.

    Raises `Refused` when the gallery isn't open or the phone is not a number. Two trips to the
    database: everything that decides, read under the lock; then everything that was decided.
    """

    def work(pen: Pen) -> dict[str, Any]:
        pen.hold()
        table = seat(pen)
        visit = _visit(pen, table, arrival)
        made = advance(pen=pen, table=table, event=arrival_event(arrival, visit), visit=visit)
        tell.decided(pen, table, made.decisions, visit)
        return {
            "visit": str(visit.id),
            "number": visit.number,
            "event": str(made.event.id),
            "decisions": [str(d.id) for d in made.decisions],
        }

    payload = {f.name: str(getattr(arrival, f.name)) for f in fields(arrival)}
    who = _who(site_id, arrival)
    return gallery_write(
        site_id=site_id,
        key=key,
        verb="arrive",
        by=by,
        at=at,
        payload=payload,
        work=work,
        asks=[channels_chosen(site_id), *([who] if who else [])],
    )


def arrival_event(arrival: Arrival, visit: Visit) -> dict[str, Any]:
    """The event of the replay contract; names known count only for customers."""
    event: dict[str, Any] = {"event": "arrive", "visit": str(visit.id), "kind": arrival.kind}
    if arrival.kind == "customer" and visit.named:
        event["named"] = str(visit.named)
    if arrival.kind == "customer" and visit.registered_with:
        event["registered_with"] = str(visit.registered_with)
    return event


def _visit(pen: Pen, table: Table, arrival: Arrival) -> Visit:
    customer_id, registered_with, name = _customer(pen, arrival)
    table.row.visits += 1
    visit = Visit(
        id=uuid7(),
        site_id=pen.site_id,
        day=table.day,
        number=table.row.visits,
        arrived_at=table.at,
        recorded_by=UUID(pen.by),
        kind=arrival.kind,
        group_size=arrival.group_size,
        households=arrival.households,
        first_visit=arrival.first_visit,
        customer_id=customer_id,
        called=name,
        named=arrival.named,
        registered_with=_protected(pen, table, customer_id, registered_with),
        note=arrival.note.strip(),
        looked_for=arrival.looked_for.strip(),
    )
    pen.do(insert(visit))
    return visit


def _who(site_id: UUID, arrival: Arrival) -> Statement | None:
    """Asks for the customer: the one tapped, else by the whole number. A name alone stays with the visit."""
    if arrival.kind != "customer" or not (arrival.customer_id or arrival.phone.strip()):
        return None
    return at_the_desk(site_id, customer_id=arrival.customer_id, phone=arrival.phone)


def _protected(
    pen: Pen, table: Table, customer_id: UUID | None, receiver: UUID | None
) -> UUID | None:
    """Whose customer it is; nobody's once the policy's protection has run out (off as shipped)."""
    days = int(table.day.settings.get("protection_days", 0))
    if customer_id is None or receiver is None or not days:
        return receiver
    last = last_contact(pen.site_id, customer_id)
    return receiver if protected(last_contact=last, at=table.at, days=days) else None


def _customer(pen: Pen, arrival: Arrival) -> tuple[UUID | None, UUID | None, str]:
    """The customer, whose they are, what they are called; refuses a card of another site or since erased."""
    who, said = _who(pen.site_id, arrival), arrival.name.strip()
    if who is None:
        return None, None, said
    found = the_one_at_the_desk(pen.ask(who))
    if arrival.customer_id and found.customer_id is None:
        raise Refused("TQ-1", "没有找到点选的客户，可能刚被合并或删除。请重新查一次再点选。")
    card = welcome_customer(
        pen=pen,
        found=found,
        name=said,
        phone=arrival.phone,
        title=arrival.title,
    )
    # A tapped card that was merged keeps its own id on the visit, as before the merge.
    return arrival.customer_id or card, found.receiver_id, said or found.name or ""


def undo_arrival(
    *, site_id: UUID, key: str, by: UUID, at: datetime, visit_id: UUID, may_any: bool
) -> dict[str, Any]:
    """Takes an arrival back by a correcting fact: within the policy's time, by the same person or the manager.

    Refused when somebody else recorded it, too much time has passed, or a later decision depends on it.
    """

    def work(pen: Pen) -> dict[str, Any]:
        table = seat(pen)
        event = _undoable(pen, table, visit_id, may_any)
        table.state = rebuilt(table, take_back=event.index)
        line = pen.append(
            "turns.undone",
            {"day": table.day.day.isoformat(), "undoes": event.seq, "index": event.index},
            clause="TQ-11",
        )
        Undone.objects.create(
            site_id=pen.site_id, event=event, at=table.at, by=UUID(pen.by), seq=line.seq
        )
        _close_undone(pen, table, visit_id)
        return {"visit": str(visit_id), "receipt": line.receipt}

    payload = {"visit": str(visit_id)}
    return gallery_write(
        site_id=site_id, key=key, verb="undo", by=by, at=at, payload=payload, work=work
    )


def _undoable(pen: Pen, table: Table, visit_id: UUID, may_any: bool) -> TurnEvent:
    visit = Visit.objects.filter(site_id=pen.site_id, day=table.day, id=visit_id).first()
    if visit is None:
        raise Refused("TQ-11", "今天没有这条到访记录，可能已经收场。")
    if visit.undone_at:
        raise Refused("TQ-11", "这条到访已经撤销过了，不用再撤。")
    if str(visit.recorded_by) != pen.by and not may_any:
        raise Refused("TQ-11", "这条到访不是您登记的，请登记人本人或销售经理撤销。")
    seconds = int(table.day.settings.get("undo_seconds", 120))
    if table.at - visit.arrived_at > timedelta(seconds=seconds):
        raise Refused("TQ-11", f"已超过{seconds // 60}分钟，不能撤销。请销售经理用调派或更正处理。")
    return TurnEvent.objects.get(
        site_id=pen.site_id, day=table.day, visit=visit, event__event="arrive"
    )


def rebuilt(table: Table, take_back: int) -> State:
    """The day's state without one event, if nothing after it depends on it; ended visits set aside."""
    state = without(
        opening_state(table.day),
        [(e.index, e.event) for e in standing_events(table.day)],
        take_back,
        names=table.name,
    )
    state.take_ended()
    return state


def _close_undone(pen: Pen, table: Table, visit_id: UUID) -> None:
    Visit.objects.filter(site_id=pen.site_id, id=visit_id).update(undone_at=table.at)
    open_ones = Reception.objects.filter(
        site_id=pen.site_id, visit_id=visit_id, ended_at__isnull=True
    )
    receivers = list(open_ones.values_list("receiver", flat=True))
    open_ones.update(ended_at=table.at)
    tell.undone(pen, receivers)
    table.row.state = table.state.to_json()
    table.row.last_at = table.at
    table.row.save(update_fields=["state", "last_at"])


def decisions_of(site_id: UUID, ids: list[str]) -> list[TurnDecision]:
    """The decisions an arrival led to, in order, with their visits."""
    return list(
        TurnDecision.objects.filter(site_id=site_id, id__in=ids)
        .select_related("visit", "event")
        .order_by("position")
    )
