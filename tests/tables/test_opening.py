"""Every kind of file people send: read, or told in words what it is and the way out."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from yingbin.tables import Sheet, State, Unreadable, open_table

HEAD = ["来访日期", "客户姓名", "联系电话", "备注"]
ROW = ["2025-03-08", "甲某", "13812340001", "看三房；要车位"]


def texts(sheet: Sheet) -> list[list[str]]:
    """What each cell of each line shows."""
    return [[c.text for c in line.cells] for line in sheet.lines]


def made(fill: Callable[[Workbook, Any], None]) -> bytes:
    """A workbook filled by a function."""
    book, out = Workbook(), io.BytesIO()
    fill(book, book.active)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_table_in_any_usual_code_and_parting(mark: str, code: str) -> None:
    lines = "\r\n".join(mark.join(row) for row in (HEAD, ROW, ROW))
    (sheet,) = open_table(lines.encode(code), "册.csv")
    assert texts(sheet) == [HEAD, ROW, ROW]


def test_traditional_characters_in_big5() -> None:
    (sheet,) = open_table(
        "日期,客戶姓名,電話\r\n2025-03-08,陳某,13812340001".encode("big5"), "x.csv"
    )
    assert texts(sheet)[0] == ["日期", "客戶姓名", "電話"]


def test_semicolons_in_a_quoted_note_part_nothing() -> None:
    text = 'a,b\n"1; 2; 3; 4",x\n"1; 2; 3; 4",y\n'
    (sheet,) = open_table(text.encode(), "x.csv")
    assert texts(sheet)[1] == ["1; 2; 3; 4", "x"]


def test_many_title_lines_of_one_cell_do_not_hide_what_parts_the_cells() -> None:
    titles = [f"案场须知第 {n} 条" for n in range(15)]
    text = "\n".join([*titles, ",".join(HEAD), ",".join(ROW)])
    (sheet,) = open_table(text.encode(), "x.csv")
    assert texts(sheet)[15:] == [HEAD, ROW]


def test_guards_and_escapes_are_not_what_people_wrote() -> None:
    text = '="13812340001",王某\t,\'0571,申某_x000D_\n'
    (sheet,) = open_table(text.encode(), "x.csv")
    assert texts(sheet)[0] == ["13812340001", "王某", "0571", "申某"]


def test_a_csv_line_is_the_line_of_the_file_also_behind_a_quoted_break() -> None:
    (sheet,) = open_table(b'a,b\n"1\n2",x\n3,y\n', "x.csv")
    assert [line.number for line in sheet.lines] == [1, 2, 4]


def test_a_web_page_that_calls_itself_a_workbook() -> None:
    page = "<html><meta charset=gb2312><table><tr><td>日期<td>姓名</tr><tr><td rowspan=2>3月8日<td>甲<tr><td>乙</table>"
    (sheet,) = open_table(page.encode("gb18030"), "x.xls")
    lines = list(sheet.lines)
    assert [[c.text for c in line.cells] for line in lines] == [
        ["日期", "姓名"],
        ["3月8日", "甲"],
        ["3月8日", "乙"],
    ]
    assert lines[2].cells[0].down


def test_what_only_the_office_program_shows() -> None:
    def fill(book: Workbook, sheet: Any) -> None:
        for row in (HEAD, ROW, ROW, ROW):
            sheet.append(row)
        sheet["D2"].comment = Comment("他太太也来了", "林悦")
        sheet["B3"].font = Font(strike=True)
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet["D4"] = "=1+1"
        sheet.merge_cells("A2:A3")
        book.create_sheet("草稿").sheet_state = "hidden"
        book.create_sheet("底").sheet_state = "veryHidden"

    first, draft, base = open_table(made(fill), "x.xlsx")
    assert (draft.state, base.state) == (State.HIDDEN, State.VERY_HIDDEN)
    assert first.hidden_columns == {2}
    lines = list(first.lines)
    assert lines[1].cells[3].comment == "他太太也来了"
    assert lines[2].cells[1].struck
    assert lines[2].cells[0].down
    assert lines[2].cells[0].text == "2025-03-08"
    assert lines[3].hidden
    assert lines[3].cells[3].formula
    assert not lines[2].cells[3].formula


def test_numbers_are_read_as_their_cells_show_them() -> None:
    def fill(book: Workbook, sheet: Any) -> None:
        sheet.append([11.3, 11.3, 13812340001.0, 1e11, True, datetime(2025, 3, 8, 14, 30)])
        sheet["A1"].number_format = "0.00"

    (sheet,) = open_table(made(fill), "x.xlsx")
    shown = ["11.30", "11.3", "13812340001", "100000000000", "TRUE", "2025-03-08 14:30"]
    assert texts(sheet) == [shown]


def test_the_epoch_of_a_workbook_counts() -> None:
    def fill(book: Workbook, sheet: Any) -> None:
        book.epoch = CALENDAR_MAC_1904
        sheet.append([datetime(2025, 3, 8)])

    (sheet,) = open_table(made(fill), "x.xlsx")
    assert sheet.epoch == 1904
    assert texts(sheet) == [["2025-03-08"]]


def test_a_strict_workbook_is_read() -> None:
    plain = made(lambda book, sheet: sheet.append(ROW))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = re.sub(
                rb"http://schemas\.openxmlformats\.org/(\w+)/2006/",
                rb"http://purl.oclc.org/ooxml/\1/",
                old.read(name),
            )
            new.writestr(name, old.read(name) if name == "[Content_Types].xml" else body)
    assert b"purl.oclc.org" in zipfile.ZipFile(out).read("xl/workbook.xml")
    (sheet,) = open_table(out.getvalue(), "x.xlsx")
    assert texts(sheet) == [ROW]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (251 * 1024 * 1024))
    assert len(out.getvalue()) < 1024 * 1024
    with pytest.raises(Unreadable, match="展开后太大"):
        open_table(out.getvalue(), "x.xlsx")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "x.xlsx", "空的"),
        (OLE, "x.xls", "旧版 Excel"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "x.xlsx", "密码"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "x.xls", "XML"),
        (b"%PDF-1.7 ...", "x.pdf", "PDF"),
        (b"PK\x03\x04 broken", "x.xlsx", "打不开"),
        (b"<html><body>no table</body></html>", "x.xls", "没有表格"),
        (b"\x89PNG\r\n", "x.png", "图片"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_the_way_out(data: bytes, name: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says) as told:
        open_table(data, name)
    assert re.search("另存为|上传|选择", told.value.message)
    assert "\n" not in told.value.message
