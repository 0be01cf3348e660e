"""参观证对账: what is out and who answers for it, and how each visit and the day balance (CV-4.1)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from yingbin.people.calendar import ZONE, span
from yingbin.people.queries import names_of
from yingbin.rules.gone import colleague

from ..models import Fate, GateEvent, PassRevision, TourVisit, VisitorPass
from .gate_pages import PassLine, lines_of
from .passes import owners_of


@dataclass(frozen=True)
class OutLine:
    """A pass that isn't back, and who answers for it."""

    line: PassLine
    owner: str
    late: bool


@dataclass(frozen=True)
class Figures:
    """Revisions of passes: how many were issued, counted by the passes, and what became of each, counted by its fate."""

    issued: int
    returned: int
    void: int
    lost: int
    outstanding: int

    @property
    def holds(self) -> bool:
        """Whether issued = returned + void + lost + outstanding."""
        return self.issued == self.returned + self.void + self.lost + self.outstanding

    @property
    def is_done(self) -> bool:
        """Whether nothing is out any more."""
        return self.holds and not self.outstanding


@dataclass(frozen=True)
class Balance:
    """A visit in the evening."""

    visit: TourVisit
    figures: Figures


@dataclass(frozen=True)
class Evening:
    """What is left to be done before the gates close, lost passes among it; signed: the last time today that somebody wrote it down."""

    out: tuple[OutLine, ...]
    lost: tuple[PassLine, ...]
    balances: tuple[Balance, ...]
    total: Figures
    signed: GateEvent | None
    signed_by: str

    @property
    def late(self) -> int:
        """How many are out though their time is over."""
        return sum(one.late for one in self.out)

    @property
    def left_then(self) -> int:
        """How many were still out when it was signed."""
        return len(self.signed.answer.get("not_returned", ())) if self.signed else 0


def evening(site_id: UUID, at: datetime) -> Evening:
    """Today's passes and those of the days before that are still out; a handful of questions however many there are."""
    today = at.astimezone(ZONE).date()
    begin, end = span(today, today)
    touched = Q(fate=Fate.OUTSTANDING, starts_at__lt=end) | Q(starts_at__lt=end, ends_at__gte=begin)
    rows = VisitorPass.objects.filter(touched, site_id=site_id).select_related("visit")
    passes = list(rows.order_by("ends_at", "number"))
    visits = {row.visit_id: row.visit for row in passes}
    figures = _figures(visits)
    signed = GateEvent.objects.filter(site_id=site_id, event="day_end", at__range=(begin, end))
    last = signed.order_by("-number").first()
    return Evening(
        _out([row for row in passes if row.fate == Fate.OUTSTANDING], at),
        tuple(lines_of([row for row in passes if row.fate == Fate.LOST])),
        tuple(Balance(visits[one], told) for one, told in figures.items()),
        _added(figures.values()),
        last,
        names_of([last.by]).get(str(last.by), "") if last and last.by else "",
    )


def _out(rows: list[VisitorPass], at: datetime) -> tuple[OutLine, ...]:
    owners = owners_of(rows)
    names = names_of(set(owners.values()))
    return tuple(
        OutLine(line, colleague(names, owners[line.row.id]), line.row.ends_at < at)
        for line in lines_of(rows)
    )


def _figures(visits: Iterable[UUID]) -> dict[UUID, Figures]:
    """By visit; issued is counted apart from the fates, so that they can be held against each other."""
    issued: Counter[UUID] = Counter()
    passes = VisitorPass.objects.filter(visit__in=list(visits))
    for visit, revision in passes.order_by("number").values_list("visit_id", "revision"):
        issued[visit] += revision
    fates: Counter[tuple[UUID, str]] = Counter()
    revisions = PassRevision.objects.filter(visitor_pass__visit__in=list(issued))
    fates.update(revisions.values_list("visitor_pass__visit_id", "fate"))
    return {
        visit: Figures(
            many, *(fates[visit, f] for f in ("returned", "void", "lost", "outstanding"))
        )
        for visit, many in issued.items()
    }


def _added(figures: Iterable[Figures]) -> Figures:
    """The day: every column summed by itself."""
    told = list(figures)
    return Figures(
        sum(one.issued for one in told), sum(one.returned for one in told), sum(one.void for one in told),
        sum(one.lost for one in told), sum(one.outstanding for one in told),
    )  # fmt: skip
