"""The homes and people of a list come in, a chunk in one write; and go out again when the list is taken back."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef

from yingbin.customers.actions import NewCard, make_cards, new_card, withdraw_cards
from yingbin.customers.queries import touched_cards
from yingbin.importing.models import ImportRow, ImportRun
from yingbin.journal.write import Pen
from yingbin.matters.models import Matter

from ..actions.estate import CLAUSE, Additions, keep, place, tenancy
from ..models import Building, DeskMatter, Home, Phase, ResidentNote, Tenancy
from .forecast import EstateForecast, Outcome
from .lines import HomeLine


class Meant(TypedDict):
    """What taking a line in made, by ids."""

    label: str
    home: str | None
    tenancies: list[str]
    cards: list[str]


@dataclass(frozen=True)
class Ready:
    """A line with the cards that its people may need, made before the lock."""

    row: ImportRow
    told: HomeLine
    cards: tuple[NewCard, ...]


def prepare(run: ImportRun, rows: Sequence[ImportRow], at: datetime) -> list[Ready]:
    """What takes time about a chunk: the terms under which its people will be found."""
    found = []
    for row in rows:
        told = HomeLine.of(row.told or {})
        cards = [new_card(run.site_id, [p.name], p.phones, "", at) for p in told.people]
        found.append(Ready(row, told, tuple(cards)))
    return found


def take(pen: Pen, run: ImportRun, ready: Sequence[Ready]) -> None:
    """Decides on each line anew under the lock and writes the chunk under one entry."""
    forecast, new = EstateForecast(run), Additions()
    forecast.look_up([one.told for one in ready])
    for one in ready:
        outcome = forecast.outcome(one.told)
        one.row.verdict = outcome.verdict
        cards = {card.names[0]: card for card in one.cards}
        mine = [cards[n.person.name] for n in outcome.newcomers]
        one.row.meant = dict(_enter(pen, run, forecast, new, one, outcome, mine))
        forecast.enter(one.row.line, outcome, [card.id for card in mine])
    make_cards(pen=pen, cards=new.cards)
    body = {**new.body(), "import": str(run.id), "after": run.done}
    seq = pen.append("estate.imported", body, clause=CLAUSE).seq
    keep(new, seq)
    _settle([one.row for one in ready], seq)


_SETTLE = """
update importing_importrow r
   set verdict = v.verdict, subject_id = v.home, created = v.created, meant = v.meant::jsonb, seq = %s,
       cells = null, told = null, phone = ''
  from unnest(%s::bigint[], %s::text[], %s::uuid[], %s::bool[], %s::text[])
       as v(id, verdict, home, created, meant)
 where r.id = v.id
