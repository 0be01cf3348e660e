"""Which visits somebody sees, and how one is found."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from yingbin.people.queries import Badge

from ..models import TourVisit
from ..office import Standing, standing_or_last

ALL = ("tours.reception", "tours.administration", "tours.approve", "tours.settle")
ANYBODY = (*ALL, "tours.area", "tours.apply")


def areas_of(stands: Standing | None, who: UUID) -> tuple[str, ...]:
    """The areas for which somebody answers."""
    if stands is None:
        return ()
    company = stands.company
    return tuple(n for n, one in company.areas.items() if company.belongs(str(who), one.department))


def seen_by(badge: Badge, at: datetime) -> QuerySet[TourVisit]:
    """The visits that somebody may open: all of the house for those who receive, one's own, those of one's areas."""
    rows = TourVisit.objects.filter(site_id=badge.here)
    if any(badge.may(permission) for permission in ALL):
        return rows
    mine = Q(pk__in=[])
    if badge.may("tours.apply"):
        mine |= Q(applied_by=badge.staff_id)
    if badge.may("tours.area"):
        for area in areas_of(standing_or_last(badge.here, at), badge.staff_id):
            mine |= Q(state__areas__contains=[[area]])
    return rows.filter(mine)


def one_seen(badge: Badge, visit_id: UUID, at: datetime) -> TourVisit | None:
    """A visit of this site, for somebody who may open it."""
    return seen_by(badge, at).filter(id=visit_id).first()
