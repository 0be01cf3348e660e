"""Excel workbooks: what the cells show, and what only the office program shows."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from yingbin.tables import Line, Sheet, State, Unreadable, open_table
from yingbin.tables import workbooks as reader

HEAD = ["日期", "姓名", "电话"]


def made(fill: Callable[[Any], None]) -> bytes:
    """A workbook whose one sheet a function fills."""
    book, out = Workbook(), io.BytesIO()
    fill(book.active)
    book.save(out)
    return out.getvalue()


def lines(fill: Callable[[Any], None]) -> list[Line]:
    (sheet,) = open_table(made(fill), "册.xlsx")
    return list(sheet.lines)


def changed(data: bytes, **parts: Callable[[bytes], bytes | None]) -> bytes:
    """The same workbook with some parts rewritten or left out; a part by the end of its name, `_` for other marks."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body: bytes | None = old.read(name)
            for part, change in parts.items():
                if re.sub(r"\W", "_", name).endswith(part) and body is not None:
                    body = change(body)
            if body is not None:
                new.writestr(name, body)
    return out.getvalue()


def simple(sheet: Any) -> None:
    sheet.append(HEAD)
    sheet.append(["2025-03-08", "张伟", "13812340001"])


# Values


def test_days_hours_lengths_and_answers_are_shown_as_people_write_them() -> None:
    def fill(sheet: Any) -> None:
        sheet.append([datetime(2025, 3, 8), time(14, 30), timedelta(hours=18), True, False, 3.0])

    (line,) = lines(fill)
    texts = [cell.text for cell in line.cells]
    assert texts == ["2025-03-08", "14:30", "0.75", "TRUE", "FALSE", "3"]


def test_an_error_stays_an_error_and_a_formula_without_its_result_is_one() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["B1"], sheet["C1"] = "#REF!", "=A1&B2", "张伟"

    (line,) = lines(fill)
    assert line.cells[0].error
    assert (line.cells[1].formula, line.cells[1].text) == (True, "")
    assert not line.cells[2].formula


def test_a_formula_whose_result_is_stored_is_its_result() -> None:
    data = made(lambda sheet: sheet.append(["=1+1", "张伟"]))
    stored = changed(
        data,
        sheet1_xml=lambda body: body.replace(b"<v />", b"<v>2</v>").replace(
            b"<v></v>", b"<v>2</v>"
        ),
    )
    (sheet,) = open_table(stored, "册.xlsx")
    (line,) = sheet.lines
    assert (line.cells[0].text, line.cells[0].formula) == ("2", False)


# What only the office program shows


def test_a_merged_area_counts_in_every_cell_and_says_where_it_comes_from() -> None:
    def fill(sheet: Any) -> None:
        for row in (HEAD, ["3月8日", "甲", "1"], [None, "乙", "2"], [None, "丙", "3"]):
            sheet.append(row)
        sheet.merge_cells("A2:A4")
        sheet.merge_cells("E1:F2")
        sheet["E1"] = "备注"

    read = lines(fill)
    assert [(c.text, c.down) for c in (line.cells[0] for line in read[1:])] == [
        ("3月8日", False),
        ("3月8日", True),
        ("3月8日", True),
    ]
    corner = read[1].cells[5]
    assert (corner.text, corner.across, corner.down) == ("备注", True, True)


def test_the_note_on_a_merged_area_stays_on_its_first_cell() -> None:
    def fill(sheet: Any) -> None:
        simple(sheet)
        sheet["A3"] = "x"
        sheet["A2"].comment = Comment("改过", "郑岚")
        sheet.merge_cells("A2:A3")

    assert [line.cells[0].comment for line in lines(fill)] == ["", "改过", ""]


STRUCK, PLAIN = "<rPr><strike/></rPr>", "<rPr/>"
SHARED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"


