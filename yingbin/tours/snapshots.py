"""How a visit stood at one moment, so that what changed can be told."""

from dataclasses import dataclass

from yingbin.people.policy_rows import Plain
from yingbin.rules.tours import judging, plan
from yingbin.rules.tours.house import House
from yingbin.rules.tours.visit import Visit, Window

from . import folding
from .models import TourVisit


@dataclass(frozen=True)
class Snapshot:
    """told: as its row keeps it; asked: areas whose departments are asked; owners: whose tasks its plan has."""

    told: Plain
    status: str
    asked: frozenset[str]
    open: frozenset[str]
    company_asked: bool
    plan_sent: bool
    owners: frozenset[str]
    passes: frozenset[str]
    window: Window


def snapshot(house: House, visit: Visit) -> Snapshot:
    """A visit as it stands now."""
    row, status = TourVisit(), house.status(visit)
    folding.show(row, visit, status)
    answered = visit.ended is None and status != "declined"
    return Snapshot(
        folding.told(row),
        status,
        frozenset(visit.in_state("asked") if answered else ()),
        frozenset(visit.in_state("open")),
        visit.ended is None and judging.is_company_asked(visit, house.company),
        visit.plan_sent,
        frozenset(job.owner for job in plan.plan(visit, house.company)),
        frozenset(paper.name for paper in visit.passes if paper.valid),
        visit.window,
    )
