"""Offers to work at another site that wait for the person's own answer."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from .. import roles
from ..models import RoleOffer

OPEN_FOR = timedelta(days=14)


def offers_to(staff_id: UUID, at: datetime) -> list[RoleOffer]:
    """What this person was offered and hasn't answered, newest first, with `title` in words."""
    return _titled(_open(at).filter(staff_id=staff_id))


def offers_from(site_id: UUID, at: datetime) -> list[RoleOffer]:
    """What this site has offered to people of other sites and waits for."""
    return _titled(_open(at).filter(site_id=site_id))


def site_of_offer(offer_id: UUID, staff_id: UUID) -> UUID | None:
    """The site that made this person the offer; None where there is no such offer to them."""
    rows = RoleOffer.objects.filter(id=offer_id, staff_id=staff_id)
    return rows.values_list("site_id", flat=True).first()


def _open(at: datetime) -> QuerySet[RoleOffer]:
    rows = RoleOffer.objects.filter(answered_at=None, offered_at__gt=at - OPEN_FOR)
    return rows.select_related("site", "staff", "offered_by").order_by("-offered_at")


def _titled(rows: QuerySet[RoleOffer]) -> list[RoleOffer]:
    found = list(rows)
    for offer in found:
        offer.title = roles.ROLES[offer.role].title
    return found
