"""设备 as pages show them: the list, one with its history, by its label; faults that wait to be looked at."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from yingbin.files.queries import Shown, files_of
from yingbin.matters.models import Matter
from yingbin.matters.words import status_of
from yingbin.people.queries import Badge, names_of
from yingbin.rules import matters as rule

from ..files import ASSET, FAULT
from ..models import Asset, FaultReport


def assets(site_id: UUID) -> QuerySet[Asset]:
    """What the place has, by number, with how many lines of each are open (`open_lines`)."""
    still = Count("lines", filter=Q(lines__matter__closed_at__isnull=True))
    rows = Asset.objects.filter(site_id=site_id, given_up_at__isnull=True)
    return rows.select_related("post").annotate(open_lines=still).order_by("number")


def asset(site_id: UUID, asset_id: UUID) -> Asset | None:
    """One of them, also one that was given up."""
    return Asset.objects.filter(site_id=site_id, id=asset_id).select_related("post").first()


def by_mark(mark: str) -> Asset | None:
    """What a label belongs to, wherever it is."""
    rows = Asset.objects.filter(mark=mark, given_up_at__isnull=True)
    return rows.select_related("site", "post").first()


def photos_of(one: Asset) -> tuple[Shown, ...]:
    """Its photos."""
    return files_of(one.site_id, ASSET.id, [one.id]).get(one.id, ())


@dataclass(frozen=True)
class PastLine:
    """A line of an asset as its history shows it; opens: whether this person may open it."""

    matter: Matter
    kind: str
    status: str
    opens: bool


def history(badge: Badge, one: Asset) -> tuple[PastLine, ...]:
    """Every line of an asset, the newest first; one question."""
    rows = Matter.objects.filter(site_id=one.site_id, line__asset=one).order_by("-opened_at")
    return tuple(_past(badge, matter) for matter in rows[:100])


def _past(badge: Badge, matter: Matter) -> PastLine:
    kind = rule.KINDS.get(matter.kind)
    part = badge.staff_id in (matter.owner_id, matter.holder_id, matter.opened_by)
    return PastLine(
        matter,
        kind.title if kind else matter.kind,
        status_of(matter.state, matter.stage, kind),
        part or badge.may("matters.oversee"),
    )


@dataclass(frozen=True)
class Fault:
    """A fault that somebody told, with its photos; by: who decided about it."""

    report: FaultReport
    photos: tuple[Shown, ...]
    by: str


def faults(site_id: UUID) -> tuple[list[Fault], list[Fault]]:
    """Those that wait, the oldest first, and the last that were decided about; four questions."""
    rows = FaultReport.objects.filter(site_id=site_id).select_related("asset", "asset__post")
    waiting = list(rows.filter(state=FaultReport.State.WAITING).order_by("made_at")[:60])
    decided = list(rows.exclude(state=FaultReport.State.WAITING).order_by("-made_at")[:20])
    photos = files_of(site_id, FAULT.id, [r.id for r in (*waiting, *decided)])
    names = names_of([r.decided_by for r in decided if r.decided_by])

    def shown(row: FaultReport) -> Fault:
        return Fault(row, photos.get(row.id, ()), names.get(str(row.decided_by), ""))

    return [shown(r) for r in waiting], [shown(r) for r in decided]


def fault(site_id: UUID, fault_id: UUID) -> FaultReport | None:
    """One of them."""
    rows = FaultReport.objects.filter(site_id=site_id, id=fault_id)
    return rows.select_related("asset").first()


def waiting_faults(site_id: UUID) -> int:
    """How many wait to be looked at."""
    rows = FaultReport.objects.filter(site_id=site_id, state=FaultReport.State.WAITING)
    return rows.count()


def in_warranty(one: Asset, at: datetime) -> bool:
    """Whether its supplier still owes its repair: to the end of its last day as people here count days."""
    return one.warranty_until is not None and one.warranty_until >= timezone.localdate(at)
