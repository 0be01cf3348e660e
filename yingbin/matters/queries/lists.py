"""Reading matters: one, mine, everyone's, those about something; found by their words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat, Now

from yingbin.customers.queries import Shown, Visited, shown_as
from yingbin.people.models import Assignment, Department
from yingbin.people.queries import Badge, how_many, names_of
from yingbin.people.roles import ROLES
from yingbin.rules import matters as rule
from yingbin.rules.gone import colleague

from ..grams import grams
from ..models import Matter, MatterLink, MatterStep
from ..words import link_to, status_of, waiting_for
from .reach import belonging
from .recusals import not_about
from .steps import party

NOTHING = Shown(id=UUID(int=0), called="", phone="")


def matter(badge: Badge, matter_id: UUID) -> Matter | None:
    """The matter, if it is this site's and the person has to do with it or oversees all."""
    return _seen_by(badge).filter(id=matter_id).first()


def numbered(badge: Badge, number: int) -> Matter | None:
    """The matter of that number that this person may see."""
    return _seen_by(badge).filter(number=number).first()


def _seen_by(badge: Badge) -> QuerySet[Matter]:
    """Matters a person may see: all for who oversees, else those they or their groups ever had a part in."""
    rows = _here(badge)
    if badge.may("matters.oversee"):
        return rows
    me, groups = badge.staff_id, _Groups(badge)
    part = MatterStep.objects.filter(matter=OuterRef("pk"))
    part = part.filter(Q(by=me) | Q(to=me) | groups("to_group"))
    own = _of(badge, groups) | Q(opened_by=me)
    had_a_part = Q(Exists(part)) & ~Q(kind__in=_by_wing())
    return rows.filter(own | Q(kind__in=[*_pools(badge), *_seen(badge)]) | had_a_part)


class _Groups:
    """The person's roles and departments here, as a condition on a column that names a group."""

    def __init__(self, badge: Badge) -> None:
        self.roles = [f"role:{role}" for role in sorted(badge.roles)]
        held = Assignment.objects.filter(
            Q(until__isnull=True) | Q(until__gt=Now()),
            site_id=badge.here,
            staff_id=badge.staff_id,
            department__isnull=False,
        )
        spelt = Concat(
            Value("department:"), Cast("department_id", TextField()), output_field=TextField()
        )
        self.departments = held.annotate(group=spelt).values("group")

    def __call__(self, column: str) -> Q:
        """Where this column names one of them."""
        named = Q(**{f"{column}__in": self.roles})
        return named | (~Q(**{column: ""}) & Q(**{f"{column}__in": self.departments}))


def _of(badge: Badge, groups: _Groups) -> Q:
    """What the person or one of their groups owns, holds or is offered."""
    me = badge.staff_id
    own = Q(owner_id=me) | Q(holder_id=me) | Q(offered_to=me)
    return own | groups("owner_group") | groups("holder_group") | groups("offered_group")


def _here(badge: Badge) -> QuerySet[Matter]:
    if badge.site_id is None:
        return Matter.objects.none()
    return Matter.objects.filter(not_about(badge.staff_id), site_id=badge.site_id)


def _pools(badge: Badge) -> list[str]:
    """The kinds that this person may take from the pool."""
    return [k.id for k in rule.KINDS.values() if k.pool and badge.may(k.pool)]


def _seen(badge: Badge) -> list[str]:
    """The kinds of which this person sees every matter."""
    return [k.id for k in rule.KINDS.values() if k.seen_by and badge.may(k.seen_by)]


def _by_wing() -> list[str]:
    """The kinds that a wing shows on its own pages: whose task is over sees them there no more."""
    return [k.id for k in rule.KINDS.values() if k.by_wing]


def _pools_of(badge: Badge) -> list[str]:
    """The kinds that wait in this person's lists, whoever owns them."""
    return [k.id for k in rule.KINDS.values() if k.pool_of and badge.may(k.pool_of)]


WHICH = {
    "mine": "我要办的",
    "asked": "我提出的",
    "all": "本处全部",
    "overdue": "已超时",
    "paused": "暂停中",
    "ended": "已办结",
}


