"""An uploaded file is read in the background, a slice at a time; a process that died goes on where it was."""

import logging
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import transaction

from yingbin.customers.queries import KnownBook, known_book
from yingbin.journal.copying import copy_in
from yingbin.rules.decision import Refused

from ...importing.lines import Checked, Options, Told, checked_lines
from ...models import ImportFile, ImportRow, RegisterImport
from ...queries.imports import entered_days
from ..presence import ZONE

logger = logging.getLogger(__name__)
CHUNK = 250
# What was refused, and uploads nobody applied, are forgotten after this time.
KEPT_FOR = timedelta(days=30)

# Readers of files under way in this process: how many lines were given, and the reader.
_readers: dict[UUID, tuple[int, Iterator[Checked]]] = {}


def read_some(*, import_id: UUID, at: datetime, seconds: float = 0.7) -> int:
    """Reads on in a file for about so many seconds; how many lines. Safe to run twice, also at once."""
    until, total = time.monotonic() + seconds, 0
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
        if one is None or one.state != "reading":
            _readers.pop(import_id, None)
            return 0
        reader = _reader(one, at)
        try:
            found = list(islice(reader, CHUNK))
        except Refused as no:
            return _fail(one, no.message)
        except Exception as error:  # a quirk nobody thought of must not be tried for ever
            logger.warning("import %s: %s after line %s", one.id, type(error).__name__, one.rows)
            return _fail(one, f"读了 {one.rows} 行就读不下去了。请「另存为」新的 .xlsx 再上传。")
        copy_in(_judged(one, found))
        one.rows += len(found)
        one.expected = max(one.expected, one.rows)
        if len(found) < CHUNK:
            _finish(one, at)
        one.save(update_fields=["rows", "expected", "read_at", "failed_why"])
    if len(found) < CHUNK:
        _readers.pop(import_id, None)
    else:
        _readers[import_id] = (one.rows, _readers[import_id][1])
    return len(found)


def _reader(one: RegisterImport, at: datetime) -> Iterator[Checked]:
    """The reader that stands at the import's next line; a new one where this process has none."""
    given, reader = _readers.get(one.id, (-1, iter(())))
    if given != one.rows:
        data = bytes(ImportFile.objects.get(belongs_to=one).data)
        options = Options(one.options.get("area") or "", one.options.get("year"))
        today = at.astimezone(ZONE).date()
        reader = checked_lines(data, one.file_name, options, today, skip=one.rows)
        _readers[one.id] = (one.rows, reader)
    return reader


def _finish(one: RegisterImport, at: datetime) -> None:
    if not one.rows:
        one.failed_why = "标题行下面没有登记。请核对文件后再上传。"
    one.read_at, one.expected = at, one.rows
    ImportFile.objects.filter(belongs_to=one).delete()


def _fail(one: RegisterImport, why: str) -> int:
    _readers.pop(one.id, None)
    one.failed_why = why[:300]
    one.save(update_fields=["failed_why"])
    ImportFile.objects.filter(belongs_to=one).delete()
    ImportRow.objects.filter(of=one).delete()
    return 0


def _judged(one: RegisterImport, found: list[Checked]) -> list[ImportRow]:
    """What will become of each line, as things stand now."""
    told = [c.told for c in found if c.told]
    phones = {p for t in told for p in t.phones}
    known = known_book(one.site_id, phones)
    earlier = _earlier(one, phones)
    customers = {c for t in told if (c := known.find(_first(t.names), t.phones))}
    entered = entered_days(one.site_id, customers, {t.day for t in told})
    return [
        _row(one, n, c, known, earlier, entered) for n, c in enumerate(found, start=one.rows + 1)
    ]


def _first(names: tuple[str, ...]) -> str:
    return names[0] if names else ""


class _Earlier:
    """The people of the file's earlier lines: who they are by number, since which line, on which days."""

    def __init__(self) -> None:
        self.book = KnownBook()
        self.days: dict[tuple[UUID, date], int] = {}
        self.since: dict[UUID, int] = {}

    def find(self, told: Told) -> UUID | None:
        """The mark of whoever this line is about, None for somebody new."""
        return self.book.find(_first(told.names), told.phones)

    def add(self, n: int, line: int, told: Told) -> None:
        """A line's person; several lines of one person go by the first one's mark."""
        if told.phones:
            mark = self.find(told) or UUID(int=n)
            self.book.add(mark, told.names[:1], told.phones)
            self.since.setdefault(mark, line)
            self.days.setdefault((mark, told.day), line)


def _earlier(one: RegisterImport, phones: set[str]) -> _Earlier:
    people = _Earlier()
    rows = ImportRow.objects.filter(of=one, phone__in=phones).exclude(verdict="refused")
    for row in rows.order_by("n"):
        if row.told:
            people.add(row.n, row.line, Told.from_json(row.told))
    return people


def _row(
    one: RegisterImport,
    n: int,
    found: Checked,
    known: KnownBook,
    earlier: _Earlier,
    entered: dict[tuple[UUID, date], int],
) -> ImportRow:
    row = ImportRow(
        of=one,
        n=n,
        sheet=found.sheet,
        line=found.line,
        cells=found.cells,
        faults=[list(f) for f in found.faults],
        warnings=found.warnings,
        verdict=ImportRow.Verdict.REFUSED,
    )
    told = found.told
    if told is None:
        return row
    row.told = told.to_json()
    row.phone = told.phones[0] if told.phones else ""
    twin, row.customer_id = earlier.find(told), known.find(_first(told.names), told.phones)
    row.verdict = ImportRow.Verdict.KNOWN if twin or row.customer_id else ImportRow.Verdict.NEW
    again = earlier.days.get((twin, told.day)) if twin else None
    row.same_as = again or (earlier.since[twin] if twin else None)
    row.number = entered.get((row.customer_id, told.day)) if row.customer_id else None
    if again or row.number:
        row.verdict = ImportRow.Verdict.AGAIN
    earlier.add(n, found.line, told)
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
