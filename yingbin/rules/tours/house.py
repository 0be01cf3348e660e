"""All visits of a company together, and what follows from any change: passes void, rooms and souvenirs given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from . import clashes, judging, plan
from .pack import Pack
from .visit import Paper, Visit
from .visitfile import Company


@dataclass
class House:
    """The company, its packs, its visits in order of opening, the souvenirs in stock."""

    company: Company
    packs: list[Pack]
    stock: int
    visits: dict[str, Visit] = field(default_factory=dict)

    def all(self) -> list[Visit]:
        """Every visit opened, in order."""
        return list(self.visits.values())

    def pack_on(self, moment: datetime) -> Pack:
        """The pack in force on the day of a moment."""
        return [pack for pack in self.packs if pack.since <= moment.date()][-1]

    def status(self, visit: Visit) -> str:
        """Where a visit stands."""
        return judging.status(visit, self.company)

    def in_area(self, visit: Visit, area: str) -> list[clashes.Clash]:
        """Clashes of a visit in an area."""
        return clashes.in_area(visit, area, self.company, self.all())

    def is_busy(self, visit: Visit, who: str) -> bool:
        """Whether another visit that hasn't ended has somebody as guide or senior at the same time."""
        return any(
            v is not visit
            and v.ended is None
            and who in (v.done.get("guide"), v.done.get("senior"))
            and visit.window.meets(v.window)
            for v in self.all()
        )

    def give_up_souvenirs(self, visit: Visit) -> None:
        """Back to stock."""
        self.stock += visit.souvenirs
        visit.souvenirs = 0

    def settle(self, now: datetime, *, giving: bool = True) -> None:
        """What follows from an event or a record, for every visit. giving: rooms and souvenirs are given out."""
        for visit in self.all():
            self._declined_or_not(visit, now)
            self._rights(visit)
            _void(visit, self._may_hold_passes(visit))
        if giving:
            for visit in self.all():
                if self.status(visit) == "approved":
                    visit.was_approved = True
                    self._give(visit)
        for visit in self.all():
            self._company_asked(visit, now)
            for task in list(visit.done):
                if not plan.in_plan(visit, self.company, task):
                    del visit.done[task]

    def _declined_or_not(self, visit: Visit, now: datetime) -> None:
        """When a visit stops being declined, its asked areas are asked as of that moment."""
        declined = self.status(visit) == "declined"
        if visit.was_declined and not declined:
            for area in visit.in_state("asked"):
                visit.areas[area].since = now
        visit.was_declined = declined

    def _rights(self, visit: Visit) -> None:
        gone = visit.ended in clashes.GONE
        if gone or not visit.offers:
            visit.room = None
        if gone or not visit.pack.hospitality[visit.klass].souvenirs:
            self.give_up_souvenirs(visit)

    def _may_hold_passes(self, visit: Visit) -> bool:
        against = judging.grounds(visit, self.company)
        return not (visit.ended in clashes.GONE or against or judging.needs_company(visit))

    def _give(self, visit: Visit) -> None:
        if visit.offers and visit.room is None:
            for room in clashes.big_enough(visit, self.company):
                if not clashes.holding(visit, room.name, self.all()):
                    visit.room = room.name
                    break
        if visit.pack.hospitality[visit.klass].souvenirs and not visit.souvenirs:
            wanted = 1 if visit.pack.souvenirs == "group" else visit.headcount
            if wanted <= self.stock:
                visit.souvenirs, self.stock = wanted, self.stock - wanted

    def _company_asked(self, visit: Visit, now: datetime) -> None:
        if not judging.is_company_asked(visit, self.company):
            visit.company_since = None
        elif visit.company_since is None:
            visit.company_since = now


def _void(visit: Visit, may_hold: bool) -> None:
    """Passes that are void from now on: all, those of an area not open, the last issued of too many."""
    for paper in visit.passes:
        if not may_hold or not all(visit.is_open(area) for area in paper.areas):
            paper.valid = False
    while (last := _one_too_many(visit)) is not None:
        last.valid = False


def _one_too_many(visit: Visit) -> Paper | None:
    """The last issued valid pass that covers an area in which they stand for more persons than come."""
    over = {area for area in visit.areas if visit.persons_in(area) > visit.headcount}
    held = [paper for paper in visit.passes if paper.valid and paper.areas & over]
    return held[-1] if held else None
