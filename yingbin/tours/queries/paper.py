"""《预约访问申请表》 on A4 as the trade knows it: the nine areas with their passes, 公司批示, 负责人 (CV-3.2.1)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yingbin.people.queries import Badge, names_of
from yingbin.rules.gate.gatefile import AREAS

from ..models import TourEvent, TourVisit
from ..words import AREA_WORDS, CLASS_WORDS, area_words
from .one import VisitPage, page_of


@dataclass(frozen=True)
class PaperArea:
    """A line of the nine. passes: counted from those that are valid; why: said where it isn't open."""

    title: str
    wanted: bool
    state: str
    passes: int
    persons: int
    why: str


@dataclass(frozen=True)
class PaperPage:
    """The form, filled in."""

    shown: VisitPage
    areas: tuple[PaperArea, ...]
    approved_by: str
    approved_at: datetime | None
    guide: str
    senior: str


def paper_of(badge: Badge, row: TourVisit, at: datetime) -> PaperPage:
    """The form of a visit as it stands."""
    shown = page_of(badge, row, at)
    done = row.state["done"]
    said = TourEvent.objects.filter(visit=row, event="company", fields__answer="approved")
    last = said.order_by("-index").first() if row.state["company"] else None
    ids = [*(UUID(done[task]) for task in ("guide", "senior") if task in done)]
    names = names_of([*ids, *([last.by] if last and last.by else [])])
    return PaperPage(
        shown,
        _areas(row, shown),
        names.get(str(last.by), "") if last else "",
        last.at if last else None,
        names.get(done.get("guide", ""), ""),
        names.get(done.get("senior", ""), ""),
    )


def _areas(row: TourVisit, shown: VisitPage) -> tuple[PaperArea, ...]:
    stands = {name: state for name, state, _ in row.state["areas"]}
    reasons = {line.name: line.reason for line in shown.areas}
    return tuple(_area(row, name, stands.get(name, ""), reasons.get(name, "")) for name in AREAS)


def _area(row: TourVisit, name: str, state: str, reason: str) -> PaperArea:
    valid = [(areas, persons) for _, areas, persons, good in row.state["passes"] if good]
    mine = [persons for areas, persons in valid if name in areas]
    why = f"{CLASS_WORDS[row.klass]}不参观" if state == "closed" else reason
    said = area_words(state, row.status)
    return PaperArea(AREA_WORDS[name], bool(state), said, len(mine), sum(mine), why)
