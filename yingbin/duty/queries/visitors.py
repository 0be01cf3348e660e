"""Who visits a place today, whatever kind it is: for whoever writes down what one of them broke (SF-4.3.4, SC-4.3.3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from yingbin.gallery.queries.referral import guests_of_day
from yingbin.people.queries import Badge

from ..hours import day_of
from ..models import ShowVisit
from .visits import NAMELESS, guests, guests_here, guests_of


@dataclass(frozen=True)
class Visitor:
    """A group: its visit, what a form calls it, whose card it has."""

    visit: UUID
    words: str
    customer: UUID | None = None


def visitors_today(site_id: UUID, now: datetime) -> list[Visitor]:
    """Whoever is inside first, then those of today who have left, the last first; the same few questions however many."""
    here = {one.id: one for one in guests_here(site_id, now) if one.is_inside}
    today = [one for one in guests_of(site_id, day_of(now)) if one.state == "left"]
    flat = [
        Visitor(one.id, f"{_words(one.number, one.arrived_at, one.size, one.called)}{said}", one.customer)
        for rows, said in ((here.values(), "，在里面"), (reversed(today), ""))
        for one in rows
    ]  # fmt: skip
    return flat or list(reversed(list(_at_gallery(site_id, now))))


def _at_gallery(site_id: UUID, at: datetime) -> Iterator[Visitor]:
    """The customers of a sales centre's day."""
    for one in guests_of_day(site_id, day_of(at)):
        yield Visitor(one.id, _words(one.number, one.at, one.size, one.called), one.customer)


def _words(number: int, came: datetime, size: int, called: str) -> str:
    name = "" if called == NAMELESS else f" {called}"
    return f"第 {number} 批{name}，{timezone.localtime(came):%H:%M} 来，{size} 人"


def visitor(site_id: UUID, visit: UUID, at: datetime) -> Visitor | None:
    """A group that was here today or yesterday, or still is; None for any other.

    Yesterday's count too: what was typed late may arrive after the day has turned.
    """
    today = day_of(at)
    rows = ShowVisit.objects.filter(site_id=site_id, id=visit, turned_down_at__isnull=True)
    lately = Q(day__gte=today - timedelta(days=1)) | Q(left_at__isnull=True)
    row = rows.filter(lately, confirmed_at__isnull=False).first()
    if row is not None:
        return Visitor(row.id, "", row.customer_id)
    return next((one for one in _at_gallery(site_id, at) if one.visit == visit), None)


def told(badge: Badge, visit: UUID) -> tuple[str, bool]:
    """What a page calls the group of a show flat, and whether its own page opens for this person; "" for none."""
    seen = guests(badge.here, visit)
    if seen is None:
        return "", False
    opens = badge.may("visits.record")
    name = f" {seen.called}" if opens and seen.has_name and not seen.erased else ""
    return f"{seen.day.month}月{seen.day.day}日第 {seen.number} 批{name}", opens
