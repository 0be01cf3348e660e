"""One definition of a sheet is laid out for page, paper, workbook and PDF: the same words, each where it belongs."""

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook

from tests.files.test_paper import read
from yingbin.sheets.columns import (
    ERASED,
    Column,
    Grid,
    Medium,
    Sheet,
    SheetLine,
    SignatureColumn,
    laid_out,
)
from yingbin.sheets.excel import workbook
from yingbin.sheets.pdf import drawing, sheet_pdf

INK = ((100, 100, 300, 200, 500, 120), (600, 130, 620, 140))


@dataclass(frozen=True, kw_only=True)
class Pass(SheetLine):
    """A row of the gate's sheet: who took a pass for which car, and when it came back."""

    holder: str
    phone: str
    car: str | None = None
    remark: str = ""


PASSES = Sheet[Pass](
    "临时出入证登记表",
    columns=(
        Column("序号", lambda r: r.number, 6),
        Column("领证人", lambda r: f"{r.holder[:1]}*", 10, full=lambda r: r.holder, names=True,
               page=lambda r: f"{r.holder[:1]}先生"),
        Column("电话", lambda r: f"***{r.phone[-4:]}", 12, full=lambda r: r.phone, names=True,
               below="领证人"),
        Column("车牌", lambda r: r.car, 10, small="无车不填"),
        Column("楼栋", lambda r: "3 栋", 6, on=("paper",)),
    ),
    signatures=(SignatureColumn("领证人签名", lambda r: r.strokes, lambda r: r.signed,
                                under=lambda r: "当面签"),),
    remarks=(Column("备注", lambda r: r.remark, 20), Column("回执码", lambda r: r.receipt, 10,
                                                       on=("workbook",))),
    foot="出入证当日有效。",
)  # fmt: skip


def line(number: int = 1, **more: Any) -> Pass:
    told: dict[str, Any] = {
        "id": UUID(int=number),
        "number": number,
        "at": datetime(2026, 11, 21, 1, tzinfo=UTC),
        "signed": "屏上签名",
        "strokes": INK,
        "receipt": "K7QF-2M9X",
        "holder": "欧阳慕白",
        "phone": "13812341234",
        "car": "粤B12345",
        "remark": "送家具",
    }
    return Pass(**{**told, **more})


def heads(on: Medium) -> list[str]:
    return [h.title for h in laid_out(PASSES, [], on).heads]


def shown(on: Medium, *lines: Pass, full: bool = False) -> list[list[object]]:
    """What stands in the cells."""
    grid = laid_out(PASSES, lines or [line()], on, full=full)
    return [[c.value for c in row.cells] for row in grid.rows]


def test_each_medium_has_its_columns_in_the_sheets_order() -> None:
    assert heads("page") == ["序号", "领证人", "车牌", "领证人签名", "备注"]
    assert heads("paper") == ["序号", "领证人", "电话", "车牌", "楼栋", "领证人签名", "备注"]
    assert heads("workbook") == ["序号", "领证人", "电话", "车牌", "领证人签名", "备注", "回执码"]


@pytest.mark.parametrize("on", ["page", "paper", "workbook"])
def test_every_row_has_a_cell_for_every_head(on: Medium) -> None:
    grid = laid_out(PASSES, [line(), line(2, car=None), line(3, strokes=())], on)
    assert {len(row.cells) for row in grid.rows} == {len(grid.heads)}
    assert len(grid.blank) == len(grid.heads)


def test_what_is_masked_is_whole_only_where_it_is_handed_out() -> None:
    assert shown("paper")[0][1:3] == ["欧*", "***1234"]
    assert shown("paper", full=True)[0][1:3] == ["欧阳慕白", "13812341234"]
    assert shown("workbook", full=True)[0][1:3] == ["欧阳慕白", "13812341234"]


def test_the_page_has_words_of_its_own_and_small_ones_below() -> None:
    grid = laid_out(PASSES, [line()], "page")
    (row,) = grid.rows
    assert row.cells[1].value == "欧先生"
    assert row.cells[1].below == ("***1234",)
    assert shown("page", full=True)[0][1] == "欧阳慕白", "also on the page, where it is in full"


@pytest.mark.parametrize("on", ["page", "paper"])
def test_a_signature_is_drawn_with_what_stands_under_it(on: Medium) -> None:
    (row,) = laid_out(PASSES, [line()], on).rows
    (cell,) = [c for c in row.cells if c.ink]
    assert (cell.strokes, cell.below) == (INK, ("当面签",))


