"""Old registers as offices keep them, for tests: workbooks and text tables made in memory."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

HEAD = ["序号", "日期", "客户姓名", "联系电话", "人数", "获知途径", "需求户型", "接待人", "备注"]


def workbook(
    rows: Sequence[Sequence[Any]],
    head: Sequence[str] = HEAD,
    above: Sequence[Sequence[Any]] = (),
    merged: Sequence[str] = (),
) -> bytes:
    """A workbook with lines above the heading, the heading, rows and merged areas."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [*above, head, *rows]:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text_table(
    rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD, code: str = "utf-8"
) -> bytes:
    """The same as a text table parted by commas."""
    return "\r\n".join(",".join(map(str, row)) for row in [head, *rows]).encode(code)
