"""到访: a group walks in and the queue decides (TQ-1, 4, 5, 8, 9); taking a wrong tap back."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from yingbin.customers.actions import welcome_customer
from yingbin.customers.queries import AtTheDesk, at_the_desk, the_one_at_the_desk
from yingbin.journal.action import Acting, action
from yingbin.journal.commit import new_salt
from yingbin.journal.trips import Statement, insert
from yingbin.journal.write import Pen
from yingbin.matters.actions import lapse_about
from yingbin.notices.actions import channels_chosen
from yingbin.people.ids import uuid7
from yingbin.rules.decision import Refused
from yingbin.rules.greeting import Answers, open_questions
from yingbin.rules.protection import protected
from yingbin.rules.turns.state import State
from yingbin.rules.turns.undo import without

from ..models import Reception, TurnDecision, TurnEvent, Undone, Visit
from ..queries.calls import last_contact
from ..queries.history import opening_state, standing_events
from ..queries.present import Present, present, the_one_present
from . import tell
from .events import SERVICE_OVER, OpenDay, VisitDecisions, advance, decided_about
from .on_the_floor import OnTheFloor, on_the_floor
from .open_day import ask_open_day, seat, seat_today
from .settling import settle

__all__ = ["Arrival", "OnTheFloor", "arrival_event", "record_arrival", "undo_arrival"]


@dataclass(frozen=True)
class Arrival:
    """What the desk says of a group: the two questions of TQ-1, who they are, how many.

    contacted: whether they know one of us, `named` whom; not_found: they came before, were looked up, and no
    card was theirs; again: another group of a customer who is on the floor already, on purpose.
    """

    kind: str = "customer"
    contacted: bool | None = None
    named: UUID | None = None
    customer_id: UUID | None = None
    name: str = ""
    phone: str = ""
    title: str = ""
    first_visit: bool | None = None
    not_found: bool = False
    again: bool = False
    group_size: int = 1
    households: int = 1
    note: str = ""
    looked_for: str = ""
    looks: str = ""
    seat: str = ""


def _about_the_customer(site_id: UUID, arrival: Arrival) -> tuple[Statement, ...]:
    """Asks for the customer, the one tapped, else by the whole number; and whether they are here already.

    A name alone stays with the visit.
    """
    if arrival.kind != "customer" or not (arrival.customer_id or arrival.phone.strip()):
        return ()
    card, phone = arrival.customer_id, arrival.phone
    return (
        at_the_desk(site_id, customer_id=card, phone=phone),
        present(site_id, customer_id=card, phone=phone),
    )


def _with_the_lock(acting: Acting, *, arrival: Arrival) -> tuple[Statement, ...]:
    """All that an arrival reads, in the trip of the lock; what it writes leaves in one more (`Pen.hold`).

    Two trips for 18 statements: 151 arrivals a second at one gallery over HTTP on two cores, half of what the
    bare statements reach there (`python -m bench arrivals`). Nothing else at a gallery is held like this.
    """
    site_id = acting.site_id
    return (
        ask_open_day(site_id, acting.at),
        channels_chosen(site_id),
        *_about_the_customer(site_id, arrival),
    )


@action("arrive", asks=_with_the_lock)
def record_arrival(pen: Pen, *, arrival: Arrival) -> VisitDecisions:
    """Records a group and lets the queue decide. Returns the visit and its decisions.

    Raises `Unanswered` while one of the two questions is open (TQ-1), `OnTheFloor` for a customer who is here
    already, `Refused` when the gallery isn't open or the phone is not a number. Two trips to the database:
    everything that decides, read under the lock; then everything that was decided.
    """
    pen.hold()
    today = seat_today(pen)
    visit = _visit(pen, today, arrival)
    made = advance(pen=pen, today=today, event=arrival_event(arrival, visit), visit=visit)
    # Nobody is kept waiting for someone who left and only ends a reception.
    settle(pen, today)
    tell.decided(pen, today, made.decisions, visit)
    return decided_about(visit, made.decisions)


def arrival_event(arrival: Arrival, visit: Visit) -> dict[str, object]:
    """The event of the replay contract; names known count only for customers."""
    event: dict[str, object] = {"event": "arrive", "visit": str(visit.id), "kind": arrival.kind}
    if arrival.kind == "customer" and visit.named:
        event["named"] = str(visit.named)
    if arrival.kind == "customer" and visit.registered_with:
        event["registered_with"] = str(visit.registered_with)
    if visit.not_found:
        event["not_found"] = True
    if visit.again_of:
        event["again_of"] = str(visit.again_of)
    return event


def _visit(pen: Pen, today: OpenDay, arrival: Arrival) -> Visit:
    found = _found(pen, arrival)
    known = found is not None and found.customer_id is not None
    _check_answers(arrival, known)
    here = _here(pen, today, arrival, found)
    customer_id, registered_with, name = _customer(pen, arrival, found)
    today.row.visits += 1
    visit = Visit(
        id=uuid7(),
        site_id=pen.site_id,
        day=today.day,
        number=today.row.visits,
        arrived_at=today.at,
        recorded_by=UUID(pen.by),
        kind=arrival.kind,
        group_size=arrival.group_size,
        households=arrival.households,
        first_visit=arrival.first_visit,
        not_found=arrival.first_visit is False and arrival.not_found and not known,
        customer_id=customer_id,
        called=name,
        named=arrival.named,
        registered_with=_protected(pen, today, customer_id, registered_with),
        note=arrival.note.strip(),
        looked_for=arrival.looked_for.strip(),
        looks=arrival.looks.strip(),
        seat=arrival.seat.strip(),
        again_of=here.visit_id if here else None,
        salt=new_salt(),
    )
    pen.do(insert(visit))
    return visit


def _check_answers(arrival: Arrival, known: bool) -> None:
    """TQ-1: customers have been asked both questions, and "came before" is somebody's card or not found."""
    if arrival.kind != "customer":
        return
    told = Answers(
        arrival.first_visit, arrival.contacted, bool(arrival.named), known, arrival.not_found
    )
    for unanswered in open_questions(told):
        raise unanswered


