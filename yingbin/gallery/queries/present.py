"""Who is on the floor right now: a customer who comes in again is known before anything is written (TQ-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yingbin.customers.queries import cards_at_the_desk
from yingbin.journal.trips import Statement


@dataclass(frozen=True)
class Present:
    """A group of the open day that waits or is being received; `receiver` None while it waits.

    accepted_at: since when the receiver has been with them; None while they are still to come.
    """

    visit_id: UUID
    number: int
    arrived_at: datetime
    called: str
    receiver: UUID | None
    accepted_at: datetime | None


_PRESENT = """
select v.id, v.number, v.arrived_at, v.called, r.receiver, r.accepted_at
  from cards join floor_visit v on v.site_id = %s and v.customer_id = cards.id
  join floor_galleryday d on d.id = v.day_id and d.closed_at is null
  left join floor_reception r on r.site_id = v.site_id and r.visit_id = v.id and r.ended_at is null
 where v.kind = 'customer' and v.finished_at is null and v.left_at is null
   and v.undone_at is null and v.late_at is null
 order by v.arrived_at desc limit 1
"""


def present(site_id: UUID, *, customer_id: UUID | None = None, phone: str = "") -> Statement:
    """Asks whether whoever is tapped, or has this number, is here already, also under a merged card."""
    cards, values = cards_at_the_desk(site_id, customer_id=customer_id, phone=phone)
    return Statement(cards + _PRESENT, (*values, site_id))


def the_one_present(rows: Sequence[tuple[Any, ...]]) -> Present | None:
    """What `present` was answered."""
    return Present(*rows[0]) if rows else None
