"""The good lines of an old register enter the register as signed rows, a chunk in one write (TQ-3)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.db import connection

from yingbin.customers.actions import NewCard, give_receivers, make_cards, new_card
from yingbin.customers.queries import KnownBook, known_book
from yingbin.importing.models import ImportRow, ImportRun
from yingbin.importing.queries import assigned
from yingbin.journal.canonical import canonical
from yingbin.journal.commit import new_salt, salted
from yingbin.journal.copying import copy_in
from yingbin.journal.write import Pen
from yingbin.people.calendar import ZONE
from yingbin.people.rows import next_number

from ...importing.lines import Told
from ...models import RegisterEntry, RegisterWords
from ...queries.imports import commitment, entered_days, people_named
from .forecast import first_name

UNKNOWN = time(0, 0)  # the time of day of a row where nobody wrote it down


@dataclass
class Ready:
    """A line ready to be taken in: all that could be made before the lock."""

    row: ImportRow
    told: Told
    at: datetime
    salt: str
    digest: str
    card: NewCard
    signer: UUID | None
    receiver: UUID | None
    verdict: str = ""
    customer_id: UUID | None = None
    entry: RegisterEntry | None = None
    gave: bool = False
    number: int | None = None


@dataclass
class Chunk:
    """What a chunk reads under the lock, and whom it has met so far."""

    book: KnownBook
    days: dict[tuple[UUID, date], int]
    number: int
    made: list[NewCard] = field(default_factory=list)
    entries: list[RegisterEntry] = field(default_factory=list)
    receivers: dict[UUID, UUID | None] = field(default_factory=dict)


def prepare(run: ImportRun, rows: Sequence[ImportRow], at: datetime) -> list[Ready]:
    """What can be made of a chunk before the lock: cards, salts, who signed and who receives."""
    people, meant = people_named(run.site_id, at), assigned(run)
    found = []
    for row in rows:
        told = Told.from_json(row.told or {})
        salt = new_salt()
        when = datetime.combine(told.day, told.clock or UNKNOWN, ZONE)
        found.append(
            Ready(
                row=row,
                told=told,
                at=when,
                salt=salt,
                digest=salted(canonical(told.words).decode(), salt),
                card=new_card(run.site_id, told.names, told.phones, told.title, when),
                signer=people.all.get(told.receiver),
                receiver=meant.get(told.receiver) or people.receiving.get(told.receiver),
            )
        )
    return found


def take(pen: Pen, run: ImportRun, ready: list[Ready]) -> None:
    """Decides on each line under the lock and writes the chunk: cards, rows, words, one entry."""
    book = known_book(pen.site_id, {p for r in ready for p in r.told.phones})
    met = {c for r in ready if (c := book.find(first_name(r.told), r.told.phones))}
    days = entered_days(pen.site_id, met, {r.told.day for r in ready})
    chunk = Chunk(book, days, next_number(RegisterEntry, pen.site_id))
    for r in ready:
        _decide(pen, run, chunk, r)
    make_cards(pen=pen, cards=chunk.made)
    _write(pen, run, chunk, ready)


def _decide(pen: Pen, run: ImportRun, chunk: Chunk, r: Ready) -> None:
    """Whose row it is, and whether it stands in the register already."""
    known = chunk.book.find(first_name(r.told), r.told.phones)
    r.customer_id = known or r.card.id
    r.number = chunk.days.get((r.customer_id, r.told.day)) if r.told.phones else None
    if r.number is not None:
        r.verdict = ImportRow.Verdict.AGAIN
        return
    r.verdict = ImportRow.Verdict.KNOWN if known else ImportRow.Verdict.NEW
    if known is None:
        chunk.made.append(r.card)
        chunk.book.add(r.card.id, r.told.names, r.told.phones)
    r.number = chunk.number
    chunk.number += 1
    chunk.days[r.customer_id, r.told.day] = r.number
    r.entry = _entry(pen, run, r)
    chunk.entries.append(r.entry)
    if run.receivers and r.receiver and r.customer_id not in chunk.book.receivers:
        chunk.book.receivers.add(r.customer_id)
        chunk.receivers[r.customer_id] = r.receiver
        r.gave = True


def _entry(pen: Pen, run: ImportRun, r: Ready) -> RegisterEntry:
    return RegisterEntry(
        site_id=pen.site_id,
        number=r.number or 0,
        day=r.told.day,
        at=r.at,
        customer_id=r.customer_id,
        hand=RegisterEntry.Hand.IMPORTED,
        signed=RegisterEntry.Signed.PAPER,
        signed_by=r.signer,
        import_id=run.id,
        digest=r.digest,
    )


def _write(pen: Pen, run: ImportRun, chunk: Chunk, ready: list[Ready]) -> None:
    verdicts = Counter(r.verdict for r in ready)
    body = {
        "import": str(run.id),
        "after": run.done,
        "rows": len(chunk.entries),
        "numbers": [chunk.entries[0].number, chunk.entries[-1].number] if chunk.entries else [],
        "new": verdicts["new"],
        "known": verdicts["known"],
        "again": verdicts["again"],
        "whole": True,
        "commitment": commitment(chunk.entries),
        "cards": [str(c.id) for c in chunk.made],
        "receivers": {str(c): str(w) for c, w in chunk.receivers.items()},
    }
    line = pen.append("register.imported", body, clause="TQ-3")
    for entry in chunk.entries:
        entry.seq, entry.receipt = line.seq, line.receipt
    copy_in(chunk.entries)
    copy_in(
        RegisterWords(entry=r.entry, site_id=pen.site_id, words=r.told.words, salt=r.salt)
        for r in ready
        if r.entry
    )
    if chunk.receivers:
        why = "旧登记册上的接待人"
        give_receivers(pen=pen, receivers=chunk.receivers, seq=line.seq, reason=why)
    _settle(ready, line.seq)


_SETTLE = """
update importing_importrow r
   set verdict = v.verdict, subject_id = v.customer, created = v.created, gave = v.gave,
       number = v.number, seq = %s, cells = null, told = null, phone = ''
  from unnest(%s::bigint[], %s::text[], %s::uuid[], %s::bool[], %s::bool[], %s::int[])
       as v(id, verdict, customer, created, gave, number)
 where r.id = v.id
"""


def _settle(ready: list[Ready], seq: int) -> None:
    """What became of each line; what stood in it is forgotten, the register has it now."""
    rows = [
        (r.row.pk, r.verdict, r.customer_id, r.verdict == "new", r.gave, r.number) for r in ready
    ]
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, [seq, *(list(column) for column in zip(*rows, strict=True))])
