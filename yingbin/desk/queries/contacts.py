"""What the desk has to do, and had, with a home or a person: a line each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet

from yingbin.matters.queries import names_of_parties, parties_of, title_of
from yingbin.matters.words import status_of
from yingbin.people.queries import Badge
from yingbin.rules.gone import colleague
from yingbin.rules.matters import KINDS

from ..models import DeskMatter
from .lists import theirs

SHOWN = 30


@dataclass(frozen=True)
class MatterLine:
    """A matter as the box tells it. who: whoever holds it; said: its number in the register."""

    id: UUID
    said: str
    kind: str
    title: str
    status: str
    who: str
    opened_at: datetime
    due_at: datetime | None
    overdue: bool
    is_open: bool


def lines_of(rows: Iterable[DeskMatter], at: datetime) -> dict[UUID, MatterLine]:
    """These matters as lines, by the desk's own id; two queries for any number."""
    kept = list(rows)
    names = names_of_parties(p for row in kept for p in parties_of(row.matter))
    return {row.id: _line(row, names, at) for row in kept}


def of_home(badge: Badge, home_id: UUID, at: datetime) -> list[MatterLine]:
    """A home's matters, the open ones first; nothing for who doesn't see the desk's."""
    return _lines(badge, theirs(badge).filter(home_id=home_id), at)


def of_person(badge: Badge, customer_ids: Iterable[UUID], at: datetime) -> list[MatterLine]:
    """What a person told, by all their cards, the open matters first."""
    who = list(customer_ids)
    rows = theirs(badge).filter(matter__site_id=badge.here, matter__customer_id__in=who)
    return _lines(badge, rows, at)


def _lines(badge: Badge, rows: QuerySet[DeskMatter], at: datetime) -> list[MatterLine]:
    if not badge.may("desk.see"):
        return []
    rows = rows.select_related("matter")
    first = F("matter__closed_at").desc(nulls_first=True)
    page = list(rows.order_by(first, "-seq")[:SHOWN])
    found = lines_of(page, at)
    return [
        found[row.id]
        for row in sorted(page, key=lambda r: (r.matter.closed_at is not None, -r.seq))
    ]


def _line(row: DeskMatter, names: Mapping[str, str], at: datetime) -> MatterLine:
    one = row.matter
    owner, holder, offered = parties_of(one)
    return MatterLine(
        id=one.id,
        said=row.said,
        kind=title_of(one.kind),
        title=one.title,
        status=status_of(one.state, one.stage, KINDS.get(one.kind)),
        who=colleague(names, offered or holder or owner),
        opened_at=one.opened_at,
        due_at=one.due_at,
        overdue=bool(one.due_at and not one.closed_at and one.due_at < at),
        is_open=one.closed_at is None,
    )
