"""A customer's name or number on the lists of visits that aren't theirs: shown, and struck out by choice."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from yingbin.customers.models import CustomerName, CustomerPhone
from yingbin.customers.queries import Mention
from yingbin.journal.write import Pen

from .actions.guests import empty_guests
from .models import TourGuest

_KEY = "guest:"


@dataclass(frozen=True)
class GuestsThatAreThem:
    """Lines of lists of guests; a name alone may be a namesake's, a whole number is nobody else's."""

    def found(self, *, site_id: UUID, customer_ids: list[UUID]) -> list[Mention]:
        """All of them, the oldest first."""
        numbers = self._numbers(customer_ids)
        rows = self._rows(site_id, customer_ids).select_related("visit").order_by("seq", "number")
        return [
            Mention(
                f"{_KEY}{row.id}", f"{row.visit.said} 号来访的名单：{row.name}", "来访名单", row.at,
                bool(row.phone) and row.phone in numbers,
            )
            for row in rows
        ]  # fmt: skip

    def strike(
        self, *, pen: Pen, customer_ids: list[UUID], keys: Collection[str]
    ) -> dict[str, int]:
        """Empties the chosen ones; nothing else that is named in `keys`."""
        rows = self._rows(pen.site_id, customer_ids) if keys else TourGuest.objects.none()
        chosen = [row.id for row in rows if f"{_KEY}{row.id}" in keys]
        if not chosen:
            return {}
        gone = sorted(str(one) for one in chosen)
        pen.append("tours.words_erased", {"erased_rows": gone, "because": "customer"})
        return {"guests_named": empty_guests(pen, chosen)}

    def _rows(self, site_id: UUID, customer_ids: list[UUID]) -> "QuerySet[TourGuest]":
        names = CustomerName.objects.filter(customer_id__in=customer_ids).exclude(name="")
        same = Q(name__in=names.values("name")) | Q(phone__in=self._numbers(customer_ids))
        rows = TourGuest.objects.filter(same, site_id=site_id).exclude(salt="")
        return rows.exclude(visit__customer_id__in=customer_ids)

    @staticmethod
    def _numbers(customer_ids: list[UUID]) -> set[str]:
        rows = CustomerPhone.objects.filter(customer_id__in=customer_ids).exclude(e164="")
        return set(rows.values_list("e164", flat=True))


MENTIONS = GuestsThatAreThem()
