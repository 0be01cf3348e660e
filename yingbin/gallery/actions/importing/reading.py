"""An uploaded file is read in the background, a slice at a time; a process that died goes on where it was."""

import logging
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from yingbin.journal.copying import copy_in
from yingbin.people.calendar import ZONE
from yingbin.rules.decision import Refused

from ...importing.lines import Checked, Options, Read, read_lines
from ...models import ImportFile, ImportRow, RegisterImport
from .forecast import Forecast, foreseen

logger = logging.getLogger(__name__)
CHUNK = 250
PATIENCE = 0.7  # seconds that a tick waits for a file to be understood
# What was refused, and uploads nobody applied, are forgotten after this time.
KEPT_FOR = timedelta(days=30)


class Reader(NamedTuple):
    """A file under way: how many lines were given, the whole of them, what was foreseen so far."""

    given: int
    read: Read
    forecast: Forecast


_readers: dict[UUID, Reader] = {}  # of this process
# A file is understood as a whole before its first line is known; the worker goes on meanwhile.
_reading = ThreadPoolExecutor(max_workers=1, thread_name_prefix="import")
_under_way: dict[UUID, Future[Read]] = {}


def read_some(*, import_id: UUID, at: datetime, seconds: float = 0.7) -> int:
    """Reads on in a file for about so many seconds; how many lines. Safe to run twice, also at once."""
    until, total = time.monotonic() + seconds, 0
    if not _understood(import_id, at):
        return 0
    while True:
        read = _read_chunk(import_id, at)
        total += read or 0
        if not read or time.monotonic() > until:
            return total


def _read_chunk(import_id: UUID, at: datetime) -> int:
    """Reads one chunk under the import's own lock; 0 when it is done, or somebody else is at it."""
    with transaction.atomic():
        rows = RegisterImport.objects.select_for_update(skip_locked=True)
        one = rows.filter(id=import_id).first()
        # Put back only after the commit: a reader that went ahead of what was kept would lose lines.
        under_way = _readers.pop(import_id, None)
        if one is None or one.state != "reading":
            return 0
        try:
            if under_way is None or under_way.given != one.rows:
                under_way = _reader(one, under_way)
            found = under_way.read.lines[one.rows : one.rows + CHUNK]
        except Refused as no:
            return _fail(one, no.message)
        except Exception as error:  # a quirk nobody thought of must not be tried for ever
            logger.warning("import %s: %s after line %s", one.id, type(error).__name__, one.rows)
            return _fail(one, f"读了 {one.rows} 行就读不下去了。请「另存为」新的 .xlsx 再上传。")
        copy_in(_judged(under_way.forecast, one, found))
        one.rows += len(found)
        one.expected = len(under_way.read.lines)
        if len(found) < CHUNK:
            _finish(one, at)
        one.save(update_fields=["rows", "expected", "read_at", "failed_why", "options"])
    if len(found) == CHUNK:
        _readers[import_id] = under_way._replace(given=one.rows)
    return len(found)


def _understood(import_id: UUID, at: datetime) -> bool:
    """Whether the file is read as a whole by now; begins with it, and waits for a moment."""
    if import_id in _readers:
        return True
    if import_id not in _under_way:
        one = RegisterImport.objects.filter(id=import_id).first()
        if one is None or one.state != "reading":
            return False
        data = bytes(ImportFile.objects.get(belongs_to=one).data)
        options = Options(one.options.get("area") or "", one.options.get("year"))
        today = at.astimezone(ZONE).date()
        _under_way[import_id] = _reading.submit(read_lines, data, one.file_name, options, today)
    done, _ = wait([_under_way[import_id]], timeout=PATIENCE)
    return bool(done)


def _reader(one: RegisterImport, before: Reader | None) -> Reader:
    """A reader that stands at the import's next line, and what was foreseen up to there."""
    read = before.read if before else _under_way.pop(one.id).result()
    one.options = {**one.options, "sheets": read.sheets, "columns": read.columns}
    return Reader(one.rows, read, foreseen(one))


def _finish(one: RegisterImport, at: datetime) -> None:
    if not one.rows:
        one.failed_why = "标题行下面没有登记。请核对文件后再上传。"
    one.read_at, one.expected = at, one.rows
    ImportFile.objects.filter(belongs_to=one).delete()


def _fail(one: RegisterImport, why: str) -> int:
    one.failed_why = why[:300]
    one.save(update_fields=["failed_why"])
    ImportFile.objects.filter(belongs_to=one).delete()
    ImportRow.objects.filter(of=one).delete()
    return 0


def _judged(forecast: Forecast, one: RegisterImport, found: list[Checked]) -> list[ImportRow]:
    """What will become of each line, as things stand now."""
    forecast.look_up([c.told for c in found if c.told])
    return [_row(forecast, one, n, c) for n, c in enumerate(found, start=one.rows + 1)]


def _row(forecast: Forecast, one: RegisterImport, n: int, found: Checked) -> ImportRow:
    row = ImportRow(
        of=one,
        n=n,
        sheet=found.sheet,
        line=found.line,
        cells=found.cells,
        faults=[list(f) for f in found.faults],
        warnings=found.warnings,
        verdict=ImportRow.Verdict.SKIPPED if found.skipped else ImportRow.Verdict.REFUSED,
    )
    if found.told is not None:
        row.told = found.told.to_json()
        row.phone = found.told.phones[0] if found.told.phones else ""
        forecast.judge(row, found.told)
    return row


def forget_old_files(*, at: datetime) -> int:
    """Forgets what nobody applied, and what stands in refused lines, once it is old. How many imports."""
    old = RegisterImport.objects.filter(uploaded_at__lt=at - KEPT_FOR, emptied_at=None)
    many = 0
    for one in old[:20]:
        with transaction.atomic():
            if one.state in ("applying", "undoing"):
                continue
            ImportFile.objects.filter(belongs_to=one).delete()
            ImportRow.objects.filter(of=one).update(cells=None, told=None, faults=[], phone="")
            kept = {} if one.applied_at else {"dropped_at": one.dropped_at or at}
            many += RegisterImport.objects.filter(id=one.id).update(emptied_at=at, **kept)
    return many