"""


def _settle(rows: Sequence[ImportRow], seq: int) -> None:
    """What became of each line; what stood in it is forgotten, the estate has it now."""
    told = [(r.pk, str(r.verdict), r.subject_id, r.created, json.dumps(r.meant)) for r in rows]
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, [seq, *(list(column) for column in zip(*told, strict=True))])


def _enter(
    pen: Pen,
    run: ImportRun,
    forecast: EstateForecast,
    new: Additions,
    one: Ready,
    outcome: Outcome,
    cards: Sequence[NewCard],
) -> Meant:
    home = place(pen.site_id, forecast.estate, new, outcome.address)
    one.row.subject_id, one.row.created = home.id, outcome.is_new
    if outcome.is_new:
        _describe(home, one.told, run)
    tenancies, made = [], []
    for newcomer, card in zip(outcome.newcomers, cards, strict=True):
        who = newcomer.customer or card.id
        if newcomer.customer is None:
            new.cards.append(card)
            made.append(card.id)
        since = _day(one.told.since)
        row = tenancy(pen, home, who, newcomer.person.capacity, since)
        row.import_id = run.id
        tenancies.append(row)
    new.tenancies += tenancies
    return Meant(
        label=home.label,
        home=str(home.id) if outcome.is_new else None,
        tenancies=[str(row.id) for row in tenancies],
        cards=[str(card) for card in made],
    )


def _describe(home: Home, told: HomeLine, run: ImportRun) -> None:
    home.area = Decimal(told.area) if told.area else None
    home.delivery, home.delivered_on = told.delivery, _day(told.delivered_on)
    home.import_id = run.id


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


# Back out again


def withdraw(pen: Pen, run: ImportRun, rows: Sequence[ImportRow]) -> None:
    """Homes, people and cards that these rows made, unless something else has happened to them since."""
    done = [row for row in rows if row.meant and row.seq]
    kept = _kept(pen, run, done)
    back = [row for row in done if not row.kept_why]
    homes = [UUID(row.meant["home"]) for row in back if row.meant and row.meant["home"]]
    tenancies = _ids(back, "tenancies")
    cards = [one for one in _ids(back, "cards") if one not in kept]
    Tenancy.objects.filter(id__in=tenancies).update(removed_at=pen.at)
    Home.objects.filter(id__in=homes).update(removed_at=pen.at)
    withdraw_cards(pen=pen, customer_ids=cards)
    gone = {"homes": homes, "tenancies": tenancies, "cards": cards, **_bare(pen, homes)}
    body = {name: [str(one) for one in ids] for name, ids in gone.items()}
    pen.append("estate.import_withdrawn", {"import": str(run.id), **body}, clause=CLAUSE)
    ImportRow.objects.bulk_update([row for row in done if row.kept_why], ["kept_why"])


def _ids(rows: Iterable[ImportRow], name: str) -> list[UUID]:
    return [UUID(one) for row in rows if row.meant for one in row.meant[name]]


def _kept(pen: Pen, run: ImportRun, rows: Sequence[ImportRow]) -> dict[UUID, str]:
    """Says on rows why what they made stays; the cards that somebody changed, with what it was."""
    since = min((row.seq for row in rows if row.seq), default=0)
    cards = set(_ids(rows, "cards"))
    kept = touched_cards(pen.site_id, cards, since, set())
    other = Tenancy.objects.filter(site_id=pen.site_id, customer_id__in=cards, removed_at=None)
    kept |= dict.fromkeys(
        other.exclude(import_id=run.id).values_list("customer_id", flat=True), "后来登记了别的房屋"
    )
    told = Matter.objects.filter(site_id=pen.site_id, customer_id__in=cards)
    kept |= {one: "有来电来访" for one in told.values_list("customer_id", flat=True) if one}
    noted = ResidentNote.objects.filter(site_id=pen.site_id, customer_id__in=cards)
    kept |= dict.fromkeys(noted.values_list("customer_id", flat=True), "记了提醒")
    homes = _homes_in_use(run, rows)
    moved = set(
        Tenancy.objects.filter(id__in=_ids(rows, "tenancies"), ended_at__isnull=False).values_list(
            "id", flat=True
        )
    )
    for row in rows:
        meant = row.meant or {}
        whose = [kept[UUID(one)] for one in meant["cards"] if UUID(one) in kept]
        if row.subject_id in homes:
            row.kept_why = homes[row.subject_id]
        elif moved.intersection(map(UUID, meant["tenancies"])):
            row.kept_why = "后来搬走过"
        elif whose:
            row.kept_why = whose[0][:80]
    return kept


def _homes_in_use(run: ImportRun, rows: Sequence[ImportRow]) -> dict[UUID, str]:
    """Homes that these rows made and that something has happened to since."""
    made = {UUID(row.meant["home"]) for row in rows if row.meant and row.meant["home"]}
    live = Tenancy.objects.filter(home__in=made, removed_at=None).exclude(import_id=run.id)
    found = dict.fromkeys(live.values_list("home_id", flat=True), "后来登记过人")
    changed = Home.objects.filter(id__in=made, changed_seq__isnull=False)
    found |= dict.fromkeys(changed.values_list("id", flat=True), "后来改过")
    about = DeskMatter.objects.filter(site_id=run.site_id, home_id__in=made)
    return found | {one: "有来电来访" for one in about.values_list("home_id", flat=True) if one}


def _bare(pen: Pen, homes: Sequence[UUID]) -> dict[str, list[UUID]]:
    """Of the buildings of these homes and their phases, those without a home go with the last of them."""
    theirs = Home.objects.filter(id__in=homes).values("building")
    standing = Home.objects.filter(building=OuterRef("id"), removed_at=None)
    bare = Building.objects.filter(~Exists(standing), id__in=theirs, removed_at=None)
    buildings = list(bare.values_list("id", flat=True))
    bare.update(removed_at=pen.at)
    kept = Building.objects.filter(phase=OuterRef("id"), removed_at=None)
    emptied = Building.objects.filter(id__in=buildings).values("phase")
    lone = Phase.objects.filter(~Exists(kept), id__in=emptied, removed_at=None)
    phases = list(lone.values_list("id", flat=True))
    lone.update(removed_at=pen.at)
    return {"buildings": buildings, "phases": phases}
