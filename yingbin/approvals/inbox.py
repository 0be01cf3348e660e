"""Requests as lines of 待办: what waits for a person's word, and how stands what they asked."""

from datetime import datetime, timedelta

from django.db.models import Q

from yingbin.people.frame import InboxLine
from yingbin.people.queries import Badge, names_of
from yingbin.rules import approvals as rule

from . import queries
from .actions import link_to
from .models import Approval

MOST = 40
NEWS = timedelta(days=1)  # how long an answer stands beside what still waits


def lines(badge: Badge, at: datetime) -> list[InboxLine]:
    """What this person may decide now, then what they asked; three queries."""
    if not badge.may("matters.handle"):
        return []
    mine = queries.asked_by(badge).filter(Q(status=Approval.Status.ASKED) | _news(at))
    return [*_to_decide(badge, at), *(_asked(row) for row in mine[:MOST] if row.kind in rule.KINDS)]


def _news(at: datetime) -> Q:
    told = (Approval.Status.GRANTED, Approval.Status.DECLINED, Approval.Status.LAPSED)
    return Q(status__in=told, decided_at__gt=at - NEWS)


def _to_decide(badge: Badge, at: datetime) -> list[InboxLine]:
    rows = [row for row in queries.to_decide(badge, at)[:MOST] if row.kind in rule.KINDS]
    names = names_of({row.asked_by for row in rows})
    return [
        InboxLine(
            sort="等您审批",
            title=f"{names.get(str(row.asked_by), '同事')}申请：{row.title}",
            link=link_to(row),
            at=row.asked_at,
            detail=row.words if queries.reads(badge, row) else "",
            due_at=row.due_at,
        )
        for row in rows
    ]


def _asked(row: Approval) -> InboxLine:
    return InboxLine(
        sort="申请",
        title=row.title,
        link=link_to(row),
        at=row.decided_at or row.asked_at,
        detail=row.answer or row.words,
        state=row.get_status_display(),
    )
