"""What visits hold of one person: handed to them, or emptied when they ask."""

from uuid import UUID

from yingbin.customers.queries import Section, told
from yingbin.journal.write import Pen
from yingbin.notices.actions import forget

from .models import GateClash, GateEvent, TourEvent, TourVisit
from .telling import page_of


def erase(*, pen: Pen, customer_ids: list[UUID]) -> dict[str, int]:
    """Empties every word of visits these people asked for (inside a write); when, how many and where to stay."""
    rows = TourVisit.objects.filter(site_id=pen.site_id, customer_id__in=customer_ids)
    ids = list(rows.values_list("id", flat=True))
    forget(pen, links=[page_of(one) for one in ids])
    TourEvent.objects.filter(visit__in=ids).exclude(salt="").update(words={}, salt="")
    GateEvent.objects.filter(visit__in=ids).exclude(salt="").update(words={}, salt="")
    GateClash.objects.filter(scan__visit__in=ids).exclude(salt="").update(finding="", salt="")
    return {"tour_visits": rows.update(visitor="", contact="", words={}, salt="")}


def sections(*, site_id: UUID, customer_ids: list[UUID]) -> list[Section]:
    """What these people asked for, and what was written about it."""
    rows = TourVisit.objects.filter(site_id=site_id, customer_id__in=customer_ids)
    lines = [
        [
            told(row.opened_at),
            row.said,
            row.visitor,
            row.contact,
            f"{told(row.starts_at)} {row.headcount} 人",
            row.get_status_display(),
            *map(str, row.words.values()),
            *(str(word) for event in row.log.all() for word in event.words.values()),
        ]
        for row in rows.prefetch_related("log").order_by("seq")
    ]
    return [Section("公司参访", lines)]
