"""How a copy of a sheet that left the house is held against the journal."""

from collections.abc import Iterator

from yingbin.journal.held import Facts, Seen, differ

from .models import SheetCopy


def handed_out(row: SheetCopy, seen: list[Seen], facts: Facts) -> Iterator[str]:
    """A copy that left the house beside its entry."""
    (entry,), body = seen, seen[0].body
    yield from differ(
        ("时间", row.at, entry.at),
        ("谁带出的", row.by, entry.actor),
        ("形式", row.form, body["form"]),
        ("从哪天", row.since.isoformat() if row.since else "", body["since"]),
        ("到哪天", row.until.isoformat() if row.until else "", body["until"]),
        ("行数", row.rows, body["rows"]),
        ("文件的指纹", row.sha256, body["sha256"]),
    )
