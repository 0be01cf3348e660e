"""Reading matters: one, mine, everyone's; the state of one by its steps; who oversees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from yingbin.customers.queries import Shown, Visited, shown_as
from yingbin.people.models import Staff
from yingbin.people.queries import Badge, badge, how_many, names_of, people_of
from yingbin.people.queries import supervisors as site_supervisors
from yingbin.people.roles import permissions_of
from yingbin.rules import matters as rule

from .models import Matter, MatterStep
from .words import STATUS, link_to

STATE_FIELDS = [
    "state", "owner_id", "offered_to", "hand_offs", "level", "due_at", "closed_at", "next_clock_at",
]  # fmt: skip

NOTHING = Shown(id=UUID(int=0), called="", phone="")


def steps_of(matter: Matter) -> list[rule.Step]:
    """The matter's history in the form of the rules, the opening first."""
    return [
        rule.Step(
            verb=s.verb,
            by=str(s.by) if s.by else "",
            at=s.at,
            to=str(s.to) if s.to else "",
            note=s.note,
            due_at=s.due_at,
        )
        for s in MatterStep.objects.filter(matter=matter).order_by("index")
    ]


def state_of(matter: Matter) -> rule.State:
    """The matter as its steps made it: one query."""
    return rule.replay(matter.kind, steps_of(matter))


def show_state(matter: Matter, state: rule.State, at: datetime) -> None:
    """Copies the fold into the row's columns; nothing is saved."""
    matter.state = state.status
    matter.owner_id = UUID(state.owner)
    matter.offered_to = UUID(state.offered_to) if state.offered_to else None
    matter.hand_offs = state.hand_offs
    matter.level = state.level
    matter.due_at = state.due_at
    matter.closed_at = (matter.closed_at or at) if state.ended else None
    matter.next_clock_at = rule.next_clock(state)


def supervisors(site_id: UUID, at: datetime) -> list[UUID]:
    """Who may get a third hand-off and is told of overdue matters: managers and their delegates."""
    return [s.id for s in site_supervisors(site_id, at)]


def may_oversee(site_id: UUID, staff_id: UUID | None, at: datetime) -> bool:
    """Whether this person sees to all matters of the site."""
    return _may("matters.oversee", site_id, staff_id, at)


def may_handle(site_id: UUID, staff_id: UUID | str, at: datetime) -> bool:
    """Whether a matter can be offered to this person: they work here and handle matters."""
    return _may("matters.handle", site_id, staff_id, at)


def _may(permission: str, site_id: UUID, staff_id: UUID | str | None, at: datetime) -> bool:
    staff = Staff.objects.filter(id=staff_id).first() if staff_id else None
    return bool(staff and badge(staff, site_id, at).may(permission))


def matter(badge: Badge, matter_id: UUID) -> Matter | None:
    """The matter, if it is this site's and the person has to do with it or oversees all."""
    return _seen_by(badge).filter(id=matter_id).first()


def _seen_by(badge: Badge) -> QuerySet[Matter]:
    """Matters a person may see: all for who oversees, else those they ever had a part in."""
    rows = _here(badge)
    if badge.may("matters.oversee"):
        return rows
    me = badge.staff_id
    part = MatterStep.objects.filter(matter=OuterRef("pk")).filter(Q(by=me) | Q(to=me))
    own = Q(owner_id=me) | Q(offered_to=me) | Q(opened_by=me)
    return rows.filter(own | Q(kind__in=_pools()) | Q(Exists(part)))


def _here(badge: Badge) -> QuerySet[Matter]:
    if badge.site_id is None:
        return Matter.objects.none()
    return Matter.objects.filter(site_id=badge.site_id)


def _pools() -> list[str]:
    return [kind.id for kind in rule.KINDS.values() if kind.pool]


WHICH = {
    "mine": "我要办的",
    "asked": "我提出的",
    "all": "本处全部",
    "overdue": "已超时",
    "ended": "已办结",
}


def matters(badge: Badge, which: str, at: datetime, kind: str = "") -> QuerySet[Matter]:
    """A list of matters: what waits for me first, then by due time. which: a key of `WHICH`."""
    rows = _seen_by(badge)
    if kind:
        rows = rows.filter(kind=kind)
    if which == "ended":
        return rows.filter(closed_at__isnull=False).order_by("-closed_at", "-number")
    rows = rows.filter(closed_at__isnull=True)
    if which == "overdue":
        rows = rows.filter(due_at__lt=at)
    if which == "mine":
        rows = rows.filter(_mine(badge))
    if which == "asked":
        rows = rows.filter(opened_by=badge.staff_id)
    offered = When(offered_to=badge.staff_id, then=Value(0))
    first = Case(offered, default=Value(1), output_field=IntegerField())
    return rows.order_by(first, F("due_at").asc(nulls_last=True), "number")


def to_do(badge: Badge) -> QuerySet[Matter]:
    """The open matters that wait for this person, to be counted."""
    return _here(badge).filter(_mine(badge), closed_at__isnull=True)


