"""What a show flat of the project may know of this gallery: who receives whom it sent, and who came on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yingbin.customers.queries import Marks, Shown, marks_of, shown_as
from yingbin.customers.terms import bare_name

from ..models import Reception, Visit


def receiver_of(site_id: UUID, visit_id: UUID) -> UUID | None:
    """Who receives this group now; None while it waits."""
    rows = Reception.objects.filter(site_id=site_id, visit_id=visit_id, ended_at__isnull=True)
    return rows.values_list("receiver", flat=True).first()


@dataclass(frozen=True)
class GalleryGuest:
    """A group of customers of a day. marks: for comparing alone; called and phone (masked): for a page; customer: whose card."""

    id: UUID
    number: int
    at: datetime
    size: int
    marks: Marks
    called: str
    phone: str
    customer: UUID | None = None


def guests_of_day(site_id: UUID, day: date) -> list[GalleryGuest]:
    """The customers of a gallery's day, in the order they came; the same few questions however many they are."""
    rows = Visit.objects.filter(
        site_id=site_id, day__day=day, kind="customer", undone_at__isnull=True
    )
    visits = list(rows.order_by("number"))
    cards = [v.customer_id for v in visits if v.customer_id]
    shown, marks = shown_as(site_id, cards), marks_of(site_id, cards)
    return list(_guests(visits, shown, marks))


def _guests(
    visits: Iterable[Visit], shown: dict[UUID, Shown], marks: dict[UUID, Marks]
) -> Iterable[GalleryGuest]:
    for visit in visits:
        card = shown.get(visit.customer_id) if visit.customer_id else None
        own = marks.get(visit.customer_id, Marks()) if visit.customer_id else Marks()
        yield GalleryGuest(
            id=visit.id,
            number=visit.number,
            at=visit.arrived_at,
            size=visit.group_size,
            marks=Marks(own.name or bare_name(visit.called), own.phones),
            called=card.called if card else visit.called or "未留姓名的客户",
            phone=card.phone if card else "",
            customer=card.id if card else None,
        )
