"""Who stands at the desk: one question under the site's lock, whatever the number of customers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from yingbin.journal.trips import Statement

from ..numbers import whole_number


@dataclass(frozen=True)
class AtTheDesk:
    """Their card (None for a new customer), whose they are (TQ-8), and the site's next card number."""

    customer_id: UUID | None
    receiver_id: UUID | None
    next_number: int
    name: str | None = None


def at_the_desk(site_id: UUID, *, customer_id: UUID | None = None, phone: str = "") -> Statement:
    """Asks for the card that was tapped, else for the one seen last among those with this number."""
    hit, values = _hit(site_id, customer_id, phone)
    return Statement(f"{_KNOWN.format(hit=hit)} {_ASK}", (*values, site_id))


def cards_at_the_desk(
    site_id: UUID, *, customer_id: UUID | None = None, phone: str = ""
) -> tuple[str, tuple[Any, ...]]:
    """For a query that joins them: `with … cards`, the ids of every card shown as theirs, and its values."""
    hit, values = _hit(site_id, customer_id, phone)
    return f"{_KNOWN.format(hit=hit)} {_CARDS}", values


def _hit(site_id: UUID, customer_id: UUID | None, phone: str) -> tuple[str, tuple[Any, ...]]:
    if customer_id is not None:
        return _TAPPED, (site_id, customer_id)
    return _CALLED, (site_id, (whole_number(phone) or "")[::-1])


def the_one_at_the_desk(rows: Sequence[tuple[Any, ...]]) -> AtTheDesk:
    """What `at_the_desk` was answered."""
    return AtTheDesk(*rows[0])


_TAPPED = """
  select c.merged_into_id, c.id, c.last_seen_at from customers_customer c
   where c.site_id = %s and c.id = %s and c.erased_at is null
"""
_CALLED = """
  select c.merged_into_id, c.id, c.last_seen_at
    from (select customer_id from customers_customerphone
           where site_id = %s and reversed = %s and removed_at is null offset 0) p
    join customers_customer c on c.id = p.customer_id
   where c.erased_at is null
"""
# Read in this order, phone first: a young database has no statistics, and guesses a join of everyone.
# A card shown under another counts as that one; the receiver is the card's own latest, else theirs.
_KNOWN = """
with hit as materialized ({hit}), known as materialized (
  select c.id from hit join customers_customer c on c.id = coalesce(hit.merged_into_id, hit.id)
   where c.erased_at is null
   group by c.id order by max(hit.last_seen_at) desc, c.id desc limit 1
)
"""
_CARDS = """
, cards as materialized (
  select known.id from known union all
  select m.id from known join customers_customer m on m.merged_into_id = known.id
)
"""
_ASK = """
select known.id,
       (select r.staff_id from customers_receiverofrecord r
         where r.customer_id in (select known.id union all
               select m.id from customers_customer m where m.merged_into_id = known.id)
         order by r.customer_id = known.id desc, r.seq desc limit 1),
       (select coalesce(max(n.number), 0) + 1 from customers_customer n where n.site_id = %s),
       (select k.name from customers_customername k
         where k.customer_id = known.id and k.removed_at is null order by k."primary" desc limit 1)
  from (select) one left join known on true
"""
