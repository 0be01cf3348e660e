"""What the frame of every page counts, on the page and live: one question however much there is."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils import timezone

from yingbin.gallery.queries.counts import groups_waiting, no_shows
from yingbin.gallery.queries.history import open_claims, open_leave_requests
from yingbin.matters.queries import alerts_open, to_do
from yingbin.notices.queries import unseen
from yingbin.people.live import Topic, Viewer
from yingbin.people.models import Site
from yingbin.people.queries import Badge

from .context import hidden

EVERY = 20.0  # seconds; reading a notice moves no sequence


@dataclass(frozen=True)
class Counts:
    """Unread notices, and what waits behind entries of the navigation, by the entry's page."""

    unread: int
    pages: dict[str, int]


def counts(badge: Badge) -> Counts:
    """What waits for this person at this site; one query."""
    site = _site(badge)
    asked: dict[str, Combinable] = {"unread": _number(unseen(badge.staff_id, site))}
    if badge.may("matters.handle"):
        asked["matters:index"] = _number(to_do(badge))
    if badge.may("waiting.serve"):
        asked["gallery:waiting"] = _or_none(groups_waiting(site))
    if badge.may("turns.supervise"):
        requests = _number(open_claims(site)) + _number(open_leave_requests(site))
        late = _number(no_shows(site, timezone.now()))
        asked["gallery:supervision"] = requests + late + _number(alerts_open(site, badge.staff_id))
    names = {f"n{place}": number for place, number in enumerate(asked.values())}
    row = (Site.objects.filter(id=site).annotate(**names).values_list(*names).first()) or [0] * len(
        names
    )
    found = dict(zip(asked, row, strict=True))
    return Counts(found.pop("unread"), found)


def _site(badge: Badge) -> UUID:
    assert badge.site_id is not None
    return badge.site_id


def _number(rows: QuerySet[Any]) -> Combinable:
    """How many rows, as a part of a larger question."""
    one = rows.select_related(None).order_by().annotate(every=Value(1)).values("every")
    return _or_none(one.annotate(n=Count("pk")).values("n"))


def _or_none(number: QuerySet[Any, Any]) -> Combinable:
    return Coalesce(Subquery(number), 0, output_field=IntegerField())


def _render(viewer: Viewer) -> dict[str, str]:
    found = counts(viewer.badge)
    made: dict[str, str] = {"bell": render_to_string("pages/_bell.html", {"unread": found.unread})}
    for page, number in found.pages.items():
        made[slot(page)] = render_to_string("pages/_count.html", {"number": number})
    more = hidden(viewer.badge.permissions, found.pages)
    made["n-more"] = render_to_string("pages/_count.html", {"number": more})
    return made


def slot(page: str) -> str:
    """The live slot of a navigation entry's number."""
    return f"n-{page.replace(':', '-')}"


SHELL = Topic("", _render, personal=True, every=EVERY)
