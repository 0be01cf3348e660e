"""What every row of a site has: its id, its site, its number there, and whoever wrote it."""

from typing import TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Max

from yingbin.journal.write import Pen

from .ids import SYSTEM, uuid7
from .models import Site

M = TypeVar("M", bound=models.Model)


class SiteRow(models.Model):
    """A row of one site, with an id that sorts by the moment it was made."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


def next_number(model: type[M], site_id: UUID, **within: object) -> int:
    """The number of the site's next row, counted from 1; `within`: counted anew there, as in a day.

    Two get the same only without the site's lock, so ask inside a write.
    """
    rows = model._default_manager.filter(site_id=site_id, **within)
    return int(rows.aggregate(top=Max("number"))["top"] or 0) + 1


def person_behind(by: str) -> UUID | None:
    """The person whose id an entry names; None for the clock, an import and others that are no staff."""
    try:
        who = UUID(by)
    except ValueError:
        return None
    return None if who == SYSTEM else who


def actor(pen: Pen) -> UUID | None:
    """The person who writes; None where it is nobody of the staff."""
    return person_behind(pen.by)
