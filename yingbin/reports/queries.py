"""Figures of a day, a week or a month at a gallery: read from facts within the period, in a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median, quantiles
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from yingbin.gallery.models import (
    GalleryDay,
    Needs,
    QueueState,
    Reception,
    TurnDecision,
    TurnEvent,
    Visit,
)
from yingbin.gallery.models.register import Purpose, Rooms, Source
from yingbin.matters.models import Matter
from yingbin.people import calendar
from yingbin.people.queries import names_of
from yingbin.rules.certificate import Made, fair_share, trace
from yingbin.rules.turns.decide import many_units

from .models import DayCertificate

AREAS = (
    (0, 89, "90㎡以下"),
    (90, 119, "90–119㎡"),
    (120, 143, "120–143㎡"),
    (144, 9999, "144㎡以上"),
)
BUDGETS = ((0, 199, "200万以下"), (200, 299, "200–299万"), (300, 100_000, "300万以上"))


@dataclass(frozen=True)
class Times:
    """How long things took, in minutes: how many, the middle one, what nine in ten stay under."""

    n: int = 0
    middle: float = 0.0
    ninety: float = 0.0


@dataclass(frozen=True)
class PersonLine:
    """One salesperson in the period; `gain` is turns by queue less the fair share."""

    id: str
    name: str
    counted: int
    uncounted: int
    earned: int
    owed: int
    share: float
    by_queue: int

    @property
    def gain(self) -> float:
        """Turns more (or less) than an equal part of those given while present."""
        return self.by_queue - self.share


@dataclass(frozen=True)
class Figures:
    """Everything the page shows of a period."""

    since: date
    until: date
    groups: int = 0
    guests: int = 0
    first: int = 0
    again: int = 0
    late: int = 0
    hours: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, int] = field(default_factory=dict)
    waiting: Times = field(default_factory=Times)
    receptions: Times = field(default_factory=Times)
    people: Sequence[PersonLine] = ()
    rooms: Mapping[str, int] = field(default_factory=dict)
    purposes: Mapping[str, int] = field(default_factory=dict)
    areas: Mapping[str, int] = field(default_factory=dict)
    budgets: Mapping[str, int] = field(default_factory=dict)
    followed: int = 0
    many_units: int = 0
    left: int = 0


def period(kind: str, day: date) -> tuple[date, date]:
    """First and last day of the day, week (from Monday) or month around a day."""
    if kind == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if kind == "month":
        first = day.replace(day=1)
        following = (first + timedelta(days=32)).replace(day=1)
        return first, following - timedelta(days=1)
    return day, day


def figures(site_id: UUID, since: date, until: date) -> Figures:
    """The figures of these days; eight queries however long the period.

    Groups count by the date on which they came, whatever day they are filed under; accounts by the gallery's days.
    """
    days = list(
        GalleryDay.objects.filter(site_id=site_id, day__range=(since, until)).order_by("day")
    )
    came = Visit.objects.filter(site_id=site_id, arrived_at__range=calendar.span(since, until))
    visits = list(came.filter(undone_at__isnull=True))
    guests = [v for v in visits if v.kind == "customer"]
    receptions = list(Reception.objects.filter(site_id=site_id, visit__in=came))
    needs = _latest_needs(site_id, guests)
    followed = set(
        Matter.objects.filter(
            site_id=site_id, kind="follow_up", subject_id__in=[v.id for v in guests]
        ).values_list("subject_id", flat=True)
    )
    return Figures(
        since=since,
        until=until,
        groups=len(guests),
        guests=sum(v.group_size for v in guests),
        first=sum(1 for v in guests if v.first_visit),
        again=sum(1 for v in guests if v.first_visit is False),
        late=sum(1 for v in visits if v.late_at),
        hours=_hours(guests),
        waiting=_waits(guests, receptions),
        receptions=_lasts(receptions),
        people=_people(site_id, days),
        followed=len(followed),
        many_units=sum(1 for v in guests if many_units(v.units_wanted or 0)),
        left=sum(1 for v in guests if v.left_at),
        **_wishes(needs),
    )


def _latest_needs(site_id: UUID, visits: list[Visit]) -> list[Needs]:
    rows = Needs.objects.filter(site_id=site_id, visit__in=visits).order_by("seq")
    return list({n.visit_id: n for n in rows}.values())


def _hours(visits: list[Visit]) -> dict[str, int]:
    """Groups by the hour in which they came, from the first to the last hour that had any."""
    found = Counter(timezone.localtime(v.arrived_at).hour for v in visits)
    if not found:
        return {}
    return {f"{h}时": found[h] for h in range(min(found), max(found) + 1)}


def _wishes(needs: list[Needs]) -> dict[str, dict[str, int]]:
    return {
        "sources": _counted((n.source for n in needs), dict(Source.choices)),
        "rooms": _in_order((n.rooms for n in needs), dict(Rooms.choices)),
        "purposes": _counted((n.purpose for n in needs), dict(Purpose.choices)),
        "areas": _banded([_mid(n.area_min, n.area_max) for n in needs], AREAS),
        "budgets": _banded([_mid(n.budget_min, n.budget_max) for n in needs], BUDGETS),
    }


def _counted(codes: Iterable[str], words: Mapping[str, str]) -> dict[str, int]:
    return {words[c]: n for c, n in Counter(codes).most_common() if c}


def _in_order(codes: Iterable[str], words: Mapping[str, str]) -> dict[str, int]:
    found = Counter(codes)
    return {word: found[c] for c, word in words.items() if found[c]}


def _mid(low: int | None, high: int | None) -> int | None:
    told = [x for x in (low, high) if x]
    return sum(told) // len(told) if told else None


def _banded(values: list[int | None], bands: Sequence[tuple[int, int, str]]) -> dict[str, int]:
    found = {
        word: sum(1 for v in values if v is not None and low <= v <= high)
        for low, high, word in bands
    }
    return found if any(found.values()) else {}


def _times(minutes: list[float]) -> Times:
    if not minutes:
        return Times()
    ninety = quantiles(minutes, n=10)[-1] if len(minutes) > 1 else minutes[0]
    return Times(len(minutes), median(minutes), min(ninety, max(minutes)))


def _waits(visits: list[Visit], receptions: list[Reception]) -> Times:
    """From coming in to the first reception, of those who waited at all."""
    began: dict[UUID, datetime] = {}
    for r in receptions:
        began[r.visit_id] = min(r.began_at, began.get(r.visit_id, r.began_at))
    waits = [(began[v.id] - v.arrived_at).total_seconds() / 60 for v in visits if v.id in began]
    return _times([w for w in waits if w > 0.05])


def _lasts(receptions: list[Reception]) -> Times:
    ended = [(r.ended_at - r.began_at).total_seconds() / 60 for r in receptions if r.ended_at]
    return _times(ended)


def _people(site_id: UUID, days: list[GalleryDay]) -> list[PersonLine]:
    """Everyone who was in the queue: counted from the days' own states, shares from their traces."""
    decisions = made_by_event(site_id, days)
    events: dict[UUID, list[TurnEvent]] = {}
    for e in TurnEvent.objects.filter(site_id=site_id, day__in=days, undone__isnull=True).order_by(
        "day", "index"
    ):
        events.setdefault(e.day_id, []).append(e)
    rows = QueueState.objects.filter(day__in=days, site_id=site_id)
    states = {row.day_id: row.state for row in rows}
    totals: dict[str, list[float]] = {}
    for day in days:
        for who, (share, got) in _share(day, events.get(day.id, []), decisions).items():
            line = totals.setdefault(who, [0.0] * 6)
            line[4] += share
            line[5] += got
        _count(totals, events.get(day.id, []), decisions)
        _accounts(totals, day.summary or states.get(day.id) or {})
    for state in states.values():
        for who, n in state["counts"].items():
            totals.setdefault(who, [0.0] * 6)[0] += n
    names = names_of({UUID(w) for w in totals})
    lines = [_person(w, names.get(w, ""), t) for w, t in totals.items()]
    return sorted(lines, key=lambda p: (-p.counted, p.name))


