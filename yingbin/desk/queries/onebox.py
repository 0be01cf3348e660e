"""One box: a telephone or its last digits, a room in any spelling, a name, its pinyin or initials; who it is, which
home, what is still open there, what was last said. The number of questions doesn't grow with what is kept.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from yingbin.customers.models import Customer
from yingbin.customers.queries import Shown, find, shown_as
from yingbin.matters.models import Matter
from yingbin.people.queries import Badge
from yingbin.rules.desk.homes import Address, addresses

from ..models import DeskMatter, Home, ResidentNote, Tenancy
from .contacts import MatterLine, lines_of
from .estate import FIRST, in_order, notes_on
from .lists import theirs

PEOPLE, HOMES = 8, 12  # of each that are shown
LOOKED_AT = 30  # homes of an ambiguous room that are looked at for open matters
OPEN, LAST = 5, 3  # matters shown of a home
SHORTEST = 2  # letters or figures; of a name one character


@dataclass(frozen=True)
class PersonLine:
    """Somebody in a home, or without one. asked: what was typed means them; was: the homes they left, in words."""

    id: UUID
    called: str
    phone: str
    capacity: str = ""
    asked: bool = False
    notes: tuple[ResidentNote, ...] = ()
    was: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """A home with its people, the open matters first; or a person without one (`home` None) with theirs."""

    home: Home | None
    people: tuple[PersonLine, ...]
    open: tuple[MatterLine, ...]
    more: int
    last: tuple[MatterLine, ...]


@dataclass(frozen=True)
class Found:
    """What the box found for a text: homes with open matters first, then people without a home."""

    text: str
    places: tuple[Place, ...] = ()
    many: bool = False

    def __bool__(self) -> bool:
        return bool(self.places)


def found(site: UUID, text: str, badge: Badge, at: datetime | None = None) -> Found:
    """Who and where a text means at this site; matters only for whoever may see the desk's.

    badge: of the person who asks, at that site; nothing for somebody who belongs elsewhere.
    """
    text, now = text.strip(), at or timezone.now()
    may = badge.here == site and (badge.may("desk.see") or badge.may("desk.record"))
    if not may or not text or (text.isascii() and len(text) < SHORTEST):
        return Found(text)
    name, spelling = _parted(text)
    people = [one.id for one in find(site, name, limit=PEOPLE)] if name else []
    homes = _homes(site, spelling) if spelling else []
    asked = _Asked(
        site, badge, now, people, homes, both=name != spelling and bool(name and spelling)
    )
    return asked.answer(text)


def _parted(text: str) -> tuple[str, str]:
    """What is looked for as a person, and what as a home: `张三 3-2-1801` says both."""
    words = text.split()
    names = [w for w in words if not any(c.isdigit() for c in w)]
    rest = " ".join(w for w in words if w not in names)
    if names and rest and addresses(rest):
        return " ".join(names), rest
    return text, text


Told = dict[str, UUID | int | str | list[str]]
Persons = Mapping[UUID, tuple[Shown, tuple[ResidentNote, ...]]]

_BY_ROOM = """
select h.id, min(a.n) as n
  from unnest(%(phases)s::text[], %(buildings)s::text[], %(entrances)s::text[], %(rooms)s::text[])
       with ordinality as a(phase, building, entrance, room, n)
  join desk_home h on h.site_id = %(site)s and h.room = a.room and h.removed_at is null
       and (a.entrance = '' or h.entrance = a.entrance)
  join desk_building b on b.id = h.building_id and (a.building = '' or b.name = a.building)
  left join desk_phase p on p.id = b.phase_id
 where a.room <> '' and (a.phase = '' or p.name = a.phase)
 group by h.id order by n, h.id limit %(most)s
"""
_BY_BUILDING = """
select h.id
  from desk_building b
  join desk_home h on h.building_id = b.id and h.removed_at is null
  left join desk_phase p on p.id = b.phase_id
 where b.site_id = %(site)s and b.removed_at is null and b.name = %(building)s
   and (%(phase)s = '' or p.name = %(phase)s) and (%(entrance)s = '' or h.entrance = %(entrance)s)
   and h.room like %(room)s
 limit %(most)s
