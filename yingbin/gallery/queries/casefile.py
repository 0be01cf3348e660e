"""The case file of a customer: everything that happened, in order, each with its receipt (TQ-11)."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import Min, Q
from django.urls import reverse

from yingbin.customers.models import Customer, Merge, ReceiverOfRecord
from yingbin.customers.queries import family
from yingbin.matters.models import Matter
from yingbin.notices.models import Notice
from yingbin.people.queries import names_of

from ..models import (
    AgencyRegistration,
    Call,
    CaseCopy,
    Dispute,
    Needs,
    RegisterEntry,
    Ruling,
    Statement,
    TurnDecision,
    Visit,
)
from ..offline.words import decision_title, on_the_wall, register_title, visit_title
from . import register
from .facts import (
    Fact,
    in_order,
    of_claims,
    of_nudges,
    of_receptions,
    of_steps,
    of_visit,
    proof_of,
)


def disputes(
    site_id: UUID, *, party: UUID | None = None, about: UUID | None = None
) -> list[Dispute]:
    """Disputes, newest first; only those of a party or about a customer where one is given."""
    rows = Dispute.objects.filter(site_id=site_id).prefetch_related("rulings")
    if party:
        rows = rows.filter(parties__contains=[str(party)])
    if about:
        rows = rows.filter(customer_id__in=family(site_id, about))
    return list(rows.order_by("-number"))


def dispute(site_id: UUID, dispute_id: UUID) -> Dispute | None:
    """One dispute of this site."""
    return Dispute.objects.filter(site_id=site_id, id=dispute_id).first()


def copies(site_id: UUID, customer_id: UUID) -> list[CaseCopy]:
    """Every time the file of the customer, or of a dispute about them, was handed out; the newest first."""
    rows = CaseCopy.objects.filter(site_id=site_id, customer_id__in=family(site_id, customer_id))
    return list(rows.select_related("dispute").order_by("-at"))


def facts(site_id: UUID, customer_id: UUID) -> list[Fact]:
    """Everything about the customer's family of cards, oldest first; a fixed number of queries."""
    ids = family(site_id, customer_id)
    visits = list(Visit.objects.filter(site_id=site_id, customer_id__in=ids).select_related("day"))
    decisions = list(
        TurnDecision.objects.filter(site_id=site_id, visit__in=visits)
        .select_related("visit", "event", "event__undone")
        .order_by("seq", "position")
    )
    found = [
        *_cards(ids),
        *_calls(site_id, ids),
        *_agencies(site_id, ids),
        *_visits(visits, decisions),
        *_decisions(decisions),
        *_notices(site_id, decisions),
        *of_receptions(site_id, visits),
        *of_nudges(site_id, visits),
        *of_steps(site_id, visits),
        *of_claims(site_id, visits),
        *_needs(site_id, ids, visits),
        *_entries(site_id, ids, visits),
        *_receivers(ids),
        *_matters(site_id, ids),
        *_cases(site_id, ids),
    ]
    return in_order(found)


def named(found: Iterable[Fact]) -> dict[str, str]:
    """The names of everyone the facts name; one query."""
    return dict(names_of({p for f in found for p in f.people}))


def _cards(ids: list[UUID]) -> Iterator[Fact]:
    for c in Customer.objects.filter(id__in=ids):
        who = (c.registered_by,) if c.registered_by else ()
        title, about = f"建立客户卡片（编号 {c.number}）", {"customer": str(c.id)}
        yield Fact(c.registered_at, "card", title, people=who, about={**about})
    for m in Merge.objects.filter(into_id__in=ids, undone_at__isnull=True):
        people = (m.by,) if m.by else ()
        about = {"merge": str(m.id), "into": str(m.into_id), "source": str(m.source_id)}
        yield Fact(
            m.at, "merge", "两张卡片合并为一人", m.why, people=people, came_with=m.seq,
            about={**about}, proof=proof_of("why", m.why, m.salt),
        )  # fmt: skip


def _calls(site_id: UUID, ids: list[UUID]) -> Iterator[Fact]:
    for c in Call.objects.filter(site_id=site_id, customer_id__in=ids):
        yield Fact(
            c.at, "call", "来电", c.asked, "TQ-1", c.receipt, c.seq,
            people=(c.taken_by,), proof=proof_of("asked", c.asked, c.salt),
            about={"customer": str(c.customer_id)},
        )  # fmt: skip


def _agencies(site_id: UUID, ids: list[UUID]) -> Iterator[Fact]:
    rows = AgencyRegistration.objects.filter(site_id=site_id, customer_id__in=ids)
    for r in rows.select_related("agency"):
        words = f"{r.agency.name}报备：{r.get_standing_display()}"
        about = {"customer": str(r.customer_id), "channel": str(r.agency_id)}
        yield Fact(
            r.at, "channel", words, receipt=r.receipt, seq=r.seq, people=(r.by,),
            about={**about, "called": r.agency.name},
        )  # fmt: skip


def _visits(visits: Iterable[Visit], decisions: list[TurnDecision]) -> Iterator[Fact]:
    first = {d.visit_id: d.seq for d in reversed(decisions)}
    for v in visits:
        people = (v.recorded_by, *((v.named,) if v.named else ()))
        link = reverse("gallery:visit", args=[v.id])
        told = {"named": bool(v.named), "undone": bool(v.undone_at)}
        title = visit_title(v.number, v.group_size, **told)
        yield Fact(
            v.arrived_at, "visit", title, v.note, "TQ-1", link=link, people=people,
            came_with=first.get(v.id), about=of_visit(v), proof=proof_of("note", v.note, v.salt),
        )  # fmt: skip


