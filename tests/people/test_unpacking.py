"""Half a megabyte that unpacks to a hundred and eighty: refused within two seconds, in little memory."""

import io
import resource
import time
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook

from yingbin.gallery.importer import REGISTER
from yingbin.importing.staff.importer import STAFF
from yingbin.rules.decision import Refused
from yingbin.tables import Unreadable, open_table

HALF = 180_000_000
PARTS = {
    "strings": ("xl/sharedStrings.xml", b"<si><t>a</t></si>"),
    "styles": ("xl/styles.xml", b"<xf numFmtId='0'/>"),
    "rows": ("xl/worksheets/sheet1.xml", b"<row r='1'/>"),
    "cells": ("xl/worksheets/sheet1.xml", b"<c/>"),
    "names": ("xl/workbook.xml", b"<definedName name='a'/>"),
    "rels": ("xl/_rels/workbook.xml.rels", b"<Relationship/>"),
    "text": ("xl/sharedStrings.xml", b"a"),
}


def bomb(name: str, what: bytes, size: int = HALF) -> bytes:
    """A true workbook in which one part is swollen."""
    out = io.BytesIO()
    book = Workbook()
    (book.active or book.create_sheet()).append(["姓名", "手机", "角色", "日期", "电话"])
    book.save(out)
    again = io.BytesIO()
    with (
        zipfile.ZipFile(out) as old,
        zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        with new.open(name, "w") as part:
            many = (1 << 20) // len(what)
            part.write(b"<x>")
            for _ in range(size // (many * len(what))):
                part.write(what * many)
            part.write(b"</x>")
    return again.getvalue()


@pytest.mark.parametrize("read", ["people", "register"])
@pytest.mark.parametrize("kind", PARTS)
def test_a_small_file_that_swells_is_refused_at_once(kind: str, read: str) -> None:
    data = bomb(*PARTS[kind])
    assert len(data) < 1_500_000
    readers: dict[str, Callable[[], object]] = {
        "people": lambda: STAFF.survey(data, "a.xlsx", date(2026, 11, 21)),
        "register": lambda: REGISTER.survey(data, "a.xlsx", date(2026, 11, 21)),
    }
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with pytest.raises((Refused, Unreadable)):
        readers[read]()
    assert time.process_time() - began < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # kB


@pytest.mark.parametrize("rows", [2, 3000])
def test_an_honest_register_weighs_little(rows: int) -> None:
    book = Workbook(write_only=True)
    page = book.create_sheet("2025")
    page.append(["日期", "姓名", "电话", "接待人", "备注", "渠道"])
    for n in range(rows):
        page.append(["2025-03-08", f"客户{n}", f"138{n:08d}", "林悦", "", "自然来访"])
    out = io.BytesIO()
    book.save(out)
    assert open_table(out.getvalue())
    assert REGISTER.survey(out.getvalue(), "a.xlsx", date(2026, 11, 21)).sheets


def test_a_list_of_people_with_thousands_of_formatted_blank_rows_is_read() -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["姓名", "手机", "角色"])
    page.append(["单小梅", "13812345678", "接待员"])
    for line in range(3, 4000):
        for column in range(1, 9):
            page.cell(line, column).number_format = "@"
    out = io.BytesIO()
    book.save(out)
    seen = STAFF.survey(out.getvalue(), "a.xlsx", date(2026, 11, 21))
    (one,) = seen.sheets
    assert "单小梅" in str(one)