"""


# What a line shows, in the order of the columns.
_SHOWN = (
    "kind", "title", "customer_id", "opened_at", "state", "stage", "owner_id", "owner_group", "holder_id",
    "holder_group", "offered_to", "offered_group", "due_at", "closed_at",
)  # fmt: skip
_OWN = ("id", "matter_id", "seq", "year", "number", "home_id")
# The open matters of each home by what falls due next, and the last that are closed.
_OF_HOMES = f"""
select x.many, {", ".join(f"x.{name}" for name in _OWN)}, {", ".join(f"m.{name}" for name in _SHOWN)}
  from (select d.id, d.matter_id, d.home_id, d.year, d.number, d.seq, m.closed_at is null as open,
               count(*) over whose as many,
               row_number() over (whose order by case when m.closed_at is null then m.due_at end, d.seq desc) as nth
          from desk_deskmatter d join matters_matter m on m.id = d.matter_id
         where d.home_id = any(%(homes)s) and d.site_id = %(site)s
           and not d.matter_id in (select r.matter_id from matters_recusal r where r.staff_id = %(me)s
                                   and not exists (select from matters_recusalend e where e.recusal_id = r.id))
        window whose as (partition by d.home_id, m.closed_at is null)) x
  join matters_matter m on m.id = x.matter_id
 where nth <= case when open then %(open)s else %(last)s end
 order by x.home_id, open desc, nth