def matters(
    badge: Badge, which: str, at: datetime, kind: str = "", words: str = ""
) -> QuerySet[Matter]:
    """A list of matters: what waits for me first, then by due time. which: a key of `WHICH`.

    words: two characters or more that stand in title or detail, or a number.
    """
    rows = _seen_by(badge)
    if kind:
        rows = rows.filter(kind=kind)
    if words:
        rows = rows.filter(_found(badge.here, words))
    if which == "ended":
        return rows.filter(closed_at__isnull=False).order_by("-closed_at", "-number")
    rows = rows.filter(closed_at__isnull=True)
    if which == "overdue":
        rows = rows.filter(due_at__lt=at)
    if which == "paused":
        rows = rows.exclude(paused="")
    if which == "mine":
        rows = rows.filter(_mine(badge))
    if which == "asked":
        rows = rows.filter(opened_by=badge.staff_id)
    offered = When(offered_to=badge.staff_id, then=Value(0))
    first = Case(offered, default=Value(1), output_field=IntegerField())
    return rows.order_by(first, F("due_at").asc(nulls_last=True), "number")


def _found(site_id: UUID, words: str) -> Q:
    number = words.strip().removesuffix("号").strip()
    if number.isascii() and number.isdecimal():
        return Q(number=int(number[:9]))
    asked = grams(site_id, words)
    return Q(grams__contains=asked) if asked else Q(title__contains=words.strip())


def to_do(badge: Badge) -> QuerySet[Matter]:
    """The open matters that wait for this person, to be counted."""
    return _here(badge).filter(_mine(badge), closed_at__isnull=True)


def waits(badge: Badge, at: datetime) -> Combinable:
    """How many matters wait for this person, for the navigation."""
    return how_many(to_do(badge))


def _mine(badge: Badge) -> Q:
    return _of(badge, _Groups(badge)) | Q(kind__in=_pools_of(badge))


def offered(badge: Badge) -> int:
    """How many matters wait for this person's word, or their group's, whether they take over."""
    waiting = Q(offered_to=badge.staff_id) | _Groups(badge)("offered_group")
    return _here(badge).filter(waiting, closed_at__isnull=True).count()


def alerts_of(site_id: UUID, staff_id: UUID) -> list[Matter]:
    """What a person must still acknowledge, newest first (TQ-10)."""
    return list(alerts_open(site_id, staff_id).order_by("-opened_at")[:20])


def alerts_open(site_id: UUID, staff_id: UUID) -> QuerySet[Matter]:
    """The alerts a person hasn't acknowledged, to be counted."""
    return Matter.objects.filter(
        site_id=site_id, kind="alert", owner_id=staff_id, closed_at__isnull=True
    )


def about(site_id: UUID, subject_id: UUID) -> list[Matter]:
    """The matters about one thing, such as a visit, the open ones first."""
    rows = Matter.objects.filter(site_id=site_id, subject_id=subject_id)
    return list(rows.order_by(F("closed_at").asc(nulls_first=True), "number"))


def about_all(site_id: UUID, subject_ids: Iterable[UUID], kind: str) -> list[Matter]:
    """The matters of one kind about these things, oldest first; one query."""
    rows = Matter.objects.filter(site_id=site_id, subject_id__in=list(subject_ids), kind=kind)
    return list(rows.order_by("number"))


def of_customer(site_id: UUID, customer_ids: Iterable[UUID]) -> list[Matter]:
    """The matters of a customer by all their cards' ids, the newest first."""
    rows = Matter.objects.filter(site_id=site_id, customer_id__in=list(customer_ids))
    return list(rows.order_by("-opened_at", "-number"))


def links_of(one: Matter, me: UUID) -> list[tuple[str, Matter]]:
    """The matters this one is linked with, in words of how, from both sides, without those that are about me; two queries."""
    there = MatterLink.objects.filter(not_about(me, "other"), matter=one)
    back = MatterLink.objects.filter(not_about(me, "matter"), other=one)
    there, back = (
        there.select_related("other").order_by("seq"),
        back.select_related("matter").order_by("seq"),
    )
    said = {"parent": "包含", "caused_by": "引起了", "duplicate_of": "同一件事又记为"}
    return [
        *((MatterLink.How(link.how).label, link.other) for link in there),
        *((said[link.how], link.matter) for link in back),
    ]


