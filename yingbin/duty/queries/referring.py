"""Which show flats send their visitors and questions to a gallery (SF-4.3.3)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yingbin.people.models import SitePolicy
from yingbin.people.queries import names_of

from ..policies import REFERRING


@dataclass(frozen=True)
class ReferringFlat:
    """A show flat whose last choice is this gallery: since when, who chose."""

    name: str
    since: datetime
    by: str


def flats_referring(gallery: UUID, at: datetime) -> list[ReferringFlat]:
    """Those that refer to a gallery now, by name; two questions."""
    rows = SitePolicy.objects.filter(
        name=REFERRING.name, since__lte=at, site__closed_at__isnull=True
    )
    last = rows.select_related("site").order_by("site_id", "-version").distinct("site_id")
    found = [row for row in last if row.values.get("gallery") == str(gallery)]
    names = names_of({row.by for row in found if row.by}) if found else {}
    told = [ReferringFlat(row.site.name, row.since, names.get(str(row.by), "")) for row in found]
    return sorted(told, key=lambda one: one.name)
