"""删除与查阅: one person's data handed to them, or erased on their request; what proves the turns stays."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused
from yingbin.rules.gone import ERASED

from .. import queries
from ..models import Customer, CustomerName, CustomerPhone, Merge, ReceiverOfRecord, Reveal


class Eraser(Protocol):
    """How a wing empties its words about customers."""

    def __call__(self, *, pen: Pen, customer_ids: list[UUID]) -> dict[str, int]:
        """How many rows of each kind were emptied."""


class Hindrance(Protocol):
    """Why a wing can't let go of customers now."""

    def __call__(self, *, site_id: UUID, customer_ids: list[UUID]) -> str:
        """A sentence; "" where nothing stands in the way."""


def _erasers() -> list[Eraser]:
    return [import_string(path) for path in settings.YINGBIN_CUSTOMER_ERASERS]


def _hindrances() -> list[Hindrance]:
    return [import_string(path) for path in settings.YINGBIN_CUSTOMER_BUSY]


@dataclass(frozen=True)
class Erasure:
    """How many cards were emptied, and the receipt that says so."""

    cards: int
    receipt: str


@action("customers.erase")
def erase_person(
    pen: Pen, *, customer_id: UUID, reason: str, sure: str, also: tuple[str, ...] = ()
) -> Erasure:
    """Erases names, numbers and words of a customer and everything merged into the card; can't be undone.

    Ids, decisions, counts and signatures of staff stay: they prove the order and name nobody. `sure` must
    be the card's number, typed by hand. also: keys of `mentions_of`, words without a link that go with it. Raises `Refused` without it, without a reason, or while the
    customer is being received.
    """
    ids = _erasable(pen, customer_id, reason, sure)
    counts = {
        "names": CustomerName.objects.filter(customer_id__in=ids).count(),
        "phones": CustomerPhone.objects.filter(customer_id__in=ids).count(),
    }
    for keeper in queries.keepers():
        counts |= keeper.strike(pen=pen, customer_ids=ids, keys=also)
    for erase in _erasers():
        counts |= erase(pen=pen, customer_ids=ids)
    _empty_cards(pen, ids, reason)
    body = {"customers": [str(i) for i in ids], "counts": counts}
    return Erasure(len(ids), pen.append("customer.erased", body).receipt)


def _erasable(pen: Pen, customer_id: UUID, reason: str, sure: str) -> list[UUID]:
    ids = queries.family(pen.site_id, customer_id)
    if not ids:
        raise Refused(None, "没有找到这位客户，可能已经删除。请刷新页面。")
    if not reason.strip():
        raise Refused(None, "请写明依据，例如：客户本人 11 月 20 日来信要求删除。", about="reason")
    number = Customer.objects.values_list("number", flat=True).get(id=ids[0])
    if sure.strip() != str(number):
        words = f"删除后不能恢复。请手工输入客户编号 {number} 以确认。"
        raise Refused(None, words, about="sure")
    for hindrance in _hindrances():
        if why := hindrance(site_id=pen.site_id, customer_ids=ids):
            raise Refused(None, why)
    return ids


def _empty_cards(pen: Pen, ids: list[UUID], reason: str) -> None:
    CustomerName.objects.filter(customer_id__in=ids).update(name="", salt="", removed_at=pen.at)
    CustomerPhone.objects.filter(customer_id__in=ids).update(e164="", salt="", removed_at=pen.at)
    Merge.objects.filter(source_id__in=ids).update(why="", salt="")
    ReceiverOfRecord.objects.filter(customer_id__in=ids).update(reason=ERASED, salt="")
    Reveal.objects.filter(customer_id__in=ids).update(why=ERASED)
    Customer.objects.filter(id__in=ids).update(
        title="", note="", terms=[], erased_at=pen.at, erased_why=reason.strip()[:200]
    )


@action("customers.hand_out")
def hand_out_person(pen: Pen, *, customer_id: UUID, reason: str) -> str:
    """Keeps that a person's data was handed to them: each number in it counts as looked at. The receipt."""
    ids = queries.family(pen.site_id, customer_id)
    if not ids:
        raise Refused(None, "没有找到这位客户，可能已经删除。请刷新页面。")
    if not reason.strip():
        raise Refused(None, "请写明依据，例如：客户本人到访要求查阅。", about="reason")
    who = actor(pen)
    looks = _looks(pen, ids, who, f"本人查阅：{reason.strip()}"[:80]) if who else []
    body = {"customers": [str(i) for i in ids], "reveals": [str(look.id) for look in looks]}
    return pen.append("customer.handed_out", body).receipt


def _looks(pen: Pen, ids: list[UUID], who: UUID, why: str) -> list[Reveal]:
    """A look at every number, since those taken off the card stand on the page too."""
    phones = CustomerPhone.objects.filter(customer_id__in=ids).exclude(e164="")
    of = {"site_id": pen.site_id, "by": who, "at": pen.at, "why": why}
    rows = [Reveal(customer_id=phone.customer_id, phone=phone, **of) for phone in phones]
    return Reveal.objects.bulk_create(rows)