def history(*, badge: Badge, customer_ids: Iterable[UUID]) -> list[Visited]:
    """The customer's matters that this person may see, as lines of the customer's card."""
    rows = _seen_by(badge).filter(customer_id__in=list(customer_ids))
    rows = rows.order_by("-opened_at", "-number")
    return [
        Visited(
            at=one.opened_at,
            title=f"{title_of(one.kind)}：{one.title}",
            detail=status_of(one.state, one.stage, rule.KINDS.get(one.kind)),
            link=link_to(one.id),
        )
        for one in rows[:50]
    ]


@dataclass(frozen=True)
class Line:
    """A matter in a list, with names; waits: what the person should do next in words, "" for nothing."""

    matter: Matter
    kind: str
    owner: str
    holder: str
    offered_to: str
    customer: Shown
    overdue: bool
    status: str
    waits: str


def lines(badge: Badge, rows: Iterable[Matter], at: datetime) -> list[Line]:
    """These matters as lines of a list; five queries for any number."""
    page = list(rows)
    names = names_of_parties(p for m in page for p in parties_of(m))
    shown = shown_as(badge.here, {m.customer_id for m in page if m.customer_id})
    mine = belonging(badge.here, badge.staff_id, at)
    return [_line(badge, one, names, shown, mine.parties, at) for one in page]


def parties_of(one: Matter) -> tuple[str, str, str]:
    """Its owner, its holder and whom it is offered to, as the rules name them."""
    return (
        party(one.owner_id, one.owner_group),
        party(one.holder_id, one.holder_group),
        party(one.offered_to, one.offered_group),
    )


def names_of_parties(parties: Iterable[str]) -> dict[str, str]:
    """People and groups in words; two queries at most."""
    named = {p for p in parties if p}
    groups = {p for p in named if rule.is_group(p)}
    found = dict(names_of([UUID(p) for p in named - groups]))
    departments = [UUID(g.partition(":")[2]) for g in groups if g.startswith("department:")]
    if departments:
        rows = Department.objects.filter(id__in=departments)
        found |= {f"department:{d.id}": d.name for d in rows}
    roles = {g: g.partition(":")[2] for g in groups if g.startswith("role:")}
    return found | {g: ROLES[role].title for g, role in roles.items() if role in ROLES}


def _line(
    badge: Badge,
    one: Matter,
    names: Mapping[str, str],
    shown: Mapping[UUID, Shown],
    mine: frozenset[str],
    at: datetime,
) -> Line:
    owner, holder, offered_to = parties_of(one)
    kind = rule.KINDS.get(one.kind)
    pool = bool(kind and kind.pool and badge.may(kind.pool))
    around = rule.Around(parties=mine, pool=pool)
    coming = rule.next_verb(_seen_from_row(one), str(badge.staff_id), around) if kind else ""
    return Line(
        matter=one,
        kind=title_of(one.kind),
        owner=colleague(names, owner),
        holder=colleague(names, holder) if holder != owner else "",
        offered_to=names.get(offered_to, ""),
        customer=shown.get(one.customer_id, NOTHING) if one.customer_id else NOTHING,
        overdue=bool(one.due_at and not one.closed_at and one.due_at < at),
        status=status_of(one.state, one.stage, kind),
        waits=waiting_for(coming, kind),
    )


def _seen_from_row(one: Matter) -> rule.State:
    """As much of the state as the row tells, enough for what someone should do next."""
    owner, holder, offered_to = parties_of(one)
    return rule.State(
        kind=one.kind,
        status=one.state,  # type: ignore[arg-type]
        owner=owner,
        holder=holder,
        opened_by=str(one.opened_by or ""),
        opened_at=one.opened_at,
        stage=one.stage,
        offered_to=offered_to,
        answered=one.state == "answered",
    )


def title_of(kind: str) -> str:
    """A kind's name on screen; its id where a wing is no longer installed."""
    return rule.KINDS[kind].title if kind in rule.KINDS else kind
