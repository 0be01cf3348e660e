"""Lists of visits: the ledger, what waits for somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from yingbin.people.calendar import ZONE, span

from ..folding import GOING_ON
from ..models import TourVisit
from ..words import AREA_STATES, AREA_WORDS, STATUS_LOOKS, area_words

WHICH = {
    "coming": "要来的", "today": "今天", "waiting": "等答复", "approved": "已批准", "ended": "结束的", "all": "全部",
}  # fmt: skip


@dataclass(frozen=True)
class VisitLine:
    """A visit in a list. areas: each with its state in words."""

    row: TourVisit
    look: str
    areas: tuple[tuple[str, str], ...]

    @property
    def waits(self) -> int:
        """How many areas still wait for an answer."""
        return sum(state == AREA_STATES["asked"] for _, state in self.areas)


def narrowed(
    rows: QuerySet[TourVisit], which: str, words: str, at: datetime
) -> QuerySet[TourVisit]:
    """The visits of a tab, by number or a part of the visitor's name."""
    today = at.astimezone(ZONE).date()
    tabs = {
        "coming": GOING_ON,
        "today": Q(starts_at__range=span(today, today)),
        "waiting": Q(status__in=("awaiting", "needs_exception")),
        "approved": Q(status="approved"),
        "ended": ~GOING_ON,
        "all": Q(),
    }
    rows = rows.filter(tabs[which])
    if words:
        number = words.rpartition("-")[2]
        by_number = (
            Q(number=int(number))
            if number.isascii() and number.isdecimal() and len(number) < 9
            else Q(pk__in=[])
        )
        rows = rows.filter(Q(visitor__icontains=words) | by_number)
    ahead = which in ("coming", "today", "waiting", "approved")
    return rows.order_by("starts_at" if ahead else "-starts_at", "seq")


def lines(rows: Iterable[TourVisit]) -> list[VisitLine]:
    """These visits as lines."""
    return [
        VisitLine(
            row,
            STATUS_LOOKS[row.status],
            tuple((AREA_WORDS[n], area_words(s, row.status)) for n, s, _ in row.state["areas"]),
        )
        for row in rows
    ]
