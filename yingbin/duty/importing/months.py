"""Which day a column of a roster's sheet is about, by what stands above it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from yingbin.tables.grid import Cell, Line, folded

FEWEST = 3  # days side by side that make a heading
_FULL = re.compile(r"(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})")
_OF_MONTH = re.compile(r"(\d{1,2})[/.月](\d{1,2})(?!\d)")
_ALONE = re.compile(r"(\d{1,2})(?:日|号)?(?:\s*\(?(?:周|星期)?[一二三四五六日天]\)?)?")
_MONTH = re.compile(r"(20\d\d)\s*[-/.年]\s*(\d{1,2})(?:\s*月|\b)")
Written = tuple[int | None, int | None, int]  # year, month, day, as far as they are written


def day_written(cell: Cell) -> Written | None:
    """The day that stands in a heading: a real date, 2026-12-01, 12/1, 12月1日, 1日 or 1; None for anything else."""
    if isinstance(cell.value, date):  # a datetime is one too
        value = cell.value.date() if isinstance(cell.value, datetime) else cell.value
        return value.year, value.month, value.day
    text = folded(cell.text)
    if found := _FULL.match(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _OF_MONTH.match(text):
        return None, int(found[1]), int(found[2])
    if (found := _ALONE.fullmatch(text)) and 1 <= int(found[1]) <= 31:
        return None, None, int(found[1])
    return None


def days_above(line: Line) -> dict[int, Written]:
    """The columns of a heading that are days; none where too few stand there to be one."""
    cells = enumerate(line.cells)
    found = {n: day for n, c in cells if not c.across and (day := day_written(c)) is not None}
    return found if len({day[1:] for day in found.values()}) >= FEWEST else {}


def month_said(texts: Iterable[str]) -> date | None:
    """The first month that a title names: 2026年12月排班表."""
    for text in texts:
        found = _MONTH.search(folded(text))
        if found and 1 <= int(found[2]) <= 12:
            return date(int(found[1]), int(found[2]), 1)
    return None


def dated(written: Mapping[int, Written], month: date | None) -> dict[int, date | None]:
    """The columns with their days; None for one that is no day of the calendar, or whose month nobody said.

    month: what bare numbers are days of. Days that begin again at 1 are those of the month after.
    """
    found: dict[int, date | None] = {}
    last = 0
    year, number = (month.year, month.month) if month else (0, 0)
    for column, (own_year, own_month, day) in sorted(written.items()):
        if own_month is None and day < last:
            year, number = (year + 1, 1) if number == 12 else (year, number + 1)
        last = day if own_month is None else 0
        found[column] = _date(own_year or year, own_month or number, day)
    return found


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def heading(top: Sequence[Line]) -> Line | None:
    """The line that names the days, below any titles; of several the one with most."""
    found = max(top, key=lambda line: len(days_above(line)), default=None)
    return found if found is not None and days_above(found) else None
