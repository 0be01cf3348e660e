"""What was prepared for a visit, put together from its facts: analysis, rehearsals, companions, direction, meal, route."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from yingbin.people.policy_rows import Plain
from yingbin.rules.times import HERE, read, written
from yingbin.rules.tours.visit import Window
from yingbin.rules.tours.visitfile import RECEPTION, Company

from .models import HostingEvent, TourVisit

Answer = Literal["asked", "confirmed", "declined"]
ROOM = "room"  # a part of the route that is spent in the room
_KIND = HostingEvent.Kind


@dataclass(frozen=True)
class Written:
    """When something was written down, and by whom; none for the clock."""

    index: int
    at: datetime
    by: UUID | None


@dataclass(frozen=True)
class Note:
    """What the guests want to achieve, what they need, what to mind; each may have been erased."""

    mark: Written
    version: int
    aims: str
    needs: str
    care: str


@dataclass(frozen=True)
class Rehearsal:
    """A rehearsal that was signed off, or what has to be mended before it is. guide: who explained."""

    mark: Written
    held_at: datetime
    passed: bool
    mend: str
    guide: str


@dataclass(frozen=True)
class Companion:
    """A leader who was asked to accompany, for the time the visit then had, and what they said.

    number: the fact by which they were asked. answered: that of their last answer. deputy: whom they propose.
    """

    mark: Written
    who: str
    window: Window
    answer: Answer = "asked"
    answered: Written | None = None
    reason: str = ""
    deputy: str = ""

    @property
    def number(self) -> int:
        """What they were asked under."""
        return self.mark.index


@dataclass(frozen=True)
class Direction:
    """What the company directed to be served, who directed it, in their words."""

    mark: Written
    serve: str
    directed_by: str
    said: str


@dataclass(frozen=True)
class Meal:
    """A table that was booked. per_head in fen; approval: of one that costs more than the place allows."""

    mark: Written
    version: int
    starts_at: datetime
    guests: int
    ours: int
    per_head: int
    place: str
    diet: str
    note: str
    approval: str

    @property
    def total(self) -> int:
        """What it costs in all, in fen."""
        return self.per_head * (self.guests + self.ours)


@dataclass(frozen=True)
class Stop:
    """A part of the way: an area, or `ROOM`; how long; who explains there, "" the visit's guide."""

    area: str
    minutes: int
    who: str = ""


@dataclass(frozen=True)
class Route:
    """The way through the house, from the visit's beginning on."""

    mark: Written
    version: int
    stops: tuple[Stop, ...]

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return sum(stop.minutes for stop in self.stops)

    def timed(self, start: datetime) -> list[tuple[Stop, Window]]:
        """Each stop with its time, for a visit that begins then."""
        found, at = [], start
        for stop in self.stops:
            end = at + timedelta(minutes=stop.minutes)
            found.append((stop, Window(at, end)))
            at = end
        return found


@dataclass(frozen=True)
class Hosting:
    """All that was prepared for a visit. warned: what the clock has told already; dropped: leaders who were asked and
    aren't wanted any more."""

    notes: tuple[Note, ...] = ()
    rehearsals: tuple[Rehearsal, ...] = ()
    companions: tuple[Companion, ...] = ()
    directions: tuple[Direction, ...] = ()
    meals: tuple[Meal, ...] = ()
    route: Route | None = None
    warned: frozenset[str] = field(default_factory=frozenset)
    dropped: frozenset[str] = field(default_factory=frozenset)

    @property
    def note(self) -> Note | None:
        """The analysis as it stands."""
        return self.notes[-1] if self.notes else None

    @property
    def rehearsal(self) -> Rehearsal | None:
        """The last rehearsal."""
        return self.rehearsals[-1] if self.rehearsals else None

    @property
    def direction(self) -> Direction | None:
        """The direction that holds."""
        return self.directions[-1] if self.directions else None

    @property
    def meal(self) -> Meal | None:
        """The table as it is booked."""
        return self.meals[-1] if self.meals else None

    def companion(self, number: int) -> Companion | None:
        """Whoever was asked by this fact and is still wanted."""
        return next((one for one in self.companions if one.number == number), None)

    def unconfirmed(self, window: Window) -> list[Companion]:
        """Those who were asked and haven't answered, or said yes to another time."""
        return [
            one
            for one in self.companions
            if one.answer == "asked" or (one.answer == "confirmed" and one.window != window)
        ]


def explains(company: Company, area: str) -> frozenset[str]:
    """Who may explain in an area: reception, and the department it belongs to."""
    own = company.areas[area].department if area in company.areas else RECEPTION
    return company.departments[RECEPTION] | company.departments.get(own, frozenset())


