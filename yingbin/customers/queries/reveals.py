"""Who looked at full numbers: the manager's page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yingbin.pages.phones import masked
from yingbin.people.models import Staff
from yingbin.people.queries import names_of
from yingbin.rules.gone import colleague

from ..models import CustomerPhone, Reveal
from .cards import Shown, shown_as


@dataclass(frozen=True)
class Seen:
    """One look at a full number."""

    at: datetime
    who: str
    why: str
    customer: Shown
    phone: str


def reveals(
    site_id: UUID, *, by: UUID | None = None, customer_id: UUID | None = None, limit: int = 100
) -> list[Seen]:
    """The latest looks at full numbers, of everyone or one person: five queries for any number."""
    rows = Reveal.objects.filter(site_id=site_id).select_related("phone").order_by("-at", "-id")
    if by is not None:
        rows = rows.filter(by=by)
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    page = list(rows[:limit])
    people = names_of({r.by for r in page})
    cards = shown_as(site_id, {r.customer_id for r in page})
    gone = Shown(id=UUID(int=0), called="已删除的客户", phone="")
    return [
        Seen(
            at=r.at,
            who=colleague(people, r.by),
            why=r.why,
            customer=cards.get(r.customer_id, gone),
            phone=masked(r.phone.e164),
        )
        for r in page
    ]


def whole_number_of(site_id: UUID, phone_id: UUID) -> str:
    """The full number (E.164) of a phone; for whoever has just logged that they look at it."""
    return CustomerPhone.objects.values_list("e164", flat=True).get(site_id=site_id, id=phone_id)


def colleagues_ever(site_id: UUID) -> list[Staff]:
    """Everybody who works or worked at the site: one query."""
    return list(Staff.objects.filter(assignments__site_id=site_id).distinct())
