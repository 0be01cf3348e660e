"""登记册核对: every row of the register beside the journal that witnessed it (TQ-3).

The database refuses to change a row. Whoever gets round that, as its owner can, is found here: the journal
holds each row's number, signature and the commitment of its words, and nobody can write that anew.
"""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from yingbin.journal.canonical import canonical
from yingbin.journal.commit import salted
from yingbin.journal.models import Entry

from ..models import RegisterEntry, RegisterWords
from .imports import commitment

AT_ONCE = 2000  # rows in memory
WITNESS = ("register.signed", "register.imported")
_CALLED = {
    "entry": "编号",
    "number": "序号",
    "visit": "到访",
    "customer": "客户",
    "corrects": "更正的那一行",
    "words": "内容的凭据",
    "signature": "签名",
    "signed": "签名方式",
    "hand": "谁写的",
}


def drawn(strokes: list[list[int]]) -> str:
    """What the journal keeps of a signature: its hash."""
    return hashlib.sha256(canonical(strokes)).hexdigest()


def signed_body(row: RegisterEntry) -> dict[str, Any]:
    """What the journal keeps of a row."""
    return {
        "entry": str(row.id),
        "number": row.number,
        "visit": str(row.visit_id) if row.visit_id else None,
        "customer": str(row.customer_id) if row.customer_id else None,
        "corrects": row.corrects.number if row.corrects else None,
        "words": row.digest,
        "signature": drawn(row.strokes),
        "signed": str(row.signed),
        "hand": str(row.hand),
    }


def register_faults(site_id: UUID) -> Iterator[str]:
    """What doesn't fit, row by row, in words; nothing when the book and the journal are one."""
    due = 1
    every = _rows(site_id).iterator(AT_ONCE)
    while rows := list(islice(every, AT_ONCE)):
        witnesses = _witnesses(site_id, {r.seq for r in rows})
        words = _words({r.id for r in rows})
        for row in rows:
            if row.number != due:
                yield f"第 {due} 号到第 {row.number - 1} 号不见了"
            due = row.number + 1
            yield from _row_faults(row, witnesses.get(row.seq), words.get(row.id))
    yield from _import_faults(site_id)
    yield from _missing(site_id)


def _rows(site_id: UUID) -> QuerySet[RegisterEntry]:
    found = RegisterEntry.objects.filter(site_id=site_id).select_related("corrects")
    return found.order_by("number")


def _witnesses(site_id: UUID, seqs: set[int]) -> dict[int, Entry]:
    found = Entry.objects.filter(site_id=site_id, seq__in=seqs, kind__in=WITNESS)
    return {e.seq: e for e in found}


def _words(ids: set[UUID]) -> dict[UUID, RegisterWords]:
    return {w.entry_id: w for w in RegisterWords.objects.filter(entry_id__in=ids)}


def _row_faults(
    row: RegisterEntry, witness: Entry | None, words: RegisterWords | None
) -> Iterator[str]:
    here = f"第 {row.number} 号"
    if witness is None:
        yield f"{here}：记录链里没有这一行，是绕过程序加进来的"
    elif row.import_id is None:
        yield from (f"{here}：{fault}" for fault in _told_otherwise(row, witness))
    if words is None:
        yield f"{here}：内容不见了"
    elif words.words is None:
        if words.erased_at is None:
            yield f"{here}：内容空了，但没有删除的记录"
    elif not _fits(row, words):
        yield f"{here}：内容和记录链里的凭据对不上，被改过"


def _fits(row: RegisterEntry, words: RegisterWords) -> bool:
    try:
        return salted(canonical(words.words).decode(), words.salt) == row.digest
    except ValueError:
        return False


def _told_otherwise(row: RegisterEntry, witness: Entry) -> Iterator[str]:
    """Where a signed row and its entry in the journal differ."""
    body = witness.body
    for name, value in signed_body(row).items():
        if body.get(name) != value:
            yield f"{_CALLED[name]}和记录链里的不一样"
    if row.at != witness.at:
        yield "时间和记录链里的不一样"
    if row.signed != RegisterEntry.Signed.PAPER and str(row.signed_by) != witness.actor:
        yield "签名的人和记录链里的不一样"


def _import_faults(site_id: UUID) -> Iterator[str]:
    """Imported rows are witnessed together, a chunk at a time."""
    imported = _rows(site_id).filter(import_id__isnull=False).iterator(AT_ONCE)
    for seq, rows in groupby(imported, key=lambda r: r.seq):
        yield from _chunk_faults(site_id, seq, list(rows))


def _chunk_faults(site_id: UUID, seq: int, rows: Sequence[RegisterEntry]) -> Iterator[str]:
    witness = Entry.objects.filter(site_id=site_id, seq=seq, kind=WITNESS[1]).first()
    if witness is not None and witness.body.get("commitment") != commitment(rows):
        first, last = witness.body["numbers"]
        yield f"第 {first} 号到第 {last} 号：导入的这一批被改过、少了或多了"


def _missing(site_id: UUID) -> Iterator[str]:
    """Rows, or whole chunks, that the journal saw and the book no longer has."""
    kept = RegisterEntry.objects.filter(site_id=site_id).values("seq")
    seen = Entry.objects.filter(site_id=site_id, kind__in=WITNESS).exclude(seq__in=kept)
    for entry in seen.order_by("seq").iterator():
        numbers = entry.body.get("numbers", [entry.body.get("number")])
        if numbers:
            which = " 到 ".join(dict.fromkeys(map(str, numbers)))
            yield f"第 {which} 号：记录链第 {entry.seq} 条见过，登记册里没有了"
