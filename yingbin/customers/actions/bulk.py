"""Many cards at once, inside a write whose one journal entry commits to all of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from yingbin.journal.commit import new_salt
from yingbin.journal.copying import copy_in
from yingbin.journal.write import Pen
from yingbin.people.ids import uuid7
from yingbin.people.rows import actor, next_number

from .. import terms
from ..models import Customer, CustomerName, CustomerPhone, ReceiverOfRecord


@dataclass(frozen=True)
class NewCard:
    """A card to be made; `seen_at` when the customer was here last. Made before the lock is taken."""

    names: tuple[str, ...]
    phones: tuple[str, ...]
    title: str
    seen_at: datetime
    terms: tuple[str, ...]
    id: UUID = field(default_factory=uuid7)


def new_card(
    site_id: UUID, names: Sequence[str], phones: Sequence[str], title: str, seen_at: datetime
) -> NewCard:
    """What takes time about a card, done without the lock; names and E.164 numbers, first ones first."""
    found = tuple(terms.of_names(site_id, names))
    return NewCard(tuple(names), tuple(phones), title, seen_at, found)


def make_cards(*, pen: Pen, cards: Sequence[NewCard]) -> None:
    """Makes the cards (inside a write); the caller's journal entry stands for them."""
    if not cards:
        return
    copy_in(
        Customer(
            id=c.id,
            site_id=pen.site_id,
            number=n,
            title=c.title,
            terms=list(c.terms),
            registered_at=pen.at,
            registered_by=actor(pen),
            last_seen_at=c.seen_at,
        )
        for n, c in enumerate(cards, start=next_number(Customer, pen.site_id))
    )
    made = {"site_id": pen.site_id, "added_at": pen.at, "added_by": actor(pen)}
    copy_in(
        CustomerName(customer_id=c.id, name=name, primary=not n, salt=new_salt(), **made)
        for c in cards
        for n, name in enumerate(c.names)
    )
    copy_in(
        CustomerPhone(customer_id=c.id, e164=phone, primary=not n, salt=new_salt(), **made)
        for c in cards
        for n, phone in enumerate(c.phones)
    )


def give_receivers(
    *, pen: Pen, receivers: Mapping[UUID, UUID | None], seq: int, reason: str
) -> None:
    """Whose customers these are from now on (inside a write), under the caller's journal entry `seq`."""
    copy_in(
        ReceiverOfRecord(
            site_id=pen.site_id,
            customer_id=customer_id,
            staff_id=staff_id,
            seq=seq,
            since=pen.at,
            by=actor(pen),
            reason=reason[:200],
            clause="TQ-3",
        )
        for customer_id, staff_id in receivers.items()
    )


def withdraw_cards(*, pen: Pen, customer_ids: Iterable[UUID]) -> int:
    """Takes cards out of use that should never have been made (inside a write); how many."""
    ids = list(customer_ids)
    live = {"site_id": pen.site_id, "customer_id__in": ids, "removed_at__isnull": True}
    CustomerName.objects.filter(**live).update(removed_at=pen.at)
    CustomerPhone.objects.filter(**live).update(removed_at=pen.at)
    cards = Customer.objects.filter(site_id=pen.site_id, id__in=ids, erased_at__isnull=True)
    return cards.update(erased_at=pen.at, terms=[])