def _found(pen: Pen, arrival: Arrival) -> AtTheDesk | None:
    """The card that was tapped or has the number; refuses a card of another site or since erased."""
    asks = _about_the_customer(pen.site_id, arrival)
    if not asks:
        return None
    found = the_one_at_the_desk(pen.ask(asks[0]))
    if arrival.customer_id and found.customer_id is None:
        raise Refused("TQ-1", "没有找到点选的客户，可能刚被合并或删除。请重新查一次再点选。")
    return found


def _here(pen: Pen, today: OpenDay, arrival: Arrival, found: AtTheDesk | None) -> Present | None:
    """Their group that is on the floor already, if this one is said to be another; else `OnTheFloor`."""
    asks = _about_the_customer(pen.site_id, arrival)
    here = the_one_present(pen.ask(asks[1])) if asks else None
    if here is None or arrival.again:
        return here
    raise on_the_floor(today, here, here.called or (found and found.name) or "")


def _protected(
    pen: Pen, today: OpenDay, customer_id: UUID | None, receiver: UUID | None
) -> UUID | None:
    """Whose customer it is; nobody's once the policy's protection has run out (off as shipped)."""
    days = int(today.day.settings.get("protection_days", 0))
    if customer_id is None or receiver is None or not days:
        return receiver
    last = last_contact(pen.site_id, customer_id)
    return receiver if protected(last_contact=last, at=today.at, days=days) else None


def _customer(
    pen: Pen, arrival: Arrival, found: AtTheDesk | None
) -> tuple[UUID | None, UUID | None, str]:
    """The customer, whose they are, what they are called; a new card where none was found."""
    said = arrival.name.strip()
    if found is None:
        return None, None, said
    card = welcome_customer(
        pen=pen,
        found=found,
        name=said,
        phone=arrival.phone,
        title=arrival.title,
    )
    # A tapped card that was merged keeps its own id on the visit, as before the merge.
    return arrival.customer_id or card, found.receiver_id, said or found.name or ""


@action("undo")
def undo_arrival(pen: Pen, *, visit_id: UUID, may_any: bool) -> str:
    """Takes an arrival back by a correcting fact: within the policy's time, by the same person or the manager.

    Refused when somebody else recorded it, too much time has passed, or a later decision depends on it.
    """
    today = seat(pen)
    event = _undoable(pen, today, visit_id, may_any)
    today.state = rebuilt(today, take_back=event.index)
    line = pen.append(
        "turns.undone",
        {"day": today.day.day.isoformat(), "undoes": event.seq, "index": event.index},
        clause="TQ-11",
    )
    Undone.objects.create(
        site_id=pen.site_id, event=event, at=today.at, by=UUID(pen.by), seq=line.seq
    )
    _close_undone(pen, today, visit_id)
    return line.receipt


def _undoable(pen: Pen, today: OpenDay, visit_id: UUID, may_any: bool) -> TurnEvent:
    visit = Visit.objects.filter(site_id=pen.site_id, day=today.day, id=visit_id).first()
    if visit is None:
        raise Refused("TQ-11", "今天没有这条到访记录，可能已经收场。请刷新页面。")
    if visit.undone_at:
        raise Refused("TQ-11", "这条到访已经撤销过了，不用再撤。")
    if str(visit.recorded_by) != pen.by and not may_any:
        raise Refused("TQ-11", "这条到访不是您登记的，请登记人本人或销售经理撤销。")
    seconds = int(today.day.settings.get("undo_seconds", 120))
    if today.at - visit.arrived_at > timedelta(seconds=seconds):
        raise Refused("TQ-11", f"已超过{seconds // 60}分钟，不能撤销。请销售经理用调派或更正处理。")
    return TurnEvent.objects.get(
        site_id=pen.site_id, day=today.day, visit=visit, event__event="arrive"
    )


def rebuilt(today: OpenDay, take_back: int) -> State:
    """The day's state without one event, if nothing after it depends on it; ended visits set aside."""
    state = without(
        opening_state(today.day),
        [(e.index, e.event) for e in standing_events(today.day)],
        take_back,
        names=today.name,
    )
    state.take_ended()
    return state


def _close_undone(pen: Pen, today: OpenDay, visit_id: UUID) -> None:
    Visit.objects.filter(site_id=pen.site_id, id=visit_id).update(undone_at=today.at)
    open_ones = Reception.objects.filter(
        site_id=pen.site_id, visit_id=visit_id, ended_at__isnull=True
    )
    receivers = list(open_ones.values_list("receiver", flat=True))
    open_ones.update(ended_at=today.at)
    tell.undone(pen, receivers)
    lapse_about(pen, [visit_id], kind="service", note=SERVICE_OVER)
    today.row.state = today.state.to_json()
    today.row.last_at = today.at
    today.row.save(update_fields=["state", "last_at"])


def decisions_of(site_id: UUID, ids: list[str]) -> list[TurnDecision]:
    """The decisions an arrival led to, in order, with their visits."""
    return list(
        TurnDecision.objects.filter(site_id=site_id, id__in=ids)
        .select_related("visit", "event")
        .order_by("position")
    )
