"""An old register read: what would be stored of each line, and everything that isn't plain is told (TQ-3)."""

import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from yingbin.gallery.importing.book import Book, RowRead, read_book
from yingbin.gallery.importing.clocks import clock_of
from yingbin.gallery.importing.counts import first_of, people_of
from yingbin.gallery.importing.phones import phones_of
from yingbin.gallery.importing.who import names_of
from yingbin.tables import Cell
from yingbin.web.cli import main

pytestmark = pytest.mark.clause("TQ-3")
TODAY = date(2026, 11, 26)
HEAD = ["日期", "姓名", "电话"]


def csv(*rows: list[str], head: list[str] = HEAD, above: str = "") -> Book:
    """A text table read."""
    lines = [*([above] if above else []), ",".join(head), *(",".join(row) for row in rows)]
    return read_book("\n".join(lines).encode(), "册.csv", TODAY)


def book(**sheets: list[list[Any]]) -> Book:
    """A workbook read, a sheet for each name."""
    made, out = Workbook(), io.BytesIO()
    made.remove(made.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(out)
    return read_book(out.getvalue(), "册.xlsx", TODAY)


def days(*written: str, above: str = "") -> list[str]:
    """What a column of days becomes: the day, with a star where something is told; or `refused`."""
    rows = [[text, f"甲{n}", f"138123400{n:02d}"] for n, text in enumerate(written)]
    return [short(row) for row in csv(*rows, above=above).rows]


def short(row: RowRead) -> str:
    """One line in short."""
    if row.stored is None:
        return "refused" if row.state == "refuse" else row.state
    return row.stored.day + ("*" if row.told else "")


def test_a_plain_line_is_stored_without_a_word() -> None:
    (row,) = csv(["2025-03-08", "甲某", "138 1234 0001"]).rows
    assert (row.line, row.state, row.told) == (2, "take", [])
    assert row.stored
    assert (row.stored.names, row.stored.phones) == (["甲某"], ["+8613812340001"])


# Days


@pytest.mark.parametrize(
    ("written", "read"),
    [
        # One value shows month, day, year; what contradicts it is read its only other way, and told.
        (["3/8/24", "12/8/24", "8/25/24", "13/2/25"], ["2024-03-08", "2024-12-08", "2024-08-25", "2025-02-13*"]),
        (["3/8/24", "25/8/24"], ["2024-08-03", "2024-08-25"]),
        (["3/8/2025"], ["2025-03-08*"]),
        (["8/8/2025"], ["2025-08-08"]),
        # A year of four figures shows nothing for years of two.
        (["3/8/24", "25/12/2024"], ["2024-03-08*", "2024-12-25"]),
        (["2025/3/8", "2025-11-30"], ["2025-03-08", "2025-11-30"]),
        (["2025/25/3", "2025/4/3"], ["2025-03-25", "2025-03-04"]),
        (["25.11.5"], ["2025-11-05"]),
        (["20250308", "250309"], ["2025-03-08", "2025-03-09"]),
        (["二〇二五年十月二十三日", "2025年三月八日"], ["2025-10-23", "2025-03-08"]),
        (["民国114年3月8日"], ["2025-03-08"]),
        (["2025-03-08(周六)", "8-Mar-25"], ["2025-03-08", "2025-03-08"]),
        (["2025-03-08~03-09", "2025.3.1-3.5"], ["2025-03-08*", "2025-03-01*"]),
        (["45724"], ["2025-03-08"]),
        # A year that isn't written: the nearest full day of the column, else the last such day.
        (["2024-05-01", "6月2日"], ["2024-05-01", "2024-06-02*"]),
        (["12月8日", "3月8日"], ["2025-12-08*", "2026-03-08*"]),
        (["2025.3", "周六", "廿三", "农历八月十五", "2025-11-31", "2027-01-01", "昨天"], ["refused"] * 7),
        # An empty day takes the one above where the others only rise, and never from what can't be read.
        (["2025-03-08", "", "2025-03-09"], ["2025-03-08", "2025-03-08*", "2025-03-09"]),
        (["2025-03-09", "", "2025-03-08"], ["2025-03-09", "refused", "2025-03-08"]),
        (["2025-03-08", "???", ""], ["2025-03-08", "refused", "refused"]),
        (["2025-03-08", "同上", "〃"], ["2025-03-08"] * 3),
    ],
)  # fmt: skip
def test_days_are_settled_by_their_column(written: list[str], read: list[str]) -> None:
    assert days(*written) == read


def test_the_title_supplies_the_year_and_is_told() -> None:
    assert days("3月8日", "11.30", above="2024年来访登记") == ["2024-03-08*", "2024-11-30*"]
    assert days("3日", above="2025年10月来访客户登记表") == ["2025-10-03*"]
    assert days("3月8日", above="打印日期：2024-11-26") == ["2026-03-08*"]


def test_the_sheets_name_and_the_sheets_beside_it() -> None:
    read = book(
        **{
            "10月": [HEAD, ["3日", "甲", "13812340001"]],
            "九月": [HEAD, ["2024-09-01", "乙", "13812340002"]],
        }
    )
    assert [short(r) for r in read.rows] == ["2024-10-03*", "2024-09-01"]


def test_a_number_is_read_as_its_cell_shows_it_or_refused() -> None:
    made, out = Workbook(), io.BytesIO()
    sheet = made.active
    assert sheet is not None
    for row in (
        HEAD,
        [11.3, "甲", "13812340001"],
        [11.1, "乙", "13812340002"],
        [11.5, "丙", "13812340003"],
    ):
        sheet.append(row)
    sheet["A2"].number_format = "0.00"
    made.save(out)
    read = read_book(out.getvalue(), "x.xlsx", TODAY)
    assert [short(r) for r in read.rows] == ["2025-11-30*", "refused", "2026-11-05*"]


def test_a_day_with_its_hour() -> None:
    read = book(
        册=[
            HEAD,
            [datetime(2025, 3, 8, 14, 30), "甲", "13812340001"],
            ["2025年11月4日 下午3点", "乙", ""],
        ]
    )
    assert [r.stored.time for r in read.rows if r.stored] == ["14:30", "15:00"]


# Times, people, first visits


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2:30 PM", "14:30"), ("中午1点半", "13:30"), ("上午12:10", "00:10"), ("下午3点", "15:00"), ("傍晚6点", "18:00"),
        ("晚上8点", "20:00"), ("晚上12点", "23:59*"), ("0.6041667", "14:30"), ("十点半", "10:30"), ("12:30 AM", "00:30"),
        ("14:30-15:00", "14:30*"), ("25:00", "*"), ("上午", "*"), ("", ""),
    ],
)  # fmt: skip
def test_times_as_a_chinese_reader_reads_them(text: str, read: str) -> None:
    found = clock_of(Cell(text or None, text))
    assert (f"{found.at:%H:%M}" if found.at else "") + ("*" if found.told else "") == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("一家三口", "3"), ("夫妻", "2"), ("3人(含1儿童)", "3"), ("2大1小", "3"), ("2-3人", "3*"), ("十几人", "None*"),
        ("两", "2"), ("2.0", "2"), ("大人2小孩1", "3"), ("20组", "None*"), ("", "None"),
    ],
)  # fmt: skip
def test_how_many_people(text: str, read: str) -> None:
    found = people_of(Cell(text or None, text))
    assert f"{found.many}" + ("*" if found.told else "") == read


