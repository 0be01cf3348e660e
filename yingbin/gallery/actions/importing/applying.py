"""The good lines of a file enter the register, chunk by chunk, so that nobody at the door waits (TQ-3).

What takes time is prepared without the lock; what decides is read under it. A chunk is one write with
its own key: a process that dies leaves whole chunks, and the next one goes on behind them.
"""

import time as clock
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connection

from yingbin.customers.actions import NewCard, give_receivers, make_cards, new_card
from yingbin.customers.queries import KnownBook, known_book
from yingbin.journal.canonical import canonical
from yingbin.journal.commit import new_salt, salted
from yingbin.journal.copying import copy_in
from yingbin.journal.write import Pen
from yingbin.people.calendar import ZONE
from yingbin.people.rows import next_number

from ...importing.lines import Told
from ...models import ImportRow, RegisterEntry, RegisterImport, RegisterWords
from ...queries.imports import commitment, entered_days, people_named
from ..table import gallery_write
from .asking import held
from .forecast import first_name

CHUNK = 100
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


def apply_some(*, import_id: UUID, at: datetime, seconds: float = 0.7) -> int:
    """Takes in chunks for about so many seconds; how many lines. Safe to run twice, also at once."""
    until, total = clock.monotonic() + seconds, 0
    while True:
        one = RegisterImport.objects.filter(id=import_id).first()
        if one is None or one.state != "applying":
            return total
        total += _apply_chunk(one, at)
        if clock.monotonic() > until:
            return total


def _apply_chunk(one: RegisterImport, at: datetime) -> int:
    rows = list(ImportRow.objects.filter(of=one, n__gt=one.done).order_by("n")[:CHUNK])
    ready = _prepared(one, [r for r in rows if r.told], at)
    last = rows[-1].n if rows else one.done

    def work(pen: Pen) -> dict[str, Any]:
        now = held(pen, one.id)
        if now.state != "applying" or now.done != one.done:
            return {"lines": 0}
        _take(pen, now, ready)
        now.done = last
        if last >= now.rows:
            _close(pen, now)
        now.save(update_fields=["done", "finished_at"])
        return {"lines": len(rows)}

    done = gallery_write(
        site_id=one.site_id,
        key=f"import:{one.id}:{one.done}",
        verb="import_chunk",
        by=one.applied_by or one.uploaded_by,
        at=at,
        payload={"import": str(one.id), "after": one.done},
        work=work,
    )
    return int(done["lines"])


def _prepared(one: RegisterImport, rows: list[ImportRow], at: datetime) -> list[Ready]:
    people = people_named(one.site_id, at)
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
                card=new_card(one.site_id, told.names, told.phones, told.title, when),
                signer=people.all.get(told.receiver),
                receiver=people.receiving.get(told.receiver),
            )
        )
    return found


def _take(pen: Pen, one: RegisterImport, ready: list[Ready]) -> None:
    """Decides on each line under the lock and writes the chunk: cards, rows, words, one entry."""
    if not ready:
        return
    book = known_book(pen.site_id, {p for r in ready for p in r.told.phones})
    met = {c for r in ready if (c := book.find(first_name(r.told), r.told.phones))}
    days = entered_days(pen.site_id, met, {r.told.day for r in ready})
    chunk = Chunk(book, days, next_number(RegisterEntry, pen.site_id))
    for r in ready:
        _decide(pen, one, chunk, r)
    make_cards(pen=pen, cards=chunk.made)
    _write(pen, one, chunk, ready)


def _decide(pen: Pen, one: RegisterImport, chunk: Chunk, r: Ready) -> None:
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
    r.entry = _entry(pen, one, r)
    chunk.entries.append(r.entry)
    if one.receivers and r.receiver and r.customer_id not in chunk.book.receivers:
        chunk.book.receivers.add(r.customer_id)
        chunk.receivers[r.customer_id] = r.receiver
        r.gave = True


def _entry(pen: Pen, one: RegisterImport, r: Ready) -> RegisterEntry:
    return RegisterEntry(
        site_id=pen.site_id,
        number=r.number or 0,
        day=r.told.day,
        at=r.at,
        customer_id=r.customer_id,
        hand=RegisterEntry.Hand.IMPORTED,
        signed=RegisterEntry.Signed.PAPER,
        signed_by=r.signer,
        import_id=one.id,
        digest=r.digest,
    )


def _write(pen: Pen, one: RegisterImport, chunk: Chunk, ready: list[Ready]) -> None:
    verdicts = Counter(r.verdict for r in ready)
    body = {
        "import": str(one.id),
        "after": one.done,
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
update floor_importrow r
   set verdict = v.verdict, customer_id = v.customer, created = v.created, gave_receiver = v.gave,
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


def _close(pen: Pen, one: RegisterImport) -> None:
    one.finished_at = pen.at
    pen.append("register.import_finished", {"import": str(one.id)}, clause="TQ-3")