def _person(who: str, name: str, t: list[float]) -> PersonLine:
    whole = [int(x) for x in t]
    return PersonLine(who, name, whole[0], whole[1], whole[2], whole[3], t[4], whole[5])


def _count(
    totals: dict[str, list[float]], events: list[TurnEvent], made: Mapping[UUID, list[Made]]
) -> None:
    for e in events:
        for d in made.get(e.id, []):
            if d["kind"] == "received" and not d["counted"]:
                totals.setdefault(str(d["receiver"]), [0.0] * 6)[1] += 1


def _accounts(totals: dict[str, list[float]], summary: Mapping[str, Any]) -> None:
    """What a person holds at the day's end, or now while it is open; the last day of the period stands."""
    for line in totals.values():
        line[2] = line[3] = 0
    for turn in summary.get("make_up", []):
        totals.setdefault(turn["who"], [0.0] * 6)[2] += 1
    for who, n in summary.get("owes", {}).items():
        totals.setdefault(who, [0.0] * 6)[3] += n


def made_by_event(site_id: UUID, days: list[GalleryDay]) -> dict[UUID, list[Made]]:
    """The stored decisions of the days in the contract's form, by their event."""
    found: dict[UUID, list[Made]] = {}
    rows = TurnDecision.objects.filter(site_id=site_id, day__in=days).order_by("seq", "position")
    for d in rows:
        found.setdefault(d.event_id, []).append(_made(d))
    return found


def _made(d: TurnDecision) -> Made:
    return {
        "kind": d.kind,
        "visit": str(d.visit_id) if d.visit_id else None,
        "clause": d.clause,
        "queue": d.queue,
        "receiver": str(d.receiver) if d.receiver else None,
        "counted": d.counted,
        "turn": d.turn,
        "waiting": d.kind == "waits",
    }


def contract_form(day: GalleryDay, events: list[TurnEvent]) -> Mapping[str, Any]:
    """The day as it was decided, with ids for names and without what was taken back."""
    return {
        "policy": day.policy,
        "queue": day.opening_queue,
        "make_up": day.make_up,
        "owes": day.owes,
        "events": [e.event for e in events],
    }


def _share(
    day: GalleryDay, events: list[TurnEvent], made: Mapping[UUID, list[Made]]
) -> dict[str, tuple[float, int]]:
    by_place = {n: made.get(e.id, []) for n, e in enumerate(events)}
    return fair_share(trace(contract_form(day, events), by_place))


def certificates(site_id: UUID) -> QuerySet[DayCertificate]:
    """The site's certificates, newest first; of a day that was closed again the latest is first."""
    return DayCertificate.objects.filter(site_id=site_id).order_by("-day", "-closing")


def stands(certificate: DayCertificate) -> bool:
    """Whether the day was not opened again since this certificate's closing."""
    rows = GalleryDay.objects.filter(site_id=certificate.site_id, day=certificate.day)
    return not rows.filter(reopened__gte=certificate.closing).exists()
