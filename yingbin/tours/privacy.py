"""What visits hold of one person: handed to them, or emptied when they ask."""

from uuid import UUID

from yingbin.customers.queries import Section, told
from yingbin.journal.write import Pen
from yingbin.notices.actions import forget

from .actions.guests import empty_guests
from .models import (
    GateClash,
    GateEvent,
    HostingEvent,
    PassPrinting,
    TourEvent,
    TourGuest,
    TourVisit,
)
from .queries.printing import forget as forget_printings
from .telling import page_of
from .telling_hosting import answer_page, hosting_page
from .words import application_words


def erase(*, pen: Pen, customer_ids: list[UUID]) -> dict[str, int]:
    """Empties every word of visits these people asked for (inside a write); when, how many and where to stay."""
    rows = TourVisit.objects.filter(site_id=pen.site_id, customer_id__in=customer_ids)
    return {"tour_visits": empty_visits(pen, list(rows.values_list("id", flat=True)))}


def empty_visits(pen: Pen, ids: list[UUID]) -> int:
    """Empties every word of these visits, of their lists and of what was said at the gates; how many visits.

    Whoever calls it names their contacts in an entry as `customers`, or the visits as `erased_rows`.
    """
    hosting = HostingEvent.objects.filter(visit__in=ids)
    asks = hosting.filter(kind=HostingEvent.Kind.ASK).values_list("visit_id", "index")
    pages = [page(one) for one in ids for page in (page_of, hosting_page)]
    forget(pen, links=[*pages, *(answer_page(*ask) for ask in asks)])
    hosting.exclude(salt="").update(words={}, salt="")
    TourEvent.objects.filter(visit__in=ids).exclude(salt="").update(words={}, salt="")
    GateEvent.objects.filter(visit__in=ids).exclude(salt="").update(words={}, salt="")
    GateClash.objects.filter(scan__visit__in=ids).exclude(salt="").update(finding="", salt="")
    guests = TourGuest.objects.filter(visit__in=ids).values_list("id", flat=True)
    empty_guests(pen, list(guests))
    if ids:  # what lies ready for the printer may name them
        forget_printings(PassPrinting.objects.filter(site_id=pen.site_id), pen.at)
    rows = TourVisit.objects.filter(site_id=pen.site_id, id__in=ids)
    # The private link goes with what it showed.
    return rows.update(visitor="", contact="", words={}, salt="", key_digest=None)


def sections(*, site_id: UUID, customer_ids: list[UUID]) -> list[Section]:
    """What these people asked for, and what was written about it."""
    rows = TourVisit.objects.filter(site_id=site_id, customer_id__in=customer_ids)
    hosted: dict[UUID, list[str]] = {}
    for event in HostingEvent.objects.filter(visit__in=rows).order_by("seq"):
        hosted.setdefault(event.visit_id, []).extend(map(str, event.words.values()))
    lines = [
        [
            told(row.opened_at),
            row.said,
            row.visitor,
            row.contact,
            f"{told(row.starts_at)} {row.headcount} 人",
            row.get_status_display(),
            *(said for _, said in application_words(row.words)),
            *(str(word) for event in row.log.all() for word in event.words.values()),
            *hosted.get(row.id, ()),
        ]
        for row in rows.prefetch_related("log").order_by("seq")
    ]
    return [Section("公司参访", lines), Section("来访名单", _guests(site_id, customer_ids))]


def _guests(site_id: UUID, customer_ids: list[UUID]) -> list[list[str]]:
    rows = TourGuest.objects.filter(site_id=site_id, visit__customer_id__in=customer_ids)
    return [
        [told(one.at), *filter(None, one.words.values())] for one in rows.order_by("seq", "number")
    ]
