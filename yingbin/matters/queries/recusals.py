"""Who stays out of which matter, because it is about them: what every door and every list asks."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from ..models import Recusal


def recused(site_id: UUID, matter_id: UUID) -> frozenset[UUID]:
    """Those who stay out of this matter; one query."""
    rows = Recusal.objects.filter(site_id=site_id, matter_id=matter_id, end=None)
    return frozenset(rows.values_list("staff_id", flat=True))


def not_about(staff_id: UUID | None, column: str = "id") -> Q:
    """The condition that a matter, named by this column, isn't one that this person stays out of."""
    if staff_id is None:
        return Q()
    own = Recusal.objects.filter(staff_id=staff_id, end=None)
    return ~Q(**{f"{column}__in": own.values("matter_id")})


def without(site_id: UUID, matter_id: UUID, people: Iterable[UUID]) -> list[UUID]:
    """These people but for those who stay out of the matter; nobody asked, nothing is read."""
    told = list(people)
    apart = recused(site_id, matter_id) if told else frozenset()
    return [who for who in told if who not in apart]
