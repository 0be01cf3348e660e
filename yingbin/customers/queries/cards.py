"""One customer's card, and who may open it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from yingbin.pages.phones import masked
from yingbin.people.queries import Badge, names_of

from .. import terms
from ..models import (
    Consent,
    Customer,
    CustomerName,
    CustomerPhone,
    Merge,
    ReceiverOfRecord,
    Title,
    with_title,
)


@dataclass(frozen=True)
class Card:
    """A customer with all that is written on their card and on those merged into it."""

    customer: Customer
    names: list[CustomerName]
    phones: list[CustomerPhone]
    receivers: list[ReceiverOfRecord]
    consents: list[Consent]
    merges: list[Merge]
    people: Mapping[str, str]

    @property
    def name(self) -> str:
        """The name shown first, "" where none was left."""
        return self.names[0].name if self.names else ""

    @property
    def called(self) -> str:
        """The name with how the customer is addressed."""
        return called(self.name, self.customer)

    @property
    def receiver(self) -> ReceiverOfRecord | None:
        """The row that says whose customer this is now."""
        return self.receivers[0] if self.receivers else None

    @property
    def consent(self) -> Consent | None:
        """The customer's latest word on their data being kept."""
        return self.consents[0] if self.consents else None


def called(name: str, customer: Customer) -> str:
    """The name with how the customer is addressed, or that none was left."""
    return _called(name, customer.title)


def _called(name: str, title: str) -> str:
    label = Title(title).label if title else ""
    return with_title(name, label) if name else f"未留姓名的客户{label}"


def card(site_id: UUID, customer_id: UUID) -> Card | None:
    """The card, at the end of its chain of merges; None when it isn't this site's."""
    customer = _root(site_id, customer_id)
    if customer is None:
        return None
    ids = family(site_id, customer.id)
    receivers = list(_receivers(customer.id, ids))
    consents = list(Consent.objects.filter(customer_id__in=ids).order_by("-seq"))
    merges = list(
        Merge.objects.filter(site_id=site_id, undone_at__isnull=True, source_id__in=ids)
        .select_related("source")
        .order_by("-id")
    )
    return Card(
        customer=customer,
        names=list(names_on(customer)),
        phones=list(phones_on(customer)),
        receivers=receivers,
        consents=consents,
        merges=merges,
        people=_people(receivers, consents, merges),
    )


def _people(
    receivers: list[ReceiverOfRecord], consents: list[Consent], merges: list[Merge]
) -> Mapping[str, str]:
    ids = {r.staff_id for r in receivers} | {r.by for r in receivers}
    ids |= {c.by for c in consents} | {m.by for m in merges}
    return names_of({i for i in ids if i})


def _root(site_id: UUID, customer_id: UUID) -> Customer | None:
    found = (
        Customer.objects.select_related("merged_into")
        .filter(site_id=site_id, id=customer_id, erased_at__isnull=True)
        .first()
    )
    return (found.merged_into or found) if found else None


def family(site_id: UUID, customer_id: UUID) -> list[UUID]:
    """The ids of all cards shown as this one, itself first: what a history is looked up by."""
    root = _root(site_id, customer_id)
    if root is None:
        return []
    merged = Customer.objects.filter(site_id=site_id, merged_into=root).order_by("id")
    return [root.id, *merged.values_list("id", flat=True)]


def _of_family(customer: Customer) -> Q:
    return Q(customer=customer) | Q(customer__merged_into=customer)


def names_on(customer: Customer) -> QuerySet[CustomerName]:
    """Names on the card and those merged into it, the one shown first at the head."""
    live = CustomerName.objects.filter(_of_family(customer), removed_at__isnull=True)
    return live.annotate(own=Q(customer=customer)).order_by("-own", "-primary", "id")


def phones_on(customer: Customer) -> QuerySet[CustomerPhone]:
    """Phones on the card and those merged into it, the first one at the head."""
    live = CustomerPhone.objects.filter(_of_family(customer), removed_at__isnull=True)
    return live.annotate(own=Q(customer=customer)).order_by("-own", "-primary", "id")


def _receivers(root_id: UUID, ids: Iterable[UUID]) -> QuerySet[ReceiverOfRecord]:
    rows = ReceiverOfRecord.objects.filter(customer_id__in=list(ids))
    return rows.annotate(own=Q(customer_id=root_id)).order_by("-own", "-seq")


def receiver_of_record(site_id: UUID, customer_id: UUID) -> UUID | None:
    """Whose customer this is (TQ-8): the card's own latest row, else that of those merged in."""
    with connection.cursor() as cursor:
        cursor.execute(_RECEIVER, {"site": site_id, "customer": customer_id})
        row = cursor.fetchone()
    return row[0] if row else None


