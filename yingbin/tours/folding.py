"""Visits between their rows and the rules."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Min, Q, Sum

from yingbin.journal.canonical import canonical
from yingbin.journal.commit import committed
from yingbin.people.policy_rows import Plain
from yingbin.rules.times import HERE, read, written
from yingbin.rules.tours.house import House
from yingbin.rules.tours.pack import Pack
from yingbin.rules.tours.visit import Asked, Paper, Visit, Window
from yingbin.rules.tours.visitfile import Event, read_visits

from .models import TourEvent, TourOffice, TourVisit
from .office import Standing

ENDED = ("withdrawn", "refused", "lapsed", "over")
GOING_ON = ~Q(status__in=ENDED)
# Among an event's fields: the names of the free words that came with it.
WORDS = "words"
ERASED = "（已删除）"
CLOCK = "clock"


def whole(row: TourVisit, stands: Standing) -> Visit:
    """The visit as its events left it."""
    kept = row.state
    visit = Visit(
        str(row.id),
        stands.pack(row.version),
        row.klass,
        kept["sender"],
        kept["asked_by"],
        kept["rivals"],
        Window(row.starts_at.astimezone(HERE), row.ends_at.astimezone(HERE)),
        row.headcount,
        {name: Asked(state, read(since)) for name, state, since in kept["areas"]},
        date.fromisoformat(kept["judged"]),
    )
    visit.ended = row.status if row.status in ENDED else None  # type: ignore[assignment]
    visit.room, visit.souvenirs = row.room or None, row.souvenirs
    visit.lifted, visit.done = set(kept["lifted"]), dict(kept["done"])
    visit.company = kept["company"]
    visit.company_since = read(kept["company_since"]) if kept["company_since"] else None
    visit.was_declined, visit.was_approved = kept["was_declined"], kept["was_approved"]
    visit.plan_sent, visit.photo = kept["plan_sent"], kept["photo"]
    visit.passes = [Paper(n, frozenset(a), p, valid) for n, a, p, valid in kept["passes"]]
    visit.arisen = {(w, about, read(m)): read(since) for w, about, m, since in kept["arisen"]}
    visit.told = {(w, about, read(m)) for w, about, m in kept["told"]}
    return visit


def state_of(visit: Visit) -> Plain:
    """Everything of a visit that has no column."""
    return {
        "sender": visit.sender,
        "asked_by": visit.asked_by,
        "rivals": visit.rivals,
        "areas": [[name, one.state, written(one.since)] for name, one in visit.areas.items()],
        "judged": visit.judged.isoformat(),
        "lifted": sorted(visit.lifted),
        "done": dict(visit.done),
        "company": visit.company,
        "company_since": written(visit.company_since) if visit.company_since else None,
        "was_declined": visit.was_declined,
        "was_approved": visit.was_approved,
        "plan_sent": visit.plan_sent,
        "photo": visit.photo,
        "passes": [[p.name, sorted(p.areas), p.persons, p.valid] for p in visit.passes],
        "arisen": sorted(
            (
                [w, about, written(m), written(since)]
                for (w, about, m), since in visit.arisen.items()
            ),
            key=str,
        ),
        "told": sorted(([w, about, written(m)] for w, about, m in visit.told), key=str),
    }


def show(row: TourVisit, visit: Visit, status: str) -> None:
    """Copies what the rules made of a visit into its row; nothing is saved."""
    row.status, row.klass, row.version = status, visit.klass, visit.pack.version
    row.starts_at, row.ends_at = visit.window.start, visit.window.end
    row.headcount, row.open_areas = visit.headcount, visit.in_state("open")
    row.room, row.souvenirs, row.state = visit.room or "", visit.souvenirs, state_of(visit)


def told(row: TourVisit) -> Plain:
    """How a visit stands, as its entries in the journal keep it; what is long by its digest."""
    return {
        "status": row.status,
        "class": row.klass,
        "version": row.version,
        "from": written(row.starts_at),
        "to": written(row.ends_at),
        "headcount": row.headcount,
        "open": list(row.open_areas),
        "room": row.room,
        "souvenirs": row.souvenirs,
        "state": hashlib.sha256(canonical(row.state)).hexdigest(),
    }


def looked_at(site_id: UUID, now: datetime, packs: Iterable[Pack]) -> list[TourVisit]:
    """The visits a decision of now can look at, in order of opening: all that go on, and of those that are over the
    ones whose time with its buffers reaches to the time of one that goes on. Doesn't grow with the years."""
    rows = TourVisit.objects.filter(site_id=site_id)
    first = rows.filter(GOING_ON).aggregate(first=Min("starts_at"))["first"]
    since = min(first or now, now) - widest(packs)
    return list(rows.filter(GOING_ON | Q(status="over", ends_at__gt=since)).order_by("seq"))


def widest(packs: Iterable[Pack]) -> timedelta:
    """The longest buffer around a visit that any pack knows."""
    return timedelta(minutes=max(max(p.room_buffer, p.rival_buffer) for p in packs))


def held_souvenirs(site_id: UUID) -> int:
    """How many souvenirs visits hold or took with them."""
    rows = TourVisit.objects.filter(site_id=site_id, souvenirs__gt=0)
    return int(rows.aggregate(held=Sum("souvenirs"))["held"] or 0)


def house_of(site_id: UUID, stands: Standing, rows: Iterable[TourVisit]) -> House:
    """These visits together, with what is left of the souvenirs."""
    stock = stands.company.souvenirs - held_souvenirs(site_id)
    return House(stands.company, stands.packs, stock, {str(r.id): whole(r, stands) for r in rows})


def since(office: TourOffice) -> datetime:
    """From which moment on this company held."""
    return office.at.astimezone(HERE)


def row_of(site_id: UUID, visit_id: UUID | str) -> TourVisit | None:
    """A visit of this site."""
    return TourVisit.objects.filter(site_id=site_id, id=visit_id).first()


def event_from(office: TourOffice, raw: Plain) -> Event:
    """An event of the contract, checked against the company of then. Raises Malformed."""
    packs, company = office.packs, office.company
    return read_visits({"packs": packs, "company": company, "events": [raw]}).events[0]


def raw_of(row: TourEvent) -> Plain:
    """An event as the contract writes it; words that were erased are said to have been."""
    fields = {name: value for name, value in row.fields.items() if name != WORDS}
    words = {name: row.words.get(name, ERASED) for name in row.fields.get(WORDS, ())}
    return {
        **fields,
        **words,
        "at": written(row.at),
        "event": row.event,
        "visit": str(row.visit_id),
    }


def opened(row: TourVisit) -> Plain:
    """What a visit's row begins with, as the entry that opened it keeps it; words as commitments."""
    return {
        "year": row.year,
        "number": row.number,
        "how": str(row.how),
        "applied_by": str(row.applied_by) if row.applied_by else None,
        "customer": str(row.customer_id),
        "terms": row.terms,
        "language": row.language,
        "words": committed(words_of(row), row.salt),
    }


def words_of(row: TourVisit) -> dict[str, str]:
    """All words of a visit's row, by the field they stand in."""
    return {"visitor": row.visitor, "contact": row.contact, **row.words}
