"""The estate read: its buildings, a building's homes, a home with its people, a person with their homes."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from yingbin.customers.models import CustomerName
from yingbin.customers.queries import Card, Shown, card, family, shown_as
from yingbin.journal.trips import Statement, ask
from yingbin.people.queries import Badge, names_of
from yingbin.rules.desk.homes import Address, addresses, written

from ..models import Building, Home, Phase, ResidentNote, Tenancy
from ..places import Place, of_home, of_words

UNKNOWN = Shown(id=UUID(int=0), called="已删除的住户", phone="")
FIRST = {c: n for n, c in enumerate(("owner", "company", "tenant", "family"))}


def in_order(name: str) -> tuple[tuple[bool, int, str], ...]:
    """A key by which 2 comes before 10, and numbers before letters."""
    return tuple((bool(word), int(n or 0), word) for n, word in re.findall(r"(\d+)|(\D+)", name))


def living(today: date) -> Q:
    """Tenancies that count on this day; on the day they leave people are still there."""
    return Q(removed_at=None) & (Q(until=None) | Q(until__gte=today))


# Buildings and their homes


@dataclass(frozen=True)
class BuildingLine:
    """A building with how many homes it has, and for how many of them nobody is written down."""

    building: Building
    homes: int
    empty: int


def buildings(site_id: UUID, at: datetime) -> list[BuildingLine]:
    """Every building in the order of its name; two queries."""
    lived = Tenancy.objects.filter(living(timezone.localdate(at)), home=OuterRef("pk"))
    homes = Home.objects.filter(site_id=site_id, removed_at=None)
    rows = homes.values("building").annotate(
        many=Count("pk"), lived=Count("pk", filter=Exists(lived))
    )
    counts = {row["building"]: (row["many"], row["lived"]) for row in rows.order_by()}
    standing = Building.objects.filter(site_id=site_id, removed_at=None).select_related("phase")
    found = [
        BuildingLine(one, many, many - here)
        for one in standing
        for many, here in [counts.get(one.id, (0, 0))]
    ]
    return sorted(found, key=lambda line: _place(line.building))


def _place(one: Building) -> tuple[object, ...]:
    return in_order(one.phase.name if one.phase else ""), in_order(one.name)


def building(site_id: UUID, building_id: UUID) -> Building | None:
    """One building of this site."""
    rows = Building.objects.select_related("phase")
    return rows.filter(site_id=site_id, id=building_id, removed_at=None).first()


@dataclass(frozen=True)
class HomeLine:
    """A home in its building: who lives there, owners first, and how many more."""

    home: Home
    people: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class EntranceLines:
    """The homes behind one entrance."""

    entrance: str
    homes: tuple[HomeLine, ...]


def homes_of(one: Building, at: datetime) -> list[EntranceLines]:
    """A building's homes by entrance; five queries for any number."""
    homes = list(Home.objects.filter(building=one, removed_at=None))
    rows = Tenancy.objects.filter(living(timezone.localdate(at)), home__building=one).order_by(
        "seq", "id"
    )
    of: dict[UUID, list[Tenancy]] = defaultdict(list)
    for row in rows:
        of[row.home_id].append(row)
    names = shown_as(one.site_id, {t.customer_id for t in rows})
    homes.sort(key=lambda h: (in_order(h.entrance), in_order(h.room)))
    return [
        EntranceLines(entrance, tuple(_home_line(h, of[h.id], names) for h in group))
        for entrance, group in groupby(homes, key=lambda h: h.entrance)
    ]


def _home_line(home: Home, rows: Sequence[Tenancy], names: Mapping[UUID, Shown]) -> HomeLine:
    ordered = sorted(rows, key=lambda t: FIRST[t.capacity])
    called = dict.fromkeys(names.get(t.customer_id, UNKNOWN).called for t in ordered)
    return HomeLine(home, tuple(called)[:2], max(len(called) - 2, 0))


# One home


@dataclass(frozen=True)
class Lives:
    """A person in a home. over: they have left; notes: as far as the reader may see them."""

    tenancy: Tenancy
    who: Shown
    over: bool
    notes: tuple[ResidentNote, ...] = ()


@dataclass(frozen=True)
class HomePage:
    """A home with the people who live there, those who did, and the names of who wrote it down."""

    home: Home
    living: tuple[Lives, ...]
    past: tuple[Lives, ...]
    people: Mapping[str, str]


def home(site_id: UUID, home_id: UUID) -> Home | None:
    """One home of this site."""
    rows = Home.objects.select_related("building__phase")
    return rows.filter(site_id=site_id, id=home_id, removed_at=None).first()


def label_of(site_id: UUID, home_id: UUID) -> str:
    """How a home of this site is spelt; "" where there is none."""
    sql = "select label from desk_home where site_id = %s and id = %s and removed_at is null"
    return "".join(label for (label,) in ask(Statement(sql, (site_id, home_id))))


