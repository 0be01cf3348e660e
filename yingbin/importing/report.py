"""The lines that weren't taken as an Excel sheet, with the reason and what stands in them."""

import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font, PatternFill

from .declared import AnyImporter
from .models import ImportRow

_HEAD = [("工作表", 10), ("行", 6), ("结果", 12), ("为什么", 46)]


def report_sheet(importer: AnyImporter, rows: Iterable[ImportRow]) -> bytes:
    """A workbook; text that looks like a formula stays text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("没有收的行")
    columns = [*_HEAD, *((title, width) for _, title, width in importer.cells)]
    for n, (_, width) in enumerate(columns):
        sheet.column_dimensions[chr(ord("A") + n)].width = width
    sheet.freeze_panes = "A2"

    def cell(text: str, *, head: bool = False) -> Cell:
        made = WriteOnlyCell(sheet, text)
        made.data_type = "s"
        if head:
            made.font, made.fill = Font(bold=True), PatternFill("solid", fgColor="E0EEE8")
        return made

    sheet.append([cell(title, head=True) for title, _ in columns])
    for row in rows:
        said = row.cells or {}
        texts = [row.get_verdict_display(), reason(importer, row)]
        texts += [said.get(name, "") for name, _, _ in importer.cells]
        sheet.append([cell(row.sheet), row.line, *(cell(text) for text in texts)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def reason(importer: AnyImporter, row: ImportRow) -> str:
    """Why a line wasn't taken, in one sentence."""
    if row.faults:
        return " ".join(f"{title}：{why}" for title, _, why in row.faults)
    if row.verdict == ImportRow.Verdict.SKIPPED:
        return " ".join(row.warnings)
    return importer.again(row)
