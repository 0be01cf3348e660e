"""Open matters that wait for a person, as lines of 待办."""

from datetime import datetime

from django.db.models import F

from yingbin.people.frame import InboxLine
from yingbin.people.queries import Badge

from .queries import title_of, to_do
from .words import link_to

MOST = 60


def lines(badge: Badge, at: datetime) -> list[InboxLine]:
    """What waits for this person, the first due first; one query."""
    if not badge.may("matters.handle"):
        return []
    return [
        InboxLine(
            sort=title_of(row.kind),
            title=row.title,
            link=link_to(row.id),
            at=row.opened_at,
            detail=row.detail,
            due_at=row.due_at,
        )
        for row in to_do(badge).order_by(F("due_at").asc(nulls_last=True), "number")[:MOST]
    ]
