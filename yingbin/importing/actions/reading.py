"""An uploaded file is read in the background, a slice at a time; a process that died goes on where it was."""

import logging
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from yingbin.journal.action import Acting
from yingbin.journal.copying import copy_in
from yingbin.people.calendar import ZONE
from yingbin.rules.decision import Refused

from ..declared import Checked, Forecast, Read, importer_of, importers
from ..models import ImportFile, ImportRow, ImportRun, NamedPerson
from ..queries import choices_of, names_in_lines
from .asking import forget
from .telling import tell_unread

logger = logging.getLogger(__name__)
CHUNK = 250
AT_ONCE = 500
PATIENCE = 0.7  # seconds that a tick waits for a file to be understood
# An upload whose columns nobody settled is forgotten after this time: file, samples and all.
UNASKED_FOR = timedelta(days=1)

AnyRead = Read[Any]
AnyForecast = Forecast[Any]


class Reader(NamedTuple):
    """A file under way: how many lines were given, the whole of them, what was foreseen so far."""

    given: int
    read: AnyRead
    forecast: AnyForecast


_readers: dict[UUID, Reader] = {}  # of this process
# A file is understood as a whole before its first line is known; the worker goes on meanwhile.
_reading = ThreadPoolExecutor(max_workers=1, thread_name_prefix="import")
_under_way: dict[UUID, Future[AnyRead]] = {}


def read_some(*, run_id: UUID, at: datetime, seconds: float = 0.7) -> int:
    """Reads on in a file for about so many seconds; how many lines. Safe to run twice, also at once."""
    until, total = time.monotonic() + seconds, 0
    if not _understood(run_id, at):
        return 0
    while True:
        read = _read_chunk(run_id, at)
        total += read or 0
        if not read or time.monotonic() > until:
            break
    for run in ImportRun.objects.filter(id=run_id).exclude(failed_why=""):
        tell_unread(Acting(run.site_id, f"import-unread:{run.id}", "clock", at), run_id=run.id)
    return total


def _read_chunk(run_id: UUID, at: datetime) -> int:
    """Reads one chunk under the import's own lock; 0 when it is done, or somebody else is at it."""
    with transaction.atomic():
        rows = ImportRun.objects.select_for_update(skip_locked=True)
        run = rows.filter(id=run_id).first()
        # Put back only after the commit: a reader that went ahead of what was kept would lose lines.
        under_way = _readers.pop(run_id, None)
        if run is None or run.state != "reading":
            return 0
        try:
            if under_way is None or under_way.given != run.rows:
                under_way = _reader(run, under_way)
            found = under_way.read.lines[run.rows : run.rows + CHUNK]
        except Refused as no:
            return _fail(run, no.message)
        except Exception as error:  # a quirk nobody thought of must not be tried for ever
            logger.warning("import %s: %s after line %s", run.id, type(error).__name__, run.rows)
            return _fail(run, f"读了 {run.rows} 行就读不下去了。请「另存为」新的 .xlsx 再上传。")
        copy_in(_judged(under_way.forecast, run, found))
        run.rows += len(found)
        run.expected = len(under_way.read.lines)
        if len(found) < CHUNK:
            _finish(run, at)
        run.save(update_fields=["rows", "expected", "read_at", "failed_why", "options"])
    if len(found) == CHUNK:
        _readers[run_id] = under_way._replace(given=run.rows)
    return len(found)


def _understood(run_id: UUID, at: datetime) -> bool:
    """Whether the file is read as a whole by now; begins with it, and waits for a moment."""
    if run_id in _readers:
        return True
    if run_id not in _under_way:
        run = ImportRun.objects.filter(id=run_id).first()
        if run is None or run.state != "reading":
            return False
        data = bytes(ImportFile.objects.get(belongs_to=run).data)
        today = at.astimezone(ZONE).date()
        read = importer_of(run.kind).read
        _under_way[run_id] = _reading.submit(
            read, data, run.file_name, run.options, choices_of(run), today
        )
    done, _ = wait([_under_way[run_id]], timeout=PATIENCE)
    return bool(done)


def _reader(run: ImportRun, before: Reader | None) -> Reader:
    """A reader that stands at the import's next line, and what was foreseen up to there."""
    read = before.read if before else _under_way.pop(run.id).result()
    run.options = {**run.options, "sheets": read.sheets, "columns": read.columns}
    return Reader(run.rows, read, foreseen(run))


def foreseen(run: ImportRun) -> AnyForecast:
    """The forecast as it stood after the lines that were read, in a process that didn't read them."""
    importer = importer_of(run.kind)
    forecast = importer.forecast(run)
    after = 0
    while rows := list(ImportRow.objects.filter(of=run, n__gt=after).order_by("n")[:AT_ONCE]):
        lines = [(row, importer.kept(row.told)) for row in rows if row.told]
        forecast.look_up([told for _row, told in lines])
        for row, told in lines:
            forecast.judge(row, told)
        after = rows[-1].n
    return forecast


def _finish(run: ImportRun, at: datetime) -> None:
    if not run.rows:
        run.failed_why = "标题行下面没有内容。请核对文件后再上传。"
    run.read_at, run.expected = at, run.rows
    ImportFile.objects.filter(belongs_to=run).delete()
    importer = importer_of(run.kind)
    if not importer.person:
        return
    known = importer.colleagues(run.site_id, at)
    told = names_in_lines(run, importer.person)
    NamedPerson.objects.bulk_create(
        NamedPerson(of=run, name=name[:40], lines=many)
        for name, many in told.items()
        if name not in known
    )


def _fail(run: ImportRun, why: str) -> int:
    run.failed_why = why[:300]
    run.save(update_fields=["failed_why"])
    forget(run)
    return 0


def _judged(forecast: AnyForecast, run: ImportRun, found: list[Checked[Any]]) -> list[ImportRow]:
    """What will become of each line, as things stand now."""
    forecast.look_up([c.told for c in found if c.told])
    return [_row(forecast, run, n, c) for n, c in enumerate(found, start=run.rows + 1)]


def _row(forecast: AnyForecast, run: ImportRun, n: int, found: Checked[Any]) -> ImportRow:
    row = ImportRow(
        of=run,
        n=n,
        sheet=found.sheet[:40],
        line=found.line,
        cells=found.cells,
        faults=[list(f) for f in found.faults],
        warnings=found.warnings,
        verdict=ImportRow.Verdict.SKIPPED if found.skipped else ImportRow.Verdict.REFUSED,
    )
    if found.told is not None:
        row.told = found.told.to_json()
        row.phone = found.told.mark
        forecast.judge(row, found.told)
    return row


def forget_old_files(*, at: datetime) -> int:
    """Forgets what nobody applied, and what stands in refused lines, once it is old. How many imports.

    What is old, its kind says; what nobody settled the columns of is old after a day.
    """
    old = Q(mapped_at=None, uploaded_at__lt=at - UNASKED_FOR)
    for kind, importer in importers().items():
        old |= Q(kind=kind, uploaded_at__lt=at - importer.kept_for)
    many = 0
    for run in ImportRun.objects.filter(old, emptied_at=None)[:20]:
        with transaction.atomic():
            if run.state in ("applying", "undoing"):
                continue
            ImportFile.objects.filter(belongs_to=run).delete()
            NamedPerson.objects.filter(of=run).delete()
            ImportRow.objects.filter(of=run).update(
                cells=None, told=None, faults=[], warnings=[], phone=""
            )
            kept = {} if run.applied_at else {"dropped_at": run.dropped_at or at}
            many += ImportRun.objects.filter(id=run.id).update(emptied_at=at, **kept)
    return many
