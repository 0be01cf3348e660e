"""A month's roster as a workbook in the shape people already use; what it holds reads back the same."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

_HEAD = PatternFill("solid", fgColor="E0EEE8")
_OFF = PatternFill("solid", fgColor="F2F1EA")
_THIN = Side(style="thin", color="C9CFC9")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_MIDDLE = Alignment(horizontal="center", vertical="center")


@dataclass(frozen=True)
class SheetLine:
    """A person's month as it stands in the sheet: their usual post, a mark a day ("" for nothing)."""

    name: str
    post: str
    marks: Sequence[str]


def workbook(
    title: str, days: Sequence[date], lines: Iterable[SheetLine], legend: Iterable[str]
) -> bytes:
    """A title, the days with their weekdays, a line a person, below it what the marks mean."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = f"{days[0].year}年{days[0].month}月"
    _head(sheet, title, days)
    number = 3
    for number, line in enumerate(lines, start=4):
        _line(sheet, number, line)
    for n, words in enumerate(legend, start=number + 2):
        _text(sheet, n, 1, words, plain=True)
    sheet.freeze_panes = "C4"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _head(sheet: Worksheet, title: str, days: Sequence[date]) -> None:
    _text(sheet, 1, 1, title, plain=True)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=2 + len(days))
    sheet.cell(1, 1).font, sheet.cell(1, 1).alignment = Font(bold=True, size=14), _MIDDLE
    for column, word in ((1, "姓名"), (2, "岗位")):
        _text(sheet, 2, column, word, head=True)
        sheet.merge_cells(start_row=2, start_column=column, end_row=3, end_column=column)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 11, 11
    for n, day in enumerate(days, start=3):
        cell = sheet.cell(2, n, day)
        cell.number_format, cell.font, cell.fill = "d", Font(bold=True), _HEAD
        cell.alignment, cell.border = _MIDDLE, _GRID
        _text(sheet, 3, n, "一二三四五六日"[day.weekday()], head=True)
        sheet.column_dimensions[get_column_letter(n)].width = 4.6


def _line(sheet: Worksheet, number: int, line: SheetLine) -> None:
    for column, text in enumerate((line.name, line.post, *line.marks), start=1):
        _text(sheet, number, column, text)
        if text == "休":
            sheet.cell(number, column).fill = _OFF


def _text(
    sheet: Worksheet, line: int, column: int, text: str, *, head: bool = False, plain: bool = False
) -> None:
    """A text stays text, also one that looks like a formula."""
    cell = sheet.cell(line, column, text or None)
    if text:
        cell.data_type = "s"
    if plain:
        return
    cell.alignment, cell.border = _MIDDLE, _GRID
    if head:
        cell.font, cell.fill = Font(bold=True), _HEAD
