"""Notices not seen yet, as lines of 待办; what stands there by itself already has its line."""

from datetime import datetime

from django.urls import reverse

from yingbin.people.frame import InboxLine
from yingbin.people.queries import Badge

from .queries import news

MOST = 40


def lines(badge: Badge, at: datetime) -> list[InboxLine]:
    """The person's unseen notices here, newest first; one query."""
    if not badge.may("notices.see"):
        return []
    return [
        InboxLine(
            sort="通知",
            title=row.title,
            link=reverse("notices:follow", args=[row.id]),
            at=row.made_at,
            detail=row.body,
            urgent=row.urgent,
        )
        for row in news(badge.staff_id, badge.here).order_by("-made_at")[:MOST]
    ]
