"""登记册核对: the register beside the journal that witnessed it, row by row and import by import (TQ-3)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from uuid import UUID

from yingbin.importing.models import ImportRun
from yingbin.journal.models import Entry
from yingbin.people.calendar import ZONE
from yingbin.sheets.book import Body, Book
from yingbin.sheets.queries import AT_ONCE, Erasure, faults, rows_of, told_otherwise

from ..models import RegisterEntry, RegisterExport, RegisterWords
from .imports import commitment

SIGNED, IMPORTED = "register.signed", "register.imported"
UNDONE = "register.import_undone"

Erasures = Mapping[str, Sequence[Erasure]]


def _about(row: RegisterEntry) -> Body:
    return {
        "visit": str(row.visit_id) if row.visit_id else None,
        "customer": str(row.customer_id) if row.customer_id else None,
        "hand": str(row.hand),
    }


REGISTER = Book(
    title="登记册",
    clause="TQ-3",
    rows=RegisterEntry,
    words=RegisterWords,
    copies=RegisterExport,
    signed=SIGNED,
    handed_out="register.handed_out",
    signers="接待人或销售经理",
    about=_about,
    called={"visit": "到访", "customer": "客户", "hand": "谁写的", "signed_by": "接待人"},
)


def register_faults(site_id: UUID) -> Iterator[str]:
    """What doesn't fit, row by row, in words; nothing when the book and the journal are one."""
    erasures = _erasures(site_id)
    yield from faults(
        REGISTER,
        site_id,
        erased=lambda row: erasures.get(str(row.customer_id), ()),
        otherwise={SIGNED: _signed_otherwise, IMPORTED: _brought_otherwise},
    )
    yield from _import_faults(site_id)
    yield from _undoing_faults(site_id)


def _erasures(site_id: UUID) -> Erasures:
    """Whose data was erased, and when: the lawful reason for an empty row."""
    found: dict[str, list[Erasure]] = defaultdict(list)
    told = Entry.objects.filter(site_id=site_id, kind="customer.erased").order_by("seq")
    for entry in told.iterator():
        for who in entry.body["customers"]:
            found[who].append(Erasure(entry.seq, entry.at))
    return found


def _signed_otherwise(row: RegisterEntry, witness: Entry) -> Iterator[str]:
    yield from told_otherwise(REGISTER, row, witness)
    if row.import_id is not None:
        yield "标成了导入的，记录链里是当场签的"


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
    imported = rows_of(REGISTER, site_id).filter(import_id__isnull=False).iterator(AT_ONCE)
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
