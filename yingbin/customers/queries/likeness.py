"""Cards that may be one person: the same phone, or the same name and nearly the same phone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from ..models import NotSamePerson
from .cards import Shown, shown_as


@dataclass(frozen=True)
class LookAlike:
    """Two cards that may be one person, and why it looks so."""

    first: Shown
    second: Shown
    why: str


def look_alikes(site_id: UUID, limit: int = 30) -> list[LookAlike]:
    """Likely duplicates among the cards registered last; pairs once dismissed are left out."""
    return _pairs(site_id, _LATEST, {"newest": 300}, limit)


def look_alikes_of(site_id: UUID, customer_ids: Iterable[UUID]) -> list[LookAlike]:
    """Likely duplicates of one customer, whose cards these are."""
    return _pairs(site_id, _GIVEN, {"ids": list(customer_ids)}, 10)


def _pairs(
    site_id: UUID, mine: str, values: Mapping[str, int | list[UUID]], limit: int
) -> list[LookAlike]:
    with connection.cursor() as cursor:
        cursor.execute(f"with mine as ({mine}) {_LIKE}", {"site": site_id, **values})
        rows = cursor.fetchall()
    whys = {tuple(sorted((a, b))): _why(same, p, q) for a, b, same, p, q in reversed(rows)}
    dismissed = set(
        NotSamePerson.objects.filter(site_id=site_id).values_list("first_id", "second_id")
    )
    pairs = [(pair, why) for pair, why in whys.items() if why and pair not in dismissed][:limit]
    cards = shown_as(site_id, {one for pair, _ in pairs for one in pair})
    return [LookAlike(cards[a], cards[b], why) for (a, b), why in pairs]


def _why(same_phone: bool, one: str, other: str) -> str:
    if same_phone:
        return "同一个电话"
    return "同名，电话只差一处" if _slip(one, other) else ""


def _slip(one: str, other: str) -> bool:
    """Whether two numbers differ by one slip: a digit, two swapped neighbours, one too few."""
    if abs(len(one) - len(other)) == 1:
        long, short = sorted((one, other), key=len, reverse=True)
        return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    if len(one) != len(other):
        return False
    apart = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(apart) == 2 and apart[1] == apart[0] + 1:
        i, j = apart
        return one[i] == other[j] and one[j] == other[i]
    return len(apart) == 1


_LATEST = """
select id from customers_customer where site_id = %(site)s order by number desc limit %(newest)s
"""
_GIVEN = "select unnest(%(ids)s::uuid[]) as id"

# Both halves give pairs of cards shown; a merge has put those of one person under one id.
_LIKE = """
, pair as (
  select p.customer_id as a, q.customer_id as b, true as same, '' as p, '' as q
    from mine
    join customers_customerphone p on p.customer_id = mine.id and p.removed_at is null
    join customers_customerphone q on q.site_id = p.site_id and q.reversed = p.reversed
         and q.removed_at is null and q.customer_id <> p.customer_id
  union all
  select n.customer_id, o.customer_id, false, p.e164, q.e164
    from mine
    join customers_customername n on n.customer_id = mine.id and n.removed_at is null
         and length(n.name) > 1
    join lateral (
      select x.customer_id from customers_customername x
       where x.site_id = n.site_id and x.name = n.name and x.removed_at is null
         and x.customer_id <> n.customer_id
       limit 400
    ) o on true
    join customers_customerphone p on p.customer_id = n.customer_id and p.removed_at is null
    join customers_customerphone q on q.customer_id = o.customer_id and q.removed_at is null
)
select coalesce(a.merged_into_id, a.id), coalesce(b.merged_into_id, b.id), same, p, q
  from pair
  join customers_customer a on a.id = pair.a and a.erased_at is null
  join customers_customer b on b.id = pair.b and b.erased_at is null
 where coalesce(a.merged_into_id, a.id) <> coalesce(b.merged_into_id, b.id)
 order by same desc, a.number desc, b.number desc
"""