# One query, since every arrival of a known customer asks it under the site's lock.
_RECEIVER = """
with root as (
  select coalesce(merged_into_id, id) as id from customers_customer
   where site_id = %(site)s and id = %(customer)s and erased_at is null
)
select r.staff_id from root join customers_receiverofrecord r on r.customer_id in (
       select root.id union all
       select m.id from customers_customer m where m.merged_into_id = root.id)
 order by r.customer_id = root.id desc, r.seq desc limit 1
"""


def known_as(site_id: UUID, name: str, e164: str) -> Customer | None:
    """The customer with this phone who goes by this name, a part of it, or by none given."""
    wanted = terms.core(name)
    rows = (
        CustomerPhone.objects.filter(
            site_id=site_id,
            reversed=e164[::-1],
            removed_at__isnull=True,
            customer__erased_at__isnull=True,
        )
        .select_related("customer__merged_into")
        .order_by("-customer__last_seen_at")[:20]
    )
    for row in rows:
        customer = row.customer.merged_into or row.customer
        names = [terms.core(n.name) for n in names_on(customer)] or [""]
        if any(n.startswith(wanted) or wanted.startswith(n) for n in names):
            return customer
    return None


def may_open(badge: Badge, at: datetime, site_id: UUID, customer_id: UUID) -> bool:
    """Whether this person may open the whole card, not just find it.

    All cards for the desk and the manager; a salesperson opens those of their own customers, those
    nobody has yet, and whatever a wing opens to them (a group they look after today, TQ-8).
    """
    if badge.may("customers.all"):
        return True
    if not badge.may("customers.find"):
        return False
    if receiver_of_record(site_id, customer_id) in (None, badge.staff_id):
        return True
    ids = family(site_id, customer_id)
    openers: list[Opener] = [import_string(path) for path in settings.YINGBIN_CUSTOMER_OPENERS]
    return any(
        opens(site_id=site_id, customer_ids=ids, staff_id=badge.staff_id, at=at)
        for opens in openers
    )


class Opener(Protocol):
    """How a wing opens a card to somebody it is otherwise closed to."""

    def __call__(
        self, *, site_id: UUID, customer_ids: list[UUID], staff_id: UUID, at: datetime
    ) -> bool:
        """Whether this person may open the card now."""


@dataclass(frozen=True)
class Visited:
    """One line of a customer's history, as a wing tells it."""

    at: datetime
    title: str
    detail: str = ""
    link: str = ""


class Teller(Protocol):
    """How a wing tells a customer's history."""

    def __call__(self, *, badge: Badge, customer_ids: list[UUID]) -> Iterable[Visited]:
        """What this person may read of it."""


def history(badge: Badge, site_id: UUID, customer_id: UUID) -> list[Visited]:
    """What the wings tell this person of the customer, newest first; each is asked once."""
    ids = family(site_id, customer_id)
    tellers: list[Teller] = [import_string(path) for path in settings.YINGBIN_CUSTOMER_HISTORY]
    lines = [line for told in tellers for line in told(badge=badge, customer_ids=ids)]
    return sorted(lines, key=lambda line: line.at, reverse=True)


@dataclass(frozen=True)
class Shown:
    """How a customer is shown in lists: called and masked phone."""

    id: UUID
    called: str
    phone: str


_SHOWN = """
select c.id, r.id, r.title,
       (select n.name from customers_customername n
         where n.customer_id = r.id and n."primary" and n.removed_at is null limit 1),
       (select p.e164 from customers_customerphone p
         where p.customer_id = r.id and p."primary" and p.removed_at is null limit 1)
  from customers_customer c join customers_customer r on r.id = coalesce(c.merged_into_id, c.id)
 where c.site_id = %s and c.id = any(%s) and c.erased_at is null
"""


def shown_as(site_id: UUID, ids: Iterable[UUID]) -> dict[UUID, Shown]:
    """How these customers are shown, by the id asked for: one query for any number."""
    asked = list(set(ids))
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SHOWN, [site_id, asked])
        rows: list[tuple[UUID, UUID, str, str | None, str | None]] = cursor.fetchall()
    return {
        one: Shown(root, _called(name or "", title), masked(phone) if phone else "")
        for one, root, title, name, phone in rows
    }


def first_phone(site_id: UUID, customer_id: UUID) -> str:
    """The number shown first on the card, in E.164 form; for writes, never for a page. "" without one."""
    phones = CustomerPhone.objects.filter(
        site_id=site_id, customer_id__in=family(site_id, customer_id), removed_at__isnull=True
    )
    return phones.order_by("-primary", "id").values_list("e164", flat=True).first() or ""
