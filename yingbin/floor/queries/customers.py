"""What the gallery tells of a customer: their visits, and whom a reception opens their card to (TQ-8)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from yingbin.customers.queries import Visited
from yingbin.people.queries import Badge, names_of

from ..models import Reception, TurnDecision, Visit


def opens(*, site_id: UUID, customer_ids: Iterable[UUID], staff_id: UUID, at: datetime) -> bool:
    """Whoever receives a customer now may open the card, so that a helper's welcome is whole (TQ-8)."""
    return Reception.objects.filter(
        site_id=site_id,
        receiver=staff_id,
        ended_at__isnull=True,
        visit__customer_id__in=list(customer_ids),
    ).exists()


def history(*, badge: Badge, customer_ids: Iterable[UUID]) -> list[Visited]:
    """The customer's visits with who received them, newest first; three queries."""
    if badge.site_id is None:
        return []
    visits = list(
        Visit.objects.filter(
            site_id=badge.site_id, customer_id__in=list(customer_ids), undone_at__isnull=True
        ).order_by("-arrived_at")[:50]
    )
    received: dict[UUID | None, TurnDecision] = {
        d.visit_id: d
        for d in TurnDecision.objects.filter(
            site_id=badge.site_id, visit__in=visits, kind="received"
        ).order_by("seq", "position")
    }
    names = names_of({d.receiver for d in received.values() if d.receiver})
    return [_line(v, received.get(v.id), names) for v in visits]


def _line(visit: Visit, decision: TurnDecision | None, names: Mapping[str, str]) -> Visited:
    who = names.get(str(decision.receiver), "") if decision else ""
    counts = "计次" if decision and decision.counted else "不计次"
    units = f"，要 {visit.units_wanted} 套" if visit.units_wanted else ""
    note = f"，{visit.note}" if visit.note else ""
    return Visited(
        at=visit.arrived_at,
        title=f"到访：{visit.group_size} 人，{who}接待"
        if who
        else f"到访：{visit.group_size} 人，未接待",
        detail=f"{counts}{units}{note}" if decision else f"等待后离开{note}",
        link=reverse("floor:visit", args=[visit.id]),
    )
