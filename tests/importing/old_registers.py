"""Old registers made for tests, and what is read of them in short."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook

from yingbin.gallery.importing.book import Book, RowRead, read_book
from yingbin.gallery.importing.entries import Entry

TODAY = date(2026, 11, 26)
HEAD = ("日期", "姓名", "电话")


def text_table(*lines: Sequence[str], head: Sequence[str] = HEAD, above: str = "") -> Book:
    """A text table read; `above`: a title line."""
    quoted = [",".join(f'"{text}"' for text in line) for line in (head, *lines)]
    return read_book("\n".join([above] * bool(above) + quoted).encode(), "册.csv", TODAY)


def workbook(sheets: dict[str, list[list[Any]]]) -> Book:
    """A workbook read, a sheet for each name."""
    made, out = Workbook(), io.BytesIO()
    made.remove(made.worksheets[0])
    for name, lines in sheets.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    made.save(out)
    return read_book(out.getvalue(), "册.xlsx", TODAY)


def days(*written: str, above: str = "") -> list[str]:
    """What a column of days becomes, in short."""
    lines = [(text, f"甲{n}", f"138123400{n:02d}") for n, text in enumerate(written)]
    return [short(row) for row in text_table(*lines, above=above).rows]


def short(row: RowRead) -> str:
    """The day of a line, with a star where something is told; or `refuse`, `skip`."""
    if row.stored is None:
        return row.state
    return row.stored.day + "*" * bool(row.told)


def stored(heading: str, text: str) -> tuple[Entry, list[str]]:
    """What is stored of a whole line with this text under this heading, and what is told."""
    line = {"日期": "2025-03-08", "姓名": "张伟", "电话": "13812340001"} | {heading: text}
    (row,) = text_table(tuple(line.values()), head=tuple(line)).rows
    assert row.stored, row.faults
    return row.stored, row.told
