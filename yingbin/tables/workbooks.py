"""Excel workbooks: what the cells show, and what only the office program shows: hidden, struck, merged, noted."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from .grid import Cell, Line, Sheet, State, Unreadable, Value, shown
from .structure import Area, Structure, structure_of
from .texts import MAX_COLUMNS, MAX_LINES
from .unpacking import Limits, NoWorkbook, TooMuch, weigh

LIMITS = Limits(
    whole=250 * 1024 * 1024, sheet=200 * 1024 * 1024, part=40 * 1024 * 1024, elements=200_000
)
BLANK_AT_END = 20_000  # empty lines in a row after which nothing more is looked for
_BROKEN = "这个文件打不开，可能坏了。请在 Excel 或 WPS 里「另存为」.xlsx 或 .csv 再上传。"
_OTHERS = {
    "word/document.xml": "这是 Word 文档。请把表格复制到 Excel 里，存成 .xlsx 再上传。",
    "ppt/presentation.xml": "这是幻灯片，不是表格。请上传原来的 Excel 文件。",
    "xl/workbook.bin": "这是 .xlsb 文件，读不了。请「另存为」.xlsx 再上传。",
    "content.xml": "这是 .ods 文件，读不了。请「另存为」.xlsx 再上传。",
}
_STATES = {"hidden": State.HIDDEN, "veryHidden": State.VERY_HIDDEN}
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")


def sheets(data: bytes, limits: Limits = LIMITS) -> list[Sheet]:
    """Every worksheet in the workbook's order; their lines are read when asked for."""
    _check(data, limits)
    data = _transitional(data)
    try:
        book: Any = load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False, rich_text=True
        )
        return [_sheet(ws, data, book) for ws in book.worksheets]
    except Exception:
        raise Unreadable(_BROKEN) from None


def _check(data: bytes, limits: Limits) -> None:
    """Refuses what would unpack to something enormous, is no workbook, or isn't plain XML inside."""
    try:
        weigh(data, limits)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except TooMuch:
        raise Unreadable(
            "这个文件展开后太大，不像一份表格。请只留要用的行，分成几个文件上传。"
        ) from None
    except NoWorkbook:
        raise Unreadable(_BROKEN) from None
    for name, words in _OTHERS.items():
        if name in names:
            raise Unreadable(words)


def _transitional(data: bytes) -> bytes:
    """A workbook in the strict dialect said in the usual one, which the reader knows."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        first = archive.read("xl/workbook.xml") if "xl/workbook.xml" in names else b""
        if not _STRICT.search(first[:4096]):
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for name in names:
                body = archive.read(name)
                if name.endswith((".xml", ".rels")):
                    body = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", body)
                made.writestr(name, body)
    return out.getvalue()


def _sheet(ws: Any, data: bytes, book: Any) -> Sheet:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        structure = structure_of(archive, ws._worksheet_path.lstrip("/"), MAX_COLUMNS)
    epoch = 1904 if book.epoch == CALENDAR_MAC_1904 else 1900
    state = _STATES.get(ws.sheet_state, State.SHOWN)
    hidden = frozenset(structure.hidden_columns)
    size = min(ws.max_row or 0, MAX_LINES)
    return Sheet(ws.title, _lines(ws, structure), state, hidden, epoch, size)


def _lines(ws: Any, structure: Structure) -> Iterator[Line]:
    try:
        ws.reset_dimensions()
        blank = 0
        for line in _spread(_read(ws, structure), structure.merged):
            blank = 0 if any(not c.empty for c in line.cells) else blank + 1
            if line.number > MAX_LINES:
                raise Unreadable("这个表有太多行。请分成几个文件上传。")
            yield line
            if blank == BLANK_AT_END:
                return
    except Unreadable:
        raise
    except Exception:
        raise Unreadable(_BROKEN) from None


def _read(ws: Any, structure: Structure) -> Iterator[Line]:
    for number, row in enumerate(ws.iter_rows(max_col=MAX_COLUMNS), start=1):
        cells = [_cell(c, number, n, structure) for n, c in enumerate(row)]
        while cells and cells[-1].empty and not cells[-1].comment:
            cells.pop()
        yield Line(number, cells, number in structure.hidden_lines)


def _cell(read: Any, line: int, column: int, structure: Structure) -> Cell:
    place = (line, column)
    comment = structure.comments.get(place, "")
    value = read.value
    if value is None:
        return Cell(formula=place in structure.unstored, comment=comment)
    form = read.number_format or ""
    struck = bool(read.font and read.font.strike)
    if isinstance(value, CellRichText):
        struck = struck or _all_struck(value)
        value = str(value)
    value = _value(value)
    text = _word(value) if isinstance(value, bool) else shown(value, form)
    return Cell(value, text, form, comment, struck)


def _value(value: Any) -> Value:
    if isinstance(value, timedelta):
        return value.total_seconds() / 86400
    return value if value is None or isinstance(value, Value) else str(value)


def _word(value: bool) -> str:
    return "TRUE" if value else "FALSE"


def _all_struck(text: CellRichText) -> bool:
    pieces = [piece for piece in text if str(piece).strip()]
    return bool(pieces) and all(isinstance(p, TextBlock) and p.font.strike for p in pieces)


def _spread(lines: Iterable[Line], areas: list[Area]) -> Iterator[Line]:
    """The text of a merged area in each cell it covers, marked as coming from elsewhere."""
    waiting = sorted(areas, key=lambda a: a.top, reverse=True)
    active: list[tuple[Area, Cell]] = []
    for line in lines:
        active = [(a, c) for a, c in active if a.bottom >= line.number]
        while waiting and waiting[-1].top <= line.number:
            area = waiting.pop()
            active.append((area, line.cell(area.left)))
        for area, first in active:
            _lay(line, area, first)
        yield line


def _lay(line: Line, area: Area, first: Cell) -> None:
    line.cells += [Cell() for _ in range(area.right + 1 - len(line.cells))]
    for column in range(area.left, area.right + 1):
        across, down = column > area.left, line.number > area.top
        if across or down:
            line.cells[column] = Cell(
                first.value,
                first.text,
                first.format,
                struck=first.struck,
                formula=first.formula,
                across=across,
                down=down,
            )
