"""What the gallery tells of a customer: their visits, and whom a reception opens their card to (TQ-8)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from yingbin.customers.queries import Visited
from yingbin.people.queries import Badge, names_of

from ..models import Call, Needs, Reception, TurnDecision, Visit
from . import calls
from .register import in_words
from .standing import Standing, standings

_RECEIVED = ("coming", "received", "finished")


def opens(*, site_id: UUID, customer_ids: Iterable[UUID], staff_id: UUID, at: datetime) -> bool:
    """Whoever receives a customer now may open the card, so that a helper's welcome is whole (TQ-8)."""
    return Reception.objects.filter(
        site_id=site_id,
        receiver=staff_id,
        ended_at__isnull=True,
        visit__customer_id__in=list(customer_ids),
    ).exists()


def history(*, badge: Badge, customer_ids: Iterable[UUID]) -> list[Visited]:
    """The customer's visits and how each stands, and their calls, newest first; a fixed number of queries."""
    if badge.site_id is None:
        return []
    visits = list(
        Visit.objects.filter(site_id=badge.site_id, customer_id__in=list(customer_ids)).order_by(
            "-arrived_at"
        )[:50]
    )
    received: dict[UUID | None, TurnDecision] = {
        d.visit_id: d
        for d in TurnDecision.objects.filter(
            site_id=badge.site_id, visit__in=visits, kind="received"
        ).order_by("seq", "position")
    }
    rang = list(calls.of_customers(badge.site_id, customer_ids).order_by("-seq")[:50])
    told = {n.visit_id: n for n in Needs.objects.filter(visit__in=visits).order_by("seq")}
    names = names_of({c.taken_by for c in rang})
    stand = standings(visits)
    lines = [_line(v, stand[v.id], received.get(v.id), told.get(v.id)) for v in visits]
    return [*lines, *(_call(c, names) for c in rang)]


def _call(call: Call, names: Mapping[str, str]) -> Visited:
    return Visited(
        at=call.at,
        title=f"来电：{names.get(str(call.taken_by), '')}接听",
        detail=call.asked,
        link=reverse("gallery:calls"),
    )


def _line(
    visit: Visit, stands: Standing, decision: TurnDecision | None, told: Needs | None
) -> Visited:
    counts = "" if decision is None else "计次" if decision.counted else "不计次"
    units = f"要 {visit.units_wanted} 套" if visit.units_wanted else ""
    needs = "，".join(w for w in (in_words(told), told.said) if w) if told else ""
    late = "纸面补录" if visit.late_at else ""
    said = counts if stands.state in _RECEIVED else ""
    return Visited(
        at=visit.arrived_at,
        title=f"到访：{visit.group_size} 人，{stands.words}",
        detail="，".join(w for w in (said, units, late, needs, visit.note) if w),
        link=reverse("gallery:visit", args=[visit.id]),
    )