def waits(badge: Badge, at: datetime) -> Combinable:
    """How many matters wait for this person, for the navigation."""
    return how_many(to_do(badge))


def _mine(badge: Badge) -> Q:
    mine = Q(owner_id=badge.staff_id) | Q(offered_to=badge.staff_id)
    return mine | Q(kind__in=_pools()) if badge.may("waiting.serve") else mine


def offered(badge: Badge) -> int:
    """How many matters wait for this person's word whether they take over."""
    return _here(badge).filter(closed_at__isnull=True, offered_to=badge.staff_id).count()


def alerts_of(site_id: UUID, staff_id: UUID) -> list[Matter]:
    """What a person must still acknowledge, newest first (TQ-10)."""
    return list(alerts_open(site_id, staff_id).order_by("-opened_at")[:20])


def alerts_open(site_id: UUID, staff_id: UUID) -> QuerySet[Matter]:
    """The alerts a person hasn't acknowledged, to be counted."""
    return Matter.objects.filter(
        site_id=site_id, kind="alert", owner_id=staff_id, closed_at__isnull=True
    )


def of_visit(site_id: UUID, visit_id: UUID) -> list[Matter]:
    """The matters of one visit, the open ones first."""
    rows = Matter.objects.filter(site_id=site_id, visit_id=visit_id)
    return list(rows.order_by(F("closed_at").asc(nulls_first=True), "number"))


def of_visits(site_id: UUID, visit_ids: Iterable[UUID], kind: str) -> list[Matter]:
    """The matters of one kind of these visits, oldest first; one query."""
    rows = Matter.objects.filter(site_id=site_id, visit_id__in=list(visit_ids), kind=kind)
    return list(rows.order_by("number"))


def of_customer(site_id: UUID, customer_ids: Iterable[UUID]) -> list[Matter]:
    """The matters of a customer by all their cards' ids, the newest first."""
    rows = Matter.objects.filter(site_id=site_id, customer_id__in=list(customer_ids))
    return list(rows.order_by("-opened_at", "-number"))


def history(*, badge: Badge, customer_ids: Iterable[UUID]) -> list[Visited]:
    """The customer's matters that this person may see, as lines of the customer's card."""
    rows = _seen_by(badge).filter(customer_id__in=list(customer_ids))
    rows = rows.order_by("-opened_at", "-number")
    return [
        Visited(
            at=one.opened_at,
            title=f"{title_of(one.kind)}：{one.title}",
            detail=STATUS.get(one.state, one.state),
            link=link_to(one.id),
        )
        for one in rows[:50]
    ]


@dataclass(frozen=True)
class Line:
    """A matter in a list, with names and what the person should do next ("" for nothing)."""

    matter: Matter
    kind: str
    owner: str
    offered_to: str
    customer: Shown
    overdue: bool
    next_verb: str


def lines(badge: Badge, rows: Iterable[Matter], at: datetime) -> list[Line]:
    """These matters as lines of a list; four queries for any number."""
    page = list(rows)
    people = names_of({m.owner_id for m in page} | {m.offered_to for m in page if m.offered_to})
    shown = shown_as(badge.site_id, {m.customer_id for m in page if m.customer_id})  # type: ignore[arg-type]
    return [_line(badge, one, people, shown, at) for one in page]


def _line(
    badge: Badge, one: Matter, people: Mapping[str, str], shown: Mapping[UUID, Shown], at: datetime
) -> Line:
    return Line(
        matter=one,
        kind=title_of(one.kind),
        owner=people.get(str(one.owner_id), "已离职同事"),
        offered_to=people.get(str(one.offered_to), ""),
        customer=shown.get(one.customer_id, NOTHING) if one.customer_id else NOTHING,
        overdue=bool(one.due_at and not one.closed_at and one.due_at < at),
        next_verb=rule.next_verb(_seen_from_row(one), str(badge.staff_id)),
    )


def _seen_from_row(one: Matter) -> rule.State:
    """As much of the state as the row tells, enough for what someone should do next."""
    state = rule.State(
        kind=one.kind,
        status=one.state,  # type: ignore[arg-type]
        owner=str(one.owner_id),
        opened_by=str(one.opened_by or ""),
        opened_at=one.opened_at,
        due_at=one.due_at,
        offered_to=str(one.offered_to or ""),
        answered=one.state == "answered",
    )
    return state


def title_of(kind: str) -> str:
    """A kind's name on screen; its id where a wing is no longer installed."""
    return rule.KINDS[kind].title if kind in rule.KINDS else kind


def colleagues(site_id: UUID, at: datetime) -> list[Staff]:
    """Whom a matter can be offered to: those who work here now and may handle matters."""
    return [s for s in people_of(site_id, at) if _handles(s)]


def _handles(staff: Staff) -> bool:
    held = [assignment.role for assignment in staff.held]  # type: ignore[attr-defined]
    return "matters.handle" in permissions_of(held)
