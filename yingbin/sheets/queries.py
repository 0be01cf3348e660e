"""核对: every row of a sheet beside the journal that witnessed it.

The database refuses to change a row. Whoever gets round that, as its owner can, is found here: the journal
holds each row's number, signature and the commitment of its words, and nobody can write that anew.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from yingbin.journal.canonical import canonical
from yingbin.journal.commit import salted
from yingbin.journal.models import Entry
from yingbin.people.calendar import ZONE

from .book import Book, R
from .models import SheetRow, SheetWords

AT_ONCE = 2000  # rows in memory


class Erasure(NamedTuple):
    """One erasure of a person's data, as the journal has it."""

    seq: int
    at: datetime


Erased = Callable[[R], Sequence[Erasure]]
Otherwise = Callable[[R, Entry], Iterator[str]]


def never_erased(row: SheetRow) -> Sequence[Erasure]:
    """Of a sheet whose rows name nobody who may ask to be forgotten."""
    return ()


def faults(
    book: Book[R],
    site_id: UUID,
    *,
    erased: Erased[R],
    otherwise: Mapping[str, Otherwise[R]] | None = None,
) -> Iterator[str]:
    """What doesn't fit, row by row, in words; nothing when the book and the journal are one.

    erased: the lawful reasons for a row without words. otherwise: by kind of entry, how a row is held against
    it; for `book.signed` as every signed row unless the app says more.
    """
    told = {book.signed: lambda row, entry: told_otherwise(book, row, entry), **(otherwise or {})}
    due, every = 1, rows_of(book, site_id).iterator(AT_ONCE)
    while rows := list(islice(every, AT_ONCE)):
        entries = Entry.objects.filter(site_id=site_id, seq__in={r.seq for r in rows})
        witnesses = {e.seq: e for e in entries.filter(kind__in=list(told))}
        words = _words(book, {r.pk for r in rows})
        for row in rows:
            here = f"第 {row.number} 号"
            yield from _numbering(row, due)
            due = row.number + 1
            yield from (f"{here}：{f}" for f in _row_faults(row, witnesses.get(row.seq), told))
            yield from (f"{here}：{f}" for f in _word_faults(row, words.get(row.pk), erased(row)))
    yield from _missing(book, site_id, list(told))


def rows_of(book: Book[R], site_id: UUID) -> QuerySet[R]:
    """The rows of a site in their order, each with the one it corrects."""
    rows = book.rows._default_manager.filter(site_id=site_id)
    return rows.select_related("corrects").order_by("number")


def _words(book: Book[R], ids: set[UUID]) -> dict[UUID, SheetWords]:
    return {w.pk: w for w in book.words._default_manager.filter(pk__in=ids)}


def _numbering(row: SheetRow, due: int) -> Iterator[str]:
    if row.number < due:
        yield f"第 {row.number} 号：有两行是这个序号"
    elif row.number > due:
        last = f"到第 {row.number - 1} 号" if row.number - due > 1 else ""
        yield f"第 {due} 号{last}不见了"


def _row_faults(row: R, witness: Entry | None, told: Mapping[str, Otherwise[R]]) -> Iterator[str]:
    if witness is None:
        yield "记录链里没有这一行，是绕过程序加进来的"
        return
    yield from told[witness.kind](row, witness)
    if row.receipt != witness.receipt:
        yield "回执码和记录链里的不一样"


def _word_faults(
    row: SheetRow, words: SheetWords | None, erased: Sequence[Erasure]
) -> Iterator[str]:
    if words is None:
        yield "内容不见了"
    elif words.words is None:
        if words.erased_at is None or words.erased_at not in {e.at for e in erased}:
            yield "内容空了，但没有删除的记录"
        elif words.salt:
            yield "内容删除了，凭据的盐却还在"
    elif not _fits(row, words):
        yield "内容和记录链里的凭据对不上，被改过"
    elif words.erased_at is not None or any(e.seq > row.seq for e in erased):
        yield "内容已按客户要求删除过，却又有了"


def _fits(row: SheetRow, words: SheetWords) -> bool:
    try:
        return salted(canonical(words.words).decode(), words.salt) == row.digest
    except ValueError:
        return False


def told_otherwise(book: Book[R], row: R, witness: Entry) -> Iterator[str]:
    """Where a signed row and its entry in the journal differ."""
    body = witness.body
    for name, value in book.body(row).items():
        # Entries written before the signer stood in them are compared by who wrote them.
        if (name in body or name != "signed_by") and body.get(name) != value:
            yield f"{book.word_for(name)}和记录链里的不一样"
    if row.at != witness.at:
        yield "时间和记录链里的不一样"
    if row.day != witness.at.astimezone(ZONE).date():
        yield "日期和记录链里的不一样"
    if row.signed != SheetRow.Signed.PAPER and str(row.signed_by) != witness.actor:
        yield "签名的人和记录链里的不一样"


def _missing(book: Book[R], site_id: UUID, kinds: list[str]) -> Iterator[str]:
    """Rows, or whole chunks, that the journal saw and the book no longer has."""
    kept = book.rows._default_manager.filter(site_id=site_id).values("seq")
    seen = Entry.objects.filter(site_id=site_id, kind__in=kinds).exclude(seq__in=kept)
    for entry in seen.order_by("seq").iterator():
        numbers = entry.body.get("numbers", [entry.body.get("number")])
        if numbers:
            which = " 到 ".join(dict.fromkeys(map(str, numbers)))
            yield f"第 {which} 号：记录链第 {entry.seq} 条见过，{book.title}里没有了"
