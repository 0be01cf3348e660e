"""Cards whose terms an earlier version made are made findable by today's, a few at a time."""

import time
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from . import terms
from .models import TERMS_VERSION, Customer, CustomerName

CHUNK = 200
AT_MOST = 0.3  # seconds of a round


_FIRST = UUID(int=0)


@dataclass
class _Walk:
    """How far this worker has come in the order of ids; `over` after a walk that found nothing to do."""

    after: UUID = _FIRST
    over: bool = False


_walk = _Walk()


def tick() -> int:
    """Goes on for a moment; how many cards have new terms."""
    made, until = 0, time.monotonic() + AT_MOST
    while not _walk.over and time.monotonic() < until:
        cards = _chunk(_walk.after)
        made += len(cards)
        # Cards that somebody was writing on were passed over: once more from the first.
        _walk.over = not cards and _walk.after == _FIRST
        _walk.after = cards[-1].id if cards else _FIRST
    return made


def _chunk(after: UUID) -> list[Customer]:
    """Makes the terms of the next cards; locks no table, and waits for nobody who writes on a card."""
    with transaction.atomic():
        old = Customer.objects.select_for_update(skip_locked=True).filter(
            id__gt=after, terms_version__lt=TERMS_VERSION
        )
        cards = list(old.order_by("id").only("id", "site_id")[:CHUNK])
        names: dict[UUID, list[str]] = {card.id: [] for card in cards}
        live = CustomerName.objects.filter(customer__in=cards, removed_at__isnull=True)
        for customer_id, name in live.values_list("customer_id", "name"):
            names[customer_id].append(name)
        for card in cards:
            card.terms = terms.of_names(card.site_id, names[card.id])
            card.terms_version = TERMS_VERSION
        Customer.objects.bulk_update(cards, ["terms", "terms_version"])
    return cards
