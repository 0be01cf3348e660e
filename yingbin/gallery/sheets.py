"""The register as an Excel sheet in the trade's columns, written row by row."""

import io
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from .queries.book import Line

COLUMNS = [
    ("序号", 7), ("时间", 17), ("客户姓名", 12), ("电话", 15), ("人数", 6), ("首次/再访", 9),
    ("获知途径", 11), ("需求（面积、户型、楼层、用途、预算）", 36), ("接待人", 10),
    ("是否有效接待", 12), ("客户签名", 10), ("接待人签名", 10), ("备注", 30), ("更正", 14), ("回执码", 12),
]  # fmt: skip


def register_sheet(place: str, span: str, rows: Iterable[Line]) -> bytes:
    """The register of a place over a span of days; text that looks like a formula stays text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("来访客户登记表")
    for n, (_, width) in enumerate(COLUMNS):
        sheet.column_dimensions[chr(ord("A") + n)].width = width
    sheet.freeze_panes = "A3"
    sheet.append([_bold(sheet, f"来访客户登记表  项目：{place}  日期：{span}")])
    sheet.append([_bold(sheet, title, head=True) for title, _ in COLUMNS])
    for line in rows:
        sheet.append([_cell(sheet, value) for value in _values(line)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _bold(sheet: Any, text: str, head: bool = False) -> Cell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    if head:
        cell.fill = PatternFill("solid", fgColor="E0EEE8")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def _cell(sheet: Any, value: Any) -> Any:
    """Text is written as text, whatever it begins with."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell


def _values(line: Line) -> list[Any]:
    return [
        line.number,
        timezone.localtime(line.at).strftime("%Y-%m-%d" if line.all_day else "%Y-%m-%d %H:%M"),
        "已按本人要求删除" if line.erased else line.name,
        line.whole,
        line.group_size,
        line.first,
        line.source,
        line.needs,
        line.receiver,
        "" if line.counted is None else "是" if line.counted else "否",
        "已签" if line.customer_strokes else "",
        line.signed,
        line.note,
        corrections(line),
        line.receipt,
    ]


def corrections(line: Line) -> str:
    """How the row and its corrections refer to each other, in words."""
    said = [f"更正第{line.corrects}号"] if line.corrects else []
    if line.corrected_by:
        said.append(f"已由第{line.corrected_by}号更正")
    return "；".join(said)
