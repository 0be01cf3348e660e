"""Prices, quotes, codes and what stands on the sheets of the desk: reckoned without a database."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.customers.office import ZONE
from yingbin.desk.call_sheet import CALL_SHEET, sheet_line
from yingbin.desk.cash_sheet import RECEIPTS, ReceiptLine, receipt_lines, what_of
from yingbin.desk.codes import code_for, digest_of, fits
from yingbin.desk.models import DeskMatter, Payment, PriceList
from yingbin.desk.price_sheet import PRICES, price_lines
from yingbin.desk.prices import (
    Ask,
    Line,
    Priced,
    apart,
    kept,
    priced,
    reckoned,
    together,
    total,
)
from yingbin.desk.queries.callbacks import CallLine
from yingbin.desk.queries.paid import Sums
from yingbin.desk.queries.paid_page import CashPage
from yingbin.desk.templatetags.money import hundredths, used, yuan
from yingbin.matters.models import Matter as Row
from yingbin.sheets.columns import Sheet, laid_out

HERE, THERE = UUID(int=1), UUID(int=2)
NINE = datetime(2026, 11, 23, 9, 20, tzinfo=ZONE)
DRAIN, VALVE = Priced("A01", "疏通下水道", "次", 8000, 0), Priced("A02", "换角阀", "只", 3000, 2550)
KNOWN = {one.code: one for one in (DRAIN, VALVE)}


# Prices

ASKS = st.builds(
    Ask, st.sampled_from(["A01", "A02"]), st.integers(1, 1000)
) | st.builds(
    Ask, st.just(""), st.integers(1, 1000), st.just("改管"), st.integers(0, 90_000), st.just("管在墙里")
)  # fmt: skip


@pytest.mark.clause("SD-4.2.3")
@given(st.lists(ASKS, min_size=1, max_size=6))
def test_a_quote_kept_apart_from_its_words_reads_as_it_was(asks: list[Ask]) -> None:
    lines = reckoned(asks, KNOWN)
    plain, words = apart(lines)
    assert together(plain, words) == lines
    assert total(together(plain, {})) == total(lines), "erased words change no price"
    assert "管" not in str(plain), "free words stand in no row that may not be erased"


def test_of_words_that_were_erased_a_line_says_that_it_was_of_its_own() -> None:
    plain, _ = apart(
        reckoned([Ask(name="王家的墙", price=500, reason="王先生要求"), Ask("A01")], KNOWN)
    )
    own, listed = together(plain, {})
    assert (own.name, own.reason, own.amount) == ("另议项目", "", 500)
    assert listed.name == "疏通下水道", "what stands in the list is nobody's word"


@given(st.lists(st.sampled_from([DRAIN, VALVE]), max_size=2, unique=True))
def test_a_price_list_is_read_from_its_row_as_it_was_written(items: list[Priced]) -> None:
    assert priced(kept(items)) == tuple(items)


@pytest.mark.parametrize(
    ("many", "price", "comes_to"), [(1, 50, 1), (1, 49, 0), (150, 333, 500), (33, 100, 33), (250, 5550, 13875)]
)  # fmt: skip
def test_parts_of_a_unit_are_rounded_to_the_fen_once(many: int, price: int, comes_to: int) -> None:
    assert Line("", "改管", "项", many, price, 0).amount == comes_to


@pytest.mark.parametrize(
    ("fen", "said"),
    [(8000, "80"), (9950, "99.50"), (7, "0.07"), (-2000, "-20"), (-5, "-0.05"), (123_456_700, "1,234,567"), (None, ""), ("", "")],
)  # fmt: skip
def test_an_amount_is_said_as_people_say_it(fen: int | None, said: str) -> None:
    assert yuan(fen) == said


@pytest.mark.parametrize(
    ("many", "said"),
    [(300, "3"), (250, "2.5"), (-100, "-1"), (1, "0.01"), (0, "0"), (10_000, "100"), (None, "")],
)
def test_a_quantity_is_said_without_needless_noughts(many: int | None, said: str) -> None:
    assert hundredths(many) == said


def test_what_left_the_store_is_said_as_how_much_it_was() -> None:
    assert (used(-250), used(100)) == ("2.5", "-1")


# Codes


@given(st.uuids(), st.text(max_size=20), st.text(max_size=20))
def test_a_code_pressed_twice_is_the_same_and_fits_its_quote_alone(
    quote: UUID, key: str, other: str
) -> None:
    code = code_for(quote, key)
    assert code == code_for(quote, key)
    assert len(code) == 6
    assert code.isdigit()
    assert fits(quote, code, digest_of(quote, code))
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    assert not fits(quote, wrong, digest_of(quote, code))
    assert not fits(HERE, code, digest_of(quote, code)) or quote == HERE
    assert code not in digest_of(quote, code)


# Sheets


def cells(sheet: Sheet, line: object) -> dict[str, object]:  # type: ignore[type-arg]
    """A line as the workbook has it, by title."""
    (row,) = laid_out(sheet, [line], "workbook").rows
    return {cell.title: cell.value for cell in row.cells}


def call(**more: object) -> CallLine:
    """A call that somebody answered."""
    row = DeskMatter(year=2026, number=12, place="3-2-1801", matter=Row(title="厨房漏水"))
    told = {
        "row": row, "at": datetime(2026, 11, 23, 1, 5, tzinfo=UTC), "by": "叶", "kind": "求助", "subject": "漏水",
        "reached": True, "score": "满意", "points": 5, "remark": "很快", **more,
    }  # fmt: skip
    return CallLine(**told)  # type: ignore[arg-type]


@pytest.mark.clause("SD-4.3")
@pytest.mark.parametrize(
    ("more", "result"),
    [
        ({}, "满意 5"),
        ({"points": 0}, "满意"),
        ({"reached": False, "score": "", "points": 0}, "没打通"),
        ({"score": "不满意", "points": 1}, "不满意 1"),
    ],
)
def test_a_call_on_the_sheet_says_its_points_or_that_nobody_answered(
    more: dict[str, object], result: str
) -> None:
    told = cells(CALL_SHEET, sheet_line(call(**more), 3))
    assert (told["序号"], told["回访时间"], told["登记编号"]) == (3, "11-23 09:05", "2026-0012")
    assert (told["结果"], told["地点"], told["事项"], told["回访人"]) == (
        result,
        "3-2-1801",
        "厨房漏水",
        "叶",
    )


def test_whether_anything_was_asked_of_a_resident_stands_in_no_column_of_the_sheet() -> None:
    assert not {column.title for column in CALL_SHEET.columns} & {"要求", "索要", "要过什么"}
    assert "另报主管" in CALL_SHEET.foot


def payment(amount: int, **more: object) -> Payment:
    """Money that changed hands for 12."""
    row = DeskMatter(year=2026, number=12, matter=Row(title="疏通下水"))
    return Payment(
        matter=row, year=2026, number=7, way="wechat", amount=amount, at=NINE, by=HERE, receipt="AB12-CD34", **more
    )  # type: ignore[misc]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "what"),
    [(payment(8000), "收款"), (payment(-8000), "退款"), (payment(-8000, corrects_id=THERE), "冲销"), (payment(5, corrects_id=THERE), "冲销")],
)  # fmt: skip
def test_money_on_the_sheet_came_went_or_was_a_mistake(row: Payment, what: str) -> None:
    assert what_of(row) == what


def test_whoever_left_still_stands_beside_the_money_they_took() -> None:
    sums = Sums({})
    page = CashPage(NINE.date(), (payment(8000),), (), sums, None, None, (), None, {})
    (line,) = receipt_lines(page)
    assert (line.by, line.way, line.matter, line.title) == (
        "已离职同事",
        "微信",
        "2026-0012",
        "疏通下水",
    )
    (line,) = receipt_lines(replace(page, names={str(HERE): "苏"}))
    assert (line.by, line.slip) == ("苏", "S2026-00007")


@pytest.mark.parametrize(
    ("amount", "said"), [(8000, "80.00"), (-5, "-0.05"), (-12_345, "-123.45"), (9, "0.09")]
)
def test_an_amount_in_the_workbook_is_exact_to_the_fen(amount: int, said: str) -> None:
    line = ReceiptLine(
        id=HERE, number=7, at=NINE, signed="", receipt="AB12-CD34", slip="S2026-00007", matter="2026-0012",
        title="疏通下水", way="微信", amount=amount, by="苏", what="收款",
    )  # fmt: skip
    told = cells(RECEIPTS, line)
    assert (told["金额（元）"], told["收据号"], told["回执"]) == (said, "S2026-00007", "AB12-CD34")


def test_a_price_list_leaves_in_the_columns_in_which_it_is_pasted_back() -> None:
    row = PriceList(at=NINE, items=kept([DRAIN, VALVE]))
    lines = price_lines(row)
    assert [line.number for line in lines] == [1, 2]
    assert cells(PRICES, lines[1]) == {
        "编号": "A02", "名称": "换角阀", "单位": "只", "人工": "30.00", "材料": "25.50"
    }  # fmt: skip
