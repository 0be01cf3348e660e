"""Text tables: which code and what parts the cells is found by what stands in the file."""

import pytest

from yingbin.tables import Unreadable, open_table
from yingbin.tables.texts import MAX_COLUMNS, decoded

REGISTER = "来访日期,客户姓名,联系电话\r\n2025-03-08,张伟,13812340001\r\n"
TRADITIONAL = "來訪日期,客戶姓名,聯絡電話\r\n2025-03-08,陳偉,13812340001\r\n"


def lines(text: str, code: str = "utf-8") -> list[list[str]]:
    """What each cell of each line shows."""
    (sheet,) = open_table(text.encode(code), "册.csv")
    return [[cell.text for cell in line.cells] for line in sheet.lines]


@pytest.mark.parametrize(
    "code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312"]
)
def test_every_code_that_offices_save_in_is_read(code: str) -> None:
    assert decoded(REGISTER.encode(code)) == REGISTER


def test_taiwan_and_mainland_codes_are_told_apart_by_the_words_of_the_heading() -> None:
    assert decoded(TRADITIONAL.encode("big5")) == TRADITIONAL
    assert decoded(TRADITIONAL.encode("gb18030")) == TRADITIONAL


def test_a_file_in_no_code_at_all_is_told_with_the_way_out() -> None:
    with pytest.raises(Unreadable, match=r"看不懂这个文件的文字.*另存为"):
        decoded(b"\xff\xff\x80\x81" * 20 + b"\xff")


def test_half_a_character_at_the_end_of_a_utf_16_file_loses_only_itself() -> None:
    assert decoded(REGISTER.encode("utf-16")[:-1]).startswith(REGISTER[:-1].rstrip())


# What parts the cells


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", "，", "；"])
def test_any_usual_mark_parts_the_cells(mark: str) -> None:
    assert lines(REGISTER.replace(",", mark)) == [
        ["来访日期", "客户姓名", "联系电话"],
        ["2025-03-08", "张伟", "13812340001"],
    ]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('"三房; 120平; 南向"', "三房; 120平; 南向"), ('"张伟，李梅"', "张伟，李梅"), ('"他说""再来"""', '他说"再来"'), ('"a|b|c"', "a|b|c"),
        ('"第一行\n第二行"', "第一行 第二行"), ('" 两边有空 "', "两边有空"),
    ],
)  # fmt: skip
def test_marks_in_quotes_part_nothing(cell: str, shown: str) -> None:
    text = f"备注,姓名,电话\n{cell},张伟,13812340001\n{cell},李梅,13812340002\n"
    assert lines(text)[1] == [shown, "张伟", "13812340001"]


def test_tabs_that_guard_numbers_are_no_cells() -> None:
    text = "日期\t,姓名\t,电话\t\n2025-03-08\t,张伟\t,13812340001\t\n"
    assert lines(text)[1] == ["2025-03-08", "张伟", "13812340001"]


def test_lines_of_uneven_length_and_blank_lines_keep_their_place() -> None:
    text = "登记表\n\n日期,姓名,电话,备注\n2025-03-08,张伟\n"
    assert lines(text) == [["登记表"], [], ["日期", "姓名", "电话", "备注"], ["2025-03-08", "张伟"]]


def test_a_table_of_one_column_is_not_cut_at_its_commas() -> None:
    assert lines("备注\n看了三房\n再来\n") == [["备注"], ["看了三房"], ["再来"]]


def test_remarks_with_one_comma_do_not_outweigh_the_tables_own_mark() -> None:
    remarks = [f"说明{n}，请照填" for n in range(4)]
    body = [f"2025-03-0{n};张{n};1381234000{n}" for n in range(1, 9)]
    assert lines("\n".join([*remarks, "日期;姓名;电话", *body]))[4] == ["日期", "姓名", "电话"]


def test_a_file_full_of_marks_is_no_wider_than_a_table_may_be() -> None:
    wide = ",".join(str(n) for n in range(500))
    assert len(lines(f"{wide}\n{wide}\n")[0]) == MAX_COLUMNS


def test_a_quote_that_is_never_closed_is_told_with_its_line() -> None:
    text = "日期,姓名\n2025-03-08,张伟\n" * 5 + '2025-03-08,"张' + "伟\n" * 140_000
    (sheet,) = open_table(text.encode(), "册.csv")
    with pytest.raises(Unreadable, match=r"第 11 行读不下去，引号可能没有成对"):
        list(sheet.lines)
