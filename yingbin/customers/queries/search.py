"""One box that finds a customer by the end of a phone, a name, its pinyin or its initials."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from yingbin.pages.phones import masked

from .. import terms
from ..models import Title, with_title

# How many cards are looked at before ranking: those seen last, and those an index gives.
_LATELY = 1000
_MANY = 2000


@dataclass(frozen=True)
class Found:
    """One customer in the search box. receiver: the receiver of record, None where nobody is.

    exact: the whole phone, name, pinyin or initials were typed. Phones are masked.
    """

    id: UUID
    number: int
    name: str
    title: str
    other_names: tuple[str, ...]
    phones: tuple[str, ...]
    receiver_id: UUID | None
    receiver_name: str
    last_seen_at: datetime
    exact: bool

    @property
    def called(self) -> str:
        """The name with how the customer is addressed."""
        return with_title(self.name, self.title) if self.name else "未留姓名"


def find(site_id: UUID, text: str, limit: int = 8) -> list[Found]:
    """Customers of the site that the text asks for: whole matches first, then those seen last.

    One query whatever the number of customers; nothing at all for fewer than three digits.
    """
    ask = terms.of_query(site_id, text)
    if ask.empty:
        return []
    hits = _BY_PHONE if ask.digits else _BY_NAME
    values: dict[str, str | int | UUID | list[str]] = {
        "many": _MANY,
        "lately": _LATELY,
        "terms": list(ask.terms),
        "exact": list(ask.exact),
        "suffix": ask.digits[::-1] + "%",
        "e164": ask.e164,
    }
    return _listed(hits, site_id, limit, values)


def lately(site_id: UUID, limit: int = 12) -> list[Found]:
    """Customers seen last, without anything asked: one query."""
    return _listed(_LAST_SEEN, site_id, limit, {})


def own(site_id: UUID, staff_id: UUID, limit: int = 50) -> list[Found]:
    """Customers whose receiver of record this person is, those seen last first: one query."""
    return _listed(_OWN, site_id, limit, {"staff": staff_id})


def all_of(site_id: UUID, staff_id: UUID) -> list[UUID]:
    """Every customer whose receiver of record this person is, those seen last first: one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            _OWN.replace("limit %(limit)s", "") + " select id from hit",
            {"site": site_id, "staff": staff_id},
        )
        return [row[0] for row in cursor.fetchall()]


_COUNTS = """
select s.id, s.name, count(*)
  from (select distinct on (r.customer_id) r.customer_id, r.staff_id
          from customers_receiverofrecord r
          join customers_customer c on c.id = r.customer_id
         where r.site_id = %s and c.merged_into_id is null and c.erased_at is null
         order by r.customer_id, r.seq desc) latest
  join people_staff s on s.id = latest.staff_id
 group by s.id, s.name order by s.name
"""


def how_many_each(site_id: UUID) -> list[tuple[UUID, str, int]]:
    """Who is the receiver of record of how many customers: id, name, number; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [site_id])
        return [(row[0], row[1], row[2]) for row in cursor.fetchall()]


def _listed(
    hits: str, site_id: UUID, limit: int, values: Mapping[str, str | int | UUID | list[str]]
) -> list[Found]:
    with connection.cursor() as cursor:
        cursor.execute(f"{hits} {_SHOW}", {"site": site_id, "limit": limit, **values})
        return [_found(row) for row in cursor.fetchall()]


def _found(row: tuple[Any, ...]) -> Found:
    id_, number, title, seen, exact, names, phones, receiver, receiver_name = row
    name, *others = names or [""]
    return Found(
        id=id_,
        number=number,
        name=name,
        title=Title(title).label if title else "",
        other_names=tuple(dict.fromkeys(o for o in others if o != name)),
        phones=tuple(dict.fromkeys(masked(p) for p in phones or [])),
        receiver_id=receiver,
        receiver_name=receiver_name or "",
        last_seen_at=seen,
        exact=exact,
    )


# A frequent term has its answer among those seen last; only a rarer one is looked up in the index.
_BY_NAME = """
with whole as materialized (
  select id, merged_into_id, last_seen_at from customers_customer
   where site_id = %(site)s and terms && %(exact)s::varchar[] and erased_at is null limit %(many)s
), lately as materialized (
  select id, merged_into_id, last_seen_at, terms && %(exact)s::varchar[] as exact
    from (select id, merged_into_id, last_seen_at, terms from customers_customer
           where site_id = %(site)s and erased_at is null
           order by last_seen_at desc limit %(lately)s) x
   where terms @> %(terms)s::varchar[]
), indexed as materialized (
  select id, merged_into_id, last_seen_at from customers_customer
   where site_id = %(site)s and terms @> %(terms)s::varchar[] and erased_at is null
     and (select count(distinct coalesce(merged_into_id, id)) from lately) < %(limit)s
   limit %(many)s
), hit as (
  select id, merged_into_id, last_seen_at, true as exact from whole
  union all
  select id, merged_into_id, last_seen_at, exact from lately
  union all
  select id, merged_into_id, last_seen_at, false from indexed
)
"""

_BY_PHONE = """
with hit as (
  select c.id, c.merged_into_id, c.last_seen_at, p.e164 = %(e164)s as exact
    from customers_customerphone p join customers_customer c on c.id = p.customer_id
   where p.site_id = %(site)s and p.reversed like %(suffix)s and p.removed_at is null
     and c.erased_at is null and c.terms @> %(terms)s::varchar[]
   limit %(many)s
)
"""

_LAST_SEEN = """
with hit as (
  select id, merged_into_id, last_seen_at, false as exact from customers_customer
   where site_id = %(site)s and erased_at is null
   order by last_seen_at desc limit %(limit)s * 2
)
"""

_OWN = """
with hit as (
  select c.id, c.merged_into_id, c.last_seen_at, false as exact
    from customers_receiverofrecord r join customers_customer c on c.id = r.customer_id
   where r.site_id = %(site)s and r.staff_id = %(staff)s
     and c.merged_into_id is null and c.erased_at is null
     and not exists (select from customers_receiverofrecord later
                      where later.customer_id = r.customer_id and later.seq > r.seq)
   order by c.last_seen_at desc limit %(limit)s
)
"""

_SHOW = """
, top as (
  select coalesce(merged_into_id, id) as id, bool_or(exact) as exact, max(last_seen_at) as seen
    from hit group by 1 order by 2 desc, 3 desc, 1 desc limit %(limit)s
)
select c.id, c.number, c.title, greatest(top.seen, c.last_seen_at), top.exact,
       n.names, p.phones, r.staff_id, s.name
  from top
  join customers_customer c on c.id = top.id
  left join lateral (
    select array_agg(x.name order by x.customer_id = c.id desc, x."primary" desc, x.id) as names
      from customers_customername x
     where x.removed_at is null and x.customer_id in (
           select c.id union all select m.id from customers_customer m where m.merged_into_id =
           c.id)
  ) n on true
  left join lateral (
    select array_agg(x.e164 order by x.customer_id = c.id desc, x."primary" desc, x.id) as phones
      from customers_customerphone x
     where x.removed_at is null and x.customer_id in (
           select c.id union all select m.id from customers_customer m where m.merged_into_id =
           c.id)
  ) p on true
  left join lateral (
    select x.staff_id from customers_receiverofrecord x
     where x.customer_id in (
           select c.id union all select m.id from customers_customer m where m.merged_into_id =
           c.id)
     order by x.customer_id = c.id desc, x.seq desc limit 1
  ) r on true
  left join people_staff s on s.id = r.staff_id
 order by top.exact desc, top.seen desc, c.id desc
"""
