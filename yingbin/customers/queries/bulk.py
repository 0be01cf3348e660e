"""Who is known among many at once: the rule of `known_as` for a whole page of an old register."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import Max

from .. import terms
from ..models import ReceiverOfRecord


class KnownBook:
    """Cards by their numbers, as far as they were asked for; new ones are added as they are made."""

    def __init__(self) -> None:
        self._by_phone: dict[str, list[tuple[UUID, list[str]]]] = defaultdict(list)
        self.receivers: set[UUID] = set()

    def add(self, customer_id: UUID, names: Iterable[str], phones: Iterable[str]) -> None:
        """A card with its names and numbers in E.164 form."""
        cores = [terms.core(name) for name in names] or [""]
        for phone in phones:
            self._by_phone[phone].append((customer_id, cores))

    def update(self, other: "KnownBook") -> None:
        """Takes in another book's cards, behind those that are here."""
        for phone, cards in other._by_phone.items():
            self._by_phone[phone].extend(cards)
        self.receivers |= other.receivers

    def find(self, name: str, phones: Iterable[str]) -> UUID | None:
        """The card with one of these numbers that goes by this name, a part of it, or by none given."""
        wanted = terms.core(name)
        for phone in phones:
            for customer_id, cores in self._by_phone.get(phone, ()):
                if any(c.startswith(wanted) or wanted.startswith(c) for c in cores):
                    return customer_id
        return None


_KNOWN = """
with hit as (
  select distinct p.e164, coalesce(c.merged_into_id, c.id) as id
    from customers_customerphone p join customers_customer c on c.id = p.customer_id
   where p.site_id = %(site)s and p.reversed = any(%(reversed)s) and p.removed_at is null
     and c.erased_at is null
)
select hit.e164, hit.id, n.names,
       (select r.staff_id from customers_receiverofrecord r
         where r.customer_id in (select hit.id union all
               select m.id from customers_customer m where m.merged_into_id = hit.id)
         order by r.customer_id = hit.id desc, r.seq desc limit 1)
  from hit join customers_customer c on c.id = hit.id
  left join lateral (
    select array_agg(x.name) as names from customers_customername x
     where x.removed_at is null and x.customer_id in (select hit.id union all
           select m.id from customers_customer m where m.merged_into_id = hit.id)
  ) n on true
 where c.erased_at is null
 order by c.number
"""


def known_book(site_id: UUID, phones: Iterable[str]) -> KnownBook:
    """The cards that have any of these numbers, eldest first: one query. `receivers`: those somebody's already."""
    book = KnownBook()
    asked = [phone[::-1] for phone in set(phones)]
    if not asked:
        return book
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, {"site": site_id, "reversed": asked})
        for phone, customer_id, names, receiver in cursor.fetchall():
            book.add(customer_id, names or (), [phone])
            if receiver is not None:
                book.receivers.add(customer_id)
    return book


def receiver_row(site_id: UUID, ids: Iterable[UUID]) -> dict[UUID, int]:
    """The journal entry under which each of these cards got its present receiver."""
    rows = ReceiverOfRecord.objects.filter(site_id=site_id, customer_id__in=list(ids))
    latest = rows.values("customer_id").annotate(top=Max("seq"))
    return {row["customer_id"]: row["top"] for row in latest}
