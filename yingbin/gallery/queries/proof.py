"""登记册核对: every row of the register beside the journal that witnessed it (TQ-3).

The database refuses to change a row. Whoever gets round that, as its owner can, is found here: the journal
holds each row's number, signature and the commitment of its words, and nobody can write that anew.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby, islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from yingbin.importing.models import ImportRun
from yingbin.journal.canonical import canonical
from yingbin.journal.commit import salted
from yingbin.journal.models import Entry
from yingbin.people.calendar import ZONE

from ..models import RegisterEntry, RegisterWords
from .imports import commitment

AT_ONCE = 2000  # rows in memory
SIGNED, IMPORTED = WITNESS = ("register.signed", "register.imported")
UNDONE = "register.import_undone"
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
    "signed_by": "接待人",
}


class Erasure(NamedTuple):
    """One erasure of a person's data, as the journal has it."""

    seq: int
    at: datetime


Erasures = Mapping[str, Sequence[Erasure]]


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
        "signed_by": str(row.signed_by) if row.signed_by else None,
    }


def register_faults(site_id: UUID) -> Iterator[str]:
    """What doesn't fit, row by row, in words; nothing when the book and the journal are one."""
    due, erasures = 1, _erasures(site_id)
    every = _rows(site_id).iterator(AT_ONCE)
    while rows := list(islice(every, AT_ONCE)):
        witnesses = _witnesses(site_id, {r.seq for r in rows})
        words = _words({r.id for r in rows})
        for row in rows:
            yield from _numbering(row, due)
            due = row.number + 1
            yield from _row_faults(row, witnesses.get(row.seq))
            yield from _words_faults(row, words.get(row.id), erasures)
    yield from _import_faults(site_id)
    yield from _undoing_faults(site_id)
    yield from _missing(site_id)


def _numbering(row: RegisterEntry, due: int) -> Iterator[str]:
    if row.number < due:
        yield f"第 {row.number} 号：有两行是这个序号"
    elif row.number > due:
        last = f"到第 {row.number - 1} 号" if row.number - due > 1 else ""
        yield f"第 {due} 号{last}不见了"


def _erasures(site_id: UUID) -> Erasures:
    """Whose data was erased, and when: the lawful reason for an empty row."""
    found: dict[str, list[Erasure]] = defaultdict(list)
    told = Entry.objects.filter(site_id=site_id, kind="customer.erased").order_by("seq")
    for entry in told.iterator():
        for who in entry.body["customers"]:
            found[who].append(Erasure(entry.seq, entry.at))
    return found


def _rows(site_id: UUID) -> QuerySet[RegisterEntry]:
    found = RegisterEntry.objects.filter(site_id=site_id).select_related("corrects")
    return found.order_by("number")


def _witnesses(site_id: UUID, seqs: set[int]) -> dict[int, Entry]:
    found = Entry.objects.filter(site_id=site_id, seq__in=seqs, kind__in=WITNESS)
    return {e.seq: e for e in found}


def _words(ids: set[UUID]) -> dict[UUID, RegisterWords]:
    return {w.entry_id: w for w in RegisterWords.objects.filter(entry_id__in=ids)}


def _row_faults(row: RegisterEntry, witness: Entry | None) -> Iterator[str]:
    here = f"第 {row.number} 号"
    if witness is None:
        yield f"{here}：记录链里没有这一行，是绕过程序加进来的"
        return
    told = _told_otherwise if witness.kind == SIGNED else _brought_otherwise
    yield from (f"{here}：{fault}" for fault in told(row, witness))
    if row.receipt != witness.receipt:
        yield f"{here}：回执码和记录链里的不一样"


def _words_faults(
    row: RegisterEntry, words: RegisterWords | None, erasures: Erasures
) -> Iterator[str]:
    here, erased = f"第 {row.number} 号", erasures.get(str(row.customer_id), ())
    if words is None:
        yield f"{here}：内容不见了"
    elif words.words is None:
        if words.erased_at is None or words.erased_at not in {e.at for e in erased}:
            yield f"{here}：内容空了，但没有删除的记录"
        elif words.salt:
            yield f"{here}：内容删除了，凭据的盐却还在"
    elif not _fits(row, words):
        yield f"{here}：内容和记录链里的凭据对不上，被改过"
    elif words.erased_at is not None or any(e.seq > row.seq for e in erased):
        yield f"{here}：内容已按客户要求删除过，却又有了"


