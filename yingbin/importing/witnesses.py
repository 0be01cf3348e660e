"""Imports of every kind beside the entries that witnessed them."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from yingbin.journal.held import Facts, Held, Seen, Witnesses, differ, of
from yingbin.people.calendar import ZONE

from .declared import AnyImporter, importers
from .models import ImportRun

_LATER = ("begun", "dropped", "finished", "undone")
_UNHELD = {
    "mapped": "哪一列当作什么，只管这份文件怎么读；读出的行收进来时另有核对",
    "assigned": "文件里的名字认给哪位同事，只记个数；归属由客户归属的核对对照",
}


def of_imports(site_id: UUID) -> Witnesses:
    """The imports of all kinds; the rows they made are held by their own apps."""
    every = list(importers().values())
    return Witnesses(
        held=tuple(_held(one) for one in every),
        unheld={
            f"{one.journal}.import_{what}": why for one in every for what, why in _UNHELD.items()
        },
    )


def _held(one: AnyImporter) -> Held:
    # What was moved here from a former table of uploads has no digest and no entry.
    rows = ImportRun.objects.filter(kind=one.kind).exclude(sha256="").order_by("id")
    return Held(
        f"{one.words.home}导入",
        rows=lambda site: rows.filter(site_id=site),
        subjects=lambda row: [str(row.id)],
        born={f"{one.journal}.import_uploaded": of("import")},
        later={f"{one.journal}.import_{k}": of("import") for k in _LATER},
        faults=_faults,
        place=lambda row: f"{row.uploaded_at.astimezone(ZONE):%Y-%m-%d %H:%M}",
        page=f"「{one.words.title}」页",
    )


def _forgotten(row: ImportRun) -> datetime | None:
    """An upload that nobody took in is forgotten by the clock, without an entry: file and lines together."""
    return row.emptied_at if row.emptied_at and not row.applied_at else None


def _faults(row: ImportRun, seen: list[Seen], facts: Facts) -> Iterator[str]:
    first = seen[0]
    last = {e.kind.rpartition("_")[2]: e for e in seen}
    begun = last.get("begun")

    def at(kind: str) -> datetime | None:
        return last[kind].at if kind in last else None

    yield from differ(
        ("文件的指纹", row.sha256, first.body["sha256"]),
        ("大小", row.size, first.body["size"]),
        ("上传时间", row.uploaded_at, first.at),
        ("上传人", row.uploaded_by, first.actor),
        ("扔掉的时间", row.dropped_at, at("dropped") or _forgotten(row)),
        ("开始收的时间", row.applied_at, at("begun")),
        ("谁要收的", row.applied_by, begun.actor if begun else None),
        ("只收整份", row.whole, begun.body["whole"] if begun else False),
        ("带接待人", row.receivers, begun.body["receivers"] if begun else False),
        ("收完的时间", row.finished_at, at("finished")),
        ("撤销的时间", row.undone_at, at("undone")),
        ("谁撤销的", row.undone_by, last["undone"].actor if "undone" in last else None),
    )
