"""What every row of a site has: its id, its site, its number there, and whoever wrote it."""

from uuid import UUID

from django.db import models

from yingbin.journal.trips import Ask, Statement, ask
from yingbin.journal.write import Pen

from .ids import SYSTEM, uuid7
from .models import Site


class SiteRow(models.Model):
    """A row of one site, with an id that sorts by the moment it was made."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


def asked_number(model: type[models.Model], site_id: UUID, **within: object) -> Statement:
    """Asks for what `next_number` gives."""
    table, columns = model._meta.db_table, [model._meta.get_field(name).column for name in within]  # type: ignore[union-attr]
    also = "".join(f' and "{column}" = %s' for column in columns)
    values = [one.pk if isinstance(one, models.Model) else one for one in within.values()]
    sql = f'select coalesce(max(number), 0) + 1 from "{table}" where site_id = %s{also}'
    return Statement(sql, (site_id, *values))


def next_number(
    model: type[models.Model], site_id: UUID, through: Ask = ask, **within: object
) -> int:
    """The number of the site's next row, counted from 1; `within`: counted anew there, as in a day.

    Two get the same only without the site's lock, so ask inside a write. through: the pen's, where it was foreseen.
    """
    return int(through(asked_number(model, site_id, **within))[0][0])


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
