"""Decisions as a feed for other programs: page by page in the journal's order, or by receipt."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from ..models import GalleryDay, TurnDecision

# Before and after these there are no decisions; beyond them calendars run out.
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Page:
    """Some decisions; `next` is the seq to go on after, None when there are no more yet."""

    decisions: list[TurnDecision]
    next: int | None


def page(site_id: UUID, *, after: int, since: datetime | None, limit: int) -> Page:
    """About `limit` decisions after a seq; those of one event, which share a seq, are never parted."""
    ahead = _ahead(site_id, after, since)
    seqs = list(ahead.values_list("seq", flat=True)[: limit + 1])
    if not seqs:
        return Page([], None)
    last = seqs[:limit][-1]
    found = list(ahead.filter(seq__lte=last))
    more = len(seqs) > limit and (seqs[-1] > last or ahead.filter(seq__gt=last).exists())
    return Page(found, last if more else None)


def _ahead(site_id: UUID, after: int, since: datetime | None) -> QuerySet[TurnDecision]:
    found = TurnDecision.objects.filter(site_id=site_id, seq__gt=after).order_by("seq", "position")
    if since is None:
        return found
    since = min(max(since, EARLIEST), LATEST)
    days = GalleryDay.objects.filter(site_id=site_id, day__gte=timezone.localdate(since))
    return found.filter(day__in=days.values("id"), at__gte=since)


def under_receipt(site_id: UUID, code: str) -> list[TurnDecision]:
    """The decisions one receipt proves, in order; codes are told in any case, with or without a dash."""
    plain = code.upper().replace("-", "").replace(" ", "")[:16]
    codes = [plain, f"{plain[:4]}-{plain[4:]}"]
    found = TurnDecision.objects.filter(site_id=site_id, receipt__in=codes)
    return list(found.order_by("seq", "position"))


def decisions_by_id(site_id: UUID, ids: Collection[UUID]) -> list[TurnDecision]:
    """These decisions in the order they were made."""
    if not ids:
        return []
    return list(
        TurnDecision.objects.filter(site_id=site_id, id__in=ids).order_by("seq", "position")
    )
