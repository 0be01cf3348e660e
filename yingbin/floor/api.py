"""The gallery over HTTP: arrivals, receptions, the queue, decisions; the same actions as the pages."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from yingbin.people.bearing import KEY_PARAMETER, Problem, acting, caller, here, text_id
from yingbin.rules.version import RULE_VERSION

from .actions import arrivals, receptions
from .actions.arrivals import Arrival
from .models import TurnDecision, Visit
from .queries import board as boards
from .queries import history

router = Router(tags=["案场"])
FAULTS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422, 429, 503), Problem)
WRITES = {"parameters": [KEY_PARAMETER]}


class ArrivalIn(Schema):
    """A group that walked in (TQ-1). `customer` or `phone` says who; `named` whom they know."""

    kind: str = Field("customer", pattern="^(customer|peer|enquirer)$")
    named: UUID | None = None
    customer: UUID | None = None
    name: str = Field("", max_length=40)
    phone: str = Field("", max_length=30)
    title: str = Field("", pattern="^(mr|ms)?$")
    first_visit: bool | None = None
    group_size: int = Field(1, ge=1, le=99)
    households: int = Field(1, ge=1, le=20)
    note: str = Field("", max_length=200)
    looked_for: str = Field("", max_length=80)


class DecisionOut(Schema):
    """One decision: who, under which clause, why, and the receipt that proves it."""

    id: UUID
    seq: int
    at: datetime
    visit: UUID | None
    kind: str
    clause: str
    because: str
    receiver: UUID | None
    counted: bool | None
    turn: str
    queue: list[str]
    passed_over: list[str]
    receipt: str


class VisitOut(Schema):
    """A group with all that was decided about it."""

    id: UUID
    number: int
    arrived_at: datetime
    kind: str
    group_size: int
    finished_at: datetime | None
    undone: bool
    late: bool
    decisions: list[DecisionOut]


class PersonOut(Schema):
    """One salesperson of the day; `place` counts from 1."""

    id: UUID
    name: str
    place: int
    status: str
    counted: int
    make_up: int
    owes: int
    next: bool
    visit: UUID | None


class QueueOut(Schema):
    """The queue now; `open` false before opening."""

    open: bool
    day: str | None
    at: datetime
    people: list[PersonOut]
    waiting: list[UUID]


class FinishIn(Schema):
    """The end of a reception; three or more units reach the manager at once (TQ-10)."""

    units_wanted: int | None = Field(None, ge=0, le=999)


class DecisionPage(Schema):
    """Decisions in order; `next` continues after the last of them, null at the end."""

    decisions: list[DecisionOut]
    next: int | None


class StatusOut(Schema):
    """Whether the gallery is open, and which rules decide."""

    open: bool
    day: str | None
    rule_version: str
    policy_version: int | None


def _decision(row: TurnDecision) -> dict[str, Any]:
    return {
        "id": row.id,
        "seq": row.seq,
        "at": row.at,
        "visit": row.visit_id,
        "kind": row.kind,
        "clause": row.clause,
        "because": row.because,
        "receiver": row.receiver,
        "counted": row.counted,
        "turn": row.turn,
        "queue": row.queue,
        "passed_over": row.passed_over,
        "receipt": row.receipt,
    }


def _visit(visit: Visit) -> dict[str, Any]:
    return {
        "id": visit.id,
        "number": visit.number,
        "arrived_at": visit.arrived_at,
        "kind": visit.kind,
        "group_size": visit.group_size,
        "finished_at": visit.finished_at,
        "undone": visit.undone_at is not None,
        "late": visit.late_at is not None,
        "decisions": [_decision(d) for d in history.decisions_of_visit(visit)],
    }


@router.post("/arrivals", response={201: VisitOut, **FAULTS}, openapi_extra=WRITES)
def arrive(request: HttpRequest, told: ArrivalIn) -> Any:
    """登记到访：返回由谁接待、依据哪一条、回执码。"""
    who = caller(request, "arrivals.write")
    words = told.dict()
    words["customer_id"] = words.pop("customer")
    done = arrivals.record_arrival(**acting(request, who), arrival=Arrival(**words))
    return 201, _visit(here(history.visit(who.site_id, UUID(done["visit"]))))


@router.get("/visits/{visit_id}", response={200: VisitOut, **FAULTS})
def visit(request: HttpRequest, visit_id: UUID) -> Any:
    """一批到访和它的每一条判定。"""
    who = caller(request, "decisions.read")
    return _visit(here(history.visit(who.site_id, visit_id)))


@router.post("/visits/{visit_id}/undo", response={200: VisitOut, **FAULTS}, openapi_extra=WRITES)
def undo(request: HttpRequest, visit_id: UUID) -> Any:
    """撤销登错的到访，两分钟内，且没有后续判定依赖它。"""
    who = caller(request, "arrivals.write")
    here(history.visit(who.site_id, visit_id))
    may_any = who.badge.may("arrivals.undo")
    arrivals.undo_arrival(**acting(request, who), visit_id=visit_id, may_any=may_any)
    return _visit(here(history.visit(who.site_id, visit_id)))


@router.post("/visits/{visit_id}/accept", response={200: VisitOut, **FAULTS}, openapi_extra=WRITES)
def accept(request: HttpRequest, visit_id: UUID) -> Any:
    """接单：我来接待。"""
    who = caller(request, "receptions.write")
    here(history.visit(who.site_id, visit_id))
    receptions.accept_turn(**acting(request, who), visit_id=visit_id)
    return _visit(here(history.visit(who.site_id, visit_id)))


@router.post("/visits/{visit_id}/finish", response={200: VisitOut, **FAULTS}, openapi_extra=WRITES)
def finish(request: HttpRequest, visit_id: UUID, told: FinishIn) -> Any:
    """接待完毕；登记没有签名时拒绝（TQ-3）。"""
    who = caller(request, "receptions.write")
    here(history.visit(who.site_id, visit_id))
    receptions.finish(**acting(request, who), visit_id=visit_id, units_wanted=told.units_wanted)
    return _visit(here(history.visit(who.site_id, visit_id)))


@router.get("/queue", response={200: QueueOut, **FAULTS})
def queue(request: HttpRequest) -> Any:
    """现在的轮排：位次、状态、账目、谁在等。"""
    who = caller(request, "queue.read")
    live = boards.board(who.site_id)
    return {
        "open": live is not None,
        "day": live.day.day.isoformat() if live else None,
        "at": timezone.now(),
        "people": [_person(p) for p in live.people] if live else [],
        "waiting": [w.visit.id for w in live.waiting] if live else [],
    }


def _person(person: boards.Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "place": person.place,
        "status": person.status,
        "counted": person.counted,
        "make_up": len(person.make_up),
        "owes": person.owes,
        "next": person.next,
        "visit": text_id(person.visit.id) if person.visit else None,
    }


@router.get("/decisions", response={200: DecisionPage, **FAULTS})
def decisions(
    request: HttpRequest,
    after: int = Query(0, ge=0, le=2**62, description="从这个 seq 之后开始"),
    limit: int = Query(50, ge=1, le=200),
) -> Any:
    """按记录链的次序读取判定，`after` 传上一页的 `next`。"""
    who = caller(request, "decisions.read")
    rows = list(
        TurnDecision.objects.filter(site_id=who.site_id, seq__gt=after).order_by("seq", "position")[
            : limit + 20
        ]
    )
    page = _whole_events(rows, limit)
    more = len(page) < len(rows) or len(rows) == limit + 20
    return {
        "decisions": [_decision(d) for d in page],
        "next": page[-1].seq if page and more else None,
    }


def _whole_events(rows: list[TurnDecision], limit: int) -> list[TurnDecision]:
    """Never cuts between the decisions of one event, which share a seq."""
    if len(rows) <= limit:
        return rows
    last = rows[limit - 1].seq
    return [r for r in rows if r.seq <= last]


@router.get("/receipts/{code}", response={200: DecisionOut, **FAULTS})
def receipt(request: HttpRequest, code: str) -> Any:
    """按回执码查一条判定。"""
    who = caller(request, "decisions.read")
    found = None if "\x00" in code else history.by_receipt(who.site_id, code.upper()[:16])
    return _decision(here(found))


@router.get("/status", response={200: StatusOut, **FAULTS})
def status(request: HttpRequest) -> Any:
    """是否开场，用的哪一版规则。"""
    row = boards.open_row(request.bearer.site_id)  # type: ignore[attr-defined]
    return {
        "open": row is not None,
        "day": row.day.day.isoformat() if row else None,
        "rule_version": RULE_VERSION,
        "policy_version": row.day.policy_version if row else None,
    }
