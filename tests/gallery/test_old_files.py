"""Small registers of offices, each with what was once read wrongly in it (TQ-3)."""

from datetime import date

import pytest

from yingbin.gallery.importing.book import Book, read_book
from yingbin.tables import Unreadable

pytestmark = pytest.mark.clause("TQ-3")
TODAY = date(2026, 11, 26)
HEAD = "来访日期,客户姓名,联系电话,来访人数,首次/再访,接待人,备注"


def read(*lines: str, code: str = "utf-8-sig", name: str = "册.csv") -> Book:
    """A text table read."""
    return read_book("\r\n".join(lines).encode(code), name, TODAY)


def test_a_number_that_a_program_wrote_with_a_decimal_point_is_a_phone() -> None:
    (row,) = read(HEAD, "2025-03-08,甲某,13812340001.0,2.0,首访,,").rows
    assert row.stored
    assert (row.stored.phones, row.stored.people, row.told) == (["+8613812340001"], 2, [])


def test_short_years_at_the_end_are_settled_by_the_column() -> None:
    days = ("3/8/24", "12/8/24", "8/25/24", "13/2/25")
    rows = read(HEAD, *(f"{day},丙某,138123400{n:02d},,,," for n, day in enumerate(days))).rows
    read_as = [(r.stored.day if r.stored else None, bool(r.told)) for r in rows]
    assert read_as == [
        ("2024-03-08", False),
        ("2024-12-08", False),
        ("2024-08-25", False),
        ("2025-02-13", True),
    ]


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2:30 PM", "14:30"),
        ("中午1点半", "13:30"),
        ("晚上12点", "23:59"),
        ("上午12:10", "00:10"),
        ("傍晚6点", "18:00"),
    ],
)
def test_hours_are_read_as_a_chinese_reader_reads_them(written: str, at: str) -> None:
    head = "来访日期,来访时间,客户姓名,联系电话"
    (row,) = read(head, f"2025-03-08,{written},庚某,13812340007").rows
    assert row.stored
    assert row.stored.time == at


def test_cells_guarded_by_tabs_are_found() -> None:
    head, line = (
        "来访日期\t,客户姓名\t,联系电话\t,备注\t",
        "2025-03-08\t,丑某\t,13812340012\t,看三房\t",
    )
    (row,) = read(head, line, code="gb18030").rows
    assert row.stored
    assert (row.stored.names, row.stored.note) == (["丑某"], "看三房")


def test_semicolons_in_notes_part_nothing() -> None:
    note = "三房; 120平; 南向; 有车位; 学区; 预算三百万; 要装修; 周末再来"
    lines = [f"2025-03-08,卯{n}某,138123401{n:02d},{note}" for n in range(12)]
    rows = read("来访日期,客户姓名,联系电话,备注", *lines).rows
    assert [r.stored.note for r in rows if r.stored] == [note] * 12


@pytest.mark.parametrize(
    ("written", "names", "told"),
    [
        ("和慧敏", ["和慧敏"], False),
        ("张三(夫)李四(妻)", ["张三", "李四"], False),
        ("#REF!", [], True),
        ("王女士(转介绍)", ["王"], False),
        ("NULL", [], True),
    ],
)
def test_names_stay_whole_and_errors_are_nobody(written: str, names: list[str], told: bool) -> None:
    (row,) = read(HEAD, f"2025-03-08,{written},13812340015,,,,").rows
    assert row.stored
    assert (row.stored.names, bool(row.told)) == (names, told)


def test_a_web_page_named_xls_is_read_and_xml_of_2003_is_told() -> None:
    cells = "".join(f"<td>{t}</td>" for t in ("2025-03-08", "网某", "13812340031"))
    head = "<td>来访日期</td><td>客户姓名</td><td>联系电话</td>"
    page = f"<html><meta charset=utf-8><table><tr>{head}</tr><tr>{cells}</tr></table></html>"
    (row,) = read(page, code="utf-8", name="册.xls").rows
    assert row.stored
    assert row.stored.names == ["网某"]
    old = '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'
    with pytest.raises(Unreadable, match="另存为"):
        read(old, code="utf-8", name="册.xls")


@pytest.mark.parametrize("written", ["无", "#N/A", "-"])
def test_a_time_that_says_nothing_leaves_nothing_in_the_note(written: str) -> None:
    book = read("日期,时间,姓名,电话", f"2024-12-08,{written},辰某,13812340001")
    (row,) = book.rows
    assert row.stored
    assert (row.stored.time, row.stored.note) == (None, None)


def test_a_country_code_in_brackets_is_only_spelling() -> None:
    book = read("日期,姓名,电话", "2024-12-08,辰某,(86)13812340001")
    (row,) = book.rows
    assert row.stored
    assert row.stored.phones == ["+8613812340001"]
    assert row.told == []
