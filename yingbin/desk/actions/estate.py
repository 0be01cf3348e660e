"""The estate kept: homes and people are written down, people move in and out, what one should know of them is noted."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from yingbin.customers.actions import NewCard, make_cards, register_customer
from yingbin.customers.queries import family
from yingbin.journal.action import action
from yingbin.journal.commit import commit_to
from yingbin.journal.copying import copy_in
from yingbin.journal.write import Pen
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused
from yingbin.rules.desk.homes import Address, addresses, written

from ..models import Building, Home, Phase, ResidentNote, Tenancy
from ..queries.estate import KnownEstate

CLAUSE = "SD-4.1"
GONE = "没有这一户，可能刚被撤销。请刷新页面。"
NO_ROOM = "看不出是哪一户。请写成 3-2-1801 或 3栋2单元1801 这样。"
NOBODY = "没有找到这位住户，请重新查找。"


@dataclass
class Additions:
    """What one write adds to the estate; ids are known before anything is stored."""

    phases: list[Phase] = field(default_factory=list)
    buildings: list[Building] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    tenancies: list[Tenancy] = field(default_factory=list)
    cards: list[NewCard] = field(default_factory=list)

    def body(self) -> dict[str, object]:
        """As the journal keeps it: ids and what homes are called, nobody's words."""
        return {
            "phases": {str(p.id): p.name for p in self.phases},
            "buildings": {str(b.id): b.name for b in self.buildings},
            "homes": {str(h.id): home_facts(h) for h in self.homes},
            "tenancies": {str(t.id): tenancy_facts(t) for t in self.tenancies},
            "cards": [str(c.id) for c in self.cards],
        }


def home_facts(home: Home) -> dict[str, str | None]:
    """What the journal says of a home."""
    return {
        "label": home.label,
        "area": f"{home.area:.2f}" if home.area is not None else None,
        "delivery": home.delivery,
        "on": home.delivered_on.isoformat() if home.delivered_on else None,
    }


def tenancy_facts(row: Tenancy) -> dict[str, str | None]:
    """What the journal says of somebody who moves in."""
    return {
        "home": str(row.home_id),
        "customer": str(row.customer_id),
        "as": row.capacity,
        "since": row.since.isoformat() if row.since else None,
    }


def keep(new: Additions, seq: int) -> None:
    """Stores additions under their entry (inside a write); their cards are there already."""
    for rows in (new.phases, new.buildings, new.homes, new.tenancies):
        for row in rows:
            row.seq = seq
        copy_in(rows)


def place(site_id: UUID, known: KnownEstate, new: Additions, address: Address) -> Home:
    """The home at this address: the one that is there, or one more of the additions."""
    label = written(address)
    if label not in known.homes:
        known.homes[label] = Home(
            site_id=site_id,
            building=_building(site_id, known, new, address),
            entrance=address.entrance,
            room=address.room,
            label=label,
        )
        new.homes.append(known.homes[label])
    return known.homes[label]


def _building(site_id: UUID, known: KnownEstate, new: Additions, address: Address) -> Building:
    key = (address.phase, address.building)
    if address.phase and address.phase not in known.phases:
        known.phases[address.phase] = Phase(site_id=site_id, name=address.phase)
        new.phases.append(known.phases[address.phase])
    if key not in known.buildings:
        phase = known.phases.get(address.phase)
        known.buildings[key] = Building(site_id=site_id, phase=phase, name=address.building)
        new.buildings.append(known.buildings[key])
    return known.buildings[key]


def read_home(text: str, known: KnownEstate) -> Address:
    """Which home a spelling means here. Raises `Refused` where it names no building and room."""
    ways = [way for way in addresses(text) if way.building and way.room]
    if not ways:
        raise Refused(CLAUSE, NO_ROOM, about="home")
    known.ask(written(way) for way in ways)
    return known.choose(ways)


def tenancy(pen: Pen, home: Home, customer_id: UUID, capacity: str, since: date | None) -> Tenancy:
    """Somebody who moves in, still to be stored."""
    return Tenancy(
        site_id=pen.site_id,
        home=home,
        customer_id=customer_id,
        capacity=capacity,
        since=since,
        at=pen.at,
        by=actor(pen),
    )


# Verbs


@action("estate.add_home")
def add_home(
    pen: Pen,
    *,
    home: str,
    area: Decimal | None = None,
    delivery: str = "",
    delivered_on: date | None = None,
) -> UUID:
    """Writes down one home, in any spelling. Refused where it is there already."""
    known, new = KnownEstate(pen.site_id), Additions()
    row = place(pen.site_id, known, new, read_home(home, known))
    if row not in new.homes:
        raise Refused(CLAUSE, f"{row.label} 已经有了，不用再加。", about="home")
    row.area, row.delivery, row.delivered_on = area, delivery, delivered_on
    make_cards(pen=pen, cards=new.cards)
    keep(new, pen.append("estate.added", new.body(), clause=CLAUSE).seq)
    return row.id


@action("estate.change_home")
def change_home(
    pen: Pen, *, home_id: UUID, area: Decimal | None, delivery: str, delivered_on: date | None
) -> None:
    """Another area or state of delivery."""
    row = the_home(pen, home_id)
    row.area, row.delivery, row.delivered_on = area, delivery, delivered_on
    body = {"home": str(row.id), **home_facts(row)}
    row.changed_seq = pen.append("estate.home_changed", body, clause=CLAUSE).seq
    row.save(update_fields=["area", "delivery", "delivered_on", "changed_seq"])


