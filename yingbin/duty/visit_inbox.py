"""样板间对接 as lines of 待办: a matching that waits for sales, a day's sheet that waits for the lead (SF-4.3.2)."""

from datetime import datetime, timedelta

from django.urls import reverse

from yingbin.people.frame import InboxLine
from yingbin.people.queries import Badge

from .hours import day_of
from .queries.visit_sheets import matchings_at, unmatched

BACK = timedelta(days=31)


def lines(badge: Badge, at: datetime) -> list[InboxLine]:
    """What waits here for this person; a few questions, none for those it is no business of."""
    if badge.site_id is None:
        return []
    found = _to_confirm(badge, at) if badge.may("visits.confirm") else []
    return found + (_to_match(badge, at) if badge.may("visits.match") else [])


def _to_confirm(badge: Badge, at: datetime) -> list[InboxLine]:
    assert badge.site_id is not None
    return [
        InboxLine(
            sort="样板间对接",
            title=f"{flat} {row.day.month}月{row.day.day}日的对接等您确认",
            link=reverse("duty:from_flat", args=[row.id]),
            at=row.at,
        )
        for row, flat, state in matchings_at(badge.site_id, day_of(at) - BACK)
        if state == "ready"
    ]


def _to_match(badge: Badge, at: datetime) -> list[InboxLine]:
    assert badge.site_id is not None
    return [
        InboxLine(
            sort="样板间对接",
            title=f"{day.month}月{day.day}日的接待记录表{words}",
            link=reverse("duty:guest_sheet", args=[day.isoformat()]),
            at=since,
        )
        for day, since, words in unmatched(badge.site_id, day_of(at) - BACK)
    ]
