"""样板间对接 as lines of 待办: a matching that waits for sales, a day's sheet that waits for the lead (SF-4.3.2)."""

from datetime import datetime, timedelta

from django.db.models import QuerySet, Value
from django.db.models.expressions import Combinable
from django.urls import reverse

from yingbin.people.frame import InboxLine
from yingbin.people.models import Site
from yingbin.people.queries import Badge, how_many

from .hours import day_of
from .models import VisitMatching, VisitSheet
from .queries.visit_sheets import unmatched
from .queries.waiting_sheets import waiting_for_lead, waiting_for_sales

BACK = timedelta(days=31)


def lines(badge: Badge, at: datetime) -> list[InboxLine]:
    """What waits here for this person; a few questions, none for those it is no business of."""
    return [*_to_confirm(badge, at), *_to_match(badge, at)]


def waits(badge: Badge, at: datetime) -> Combinable:
    """How many of these lines there are, for the number of 待办; the notices of the same are `listed`, so each counts once."""
    confirms, matches = _confirms(badge, at), _matches(badge, at)
    none: Combinable = Value(0)
    return (none if confirms is None else how_many(confirms)) + (
        none if matches is None else how_many(matches)
    )


def _confirms(badge: Badge, at: datetime) -> QuerySet[VisitMatching] | None:
    may = badge.site_id is not None and badge.may("visits.confirm")
    return waiting_for_sales(badge.here, day_of(at) - BACK) if may else None


def _matches(badge: Badge, at: datetime) -> QuerySet[VisitSheet] | None:
    may = badge.site_id is not None and badge.may("visits.match")
    return waiting_for_lead(badge.here, day_of(at) - BACK) if may else None


def _to_confirm(badge: Badge, at: datetime) -> list[InboxLine]:
    waiting = _confirms(badge, at)
    rows = [] if waiting is None else list(waiting)
    flats = Site.objects.filter(id__in={row.site_id for row in rows})
    names = dict(flats.values_list("id", "short_name")) if rows else {}
    return [
        InboxLine(
            sort="样板间对接",
            title=f"{names[row.site_id]} {row.day.month}月{row.day.day}日的对接等您确认",
            link=reverse("duty:from_flat", args=[row.id]),
            at=row.at,
        )
        for row in rows
    ]


def _to_match(badge: Badge, at: datetime) -> list[InboxLine]:
    rows = _matches(badge, at)
    return (
        []
        if rows is None
        else [
            InboxLine(
                sort="样板间对接",
                title=f"{day.month}月{day.day}日的接待记录表{words}",
                link=reverse("duty:guest_sheet", args=[day.isoformat()]),
                at=since,
            )
            for day, since, words in unmatched(rows)
        ]
    )