def _fits(row: RegisterEntry, words: RegisterWords) -> bool:
    try:
        return salted(canonical(words.words).decode(), words.salt) == row.digest
    except ValueError:
        return False


def _told_otherwise(row: RegisterEntry, witness: Entry) -> Iterator[str]:
    """Where a signed row and its entry in the journal differ."""
    body = witness.body
    for name, value in signed_body(row).items():
        # Entries written before the receiver stood in them are compared by who wrote them.
        if (name in body or name != "signed_by") and body.get(name) != value:
            yield f"{_CALLED[name]}和记录链里的不一样"
    if row.at != witness.at:
        yield "时间和记录链里的不一样"
    if row.day != witness.at.astimezone(ZONE).date():
        yield "日期和记录链里的不一样"
    if row.import_id is not None:
        yield "标成了导入的，记录链里是当场签的"
    if row.signed != RegisterEntry.Signed.PAPER and str(row.signed_by) != witness.actor:
        yield "签名的人和记录链里的不一样"


def _brought_otherwise(row: RegisterEntry, witness: Entry) -> Iterator[str]:
    """Where an imported row differs from what every row of its import is."""
    if str(row.import_id) != witness.body.get("import"):
        yield "属于哪一次导入和记录链里的不一样"
    alike = (row.hand, row.signed, row.visit_id, row.corrects_id, row.strokes)
    if alike != (RegisterEntry.Hand.IMPORTED, RegisterEntry.Signed.PAPER, None, None, []):
        yield "是导入的一行，却改成了当场登记的样子"
    if row.at.astimezone(ZONE).date() != row.day:
        yield "时间和日期不是同一天"


def _import_faults(site_id: UUID) -> Iterator[str]:
    """Imported rows are witnessed together, a chunk at a time."""
    imported = _rows(site_id).filter(import_id__isnull=False).iterator(AT_ONCE)
    for seq, rows in groupby(imported, key=lambda r: r.seq):
        yield from _chunk_faults(site_id, seq, list(rows))


def _chunk_faults(site_id: UUID, seq: int, rows: Sequence[RegisterEntry]) -> Iterator[str]:
    witness = Entry.objects.filter(site_id=site_id, seq=seq, kind=IMPORTED).first()
    if witness is None:
        return
    kept = commitment(rows, whole="whole" in witness.body)
    if witness.body.get("commitment") != kept:
        first, last = witness.body["numbers"]
        yield f"第 {first} 号到第 {last} 号：导入的这一批被改过、少了或多了"


def _undoing_faults(site_id: UUID) -> Iterator[str]:
    """An import counts until the journal says it was undone, and never again after that."""
    told = Entry.objects.filter(site_id=site_id)
    begun = {e.body["import"]: (None, e.seq) for e in told.filter(kind="register.import_begun")}
    begun |= {e.body["import"]: (e.at, e.seq) for e in told.filter(kind=UNDONE)}
    kept = {str(i.id): i.undone_at for i in ImportRun.objects.filter(site_id=site_id)}
    for import_id, (undone_at, seq) in begun.items():
        which = f"{_numbers_of(site_id, import_id)}（记录链第 {seq} 条）"
        if import_id not in kept:
            yield f"{which}：导入的记录不见了"
        elif undone_at and not kept[import_id]:
            yield f"{which}：这次导入撤销过，却又算数了"
        elif kept[import_id] != undone_at:
            yield f"{which}：这次导入的撤销，记录链里没有或时间不同"


def _numbers_of(site_id: UUID, import_id: str) -> str:
    found = Entry.objects.filter(site_id=site_id, kind=IMPORTED, body__import=import_id)
    numbers = [n for e in found for n in e.body["numbers"]]
    return f"第 {min(numbers)} 号到第 {max(numbers)} 号" if numbers else "一次没有收进任何行的导入"


def _missing(site_id: UUID) -> Iterator[str]:
    """Rows, or whole chunks, that the journal saw and the book no longer has."""
    kept = RegisterEntry.objects.filter(site_id=site_id).values("seq")
    seen = Entry.objects.filter(site_id=site_id, kind__in=WITNESS).exclude(seq__in=kept)
    for entry in seen.order_by("seq").iterator():
        numbers = entry.body.get("numbers", [entry.body.get("number")])
        if numbers:
            which = " 到 ".join(dict.fromkeys(map(str, numbers)))
            yield f"第 {which} 号：记录链第 {entry.seq} 条见过，登记册里没有了"