@pytest.mark.parametrize(
    ("text", "heading", "read"),
    [
        ("首访", "首访/复访", "True"), ("首次（老带新）", "类型", "True"), ("老带新", "类型", "True"), ("首访2人", "类型", "True"),
        ("复访", "类型", "False"), ("二访", "类型", "False"), ("老客户", "类型", "False"), ("1", "来访次数", "True"),
        ("10", "来访次数", "False"), ("第2次", "来访次数", "False"), ("√", "是否首访", "True*"), ("√", "首访/复访", "None*"),
        ("是", "是否首访", "True"), ("", "首访", "None"),
    ],
)  # fmt: skip
def test_first_or_repeated(text: str, heading: str, read: str) -> None:
    found = first_of(Cell(text or None, text), heading)
    assert f"{found.first}" + ("*" if found.told else "") == read


# Who


@pytest.mark.parametrize(
    ("text", "names", "note"),
    [
        ("和慧敏", ["和慧敏"], []), ("张和平", ["张和平"], []), ("张三和李四", ["张三", "李四"], []),
        ("王强 李梅", ["王强", "李梅"], []), ("张 伟", ["张伟"], []), ("张三(夫)李四(妻)", ["张三", "李四"], ["夫", "妻"]),
        ("王女士(转介绍", ["王 女士"], ["转介绍"]), ("王强夫妇", ["王强"], ["夫妇"]), ("甲、乙、丙、丁、戊", list("甲乙丙丁戊"), []),
        ("李总", ["李 总"], []), ("刘经理/陈老师", ["刘 经理", "陈 老师"], []), ("Mr. Smith", ["Mr. Smith"], []),
    ],
)  # fmt: skip
def test_names_and_what_goes_to_the_note(text: str, names: list[str], note: list[str]) -> None:
    found = names_of(Cell(text, text))
    read = [f"{n} {t}" if t else n for n, t in zip(found.names, found.titles, strict=True)]
    assert (read, found.notes) == (names, note)