def home_page(badge: Badge, one: Home, at: datetime) -> HomePage:
    """All that stands about a home; six queries however many people it had."""
    rows = list(Tenancy.objects.filter(home=one, removed_at=None).order_by("-seq", "id"))
    found = lives(badge, rows, timezone.localdate(at))
    ids = {who for row in rows for who in (row.by, row.ended_by) if who}
    here, past = (tuple(one for one in found if one.over is over) for over in (False, True))
    return HomePage(one, here, past, names_of(ids))


def lives(badge: Badge, rows: Sequence[Tenancy], today: date) -> list[Lives]:
    """These tenancies with names, masked phones and notes, owners first."""
    ids = {t.customer_id for t in rows}
    names, notes = shown_as(badge.here, ids), notes_on(badge, ids)
    found = [
        Lives(t, names.get(t.customer_id, UNKNOWN), t.is_over(today), notes.get(t.customer_id, ()))
        for t in rows
    ]
    return sorted(found, key=lambda one: FIRST[one.tenancy.capacity])


# One person


@dataclass(frozen=True)
class ResidentPage:
    """A person with their card, their homes now and before, and what one should know of them."""

    card: Card
    homes: tuple[Tenancy, ...]
    past: tuple[Tenancy, ...]
    notes: tuple[ResidentNote, ...]


def resident(badge: Badge, customer_id: UUID, at: datetime) -> ResidentPage | None:
    """A person known to this site; None elsewhere, and for a card that was emptied."""
    found = card(badge.here, customer_id)
    if found is None:
        return None
    today, ids = timezone.localdate(at), family(badge.here, found.customer.id)
    rows = Tenancy.objects.filter(site_id=badge.here, customer_id__in=ids, removed_at=None)
    rows = rows.select_related("home__building").order_by("-seq", "id")
    notes = notes_on(badge, ids)
    here, past = (tuple(t for t in rows if t.is_over(today) is over) for over in (False, True))
    return ResidentPage(found, here, past, tuple(n for one in ids for n in notes.get(one, ())))


def notes_on(badge: Badge, customer_ids: Iterable[UUID]) -> dict[UUID, tuple[ResidentNote, ...]]:
    """What this person may know of these people; one query."""
    readers = [r for r, may in _READERS.items() if any(badge.may(p) for p in may)]
    rows = ResidentNote.objects.filter(
        site_id=badge.here, customer_id__in=set(customer_ids), removed_at=None, readers__in=readers
    )
    found: dict[UUID, tuple[ResidentNote, ...]] = {}
    for row in rows.order_by("seq"):
        found[row.customer_id] = (*found.get(row.customer_id, ()), row)
    return found


_READERS = {
    ResidentNote.Readers.LEADS: ("desk.supervise",),
    ResidentNote.Readers.DESK: ("desk.see", "desk.record"),
    ResidentNote.Readers.WORK: ("desk.see", "desk.record", "desk.work"),
}


def resident_called(home_id: UUID, called: str) -> UUID | None:
    """Somebody in the home whose name begins as they call themselves: 王女士 is 王秀英."""
    rows = Tenancy.objects.filter(home=home_id, removed_at=None, until=None).order_by("seq", "id")
    ids = list(rows.values_list("customer_id", flat=True))
    names = CustomerName.objects.filter(
        customer_id__in=ids, removed_at=None, name__startswith=called[:1]
    )
    found = set(names.values_list("customer_id", flat=True)) if called else set()
    return next((one for one in ids if one in found), None)


def place_of(site_id: UUID, words: str) -> Place:
    """Where a matter is: the home that a spelling means here, else the place by its words."""
    ways, known = addresses(words), KnownEstate(site_id)
    known.ask(written(way) for way in ways)
    home = next(
        (known.homes[label] for way in ways if (label := written(way)) in known.homes), None
    )
    return of_home(home.id, home.label) if home else of_words(site_id, words)


# What is known when something is added


class KnownEstate:
    """The estate's phases and buildings by name, and those homes that were asked for."""

    def __init__(self, site_id: UUID) -> None:
        self.site_id = site_id
        phases = Phase.objects.filter(site_id=site_id, removed_at=None)
        rows = Building.objects.filter(site_id=site_id, removed_at=None).select_related("phase")
        self.phases = {one.name: one for one in phases}
        self.buildings = {(b.phase.name if b.phase else "", b.name): b for b in rows}
        self.homes: dict[str, Home] = {}
        self.asked: set[str] = set()

    def ask(self, labels: Iterable[str]) -> None:
        """Reads those of these homes that exist: one query."""
        new = set(labels) - self.asked
        self.asked |= new
        rows = Home.objects.filter(site_id=self.site_id, label__in=new, removed_at=None)
        self.homes |= {one.label: one for one in rows}

    def choose(self, ways: Sequence[Address]) -> Address:
        """The reading of a spelling that is known here, else the likeliest one."""
        for way in ways:
            if written(way) in self.homes:
                return way
        return ways[0]