def window_of(row: TourVisit) -> Window:
    """When a visit is, as the rules write times."""
    return Window(row.starts_at.astimezone(HERE), row.ends_at.astimezone(HERE))


def hosting_of(events: Iterable[HostingEvent]) -> Hosting:
    """What these facts of one visit come to; in their order."""
    found = Hosting()
    for event in events:
        found = _with(found, event, Written(event.index, event.at, event.by))
    return found


def hosting_by_visit(rows: Sequence[TourVisit]) -> Mapping[UUID, Hosting]:
    """What was prepared for each of these visits; one query."""
    events: dict[UUID, list[HostingEvent]] = {row.id: [] for row in rows}
    for event in HostingEvent.objects.filter(visit__in=events).order_by("visit_id", "index"):
        events[event.visit_id].append(event)
    return {visit: hosting_of(own) for visit, own in events.items()}


def hosting(row: TourVisit) -> Hosting:
    """What was prepared for a visit."""
    return hosting_by_visit([row])[row.id]


def _with(found: Hosting, event: HostingEvent, mark: Written) -> Hosting:
    return _PUT[event.kind](found, event, mark)


def _note(found: Hosting, event: HostingEvent, mark: Written) -> Hosting:
    aims, needs, care = (str(event.words.get(name, "")) for name in ("aims", "needs", "care"))
    one = Note(mark, len(found.notes) + 1, aims, needs, care)
    return replace(found, notes=(*found.notes, one))


def _rehearsal(found: Hosting, event: HostingEvent, mark: Written) -> Hosting:
    told = event.fields
    held_at, mend = read(told["held_at"]), event.words.get("mend", "")
    one = Rehearsal(mark, held_at, told["passed"], mend, told["guide"])
    return replace(found, rehearsals=(*found.rehearsals, one))


def _direction(found: Hosting, event: HostingEvent, mark: Written) -> Hosting:
    told = event.fields
    one = Direction(mark, told["serve"], told["directed_by"], event.words.get("said", ""))
    return replace(found, directions=(*found.directions, one))


def _meal(found: Hosting, event: HostingEvent, mark: Written) -> Hosting:
    told, said = event.fields, event.words
    one = Meal(
        mark, len(found.meals) + 1, read(told["at"]), told["guests"], told["ours"], told["per_head"],
        said.get("place", ""), said.get("diet", ""), said.get("note", ""), told.get("approval", ""),
    )  # fmt: skip
    return replace(found, meals=(*found.meals, one))


def _route(found: Hosting, event: HostingEvent, mark: Written) -> Hosting:
    stops = tuple(Stop(area, minutes, who) for area, minutes, who in event.fields["stops"])
    version = found.route.version + 1 if found.route else 1
    return replace(found, route=Route(mark, version, stops))


def _warned(found: Hosting, event: HostingEvent, mark: Written) -> Hosting:
    return replace(found, warned=found.warned | {event.mark})


def _asked(found: Hosting, event: HostingEvent, mark: Written) -> Hosting:
    told = event.fields
    one = Companion(mark, told["who"], Window(read(told["from"]), read(told["to"])))
    return replace(found, companions=(*found.companions, one))


def _dropped(found: Hosting, event: HostingEvent, mark: Written) -> Hosting:
    gone = {one.who for one in found.companions if one.number == event.fields["ask"]}
    rest = (one for one in found.companions if one.number != event.fields["ask"])
    return replace(found, companions=tuple(rest), dropped=found.dropped | gone)


def _answered(found: Hosting, event: HostingEvent, mark: Written) -> Hosting:
    told, reason = event.fields, event.words.get("reason", "")
    after = (
        replace(
            one, answer=told["answer"], answered=mark, reason=reason, deputy=told.get("deputy", "")
        )
        if one.number == told["ask"]
        else one
        for one in found.companions
    )
    return replace(found, companions=tuple(after))


_PUT: Mapping[str, Callable[[Hosting, HostingEvent, Written], Hosting]] = {
    _KIND.NOTE: _note,
    _KIND.REHEARSAL: _rehearsal,
    _KIND.ASK: _asked,
    _KIND.ANSWER: _answered,
    _KIND.DROP: _dropped,
    _KIND.DIRECTION: _direction,
    _KIND.MEAL: _meal,
    _KIND.ROUTE: _route,
    _KIND.WARNING: _warned,
}


def asked_for(window: Window) -> Plain:
    """A time as facts keep it."""
    return {"from": written(window.start), "to": written(window.end)}
