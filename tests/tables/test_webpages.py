"""Saved web pages under the name .xls, as many systems hand them out."""

import pytest

from yingbin.tables import Line, Sheet, Unreadable, open_table

HEAD = "<tr><td>日期</td><td>姓名</td><td>电话</td></tr>"
ROW = "<tr><td>2025-03-08</td><td>张伟</td><td>13812340001</td></tr>"


def page(body: str, code: str = "utf-8", named: str = "utf-8") -> list[Sheet]:
    """The tables of a page."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={named}">' if named else ""
    return open_table(f"<html><head>{meta}</head><body>{body}</body></html>".encode(code), "册.xls")


def table(rows: str) -> list[Line]:
    (sheet,) = page(f"<table>{rows}</table>")
    return list(sheet.lines)


def texts(lines: list[Line]) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in lines]


@pytest.mark.parametrize(
    ("code", "named"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb2312"), ("gb18030", "GBK"), ("big5hkscs", "big5"), ("gb18030", "utf-8"), ("utf-8", "no-such-code"), ("gb18030", ""), ("utf-16", "unicode")],
)  # fmt: skip
def test_a_page_is_read_in_the_code_it_is_in_whatever_it_says(code: str, named: str) -> None:
    rows = (HEAD + ROW).replace("电话", "電話").replace("张伟", "陳偉")
    (sheet,) = page(f"<table>{rows}</table>", code, named)
    assert texts(list(sheet.lines))[0] == ["日期", "姓名", "電話"]


def test_cells_that_nobody_closed_end_where_the_next_begins() -> None:
    assert texts(table("<tr><td>日期<td>姓名<tr><td>3月8日<td>张伟")) == [
        ["日期", "姓名"],
        ["3月8日", "张伟"],
    ]


def test_breaks_and_paragraphs_part_words_and_entities_are_characters() -> None:
    rows = "<tr><td>备注</td><td>x</td></tr><tr><td>三房<br>两卫<p>A&amp;B&nbsp;&lt;急&gt;</p></td><td>y</td></tr>"
    assert texts(table(rows))[1][0] == "三房 两卫 A&B <急>"


def test_a_cell_over_several_lines_counts_in_each_and_says_so() -> None:
    rows = HEAD + '<tr><td rowspan="3">3月8日</td><td>甲</td><td>1</td></tr>'
    lines = table(rows + "<tr><td>乙</td><td>2</td></tr><tr><td>丙</td><td>3</td></tr>")
    assert [line.cells[0].text for line in lines[1:]] == ["3月8日"] * 3
    assert [line.cells[0].down for line in lines[1:]] == [False, True, True]
    assert [line.cells[1].text for line in lines[1:]] == ["甲", "乙", "丙"]


def test_a_title_over_several_columns_stands_in_its_first() -> None:
    lines = table(f"<tr><th colspan=3>2025年来访登记表</th></tr>{HEAD}{ROW}")
    assert [cell.across for cell in lines[0].cells] == [False, True, True]


@pytest.mark.parametrize("reach", ["0", "-1", "x", "", "3.5"])
def test_a_reach_that_makes_no_sense_is_one(reach: str) -> None:
    lines = table(f'<tr><td colspan="{reach}">日期</td><td>姓名</td></tr>{ROW}')
    assert texts(lines)[0][:2] == ["日期", "姓名"]


def test_a_reach_beyond_all_measure_ends() -> None:
    lines = table(f'<tr><td rowspan="999999" colspan="999999">总</td></tr>{ROW}')
    assert len(lines) == 2
    assert len(lines[0].cells) <= 200


@pytest.mark.parametrize("mark", ["s", "strike", "del"])
def test_what_is_struck_on_the_page_is_struck(mark: str) -> None:
    rows = f"{HEAD}<tr><td><{mark}>3月8日</{mark}></td><td>张伟</td><td>1</td></tr>"
    first, second, _ = table(rows)[1].cells
    assert first.struck
    assert not second.struck


def test_several_tables_are_several_sheets_and_layouts_of_one_line_are_none() -> None:
    logo = "<table><tr><td>湖畔雅居</td></tr></table>"
    one, other = page(f"{logo}<table>{HEAD}{ROW}</table><table>{HEAD}{ROW}{ROW}</table>")
    assert (one.name, other.name) == ("表1", "表2")
    assert [len(list(sheet.lines)) for sheet in (one, other)] == [2, 3]


def test_a_table_inside_a_cell_is_a_table_of_its_own() -> None:
    inner = f"<table>{HEAD}{ROW}</table>"
    found = page(f"<table><tr><td>页眉</td></tr><tr><td>{inner}</td></tr></table>")
    assert ["日期", "姓名", "电话"] in [row for sheet in found for row in texts(list(sheet.lines))]


def test_text_outside_cells_is_nothing() -> None:
    lines = table(f"说明{HEAD}之间<tr><td>3月8日</td>漏<td>甲</td><td>1</td></tr>")
    assert texts(lines)[1] == ["3月8日", "甲", "1"]


@pytest.mark.parametrize(
    ("body", "says"),
    [("<p>登记</p>", "没有表格"), ("<table></table>", "没有表格"), ("<table><tr><td>一行</td></tr></table>", "没有表格")],
)  # fmt: skip
def test_a_page_without_a_table_is_told_with_the_way_out(body: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says + ".*另存为"):
        page(body)


def test_a_page_in_one_file_is_told_with_the_way_out() -> None:
    mht = b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\nContent-Type: text/html\r\n"
    with pytest.raises(Unreadable, match=r"单个网页文件.*另存为"):
        open_table(mht, "册.xls")
