"""Everything kept about one person, in sections, for that person to read (查阅、复制)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from yingbin.pages.phones import shown

from ..models import Consent, Customer, CustomerName, CustomerPhone, Reveal
from .cards import family


@dataclass(frozen=True)
class Section:
    """One kind of thing kept: its title, and rows of words."""

    title: str
    rows: list[list[str]] = field(default_factory=list)


def told(at: datetime | None) -> str:
    """A time as it is written for people."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""


def everything(site_id: UUID, customer_id: UUID) -> list[Section]:
    """All sections: the cards' own, then what the wings add."""
    ids = family(site_id, customer_id)
    sections = [_card(ids), _consents(ids), _looked(ids)]
    for path in getattr(settings, "YINGBIN_CUSTOMER_EXPORTERS", []):
        provider: Callable[..., list[Section]] = import_string(path)
        sections += provider(site_id=site_id, customer_ids=ids)
    return [s for s in sections if s.rows]


def _card(ids: list[UUID]) -> Section:
    rows = [
        ["姓名", n.name, told(n.added_at)] for n in CustomerName.objects.filter(customer_id__in=ids)
    ]
    rows += [
        ["电话", shown(p.e164), told(p.added_at)]
        for p in CustomerPhone.objects.filter(customer_id__in=ids)
    ]
    rows += [["备注", c.note, ""] for c in Customer.objects.filter(id__in=ids) if c.note]
    return Section("姓名与电话", rows)


def _consents(ids: list[UUID]) -> Section:
    found = Consent.objects.filter(customer_id__in=ids).order_by("seq")
    rows = [
        ["同意" if c.given else "撤回", f"告知文字 {c.wording_version}", told(c.at)] for c in found
    ]
    return Section("同意记录", rows)


def _looked(ids: list[UUID]) -> Section:
    found = Reveal.objects.filter(customer_id__in=ids).order_by("at")
    return Section("谁看过完整号码", [[told(r.at), r.why] for r in found])


def erased_lately(site_id: UUID) -> list[Customer]:
    """The last cards that were emptied, with the reason."""
    gone = Customer.objects.filter(site_id=site_id, erased_at__isnull=False)
    return list(gone.order_by("-erased_at")[:20])


def long_unseen(site_id: UUID, months: int, at: datetime) -> QuerySet[Customer]:
    """Customers not seen for so many months, longest first; none for 0 months (kept for ever)."""
    rows = Customer.objects.filter(
        site_id=site_id, erased_at__isnull=True, merged_into__isnull=True
    )
    if months <= 0:
        return rows.none()
    return rows.filter(last_seen_at__lt=at - timedelta(days=30 * months)).order_by("last_seen_at")