def with_shared(data: bytes, *runs: list[tuple[str, str]]) -> bytes:
    """The workbook with texts of several letterings in B1, C1 …, stored apart as the office program does it."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    link = f'<Relationship Id="rId99" Type="{SHARED}" Target="sharedStrings.xml"/></Relationships>'
    cells = "".join(f'<c r="{c}1" t="s"><v>{n}</v></c>' for n, c in enumerate("BCDE"[: len(runs)]))
    texts = "".join(
        "<si>" + "".join(f"<r>{look}<t>{text}</t></r>" for look, text in one) + "</si>"
        for one in runs
    )
    data = changed(
        data,
        Content_Types__xml=lambda body: body.replace(b"</Types>", part.encode()),
        workbook_xml_rels=lambda body: body.replace(b"</Relationships>", link.encode()),
        sheet1_xml=lambda body: body.replace(b"</row>", f"{cells}</row>".encode(), 1),
    )
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{name}">{texts}</sst>')
    return out.getvalue()


def test_struck_cells_and_texts_struck_from_end_to_end() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "张伟"
        sheet["A1"].font = Font(strike=True)

    both, half = [(STRUCK, "李"), (STRUCK, "梅")], [(STRUCK, "王"), (PLAIN, "芳")]
    (sheet,) = open_table(with_shared(made(fill), both, half), "册.xlsx")
    (line,) = sheet.lines
    read = [(cell.text, cell.struck) for cell in line.cells]
    assert read == [("张伟", True), ("李梅", True), ("王芳", False)]


def test_hidden_lines_columns_and_sheets_are_read_and_named() -> None:
    book, out = Workbook(), io.BytesIO()
    sheet: Any = book.active
    simple(sheet)
    sheet.row_dimensions[2].hidden = True
    for letter in "BC":
        sheet.column_dimensions[letter].hidden = True
    book.create_sheet("旧").sheet_state = "hidden"
    book.create_sheet("底").sheet_state = "veryHidden"
    book.save(out)
    shown, old, base = open_table(out.getvalue(), "册.xlsx")
    assert [line.hidden for line in shown.lines] == [False, True]
    assert shown.hidden_columns == {1, 2}
    assert (shown.state, old.state, base.state) == (State.SHOWN, State.HIDDEN, State.VERY_HIDDEN)


def test_each_sheet_has_its_own_areas_whatever_its_part_is_called() -> None:
    book, out = Workbook(), io.BytesIO()
    one: Any = book.active
    for row in (HEAD, ["3月8日", "甲", "1"], [None, "乙", "2"]):
        one.append(row)
    one.merge_cells("A2:A3")
    simple(book.create_sheet("后"))
    book.move_sheet("后", offset=-1)
    book.save(out)
    first, second = open_table(_swapped(out.getvalue()), "册.xlsx")
    merged = {s.name: any(c.down for line in s.lines for c in line.cells) for s in (first, second)}
    assert merged == {"后": False, "Sheet": True}


def _swapped(data: bytes) -> bytes:
    """The parts of two sheets named the other way round."""
    out = io.BytesIO()
    names = {"sheet1.xml": "sheet2.xml", "sheet2.xml": "sheet1.xml"}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name.endswith(("workbook.xml.rels", "[Content_Types].xml")):
                body = re.sub(
                    rb"sheet([12])\.xml", lambda m: b"sheet%d.xml" % (3 - int(m[1])), body
                )
            folder, _, last = name.rpartition("/")
            new.writestr(f"{folder}/{names[last]}" if last in names else name, body)
    return out.getvalue()


# How far it is read


def test_lines_keep_their_numbers_over_gaps() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["A40"] = "日期", "2025-03-08"

    read = lines(fill)
    assert [line.number for line in read if not line.empty] == [1, 40]


def test_empty_cells_at_the_end_of_a_line_are_none_but_a_note_is_something() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["张伟", None, None])
        sheet["E1"].comment = Comment("还有话", "郑岚")
        sheet.append(["李梅", " ", None])

    first, second = lines(fill)
    assert [len(first.cells), len(second.cells)] == [5, 1]


def test_nothing_is_looked_for_behind_endless_empty_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "BLANK_AT_END", 50)

    def fill(sheet: Any) -> None:
        simple(sheet)
        sheet["A500"] = "漏网"

    assert lines(fill)[-1].number == 52


def test_more_lines_than_a_table_may_have_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_LINES", 1)
    (sheet,) = open_table(made(simple), "册.xlsx")
    with pytest.raises(Unreadable, match="太多行"):
        list(sheet.lines)


def test_lines_are_read_only_as_they_are_asked_for() -> None:
    (sheet,) = open_table(made(simple), "册.xlsx")
    assert isinstance(sheet, Sheet)
    assert next(sheet.lines).number == 1
    assert sheet.size == 2


# What can't be read


@pytest.mark.parametrize(
    ("part", "says"),
    [("word/document.xml", "Word"), ("ppt/presentation.xml", "幻灯片"), ("xl/workbook.bin", "xlsb"), ("content.xml", "ods")],
)  # fmt: skip
def test_other_documents_are_told_by_what_they_hold(part: str, says: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(part, "<x/>")
    with pytest.raises(Unreadable, match=says) as told:
        open_table(out.getvalue(), "册.xlsx")
    assert re.search("另存为|上传", told.value.message)


@pytest.mark.parametrize(
    "parts",
    [
        {"xl_workbook_xml": lambda body: None},
        {"xl_workbook_xml": lambda body: body[:200]},
        {"sheet1_xml": lambda body: b"no xml at all"},
        {"sheet1_xml": lambda body: b'<!DOCTYPE x [<!ENTITY a "b">]>' + body},
    ],
)  # fmt: skip
def test_a_broken_workbook_is_told_and_breaks_nothing(
    parts: dict[str, Callable[[bytes], bytes | None]],
) -> None:
    data = changed(made(simple), **parts)
    with pytest.raises(Unreadable, match=r"打不开.*另存为"):
        [list(sheet.lines) for sheet in open_table(data, "册.xlsx")]


def test_a_workbook_cut_off_in_the_middle_is_told() -> None:
    data = made(simple)
    with pytest.raises(Unreadable, match="打不开"):
        open_table(data[: len(data) // 2], "册.xlsx")