def test_a_workbook_says_in_words_that_somebody_signed() -> None:
    (row,) = laid_out(PASSES, [line(signed="")], "workbook").rows
    (cell,) = [c for c in row.cells if c.ink]
    assert (cell.value, cell.below) == ("已签", ())
    assert shown("workbook", line(strokes=(), signed="密码确认"))[0][4] == "密码确认"
    assert shown("workbook", line(strokes=(), signed=""))[0][4] == ""


@pytest.mark.parametrize(("on", "place"), [("page", 1), ("paper", 1), ("workbook", 1)])
def test_of_an_erased_row_one_place_says_that_it_was(on: Medium, place: int) -> None:
    grid = laid_out(PASSES, [line(erased=True, holder="", phone="")], on, full=True)
    (row,) = grid.rows
    assert row.cells[place].value == ERASED
    assert row.cells[0].value == 1
    assert "粤B12345" in [c.value for c in row.cells], "what names nobody stays"
    told = [str(c.value) for c in row.cells]
    assert told.count(ERASED) == 1
    spans = sum(c.span for c in row.cells)
    assert spans == len(grid.heads)


def test_rows_of_a_workbook_come_one_by_one_so_that_length_costs_no_memory() -> None:
    taken: list[int] = []

    def lines() -> Any:
        for n in range(1, 4):
            taken.append(n)
            yield line(n)

    grid = laid_out(PASSES, lines(), "workbook")
    assert taken == []
    assert [row.line.number for row in grid.rows] == [1, 2, 3]
    assert not isinstance(laid_out(PASSES, [], "workbook").rows, list)
    assert isinstance(laid_out(PASSES, [], "page").rows, list)


# The workbook


def opened(grid: Grid[Pass], *heading: str) -> Any:
    return load_workbook(io.BytesIO(workbook(grid, *heading))).active


def test_a_workbook_begins_with_name_and_heading_then_the_heads() -> None:
    page = opened(laid_out(PASSES, [line()], "workbook"), "项目：湖畔雅居", "日期：全部")
    assert page.title == "临时出入证登记表"
    assert page["A1"].value == "临时出入证登记表  项目：湖畔雅居  日期：全部"
    assert page["D2"].value == "车牌（无车不填）"
    assert page.freeze_panes == "A3"
    assert page.column_dimensions["C"].width == 12


@pytest.mark.parametrize("typed", ["=1+1", "+86", "-1", "@SUM(A1)", '=HYPERLINK("x")', "0086"])
def test_what_looks_like_a_formula_or_a_number_stays_text(typed: str) -> None:
    page = opened(laid_out(PASSES, [line(remark=typed)], "workbook"))
    cell = page["F3"]
    assert (cell.value, cell.data_type) == (typed, "s")


def test_a_number_stays_a_number_and_nothing_is_an_empty_cell() -> None:
    page = opened(laid_out(PASSES, [line(car=None)], "workbook"))
    assert page["A3"].value == 1
    assert page["D3"].value is None


# The PDF


def test_the_pdf_has_what_the_paper_has() -> None:
    lines = [line(n, holder="𠮷野阿不都热合曼", remark="*不是*加粗") for n in range(1, 40)]
    grid = laid_out(PASSES, lines, "paper", full=True)
    text, pages = read(sheet_pdf(grid, "项目：湖畔雅居", "日期：2026-11", foot="带出：郑岚"))
    assert pages >= 2
    for head in heads("paper"):
        assert text.count(head) >= pages
    assert "阿不都热合曼" in text
    assert "13812341234" in text
    assert "*不是*加粗" in text
    assert text.count("带出：郑岚") == pages
    assert text.count("出入证当日有效。") == 1
    assert "（无车不填）" in text


def test_an_empty_sheet_is_a_page_with_its_heads() -> None:
    text, pages = read(sheet_pdf(laid_out(PASSES, [], "paper"), "项目：湖畔雅居", foot=""))
    assert pages == 1
    assert "临时出入证登记表" in text
    assert "领证人签名" in text


def test_the_pdf_of_an_erased_row_names_nobody() -> None:
    grid = laid_out(PASSES, [line(erased=True)], "paper", full=True)
    text, _ = read(sheet_pdf(grid, foot=""))
    assert ERASED in text
    assert "欧阳" not in text
    assert "1381234" not in text


def test_a_signature_is_a_picture_of_lines_and_of_nothing_else() -> None:
    picture = drawing(INK)
    assert 'd="M100 100L300 200L500 120 M600 130L620 140"' in picture
    assert 'viewBox="0 0 1000 400"' in picture
    assert set(re.findall(r"<(\w+)", picture)) == {"svg", "path"}


@pytest.mark.parametrize("strokes", [[["<script>", 1]], [["1", "x"]], [[None, 2]]])
def test_what_is_no_number_gets_into_no_picture(strokes: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        drawing(strokes)