@action("estate.move_in")
def move_in(
    pen: Pen,
    *,
    home_id: UUID,
    capacity: str,
    customer_id: UUID | None = None,
    name: str = "",
    phone: str = "",
    since: date | None = None,
) -> UUID:
    """Somebody moves in or buys: a person known here, or one by name and phone; the person's id.

    Refused where they are written down as that already, or with what is wrong with the number.
    """
    home = the_home(pen, home_id)
    if capacity not in Tenancy.Capacity.values:
        raise Refused(CLAUSE, "请选是业主、租户、家属还是公司租户。", about="capacity")
    who = _person(pen, customer_id, name, phone)
    row = tenancy(pen, home, who, capacity, since)
    here = Tenancy.objects.filter(home=home, removed_at=None, until=None, capacity=capacity)
    if here.filter(customer_id__in=family(pen.site_id, who) or [who]).exists():
        label = row.get_capacity_display()
        raise Refused(CLAUSE, f"这位已经是 {home.label} 的{label}，不用再登记。", about="name")
    new = Additions(tenancies=[row])
    keep(new, pen.append("estate.moved_in", new.body(), clause=CLAUSE).seq)
    return who


@action("estate.take_home")
def take_home(
    pen: Pen, *, home: str, capacity: str, customer_id: UUID, since: date | None = None
) -> None:
    """One more home of a person who is known, in any spelling. Refused where there is no such home."""
    known = KnownEstate(pen.site_id)
    label = written(read_home(home, known))
    if label not in known.homes:
        why = f"没有 {label} 这一户，请核对，或先在「住户」里加上。"
        raise Refused(CLAUSE, why, about="home")
    move_in.within(
        pen, home_id=known.homes[label].id, capacity=capacity, customer_id=customer_id, since=since
    )


def _person(pen: Pen, customer_id: UUID | None, name: str, phone: str) -> UUID:
    if customer_id is None:
        if not name.strip():
            raise Refused(CLAUSE, "请写姓名；公司租的写公司名。", about="name")
        return register_customer(pen=pen, name=name, phone=phone).id
    return _known(pen, customer_id)


def _known(pen: Pen, customer_id: UUID) -> UUID:
    known = family(pen.site_id, customer_id)
    if not known:
        raise Refused(CLAUSE, NOBODY, about="name")
    return known[0]


@action("estate.move_out")
def move_out(pen: Pen, *, home_id: UUID, tenancies: tuple[UUID, ...], until: date) -> int:
    """These people leave the home, or sell it, on this day; how many. What was done for them there stays known."""
    home = the_home(pen, home_id)
    rows = list(Tenancy.objects.filter(home=home, id__in=tenancies, until=None, removed_at=None))
    if not rows:
        raise Refused(CLAUSE, "请勾选谁搬走；已经搬走的不用再记。", about="tenancies")
    early = [row.since for row in rows if row.since and until < row.since]
    if early:
        raise Refused(
            CLAUSE, f"{early[0]:%Y-%m-%d} 才搬进来，搬走不会更早，请核对。", about="until"
        )
    ids = [row.id for row in rows]
    body = {
        "home": str(home.id),
        "tenancies": [str(one) for one in ids],
        "until": until.isoformat(),
    }
    seq = pen.append("estate.moved_out", body, clause=CLAUSE).seq
    return Tenancy.objects.filter(id__in=ids).update(
        until=until, ended_at=pen.at, ended_by=actor(pen), ended_seq=seq
    )


@action("estate.note")
def note(pen: Pen, *, customer_id: UUID, about: str, text: str = "", readers: str = "desk") -> UUID:
    """Notes what one should know of a person, for those who may read it."""
    who, words = _known(pen, customer_id), text.strip()[:120]
    if about == ResidentNote.About.OTHER and not words:
        raise Refused(CLAUSE, "请写清楚要注意什么。", about="text")
    said = commit_to(text=words)
    row = ResidentNote(
        site_id=pen.site_id,
        customer_id=who,
        about=about,
        text=words,
        readers=readers,
        salt=said.salt,
        at=pen.at,
        by=actor(pen),
    )
    body = {"note": str(row.id), "customer": str(who), "about": about, "readers": readers}
    row.seq = pen.append("estate.noted", {**body, "words": said.words}, clause=CLAUSE).seq
    row.save(force_insert=True)
    return row.id


@action("estate.drop_note")
def drop_note(pen: Pen, *, note_id: UUID) -> None:
    """A note no longer holds."""
    row = ResidentNote.objects.filter(site_id=pen.site_id, id=note_id, removed_at=None).first()
    if row is None:
        raise Refused(CLAUSE, "这条提醒已经取消了。")
    row.removed_at = pen.at
    row.removed_seq = pen.append("estate.note_dropped", {"note": str(row.id)}, clause=CLAUSE).seq
    row.save(update_fields=["removed_at", "removed_seq"])


def the_home(pen: Pen, home_id: UUID) -> Home:
    """The home of this site. Refused where there is none."""
    found = Home.objects.filter(site_id=pen.site_id, id=home_id, removed_at=None).first()
    if found is None:
        raise Refused(CLAUSE, GONE)
    return found
