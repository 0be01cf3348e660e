"""删除与查阅: one person's data handed to them, or erased on their request; what proves the turns stays."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from yingbin.journal.write import Pen
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused

from .. import queries
from ..models import Customer, CustomerName, CustomerPhone, Merge, ReceiverOfRecord, Reveal
from .desk import one_write

GONE = "（已按本人要求删除）"


def _providers(setting: str) -> list[Callable[..., Any]]:
    return [import_string(path) for path in getattr(settings, setting, [])]


def erase_person(
    *, site_id: UUID, key: str, by: UUID, at: datetime, customer_id: UUID, reason: str, sure: str
) -> dict[str, Any]:
    """Erases names, numbers and words of a customer and everything merged into the card; can't be undone.

    Ids, decisions, counts and signatures of staff stay: they prove the order and name nobody. `sure` must
    be the card's number, typed by hand. Raises `Refused` without it, without a reason, or while the
    customer is being received.
    """

    def work(pen: Pen) -> dict[str, Any]:
        ids = _erasable(pen, customer_id, reason, sure)
        counts = {"names": 0, "phones": 0}
        counts["names"] = CustomerName.objects.filter(customer_id__in=ids).count()
        counts["phones"] = CustomerPhone.objects.filter(customer_id__in=ids).count()
        for provider in _providers("YINGBIN_CUSTOMER_ERASERS"):
            counts |= provider(pen=pen, customer_ids=ids)
        _empty_cards(pen, ids, reason)
        body = {"customers": [str(i) for i in ids], "counts": counts}
        line = pen.append("customer.erased", body)
        return {"erased": len(ids), "receipt": line.receipt}

    payload = {"customer": str(customer_id), "reason": reason, "sure": sure}
    return one_write(
        site_id=site_id, key=key, verb="erase", by=by, at=at, payload=payload, work=work
    )


def _erasable(pen: Pen, customer_id: UUID, reason: str, sure: str) -> list[UUID]:
    ids = queries.family(pen.site_id, customer_id)
    if not ids:
        raise Refused(None, "没有找到这位客户，可能已经删除。")
    if not reason.strip():
        raise Refused(None, "请写明依据，例如：客户本人 11 月 20 日来信要求删除。")
    number = Customer.objects.values_list("number", flat=True).get(id=ids[0])
    if sure.strip() != str(number):
        raise Refused(None, f"删除后不能恢复。请手工输入客户编号 {number} 以确认。")
    for provider in _providers("YINGBIN_CUSTOMER_BUSY"):
        why = provider(site_id=pen.site_id, customer_ids=ids)
        if why:
            raise Refused(None, why)
    return ids


def _empty_cards(pen: Pen, ids: list[UUID], reason: str) -> None:
    CustomerName.objects.filter(customer_id__in=ids).update(name="", salt="", removed_at=pen.at)
    CustomerPhone.objects.filter(customer_id__in=ids).update(e164="", salt="", removed_at=pen.at)
    Merge.objects.filter(source_id__in=ids).update(why="", salt="")
    ReceiverOfRecord.objects.filter(customer_id__in=ids).update(reason=GONE, salt="")
    Customer.objects.filter(id__in=ids).update(
        title="", note="", terms=[], erased_at=pen.at, erased_why=reason.strip()[:200]
    )


def hand_out_person(
    *, site_id: UUID, key: str, by: UUID, at: datetime, customer_id: UUID, reason: str
) -> dict[str, Any]:
    """Keeps that a person's data was handed to them: each number in it counts as looked at."""

    def work(pen: Pen) -> dict[str, Any]:
        ids = queries.family(pen.site_id, customer_id)
        if not ids:
            raise Refused(None, "没有找到这位客户，可能已经删除。")
        if not reason.strip():
            raise Refused(None, "请写明依据，例如：客户本人到访要求查阅。")
        who, shown = actor(pen), []
        # Numbers taken off the card stand on the page too.
        for phone in CustomerPhone.objects.filter(customer_id__in=ids).exclude(e164=""):
            if who:
                row = Reveal.objects.create(
                    site_id=pen.site_id,
                    customer_id=phone.customer_id,
                    phone=phone,
                    by=who,
                    at=pen.at,
                    why=f"本人查阅：{reason.strip()}"[:80],
                )
                shown.append(str(row.id))
        body = {"customers": [str(i) for i in ids], "reveals": shown}
        line = pen.append("customer.handed_out", body)
        return {"receipt": line.receipt}

    payload = {"customer": str(customer_id), "reason": reason}
    return one_write(
        site_id=site_id, key=key, verb="hand_out", by=by, at=at, payload=payload, work=work
    )