@pytest.mark.parametrize("text", ["#REF!", "无", "-", "NULL", "无名氏", "佚名"])
def test_errors_and_placeholders_are_no_names_and_are_told(text: str) -> None:
    (row,) = csv(["2025-03-08", text, "13812340001"]).rows
    assert row.stored
    assert row.stored.names == []
    assert row.told


@pytest.mark.parametrize(
    ("text", "numbers", "told"),
    [
        ("13812340001.0", ["+8613812340001"], False), ("１３８１２３４０００１", ["+8613812340001"], False),
        ("+86 138-1234-0001", ["+8613812340001"], False), ("1.3812340001E+10", ["+8613812340001"], False),
        ("1.38E+10", [], True), ("0571-87654321 13812340001", ["+8657187654321", "+8613812340001"], False),
        ("1381234000113812340002", ["+8613812340001", "+8613812340002"], True), ("87654321", [], True),
        ("400-820-8820", ["+864008208820"], False), ("013812340001", ["+8613812340001"], True),
        ("1381234000", [], True), ("138****0001", [], True), ("13812340001(太太)", ["+8613812340001"], True),
        ("138O2340001", ["+8613802340001"], True),
    ],
)  # fmt: skip
def test_numbers_and_what_is_wrong_with_them(text: str, numbers: list[str], told: bool) -> None:
    found = phones_of(Cell(text, text))
    assert found.numbers == numbers
    assert bool(found.told) == told


def test_a_number_in_the_names_cell_is_a_phone_and_nothing_at_all_is_refused() -> None:
    one, two = csv(["2025-03-08", "13812340001", ""], ["2025-03-08", "无", "12"]).rows
    assert one.stored
    assert (one.stored.phones, bool(one.told)) == (["+8613812340001"], True)
    assert two.state == "refuse"


# Sheets, columns, lines


def test_columns_nobody_asked_for_are_kept_as_notes_and_identity_numbers_left_out() -> None:
    head = [
        *HEAD,
        "客户等级",
        "身份证号",
        "备用电话",
        "共同购房人",
        "第一接待人",
        "第二接待人",
        "备注",
    ]
    line = [
        "2025-03-08",
        "子一",
        "13812340001",
        "A",
        "330102199001011234",
        "13812340002",
        "子二",
        "林悦",
        "周航",
        "看三房",
    ]
    read = csv(line, head=head)
    (row,) = read.rows
    assert row.stored
    assert row.stored.note == "看三房；客户等级：A；第二接待人：周航"
    assert row.stored.names == ["子一", "子二"]
    assert row.stored.phones == ["+8613812340001", "+8613812340002"]
    assert (row.stored.receiver, row.told) == ("林悦", [])
    assert {c.heading: c.as_ for c in read.columns}["客户等级"] is None


@pytest.mark.parametrize(
    "head",
    [["接待日期", "联系人", "TEL"], ["来訪日期", "客戶姓名", "聯絡電話"], ["登记日期（必填）", "客户姓名*", "手机电话1"], ["访问日期", "访客", "甲列"]],
)  # fmt: skip
def test_other_words_for_the_same_columns(head: list[str]) -> None:
    (row,) = csv(["2025-03-08", "张伟", "13812340001"], head=head).rows
    assert row.stored
    assert (row.stored.names, row.stored.phones) == (["张伟"], ["+8613812340001"])


def test_a_heading_of_two_lines_that_nobody_merged() -> None:
    rows = [["序号", "日期", "客户", None, "接待"], [None, None, "姓名", "电话", "顾问"]]
    (row,) = book(册=[*rows, [1, "2025-10-01", "戊一", "13912341001", "林悦"]]).rows
    assert row.stored
    assert (row.stored.names, row.stored.receiver) == (["戊一"], "林悦")


def test_tables_side_by_side_are_read_by_themselves() -> None:
    head = [*HEAD, None, *HEAD]
    left, right = book(
        册=[head, ["2025-05-03", "左一", "13912391001", None, "2025-05-04", "右一", "13912391002"]]
    ).rows
    assert left.stored
    assert right.stored
    assert (left.column, right.column) == ("A", "E")
    assert (left.stored.names, right.stored.names) == (["左一"], ["右一"])


