"""The gallery over HTTP: arrivals, receptions, the queue, decisions; the same actions as the pages."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status
from pydantic import AwareDatetime

from yingbin.people.bearing import (
    FAULTS,
    KEY_PARAMETER,
    OwnRefusal,
    Text,
    WingStatus,
    acting,
    caller,
    here,
)

from .actions import arrivals, receptions
from .actions.arrivals import Arrival, OnTheFloor
from .models import TurnDecision, Visit
from .queries import board as boards
from .queries import feed, history
from .queries.standing import standing

router = Router(tags=["案场"])

# This customer is here already: `visit` says where; `again` registers another group on purpose.
ON_THE_FLOOR = OwnRefusal(
    OnTheFloor,
    409,
    lambda no: {
        "detail": f"{no.message}说明的办法：带上 again: true 再发一次。",
        "visit": str(no.visit_id),
    },
)
WRITES = {"parameters": [KEY_PARAMETER]}


class GalleryStatus(WingStatus):
    """Whether the gallery is open, on which day and under which policy."""

    open: bool
    day: str | None
    policy_version: int | None

    @classmethod
    def at(cls, site_id: UUID) -> "GalleryStatus":
        """How it stands now; one query."""
        row = boards.open_row(site_id)
        if row is None:
            return cls(open=False, day=None, policy_version=None)
        day = row.day
        return cls(open=True, day=day.day.isoformat(), policy_version=day.policy_version)


class ArrivalIn(Schema):
    """A group that walked in (TQ-1). `customer` or `phone` says who; `named` whom they know.

    For customers both questions must be answered: `first_visit`, and `contacted` (or `named`).
    """

    kind: str = Field("customer", pattern="^(customer|peer|enquirer)$")
    contacted: bool | None = Field(None, description="和我们的同事联系过吗？给了 named 就不用填")
    named: UUID | None = None
    customer: UUID | None = None
    name: Text = Field("", max_length=40)
    phone: Text = Field("", max_length=30)
    title: str = Field("", pattern="^(mr|ms)?$")
    first_visit: bool | None = Field(None, description="第一次来访吗？看房客户必填")
    not_found: bool = Field(False, description="以前来过，查过确实没有找到")
    again: bool = Field(False, description="这位客户已在现场（409），确实又来了一拨")
    group_size: int = Field(1, ge=1, le=99)
    households: int = Field(1, ge=1, le=20)
    note: Text = Field("", max_length=200)
    looked_for: Text = Field("", max_length=80)
    looks: Text = Field("", max_length=60, description="怎么认出他们")
    seat: Text = Field("", max_length=20)


class DecisionOut(Schema):
    """One decision: who, under which clause, why, by which rules, and the receipt that proves it."""

    id: UUID
    seq: int
    at: datetime
    visit: UUID | None
    kind: str
    clause: str
    clause_revision: int
    because: str
    receiver: UUID | None
    counted: bool | None
    turn: str
    queue: list[str]
    passed_over: list[str]
    receipt: str
    rule_version: str
    policy_version: int


class VisitOut(Schema):
    """A group as it stands now, with all that was decided about it."""

    id: UUID
    number: int
    arrived_at: datetime
    kind: str
    group_size: int
    accepted_at: datetime | None
    finished_at: datetime | None
    undone: bool
    late: bool
    state: str = Field(
        description="undone 已撤销、left 等待后离开、enquiry 问路、finished 已结束、coming 等接单、received 接待中、waiting 等待"
    )
    receiver: UUID | None
    decisions: list[DecisionOut]


class DoneOut(Schema):
    """What a write did: facts that don't change, so the same key gives the same answer for thirty days.

    Decisions may be about other groups too: a finish lets the next one in.
    """

    visit: UUID
    number: int
    decisions: list[DecisionOut]


class PersonOut(Schema):
    """One salesperson of the day; `place` counts from 1; `accepted` false until a turn given is taken."""

    id: UUID
    name: str
    place: int
    status: str
    reason: str
    since: datetime | None
    counted: int
    make_up: int
    owes: int
    passed_over: int
    next: bool
    visit: UUID | None
    accepted: bool


class WaitingOut(Schema):
    """One group that waits, and for whom, if for one person."""

    visit: UUID
    number: int
    arrived_at: datetime
    for_whom: UUID | None


class QueueOut(Schema):
    """The queue now, first to last; `open` false before opening."""

    open: bool
    day: str | None
    at: datetime
    people: list[PersonOut]
    waiting: list[WaitingOut]


class FinishIn(Schema):
    """The end of a reception; three or more units reach the manager at once (TQ-10)."""

    units_wanted: int | None = Field(None, ge=0, le=999)


class DecisionsIn(Schema):
    """Which decisions: after a seq, since a moment, about so many."""

    after: int = Field(0, ge=0, le=2**62, description="从这个 seq 之后开始")
    since: AwareDatetime | None = Field(None, description="这一刻起的判定，带时区")
    limit: int = Field(50, ge=1, le=200, description="一页约多少条；同一事件的判定不拆开")


class DecisionPage(Schema):
    """Decisions in order; `next` continues after the last of them, null when there are no more yet."""

    decisions: list[DecisionOut]
    next: int | None


def _decision(row: TurnDecision) -> dict[str, object]:
    names = [*DecisionOut.model_fields]
    return {n: getattr(row, "visit_id" if n == "visit" else n) for n in names}


def _visit(visit: Visit) -> dict[str, object]:
    now = standing(visit)
    return {
        "id": visit.id,
        "number": visit.number,
        "arrived_at": visit.arrived_at,
        "kind": visit.kind,
        "group_size": visit.group_size,
        "accepted_at": history.accepted_at(visit),
        "finished_at": visit.finished_at,
        "undone": visit.undone_at is not None,
        "late": visit.late_at is not None,
        "state": now.state,
        "receiver": now.receiver,
        "decisions": [_decision(d) for d in history.decisions_of_visit(visit)],
    }


def _done(visit: Visit, decision_ids: Collection[UUID] = ()) -> dict[str, object]:
    made = feed.decisions_by_id(visit.site_id, decision_ids)
    return {"visit": visit.id, "number": visit.number, "decisions": [_decision(d) for d in made]}


@router.post("/arrivals", response={201: DoneOut, **FAULTS}, openapi_extra=WRITES)
def arrive(request: HttpRequest, told: ArrivalIn) -> object:
    """登记到访：返回由谁接待、依据哪一条、回执码。"""
    who = caller(request, "arrivals.write")
    words = told.dict()
    words["customer_id"] = words.pop("customer")
    done = arrivals.record_arrival(acting(request, who), arrival=Arrival(**words))
    return Status(201, _done(here(history.visit(who.site_id, done.visit_id)), done.decision_ids))


@router.get("/visits/{visit_id}", response={200: VisitOut, **FAULTS})
def visit(request: HttpRequest, visit_id: UUID) -> object:
    """一批到访和它的每一条判定。"""
    who = caller(request, "decisions.read")
    return _visit(here(history.visit(who.site_id, visit_id)))


@router.post("/visits/{visit_id}/undo", response={200: DoneOut, **FAULTS}, openapi_extra=WRITES)
def undo(request: HttpRequest, visit_id: UUID) -> object:
    """撤销登错的到访，两分钟内，且没有后续判定依赖它。"""
    who = caller(request, "arrivals.write")
    group = here(history.visit(who.site_id, visit_id))
    may_any = who.badge.may("arrivals.undo")
    arrivals.undo_arrival(acting(request, who), visit_id=visit_id, may_any=may_any)
    return _done(group)


@router.post("/visits/{visit_id}/accept", response={200: DoneOut, **FAULTS}, openapi_extra=WRITES)
def accept(request: HttpRequest, visit_id: UUID) -> object:
    """接单：我来接待。只有轮到的本人可以。"""
    who = caller(request, "receptions.write")
    group = here(history.visit(who.site_id, visit_id))
    receptions.accept_turn(acting(request, who), visit_id=visit_id)
    return _done(group)


@router.post("/visits/{visit_id}/finish", response={200: DoneOut, **FAULTS}, openapi_extra=WRITES)
def finish(request: HttpRequest, visit_id: UUID, told: FinishIn) -> object:
    """接待完毕；登记没有签名时拒绝（TQ-3）。等待的客户随即有人接，也在判定里。"""
    who = caller(request, "receptions.write")
    group = here(history.visit(who.site_id, visit_id))
    done = receptions.finish(
        acting(request, who), visit_id=visit_id, units_wanted=told.units_wanted
    )
    return _done(group, done.decision_ids)


@router.get("/queue", response={200: QueueOut, **FAULTS})
def queue(request: HttpRequest) -> object:
    """现在的轮排：位次、状态、账目、谁在等。"""
    who = caller(request, "queue.read")
    live = boards.board(who.site_id)
    return {
        "open": live is not None,
        "day": live.day.day.isoformat() if live else None,
        "at": timezone.now(),
        "people": [_person(p) for p in live.people] if live else [],
        "waiting": [_waiting(w) for w in live.waiting] if live else [],
    }


def _person(person: boards.Person) -> dict[str, object]:
    known = {n: getattr(person, n) for n in PersonOut.model_fields}
    visit = person.visit.id if person.visit else None
    return {**known, "make_up": len(person.make_up), "visit": visit}


def _waiting(group: boards.Waiting) -> dict[str, object]:
    visit = group.visit
    return {
        "visit": visit.id,
        "number": visit.number,
        "arrived_at": visit.arrived_at,
        "for_whom": group.whom_id or None,
    }


@router.get("/decisions", response={200: DecisionPage, **FAULTS})
def decisions(request: HttpRequest, asked: Query[DecisionsIn]) -> object:
    """按记录链的次序读取判定，`after` 传上一页的 `next`。"""
    who = caller(request, "decisions.read")
    page = feed.page(who.site_id, after=asked.after, since=asked.since, limit=asked.limit)
    return {"decisions": [_decision(d) for d in page.decisions], "next": page.next}


@router.get("/receipts/{code}", response={200: list[DecisionOut], **FAULTS})
def receipt(request: HttpRequest, code: str) -> object:
    """按回执码查判定：一个回执码证明同一事件的全部判定。"""
    who = caller(request, "decisions.read")
    found = feed.under_receipt(who.site_id, "".join(c for c in code if c.isprintable()))
    return [_decision(d) for d in here(found or None)]
