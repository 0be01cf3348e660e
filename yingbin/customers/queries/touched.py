"""What has happened to cards since they were made: whether one may still be taken back."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, Q

from yingbin.journal.models import Entry

from ..models import Consent, Customer, CustomerName, CustomerPhone, Merge, ReceiverOfRecord


def touched_cards(site_id: UUID, ids: Iterable[UUID], since: int, own: set[int]) -> dict[UUID, str]:
    """Cards somebody changed after the journal's entry `since`, with what it was in Chinese.

    own: the entries that made the cards; receivers given by them don't count.
    """
    wanted = list(ids)
    about = {"site_id": site_id, "customer_id__in": wanted}
    found: dict[UUID, str] = {}
    later = Q(removed_at__isnull=False) | Q(added_at__gt=F("customer__registered_at"))
    for model in (CustomerName, CustomerPhone):
        _note(found, model.objects.filter(later, **about).values_list("customer_id"), "卡片改过")
    told = Entry.objects.filter(
        site_id=site_id, seq__gt=since, kind="customer.edited", body__customer__in=_texts(wanted)
    ).values_list("body__customer")
    _note(found, [(UUID(one),) for (one,) in told], "卡片改过")
    given = ReceiverOfRecord.objects.filter(**about).exclude(seq__in=own)
    _note(found, given.values_list("customer_id"), "换过接待人")
    _note(found, Consent.objects.filter(**about).values_list("customer_id"), "有同意记录")
    _note(
        found, Customer.objects.filter(id__in=_merged(site_id, wanted)).values_list("id"), "合并过"
    )
    return found


def _merged(site_id: UUID, wanted: list[UUID]) -> set[UUID]:
    rows = Merge.objects.filter(Q(into__in=wanted) | Q(source__in=wanted), site_id=site_id)
    return {one for pair in rows.values_list("into_id", "source_id") for one in pair} & set(wanted)


def _texts(ids: list[UUID]) -> list[str]:
    return [str(one) for one in ids]


def _note(found: dict[UUID, str], rows: Iterable[tuple[UUID, ...]], why: str) -> None:
    for row in rows:
        found.setdefault(row[0], why)
