"""The live picture of a gallery: one small read however long the day or the history has been."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from yingbin.people.calendar import ZONE
from yingbin.people.pinyin import spelled
from yingbin.people.queries import staff_with_role
from yingbin.rules.decision import Decision
from yingbin.rules.gone import colleague
from yingbin.rules.turns.decide import would
from yingbin.rules.turns.state import RECEIVED, State

from ..models import GalleryDay, Presence, QueueState, Reception, Visit

REASONS = {"business": "公事外出", "meal": "用餐", "private": "私事外出"}


@dataclass(frozen=True)
class Person:
    """One salesperson of the day as the board shows them. `place` counts from 1."""

    id: str
    name: str
    place: int
    status: str  # free | receiving | away
    since: datetime | None = None
    visit: Visit | None = None
    accepted: bool = True
    reason: str = ""
    passed_over: int = 0
    will_leave: str = ""
    make_up: tuple[str, ...] = ()
    owes: int = 0
    counted: int = 0
    next: bool = False


@dataclass(frozen=True)
class Waiting:
    """One group that waits, in order of arrival; `whom` is the one person it waits for, or empty."""

    visit: Visit
    whom: str = ""
    whom_id: str = ""
    called: str = ""


@dataclass(frozen=True)
class Board:
    """The open day at this moment."""

    day: GalleryDay
    row: QueueState
    state: State
    people: list[Person]
    waiting: list[Waiting]
    gone: list[str] = field(default_factory=list)

    @property
    def free(self) -> list[Person]:
        """Who is free, first to last."""
        return [p for p in self.people if p.status == "free"]

    @property
    def busy(self) -> list[Person]:
        """Who is receiving."""
        return [p for p in self.people if p.status == "receiving"]

    @property
    def away(self) -> list[Person]:
        """Who is off the floor."""
        return [p for p in self.people if p.status == "away"]

    @property
    def soonest(self) -> list[Person]:
        """Who may come free next: those who have received longest, then those out at a meal or an errand."""
        begun = (p for p in self.people if p.since and p.accepted)
        since = sorted(begun, key=lambda p: p.since or self.day.opened_at)
        return sorted(since, key=lambda p: p.status == "away")[:3]

    @property
    def next(self) -> Person | None:
        """Who would receive a new customer now."""
        return next((p for p in self.people if p.next), None)

    def person(self, who: UUID | str) -> Person | None:
        """One person's line, or None when not signed in."""
        return next((p for p in self.people if p.id == str(who)), None)

    def name(self, who: str) -> str:
        """The name behind an id."""
        return colleague(self.row.names, who)

    def would(self, **event: object) -> Decision | None:
        """What would be decided if this group came in now; nothing is changed."""
        return would(self.state, {"event": "arrive", "kind": "customer", **event}, self.name)


def open_row(site_id: UUID) -> QueueState | None:
    """The live row of the open day with its day; one query."""
    return (
        QueueState.objects.select_related("day")
        .filter(site_id=site_id, day__closed_at__isnull=True)
        .first()
    )


def board(site_id: UUID) -> Board | None:
    """The live picture, or None before opening; three queries, constant in everything."""
    row = open_row(site_id)
    if row is None:
        return None
    state = State.from_json(row.state)
    visits = {
        str(v.id): v for v in Visit.objects.filter(site_id=site_id, id__in=list(state.visits))
    }
    receptions = {
        str(r.receiver): r for r in Reception.objects.filter(site_id=site_id, ended_at__isnull=True)
    }
    upcoming = would(state, {"event": "arrive", "kind": "customer"}, str)
    head = upcoming.receiver if upcoming else None
    people = [
        _person(state, row, who, place, visits, receptions, head)
        for place, who in enumerate(state.queue, 1)
    ]
    waiting = [_waiting(row.names, visits[v], whom) for v, whom in state.waiting() if v in visits]
    gone = [str(row.names.get(w, "")) for w in state.counts if w not in state.queue]
    return Board(row.day, row, state, people, waiting, gone)


def _waiting(names: Mapping[str, str], visit: Visit, whom: str | None) -> Waiting:
    return Waiting(visit, names.get(whom or "", ""), whom or "", visit.called)


def _person(
    state: State,
    row: QueueState,
    who: str,
    place: int,
    visits: Mapping[str, Visit],
    receptions: Mapping[str, Reception],
    head: str | None,
) -> Person:
    account = state.account(who)
    common: dict[str, Any] = {
        "id": who,
        "name": colleague(row.names, who),
        "place": place,
        "make_up": tuple(account.make_up),
        "owes": account.owed,
        "counted": state.counts.get(who, 0),
        "next": who == head,
        "will_leave": _will_leave(state, who),
    }
    absence = state.absence(who)
    if absence is not None:
        since = row.away_since.get(who)
        return Person(
            status="away",
            since=datetime.fromisoformat(since) if since else None,
            reason=REASONS.get(absence.treated_as, ""),
            passed_over=absence.marks,
            **common,
        )
    if who in state.receiving:
        reception = receptions.get(who)
        return Person(
            status="receiving",
            since=reception.began_at if reception else None,
            visit=visits.get(state.receiving[who]),
            accepted=bool(reception and reception.accepted_at),
            **common,
        )
    return Person(status="free", **common)


