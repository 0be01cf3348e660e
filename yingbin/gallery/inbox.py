"""Claims of unrelated visitors as lines of 待办: what the manager is to ask the customer, what one claimed oneself."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse

from yingbin.people.frame import InboxLine
from yingbin.people.queries import Badge, names_of

from .models import Claim
from .queries.counts import claims_to_decide

NEWS = timedelta(days=1)  # how long an answer stands beside what still waits
SORT = "无关来访"


def lines(badge: Badge, at: datetime) -> list[InboxLine]:
    """Claims this person may confirm or decline now, then their own (TQ-6)."""
    rows = list(claims_to_decide(badge))
    names = names_of({row.asked_by for row in rows})
    return [
        *(_waiting(row, names.get(str(row.asked_by), "同事")) for row in rows),
        *(_own(row) for row in _claimed(badge, at)),
    ]


def _waiting(row: Claim, by: str) -> InboxLine:
    return InboxLine(
        sort=SORT,
        title=f"{by}申报：到访{row.visit.number}，请当面核实",
        link=f"{reverse('gallery:supervision')}#c-{row.id}",
        at=row.asked_at,
        detail=row.note,
    )


def _claimed(badge: Badge, at: datetime) -> list[Claim]:
    if badge.site_id is None or not badge.may("turns.take"):
        return []
    mine = Claim.objects.filter(site_id=badge.site_id, asked_by=badge.staff_id)
    recent = Q(decided_at=None) | Q(decided_at__gt=at - NEWS)
    return list(mine.filter(recent).select_related("visit").order_by("-asked_at")[:20])


def _own(row: Claim) -> InboxLine:
    state = "等经理核实" if row.decided_at is None else "已确认" if row.granted else "未确认"
    return InboxLine(
        sort=SORT,
        title=f"到访{row.visit.number}",
        link=reverse("gallery:mine"),
        at=row.decided_at or row.asked_at,
        detail=row.answer or row.note,
        state=state,
    )
