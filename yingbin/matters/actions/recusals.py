"""Somebody stays out of a matter that is about them, and comes back where it wasn't."""

from collections.abc import Iterable
from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.people.rows import actor

from ..models import Matter, Recusal, RecusalEnd
from ..queries.recusals import recused


def recuse(pen: Pen, matter: Matter, people: Iterable[UUID]) -> list[UUID]:
    """These people stay out of a matter from now on (inside a write); those who didn't before."""
    fresh = sorted(set(people) - recused(pen.site_id, matter.id))
    for who in fresh:
        body = {"matter": str(matter.id), "staff": str(who)}
        line = pen.append("matter.recused", body, clause=matter.clause)
        Recusal.objects.create(
            site_id=pen.site_id, matter=matter, staff_id=who, seq=line.seq, at=pen.at, by=actor(pen)
        )
    return fresh


def end_recusal(pen: Pen, matter: Matter, who: UUID) -> bool:
    """It wasn't about this person (inside a write); whether they stayed out of it."""
    rows = Recusal.objects.filter(site_id=pen.site_id, matter=matter, staff_id=who, end=None)
    found = rows.first()
    if found is None:
        return False
    body = {"matter": str(matter.id), "staff": str(who), "recusal": str(found.id)}
    line = pen.append("matter.recusal_ended", body, clause=matter.clause)
    RecusalEnd.objects.create(
        site_id=pen.site_id, recusal=found, seq=line.seq, at=pen.at, by=actor(pen)
    )
    return True
