"""Visits that have been kept long enough: what would go of each, and what was cleared before."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from yingbin.customers.models import Customer
from yingbin.people.queries import names_of
from yingbin.rules.gone import colleague

from ..folding import ENDED
from ..keeping import KEEPING
from ..models import GateEvent, HostingEvent, TourEvent, TourGuest, TourVisit, VisitClearing

AT_ONCE = 50  # visits cleared in one write


def due(site_id: UUID, at: datetime) -> "QuerySet[TourVisit]":
    """Visits that ended longer ago than the place keeps them and still name somebody, the oldest first.

    One with a breach that is kept for legal stays until the breach is released.
    """
    before = at - timedelta(days=KEEPING.in_force(site_id, at).values.days)
    ended = Q(ends_at__lt=before) | Q(
        status__in=("withdrawn", "refused", "lapsed"), moved_at__lt=before
    )
    rows = TourVisit.objects.filter(ended, site_id=site_id, status__in=ENDED).exclude(salt="")
    kept = GateEvent.objects.filter(site_id=site_id, breach__isnull=False, visit__isnull=False)
    for_legal = kept.exclude(breach__steps__what="released")
    return rows.exclude(id__in=for_legal.values("visit")).order_by("ends_at", "id")


def cards_going(site_id: UUID, visits: Collection[TourVisit], at: datetime) -> dict[UUID, Customer]:
    """The contacts of these visits whose cards go too: nobody has seen them since, and no other visit keeps them."""
    before = at - timedelta(days=KEEPING.in_force(site_id, at).values.days)
    people = {row.customer_id for row in visits if row.customer_id}
    others = TourVisit.objects.filter(customer_id__in=people).exclude(salt="")
    kept = set(others.exclude(id__in=[v.id for v in visits]).values_list("customer_id", flat=True))
    rows = Customer.objects.filter(
        site_id=site_id, id__in=people - kept, erased_at__isnull=True, merged_into__isnull=True,
        last_seen_at__lt=before,
    )  # fmt: skip
    return {row.id: row for row in rows}


@dataclass(frozen=True)
class Going:
    """A visit and what would go of it: names of guests, words somebody wrote, the contact's card."""

    row: TourVisit
    contact: str
    guests: int
    words: int
    card: bool


@dataclass(frozen=True)
class Cleared:
    """A clearing, by whom."""

    row: VisitClearing
    by: str


def going(site_id: UUID, rows: Collection[TourVisit], at: datetime) -> list[Going]:
    """These visits as the preview shows them; a handful of questions however many there are."""
    ids = [row.id for row in rows]
    guests = TourGuest.objects.filter(visit__in=ids).exclude(salt="")
    names = Counter(guests.values_list("visit_id", flat=True))
    words: Counter[UUID | None] = Counter()
    logs = (model.objects.filter(visit__in=ids) for model in (TourEvent, GateEvent, HostingEvent))
    for log in logs:
        words.update(log.exclude(salt="").values_list("visit_id", flat=True))
    cards = cards_going(site_id, rows, at)
    return [
        Going(
            row, f"{row.contact[:1]}**" if row.contact else "", names[row.id], words[row.id] + len(row.words),
            row.customer_id in cards,
        )
        for row in rows
    ]  # fmt: skip


def cleared(site_id: UUID, most: int = 20) -> list[Cleared]:
    """The latest clearings."""
    rows = list(VisitClearing.objects.filter(site_id=site_id).order_by("-seq")[:most])
    names = names_of({row.by for row in rows if row.by})
    return [Cleared(row, colleague(names, row.by)) for row in rows]
