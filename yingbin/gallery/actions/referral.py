"""转介: a show flat's visitor who never saw the sales office comes into this gallery's queue (SF-4.3.3).

The one verb that another wing calls here. The queue decides as for anybody who walks in; whoever sends them learns
who will receive.
"""

from dataclasses import dataclass
from uuid import UUID

from yingbin.journal.action import Acting

from ..models import Visit
from ..queries.referral import receiver_of
from .arrivals import Arrival, OnTheFloor, record_arrival


@dataclass(frozen=True)
class Referred:
    """Where a visitor stands: the visit and its number; `receiver` None while everybody is busy.

    was_there: they had come to the gallery by themselves already, so nothing was written.
    """

    visit: UUID
    number: int
    receiver: UUID | None
    was_there: bool = False


def refer_visitor(acting: Acting, *, name: str, phone: str, size: int, flat: str) -> Referred:
    """Records the visitor as a new group of customers: first visit, knows nobody here; one idempotent write.

    acting: at the gallery, by whoever sends them. Raises `Refused` in the gallery's words where it isn't open.
    """
    arrival = Arrival(
        contacted=False,
        first_visit=True,
        name=name,
        phone=phone,
        group_size=size,
        note=f"由{flat}转来",
    )
    try:
        visit_id, was_there = record_arrival(acting, arrival=arrival).visit_id, False
    except OnTheFloor as here:
        visit_id, was_there = here.visit_id, True
    number = Visit.objects.values_list("number", flat=True).get(site_id=acting.site_id, id=visit_id)
    return Referred(visit_id, number, receiver_of(acting.site_id, visit_id), was_there)
