"""在路上: whoever has a task that is done on site says that they have set out (SD-4.2.2). It moves no clock."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F

from .models import DeskMatter, DeskNote

ON_SITE = ("help", "paid")


def may_set_out(row: DeskMatter, who: UUID | None) -> bool:
    """Whether this person has a task in hand for which somebody goes there, and nobody has arrived."""
    one = row.matter
    has = who is not None and one.holder_id == who and one.owner_id != who
    return has and one.kind in ON_SITE and not (one.stage or one.paused or one.closed_at)


def on_the_way(rows: Iterable[DeskMatter]) -> set[UUID]:
    """Those of these, by the desk's own id, whose holder has set out and not arrived; one query."""
    ids = [row.id for row in rows if may_set_out(row, row.matter.holder_id)]
    notes = DeskNote.objects.filter(
        matter__in=ids, what=DeskNote.What.ON_THE_WAY, by=F("matter__matter__holder_id")
    )
    return set(notes.values_list("matter_id", flat=True)) if ids else set()
