"""Passes: of one visit, those still out, what has to be printed again."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max

from ..models import Fate, PassRevision


def last_end(site_id: UUID, at: datetime) -> datetime | None:
    """When the last pass ends that holds after this moment; None where none does."""
    rows = PassRevision.objects.filter(site_id=site_id, fate=Fate.OUTSTANDING, ends_at__gt=at)
    found: datetime | None = rows.aggregate(last=Max("ends_at"))["last"]
    return found
