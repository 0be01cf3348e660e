"""今天您带的客人: whom somebody leads, where to, and whether they may photograph (CV-4.3)."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Q

from yingbin.people.calendar import ZONE, span
from yingbin.people.queries import Badge

from ..models import Fate, VisitorPass
from .gate_pages import PassLine, lines_of


@dataclass(frozen=True)
class Led:
    """Passes of one visit that say the same: with that time, those areas, photographs or none."""

    lines: tuple[PassLine, ...]

    @property
    def row(self) -> VisitorPass:
        """The first of them."""
        return self.lines[0].row

    @property
    def areas(self) -> str:
        """Where to."""
        return self.lines[0].areas

    @property
    def persons(self) -> int:
        """For how many they stand."""
        return sum(one.row.persons for one in self.lines)

    @property
    def inside(self) -> int:
        """How many are on site."""
        return sum(one.inside for one in self.lines)

    @property
    def passes(self) -> str:
        """Which passes."""
        first, last = self.row.number, self.lines[-1].row.number
        return f"{first} 号证" if first == last else f"{first}—{last} 号共 {len(self.lines)} 张证"


def leading(badge: Badge, at: datetime) -> list[Led]:
    """The guests of today whom this person's passes name as escort, and those still on site; the next first."""
    today = at.astimezone(ZONE).date()
    begin, end = span(today, today)
    now = Q(fate=Fate.OUTSTANDING, starts_at__lt=end, ends_at__gte=begin) | Q(places__isnull=False)
    rows = VisitorPass.objects.filter(now, site_id=badge.here, escort=badge.staff_id)
    lines = lines_of(rows.select_related("visit").distinct().order_by("number"))
    lines.sort(key=lambda one: (*_same(one), one.row.number))
    return [Led(tuple(group)) for _, group in groupby(lines, key=_same)]


def _same(one: PassLine) -> tuple[datetime, datetime, str, bool, str]:
    row = one.row
    return row.starts_at, row.ends_at, str(row.visit_id), row.photo, one.areas