def _decisions(decisions: Iterable[TurnDecision]) -> Iterator[Fact]:
    for d in decisions:
        number = d.visit.number if d.visit else ""
        title = decision_title(number, d.counted, undone=hasattr(d.event, "undone"))
        about = {**of_visit(d.visit)} if d.visit else {}
        yield Fact(
            d.at, "decision", title, d.because, d.clause, d.receipt, d.seq,
            people=(d.receiver,) if d.receiver else (), event_id=d.event_id,
            about={**about, "position": d.position},
        )  # fmt: skip


def _notices(site_id: UUID, decisions: list[TurnDecision]) -> Iterator[Fact]:
    """Who was told of these decisions, and when they saw it."""
    because = {(d.because, d.at): d.seq for d in decisions}
    rows = Notice.objects.filter(
        site_id=site_id, made_at__in={d.at for d in decisions}, kind__in=("turn", "own_customer")
    )
    for n in rows:
        if (n.body, n.made_at) in because:
            seen = f"，{on_the_wall(n.seen_at)} 看到" if n.seen_at else "，还没有看"
            title, written = f"通知：{n.title}{seen}", because[(n.body, n.made_at)]
            yield Fact(n.made_at, "notice", title, people=(n.to_id,), came_with=written)


def _needs(site_id: UUID, ids: list[UUID], visits: list[Visit]) -> Iterator[Fact]:
    of_visits = {v.id for v in visits}
    theirs = Q(customer_id__in=ids) | Q(visit_id__in=of_visits)
    for n in Needs.objects.filter(theirs, site_id=site_id):
        if n.visit_id is None or n.visit_id in of_visits:
            words = "；".join(w for w in (register.in_words(n), n.said) if w)
            yield Fact(
                n.at, "needs", "记下需求", words, "TQ-2.1", seq=n.seq,
                people=(n.by,), proof=proof_of("said", n.said, n.salt),
                about={"visit": str(n.visit_id) if n.visit_id else None},
            )  # fmt: skip


def _entries(site_id: UUID, ids: list[UUID], visits: list[Visit]) -> Iterator[Fact]:
    rows = register.entries(site_id).filter(customer_id__in=ids).select_related("corrects")
    for e in rows:
        words = (e.written.words or {}) if not e.written.erased_at else {}
        corrects = e.corrects.number if e.corrects else None
        title = register_title(e.number, e.hand, e.signed, corrects)
        yield Fact(
            e.at, "register", title, words.get("why", "") if e.corrects else "", "TQ-3",
            e.receipt, e.seq, reverse("gallery:entry", args=[e.id]),
            (e.signed_by,) if e.signed_by else (), e.strokes,
            recalled=e.hand == RegisterEntry.Hand.IMPORTED,
            about={"entry": str(e.id), "customer": str(e.customer_id), "number": e.number},
        )  # fmt: skip


def _receivers(ids: list[UUID]) -> Iterator[Fact]:
    for r in ReceiverOfRecord.objects.filter(customer_id__in=ids):
        people = tuple(dict.fromkeys(p for p in (r.staff_id, r.by) if p))
        title = "登记接待人" if r.staff_id else "不再有登记接待人"
        yield Fact(
            r.since, "receiver", title, r.reason, r.clause, seq=r.seq, people=people,
            about={"customer": str(r.customer_id)}, proof=proof_of("reason", r.reason, r.salt),
        )  # fmt: skip


def _matters(site_id: UUID, ids: list[UUID]) -> Iterator[Fact]:
    rows = Matter.objects.filter(site_id=site_id, customer_id__in=ids)
    for m in rows.annotate(opened=Min("steps__seq")):
        link = reverse("matters:matter", args=[m.id])
        done = "，已办结" if m.closed_at else ""
        title = f"事项 {m.number}：{m.title}{done}"
        yield Fact(
            m.opened_at,
            "matter",
            title,
            "",
            m.clause,
            link=link,
            people=(m.owner_id,) if m.owner_id else (),
            came_with=m.opened,
            proof=proof_of("title", m.title, m.salt),
            about={"matter": str(m.id), "called": m.title},
        )


def _cases(site_id: UUID, ids: list[UUID]) -> Iterator[Fact]:
    of = {"site_id": site_id, "dispute__customer_id__in": ids}
    for s in Statement.objects.filter(**of).select_related("dispute"):
        yield Fact(
            s.at, "statement", f"争议第 {s.dispute.number} 号：说明", s.words, "TQ-11",
            s.receipt, s.seq, people=(s.by,), proof=proof_of("words", s.words, s.salt),
            about={"dispute": str(s.dispute_id)},
        )  # fmt: skip
    for r in Ruling.objects.filter(**of).select_related("dispute"):
        people = tuple(p for p in (r.by, r.for_whom) if p)
        waits = "" if r.applied_at else "（账目待开场后更正）"
        yield Fact(
            r.at, "ruling", f"争议第 {r.dispute.number} 号：裁定{waits}", r.reason, "TQ-11",
            r.receipt, r.seq, people=people, proof=proof_of("reason", r.reason, r.salt),
            about={"dispute": str(r.dispute_id)},
        )  # fmt: skip
