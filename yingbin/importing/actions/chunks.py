"""Rows are taken in and taken back chunk by chunk, so that nobody at the door waits.

What takes time is prepared without the site's lock; what decides is read under it. A chunk is one write with
its own key at the site its lines belong to: a process that dies leaves whole chunks, and the next one goes on
behind them.
"""

import time
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from yingbin.journal.action import Acting, action
from yingbin.journal.write import Pen

from ..declared import importer_of
from ..models import ImportRow, ImportRun
from ..queries import chunk_after
from .telling import tell_taken_back, tell_taken_in


def apply_some(*, run_id: UUID, at: datetime, seconds: float = 0.7) -> int:
    """Takes in chunks for about so many seconds; how many lines. Safe to run twice, also at once."""
    return _go_on(run_id, "applying", _apply, at, seconds)


def withdraw_some(*, run_id: UUID, at: datetime, seconds: float = 0.7) -> int:
    """Takes back what rows made for about so many seconds; how many were looked at. Safe to run twice."""
    return _go_on(run_id, "undoing", _withdraw, at, seconds)


def _go_on(
    run_id: UUID,
    state: str,
    step: Callable[[ImportRun, datetime], int],
    at: datetime,
    seconds: float,
) -> int:
    until, total = time.monotonic() + seconds, 0
    while True:
        run = ImportRun.objects.filter(id=run_id).first()
        if run is None or run.state != state:
            return total
        total += step(run, at)
        if time.monotonic() > until:
            return total


def _apply(run: ImportRun, at: datetime) -> int:
    importer = importer_of(run.kind)
    rows = chunk_after(run, run.done, importer.chunk)
    good = [row for row in rows if row.told and row.verdict != ImportRow.Verdict.REFUSED]
    prepared = importer.prepare(run, good, at) if good else None
    acting = Acting(
        _place(run, rows), f"import:{run.id}:{run.done}", run.applied_by or run.uploaded_by, at
    )
    last = rows[-1].n if rows else run.done
    return take_chunk(acting, (prepared, last, len(rows)), run_id=run.id, after=run.done)


def _place(run: ImportRun, rows: list[ImportRow]) -> UUID:
    """Where a chunk is written: at the site its lines belong to, the file's own where they say none."""
    return (rows[0].place_id if rows else None) or run.site_id


# What was prepared is no argument by which the write is known: the key and the place are.
Prepared = tuple[object, int, int]


@action("import_chunk")
def take_chunk(pen: Pen, ready: Prepared | None = None, /, *, run_id: UUID, after: int) -> int:
    """Takes a prepared chunk in, unless somebody else has by now; how many lines.

    The end stands in the journal of the file's site: after a last chunk elsewhere it is a write of its own.
    """
    run = ImportRun.objects.select_for_update().get(id=run_id)
    importer = importer_of(run.kind)
    if run.state != "applying" or run.done != after or ready is None:
        return 0
    prepared, last, many = ready
    if prepared is not None:
        importer.take(pen, run, prepared)
    run.done = last
    if last >= run.rows and pen.site_id == run.site_id:
        run.finished_at = pen.at
        body = {"import": str(run.id)}
        pen.append(f"{importer.journal}.import_finished", body, clause=importer.clause)
        tell_taken_in(pen, run)
    run.save(update_fields=["done", "finished_at"])
    return many


def _withdraw(run: ImportRun, at: datetime) -> int:
    rows = chunk_after(run, run.withdrawn, importer_of(run.kind).chunk, run.done)
    key = f"import-undo:{run.id}:{run.withdrawn}"
    acting = Acting(_place(run, rows), key, run.undone_by or run.uploaded_by, at)
    return withdraw_chunk(acting, run_id=run.id, after=run.withdrawn)


@action("import_withdraw")
def withdraw_chunk(pen: Pen, *, run_id: UUID, after: int) -> int:
    """Takes back what the next rows made, unless somebody else has by now; how many lines.

    The end is told at the file's site: after a last chunk elsewhere it is a write of its own.
    """
    run = ImportRun.objects.select_for_update().get(id=run_id)
    importer = importer_of(run.kind)
    if run.state != "undoing" or run.withdrawn != after:
        return 0
    rows = chunk_after(run, run.withdrawn, importer.chunk, run.done)
    if rows:
        importer.withdraw(pen, run, rows)
    run.withdrawn = rows[-1].n if rows else run.done
    if run.withdrawn >= run.done and pen.site_id == run.site_id:
        run.withdrawn_at = pen.at
        tell_taken_back(pen, run)
    run.save(update_fields=["withdrawn", "withdrawn_at"])
    return len(rows)
