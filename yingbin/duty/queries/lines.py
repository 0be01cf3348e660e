"""信息传递单, 报修, 损坏 of a place as a lead looks for them, and what one says beyond its matter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from yingbin.matters.asides import Aside
from yingbin.matters.models import Matter
from yingbin.pages.asked import uid
from yingbin.people.queries import Badge

from ..kinds import LINE_OF
from ..models import LineDetail
from .reports import sendings
from .visitors import told

WHICH = {
    "open": "没办完的",
    "late": "已超时",
    "waiting": "等人接手",
    "finished": "等验收、等办结",
    "ended": "已办完",
}


@dataclass(frozen=True)
class LineFilter:
    """What a lead looks for: a key of `WHICH`, a kind, a post, an owner; none for all."""

    which: str = "open"
    kind: str = ""
    post: UUID | None = None
    owner: UUID | None = None


def lines_at(site_id: UUID, wanted: LineFilter, at: datetime) -> QuerySet[Matter]:
    """The lines of a place, what is due first; those that ended, the newest first."""
    kinds = [wanted.kind] if wanted.kind else list(LINE_OF)
    rows = Matter.objects.filter(site_id=site_id, kind__in=kinds, subject_app="duty.post")
    if wanted.post:
        rows = rows.filter(subject_id=wanted.post)
    if wanted.owner:
        rows = rows.filter(owner_id=wanted.owner)
    if wanted.which == "ended":
        return rows.filter(closed_at__isnull=False).order_by("-closed_at", "-number")
    rows = rows.filter(_STANDING.get(wanted.which, Q()), closed_at__isnull=True)
    if wanted.which == "late":
        rows = rows.filter(due_at__lt=at)
    return rows.order_by(F("due_at").asc(nulls_last=True), "number")


_STANDING = {"waiting": Q(state="offered"), "finished": Q(stage="finished")}


def owners_of(site_id: UUID) -> list[UUID]:
    """Whose lines are open at a place."""
    rows = Matter.objects.filter(site_id=site_id, kind__in=LINE_OF, closed_at__isnull=True)
    found = rows.values_list("owner_id", flat=True).distinct()
    return [who for who in found if who]


def asides(badge: Badge, matter: Matter) -> list[Aside]:
    """What a line's page says beside the matter: its post, its asset, what a damage is worth, its report."""
    if matter.kind not in LINE_OF:
        return []
    row = LineDetail.objects.filter(matter=matter).select_related("asset").first()
    return [] if row is None else list(_told(badge, matter, row))


def _told(badge: Badge, matter: Matter, row: LineDetail) -> list[Aside]:
    found: list[Aside] = []
    if row.asset:
        opens = badge.may("duty.stand")
        link = reverse("duty:asset", args=[row.asset.id]) if opens else ""
        found.append(Aside("设备", f"{row.asset.number} 号 {row.asset.name}", link))
    if row.supplier:
        found.append(Aside("供应商", row.supplier))
    if matter.kind != "damage":
        return found
    if row.value is not None:
        found.append(Aside("估价", f"{row.value} 元"))
    found.append(Aside("谁造成的", LineDetail.Cause(row.cause).label))
    found += _group(badge, matter)
    if row.happened_at:
        found.append(Aside("发生时间", at=row.happened_at))
    if row.present:
        found.append(Aside("在场的人", row.present))
    page = "duty:sending" if badge.may("duty.stand") else "duty:damage_sheet"
    sheet = reverse(page, args=[matter.id])
    found.append(Aside("报告单", "A4，交地产公司相关部门", sheet))
    return [*found, *_sent(matter)]


def _group(badge: Badge, matter: Matter) -> Iterator[Aside]:
    """Which group of a show flat broke it; a sales centre's stands on the customer's card."""
    visit = uid(str(matter.about.get("visit") or ""))
    words, opens = told(badge, visit) if visit else ("", False)
    if visit and words:
        yield Aside("哪批客人", words, reverse("duty:guests", args=[visit]) if opens else "")


def _sent(matter: Matter) -> Iterator[Aside]:
    """To whom the report went, the last first."""
    for one in sendings(matter.id)[:5]:
        yield Aside("报告单发给", f"{one.row.to_whom}，{one.by}，{one.words} ", at=one.row.at)
