"""What the rules would accept from somebody now: tried on the visit as it stands, without writing anything."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from yingbin.people.policy_rows import Plain
from yingbin.rules.malformed import Malformed
from yingbin.rules.times import HERE, written
from yingbin.rules.tours.decide import VisitFold
from yingbin.rules.tours.pack import CLASSES, GROUNDS
from yingbin.rules.tours.plan import plan
from yingbin.rules.tours.refusal import VisitRefusal
from yingbin.rules.tours.visit import Visit
from yingbin.rules.tours.visitfile import RECEPTION, SERVED, Event

from . import folding
from .models import TourVisit
from .office import Standing

# Names under which the answers of one event are told apart.
_EVENTS = {"area_open": "area", "area_refused": "area", "who_guide": "task", "who_senior": "task"}


@dataclass(frozen=True)
class Allowed:
    """What would be accepted, with the values that a choice may have: `area_open` → areas, `who_guide` → people."""

    events: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __contains__(self, event: object) -> bool:
        return event in self.events

    def choices(self, event: str) -> tuple[str, ...]:
        """What may be chosen of an event: areas, grounds, classes, tasks."""
        return self.events.get(event, ())


class Look:
    """A visit among those a decision of now looks at, to be looked at and tried on; nothing is written."""

    def __init__(self, row: TourVisit, stands: Standing, at: datetime) -> None:
        self.row, self.stands = row, stands
        self.at = at.astimezone(HERE).replace(microsecond=0)
        rows = folding.looked_at(row.site_id, self.at, stands.packs)
        self.rows = rows if row in rows else [*rows, row]
        self.fold = VisitFold(stands.file)
        self.house = self.fold.house
        now = folding.house_of(row.site_id, stands, self.rows)
        self.house.visits, self.house.stock = now.visits, now.stock
        self.fold.clock.note(self.at)

    @property
    def visit(self) -> Visit:
        """The visit as it stands."""
        return self.house.visits[str(self.row.id)]

    def allowed(self, who: UUID) -> Allowed:
        """Every event that the rules would accept of this person at this moment."""
        found: dict[str, list[str]] = {}
        for name, value, told in self._tries(str(who)):
            event = _EVENTS.get(name, name)
            if self.accepts(event, told) and value not in found.setdefault(name, []):
                found[name].append(value)
        return Allowed({event: tuple(values) for event, values in found.items() if values})

    def accepts(self, kind: str, told: Plain) -> bool:
        """Whether the rules would accept it; the visit stays as it is."""
        kept, stock = self.visit, self.house.stock
        try:
            self.house.visits[kept.name] = folding.whole(self.row, self.stands)
            self.fold.take(Event(self.at, kind, kept.name, told))
        except (VisitRefusal, Malformed):
            return False
        finally:
            self.house.visits[kept.name], self.house.stock = kept, stock
        return True

    def tried(self, kind: str, told: Plain) -> Visit | None:
        """The visit as it would be after an event, and what would follow from it; None where it would be refused."""
        name = str(self.row.id)
        self.house.visits[name] = folding.whole(self.row, self.stands)
        try:
            self.fold.take(Event(self.at, kind, name, told))
        except (VisitRefusal, Malformed):
            return None
        self.house.settle(self.at)
        return self.visit

    def _tries(self, who: str) -> Iterator[tuple[str, str, Plain]]:
        """Every event once for each value that may make a difference."""
        visit, company = self.visit, self.house.company
        by: Plain = {"by": who, "reason": "…", "asked_by": "…"}
        for klass in CLASSES:
            yield "reclass", klass, {**by, "to": klass}
        for area in visit.areas:
            for answer in ("open", "refused"):
                yield f"area_{answer}", area, {**by, "area": area, "answer": answer}
        for answer in ("approved", "refused"):
            yield "company", answer, {**by, "answer": answer}
        for ground in GROUNDS:
            yield "exception", ground, {**by, "ground": ground}
        yield "edit", "all", {"headcount": visit.headcount + 1}
        yield "edit", "to", {"to": written(visit.window.end + timedelta(minutes=1))}
        yield "withdraw", "", {}
        for job in plan(visit, company):
            again = visit.done.get(job.task)
            if job.task in ("guide", "senior"):
                people = company.seniors if job.task == "senior" else company.departments[RECEPTION]
                for one in sorted(people):
                    yield f"who_{job.task}", one, {**by, "task": job.task, "who": one}
            elif job.task != "passes" and (again is None or job.task == "direction"):
                yield "task", job.task, {**by, "task": job.task, "serve": self._serve(visit)}
        if not visit.plan_sent:
            yield "send_plan", "", by
        if not visit.photo:
            yield "permit_photo", "", by
        for area in visit.in_state("open"):
            yield "issue", area, {**by, "areas": [area], "persons": 1, "pass": "…", "escort": "…"}

    @staticmethod
    def _serve(visit: Visit) -> str:
        return next(one for one in SERVED if one != visit.done.get("direction"))
