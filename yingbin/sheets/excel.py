"""A laid-out sheet as a workbook, written row by row, so that its length costs no memory."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from .columns import Grid, L, Value


def workbook(grid: Grid[L], *heading: str) -> bytes:
    """The grid under a line with its name and `heading`; text that looks like a formula stays text."""
    book = Workbook(write_only=True)
    page = book.create_sheet(grid.name)
    for n, head in enumerate(grid.heads, 1):
        page.column_dimensions[get_column_letter(n)].width = head.width
    page.freeze_panes = "A3"
    page.append([_bold(page, "  ".join((grid.name, *heading)))])
    page.append(
        [titled(page, f"{h.title}（{h.small}）" if h.small else h.title) for h in grid.heads]
    )
    for row in grid.rows:
        page.append([as_cell(page, c.value) for c in row.cells])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _bold(page: Any, text: str) -> Cell:
    cell = WriteOnlyCell(page, text)
    cell.font = Font(bold=True)
    return cell


def titled(page: Any, text: str) -> Cell:
    """The head of a column."""
    cell = _bold(page, text)
    cell.fill = PatternFill("solid", fgColor="E0EEE8")
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def as_cell(page: Any, value: Value) -> Cell | int | None:
    """Text is written as text, whatever it begins with."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(page, value)
    cell.data_type = "s"
    return cell
