"""What has happened to cards since they were made: whether one may still be taken back."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

_TOUCHED = """
select n.customer_id, '卡片改过', 1 from customers_customername n join customers_customer c on c.id = n.customer_id
 where n.site_id = %(site)s and n.customer_id = any(%(ids)s)
   and (n.removed_at is not null or n.added_at > c.registered_at)
union all
select p.customer_id, '卡片改过', 1 from customers_customerphone p join customers_customer c on c.id = p.customer_id
 where p.site_id = %(site)s and p.customer_id = any(%(ids)s)
   and (p.removed_at is not null or p.added_at > c.registered_at)
union all
select (e.body->>'customer')::uuid, '卡片改过', 1 from journal_entry e
 where e.site_id = %(site)s and e.seq > %(since)s and e.kind = 'customer.edited'
   and e.body->>'customer' = any(%(texts)s)
union all
select r.customer_id, '换过接待人', 2 from customers_receiverofrecord r
 where r.site_id = %(site)s and r.customer_id = any(%(ids)s) and not r.seq = any(%(own)s)
union all
select o.customer_id, '有同意记录', 3 from customers_consent o
 where o.site_id = %(site)s and o.customer_id = any(%(ids)s)
union all
select x.id, '合并过', 4 from customers_merge m cross join lateral (values (m.into_id), (m.source_id)) x(id)
 where m.site_id = %(site)s and (m.into_id = any(%(ids)s) or m.source_id = any(%(ids)s)) and x.id = any(%(ids)s)
order by 3
"""


def touched_cards(site_id: UUID, ids: Iterable[UUID], since: int, own: set[int]) -> dict[UUID, str]:
    """Cards somebody changed after the journal's entry `since`, with what it was in Chinese: one query.

    own: the entries that made the cards; receivers given by them don't count.
    """
    wanted = list(ids)
    if not wanted:
        return {}
    told: dict[str, UUID | int | list[UUID] | list[str] | list[int]] = {
        "site": site_id, "ids": wanted, "texts": [str(one) for one in wanted], "since": since, "own": list(own),
    }  # fmt: skip
    found: dict[UUID, str] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, told)
        for one, why, _ in cursor.fetchall():
            found.setdefault(one, why)
    return found
