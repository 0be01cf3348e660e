"""Rows are taken in and taken back chunk by chunk, so that nobody at the door waits.

What takes time is prepared without the site's lock; what decides is read under it. A chunk is one write with
its own key: a process that dies leaves whole chunks, and the next one goes on behind them.
"""

import time
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from yingbin.journal.action import Acting, action
from yingbin.journal.write import Pen

from ..declared import importer_of
from ..models import ImportRow, ImportRun
from .asking import held

UNDONE_AT_ONCE = 120


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
    rows = list(ImportRow.objects.filter(of=run, n__gt=run.done).order_by("n")[: importer.chunk])
    good = [row for row in rows if row.told]
    prepared = importer.prepare(run, good, at) if good else None
    acting = Acting(
        run.site_id, f"import:{run.id}:{run.done}", run.applied_by or run.uploaded_by, at
    )
    last = rows[-1].n if rows else run.done
    return take_chunk(acting, (prepared, last, len(rows)), run_id=run.id, after=run.done)


# What was prepared is no argument by which the write is known: the key and the place are.
Prepared = tuple[object, int, int]


@action("import_chunk")
def take_chunk(pen: Pen, ready: Prepared | None = None, /, *, run_id: UUID, after: int) -> int:
    """Takes a prepared chunk in, unless somebody else has by now; how many lines."""
    run, importer = held(pen, run_id)
    if run.state != "applying" or run.done != after or ready is None:
        return 0
    prepared, last, many = ready
    if prepared is not None:
        importer.take(pen, run, prepared)
    run.done = last
    if last >= run.rows:
        run.finished_at = pen.at
        body = {"import": str(run.id)}
        pen.append(f"{importer.journal}.import_finished", body, clause=importer.clause)
    run.save(update_fields=["done", "finished_at"])
    return many


def _withdraw(run: ImportRun, at: datetime) -> int:
    key = f"import-undo:{run.id}:{run.withdrawn}"
    acting = Acting(run.site_id, key, run.undone_by or run.uploaded_by, at)
    return withdraw_chunk(acting, run_id=run.id, after=run.withdrawn)


@action("import_withdraw")
def withdraw_chunk(pen: Pen, *, run_id: UUID, after: int) -> int:
    """Takes back what the next rows made, unless somebody else has by now; how many lines."""
    run, importer = held(pen, run_id)
    if run.state != "undoing" or run.withdrawn != after:
        return 0
    later = ImportRow.objects.filter(of=run, n__gt=run.withdrawn, n__lte=run.done)
    rows = list(later.order_by("n")[:UNDONE_AT_ONCE])
    importer.withdraw(pen, run, rows)
    run.withdrawn = rows[-1].n if rows else run.done
    if run.withdrawn >= run.done:
        run.withdrawn_at = pen.at
    run.save(update_fields=["withdrawn", "withdrawn_at"])
    return len(rows)