"""


@dataclass(frozen=True)
class _Told:
    """The matters that are shown of each home, and how many are open there."""

    rows: dict[UUID, list[DeskMatter]]
    many: dict[UUID, int]


def _row(values: Sequence[Any]) -> DeskMatter:
    """A row of `_OF_HOMES` as far as a line says it."""
    own, shown = values[: len(_OWN)], values[len(_OWN) :]
    row = DeskMatter.from_db(None, _OWN, own)
    row.matter = Matter.from_db(None, ("id", *_SHOWN), (row.matter_id, *shown))
    return row


def _with_matters(rows: QuerySet[DeskMatter]) -> QuerySet[DeskMatter]:
    """With as much of their matters as a line says."""
    own = ("id", "year", "number", "seq", "home_id", *(f"matter__{name}" for name in _SHOWN))
    return rows.select_related("matter").only(*own)


def _homes(site: UUID, text: str) -> list[UUID]:
    """The homes a spelling may mean; where none has just that room, those whose room begins so."""
    ways = addresses(text)
    if not ways:
        return []
    told: Told = {
        "site": site,
        "most": LOOKED_AT,
        "phases": [way.phase for way in ways],
        "buildings": [way.building for way in ways],
        "entrances": [way.entrance for way in ways],
        "rooms": [way.room for way in ways],
    }
    with connection.cursor() as cursor:
        cursor.execute(_BY_ROOM, told)
        hits = [row[0] for row in cursor.fetchall()]
        begun = next((way for way in ways if way.building), None)
        if not hits and begun:
            cursor.execute(_BY_BUILDING, _beginning(site, begun))
            hits = [row[0] for row in cursor.fetchall()]
    return hits


def _beginning(site: UUID, way: Address) -> Told:
    return {
        "site": site,
        "most": LOOKED_AT,
        "building": way.building,
        "phase": way.phase,
        "entrance": way.entrance,
        "room": f"{way.room}%",
    }


_MERGED_INTO = Subquery(
    Customer.objects.filter(id=OuterRef("customer_id")).values("merged_into")[:1]
)


class _Asked:
    """One question of the box: everything it reads, each kind of row at once."""

    def __init__(
        self,
        site: UUID,
        badge: Badge,
        at: datetime,
        people: Sequence[UUID],
        homes: Sequence[UUID],
        *,
        both: bool,
    ) -> None:
        self.site, self.badge, self.at = site, badge, at
        self.today = timezone.localdate(at)
        self.sees = badge.may("desk.see")
        cards = Customer.objects.filter(Q(id__in=people) | Q(merged_into__in=people)).values("id")
        rows = Tenancy.objects.filter(site_id=site, customer_id__in=cards, removed_at=None)
        own = list(rows.annotate(card=_MERGED_INTO)) if people else []
        known = set(people)
        self.root: dict[UUID, UUID] = {t.customer_id: t.card for t in own if t.card in known}
        if both:
            here = {self._who(t) for t in own if t.home_id in set(homes)}
            people = [one for one in people if one in here]
            homes = [home for home in homes if any(t.home_id == home for t in own)] or homes
        self.people = dict.fromkeys(people)
        self.past = [t for t in own if t.is_over(self.today)]
        now = [t for t in own if t not in self.past and self._who(t) in self.people]
        self.asked_homes = dict.fromkeys(homes)
        lived = [] if both and self.people else [t.home_id for t in now]
        self.homes = list(dict.fromkeys([*lived, *homes]))

    def _who(self, row: Tenancy) -> UUID:
        """Whose tenancy it is: the card that theirs is shown under."""
        return self.root.get(row.customer_id, row.customer_id)

    def answer(self, text: str) -> Found:
        """All of it, put together."""
        told = self._told()
        wanted = [*self.homes, *(t.home_id for t in self.past)]
        self.standing = Home.objects.select_related("building").in_bulk(wanted)
        homes = [self.standing[one] for one in self.homes if one in self.standing]
        order = {one: n for n, one in enumerate(self.homes)}
        ranked = sorted(
            homes, key=lambda h: (h.id not in told.many, _rank(h, order, self.asked_homes))
        )
        shown = ranked[:HOMES]
        lives = self._lives([home.id for home in shown])
        settled = {self._who(t) for t in lives}
        alone = [one for one in self.people if one not in settled][:PEOPLE]
        others = self._of_people(alone)
        ofs = [row for home in shown for row in told.rows[home.id]]
        lines = lines_of([*ofs, *others], self.at)
        persons = self._persons({*settled, *alone})
        places = [
            self._home(home, lives, persons, [lines[row.id] for row in told.rows[home.id]], told)
            for home in shown
        ]
        places += [self._person(one, persons, others, lines) for one in alone if one in persons]
        return Found(text, tuple(places), len(ranked) > HOMES)

    # Reading

    def _told(self) -> "_Told":
        """Which matters of these homes are shown, and how many are open: one pass over them."""
        found = _Told(defaultdict(list), {})
        if self.sees and self.homes:
            with connection.cursor() as cursor:
                cursor.execute(
                    _OF_HOMES,
                    {
                        "homes": self.homes,
                        "site": self.site,
                        "open": OPEN,
                        "last": LAST,
                        "me": self.badge.staff_id,
                    },
                )
                for many, *values in cursor.fetchall():
                    row = _row(values)
                    assert row.home_id is not None
                    found.rows[row.home_id].append(row)
                    if row.matter.closed_at is None:
                        found.many[row.home_id] = many
        return found

    def _of_people(self, people: Sequence[UUID]) -> list[DeskMatter]:
        """Matters of people who live nowhere here: the open ones, and a few of before."""
        if not self.sees or not people:
            return []
        rows = theirs(self.badge).filter(matter__site_id=self.site, matter__customer_id__in=people)
        return list(_with_matters(rows).order_by("-seq")[:40])

    def _lives(self, homes: Sequence[UUID]) -> list[Tenancy]:
        here = Q(until=None) | Q(until__gte=self.today)
        rows = Tenancy.objects.filter(here, home__in=homes, removed_at=None)
        return sorted(rows, key=lambda t: (FIRST[t.capacity], t.seq, t.id))

    def _persons(self, ids: Collection[UUID]) -> Persons:
        shown, notes = shown_as(self.site, ids), notes_on(self.badge, ids)
        return {one: (shown[one], notes.get(one, ())) for one in ids if one in shown}

    # Putting together

    def _home(
        self,
        home: Home,
        lives: Sequence[Tenancy],
        persons: Persons,
        matters: Sequence[MatterLine],
        told: "_Told",
    ) -> Place:
        inside = [t for t in lives if t.home_id == home.id and self._who(t) in persons]
        people = [self._line_of(self._who(t), persons, t.get_capacity_display()) for t in inside]
        opened = tuple(line for line in matters if line.is_open)
        return Place(
            home,
            tuple(sorted(people, key=lambda one: not one.asked)),
            opened,
            told.many.get(home.id, 0) - len(opened),
            tuple(line for line in matters if not line.is_open),
        )

    def _person(
        self,
        who: UUID,
        persons: Persons,
        rows: Sequence[DeskMatter],
        lines: Mapping[UUID, MatterLine],
    ) -> Place:
        own = [row for row in rows if row.matter.customer_id == who]
        opened = [row for row in own if row.matter.closed_at is None]
        last = [row for row in own if row.matter.closed_at is not None][:LAST]
        return Place(
            None,
            (self._line_of(who, persons, ""),),
            tuple(lines[row.id] for row in opened[:OPEN]),
            max(len(opened) - OPEN, 0),
            tuple(lines[row.id] for row in last),
        )

    def _line_of(
        self,
        who: UUID,
        persons: Persons,
        capacity: str,
    ) -> PersonLine:
        shown, notes = persons[who]
        left = tuple(self._left(t) for t in self.past if self._who(t) == who)
        return PersonLine(who, shown.called, shown.phone, capacity, who in self.people, notes, left)

    def _left(self, row: Tenancy) -> str:
        home = self.standing.get(row.home_id)
        return f"{home.label if home else ''} {row.until:%Y-%m-%d} 搬走".strip()


def _rank(home: Home, order: Mapping[UUID, int], asked: Mapping[UUID, None]) -> tuple[object, ...]:
    """Homes of whom was found first, then those of the spelling by name."""
    return (home.id in asked, order[home.id] if home.id not in asked else 0, in_order(home.label))