def test_lines_that_are_no_visits_are_skipped_with_why() -> None:
    made, out = Workbook(), io.BytesIO()
    sheet = made.active
    assert sheet is not None
    head = ["序号", *HEAD]
    good = [1, "2025-03-08", "甲某", "13812340001"]
    rows = [
        head,
        good,
        head,
        ["合计", None, "20组"],
        ["制表：郑岚", None, "审核："],
        ["第 1 页 共 3 页"],
        ["备注：以上为本日来访"],
    ]
    for row in [
        *rows,
        [2, "2025-03-08", "乙某", "13812340002"],
        [3, "2025-03-08", "丙某", "13812340003"],
    ]:
        sheet.append(row)
    for cell in ("C8", "D8"):
        sheet[cell].font = Font(strike=True)
    sheet.row_dimensions[9].hidden = True
    made.save(out)
    read = read_book(out.getvalue(), "x.xlsx", TODAY).rows
    assert [r.state for r in read] == ["take", *["skip"] * 7]
    assert all(r.told for r in read[1:])


def test_a_customer_whose_surname_is_he_is_not_a_total() -> None:
    assert [r.state for r in csv(["2025-03-08", "和小计", "13812340001"]).rows] == ["take"]


def test_every_sheet_is_listed_with_why_it_is_not_taken() -> None:
    made, out = Workbook(), io.BytesIO()
    made.remove(made.active)  # type: ignore[arg-type]
    for name, rows in {
        "11月": [HEAD, ["2025-11-01", "甲", "13812340001"]],
        "说明": [["填表须知"]],
        "空": [],
    }.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    hidden = made.create_sheet("旧")
    hidden.append(HEAD)
    hidden.sheet_state = "veryHidden"
    made.save(out)
    read = read_book(out.getvalue(), "x.xlsx", TODAY)
    assert [(s.sheet, s.taken, bool(s.why)) for s in read.sheets] == [
        ("11月", True, False),
        ("说明", False, True),
        ("空", False, True),
        ("旧", False, True),
    ]


def test_the_same_person_on_the_same_day_is_taken_and_told() -> None:
    read = csv(
        ["2025-03-08", "张伟", "13812340001"],
        ["2025-03-08", "张先生", "13812340001"],
        ["2025-03-09", "张伟", "13812340001"],
        ["2025-03-08", "王芳", "13812340001"],
    ).rows
    assert [r.state for r in read] == ["take"] * 4
    assert ["与第 2 行是同一天同一人。" in r.told for r in read] == [False, True, False, False]


def test_formulas_without_a_result_say_so_and_take_nothing_from_elsewhere() -> None:
    phone, day = book(
        册=[
            HEAD,
            ["2025-03-08", "甲", '="138"&"12340001"'],
            ["=DATE(2025,3,9)", "乙", "13812340002"],
        ]
    ).rows
    assert phone.stored
    assert (phone.stored.phones, len(phone.told)) == ([], 1)
    assert day.state == "refuse"


def test_receivers_who_cannot_be_one_colleague_are_told() -> None:
    head = [*HEAD, "接待人"]
    rows = [
        ["2025-03-08", f"甲{n}", f"1381234000{n}", who]
        for n, who in enumerate(["林悦", "已离职小赵", "林悦/周航", "-"])
    ]
    assert [bool(r.told) for r in csv(*rows, head=head).rows] == [False, True, True, True]


def test_the_command_prints_what_would_be_stored_and_needs_no_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, old = tmp_path / "册.csv", tmp_path / "旧.xls"
    good.write_text("日期,姓名,电话\n3月8日,甲某,13812340001\n", encoding="utf-8")
    assert main(["register", "read", str(good), "--today", "2026-11-26"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["sheets"] == [{"sheet": "", "taken": True, "why": None}]
    assert [c["as"] for c in told["columns"]] == ["day", "names", "phones"]
    (row,) = told["rows"]
    assert (row["state"], row["stored"]["day"], len(row["told"])) == ("take", "2026-03-08", 1)
    assert set(row["stored"]) == {
        *("day", "time", "names", "titles", "phones", "people", "first"),
        *("receiver", "source", "needs", "note"),
    }
    old.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    )
    assert main(["register", "read", str(old)]) == 2
    out, said = capsys.readouterr()
    assert (out, said.count("\n")) == ("", 1)
    assert "XML" in said