def _will_leave(state: State, who: str) -> str:
    leave = state.leave_to_follow(who)
    if leave is None:
        return ""
    return "签退" if leave.kind == "sign_out" else REASONS.get(leave.treated_as or "", "外出")


@dataclass(frozen=True)
class Next:
    """One line of "who would be next if…": the kind of arrival, the person, and why."""

    kind: str
    label: str
    name: str
    decision: Decision | None


def who_would_be_next(board: Board, named: str = "", registered_with: str = "") -> list[Next]:
    """Before the tap: who would receive each kind of group, by the very rules that will decide."""
    kinds: list[tuple[str, str, dict[str, Any]]] = [
        ("new", "新客户", {}),
        ("named", "指名", {"named": named} if named else {}),
        ("registered", "老客户", {"registered_with": registered_with} if registered_with else {}),
        ("peer", "同行市调", {"kind": "peer"}),
        ("enquirer", "问路找人", {"kind": "enquirer"}),
    ]
    skip = {k for k, given in (("named", named), ("registered", registered_with)) if not given}
    return [
        Next(kind, label, _called(board, d), d)
        for kind, label, event in kinds
        if kind not in skip
        for d in [board.would(**event)]
    ]


def _called(board: Board, decision: Decision | None) -> str:
    if decision is None or decision.kind == "enquiry":
        return "不占轮次"
    return board.name(decision.receiver) if decision.receiver else "等待"


@dataclass(frozen=True)
class BeforeOpening:
    """Before the day is opened: who is signed in, who of the salespeople isn't yet."""

    present: list[tuple[str, str, datetime]]
    missing: list[tuple[str, str]]


def before_opening(site_id: UUID, at: datetime) -> BeforeOpening:
    """Presence of today before opening; two queries."""
    rows = Presence.objects.filter(
        site_id=site_id, day=at.astimezone(ZONE).date(), withdrawn_at__isnull=True
    )
    signed = {str(r.staff_id): r.at for r in rows.order_by("at", "id")}
    sales = {str(s.id): s.name for s in staff_with_role(site_id, "salesperson", at)}
    present = [(w, sales.get(w, ""), t) for w, t in signed.items() if w in sales]
    return BeforeOpening(present, [(w, n) for w, n in sales.items() if w not in signed])


def is_received(state: State, visit_id: str) -> bool:
    """Whether a visit is being received now."""
    row = state.visits.get(visit_id)
    return row is not None and row.stage == RECEIVED


@dataclass(frozen=True)
class Choice:
    """A salesperson a customer may name, with where they are now in a word."""

    id: str
    name: str
    word: str
    would: str


WORDS = {"free": "空闲", "receiving": "接待中", "away": "外出"}


def sales_of(site_id: UUID, live: Board, at: datetime) -> list[Choice]:
    """Everyone a customer may name, and what would follow: those signed in first, then those not here."""
    sells = {str(s.id): s.name for s in staff_with_role(site_id, "salesperson", at)}
    here = [(p.id, p.name, WORDS[p.status]) for p in live.people if p.id in sells]
    known = {who for who, _, _ in here}
    rest = [(who, name, "不在现场") for who, name in sells.items() if who not in known]
    return [Choice(w, n, word, outcome(live, w, named=w)) for w, n, word in here + rest]


def named_like(sales: list[Choice], text: str, chosen: str = "") -> list[Choice]:
    """Those whose name, spelling or initials begin with or hold the text; whoever is chosen stays."""
    wanted = "".join(text.lower().split())
    return [p for p in sales if p.id == chosen or any(wanted in w for w in _ways(p.name))]


def _ways(name: str) -> tuple[str, ...]:
    """How a name may be typed: `林悦`, `linyue`, `ly`."""
    return ("".join(name.lower().split()), *spelled(name))


def here(live: Board) -> dict[str, str]:
    """Customers who are on the floor now, by their card's id, each with who receives them."""
    received = {
        p.visit: f"{p.name}正在接待{'' if p.accepted else '（还没接单）'}"
        for p in live.people
        if p.visit
    }
    waits = {w.visit: f"等{w.whom}" if w.whom else "正在等待" for w in live.waiting}
    both = [*received.items(), *waits.items()]
    return {str(v.customer_id): words for v, words in both if v.customer_id}


def outcome(live: Board, who: str, **event: str) -> str:
    """What would happen to a group that asks for `who`, in a few words."""
    decision = live.would(**event)
    if decision is None or decision.receiver is None:
        return "先等"
    return "本人接" if decision.receiver == who else f"由{live.name(decision.receiver)}接"
