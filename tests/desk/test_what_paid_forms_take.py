"""What the forms of paid work and of the estate make of what is typed: quotes, ink, material, homes; no database."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from yingbin.desk.forms.estate import (
    AddHomeForm,
    ChangeHomeForm,
    MoveInForm,
    MoveOutForm,
    RevealForm,
)
from yingbin.desk.forms.paid import CodeForm, FinishForm, QuoteForm
from yingbin.desk.models import StockItem
from yingbin.desk.prices import Ask, Priced

from .till import DRAWN as INK

ONE, TWO = UUID(int=1), UUID(int=2)


def said(form: Any) -> dict[str, str]:
    """What is wrong, by field."""
    return {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}


ITEMS = (Priced("A01", "疏通下水道", "次", 8000, 0), Priced("A02", "换角阀", "只", 3000, 2550))


def test_a_quote_takes_one_of_what_has_no_quantity_and_leaves_empty_rows_out() -> None:
    told = {"key": "k", "item_1": "A01", "item_4": "A02", "many_4": "2.5", "many_5": "3"}
    form = QuoteForm(told, items=ITEMS)
    assert form.is_valid(), said(form)
    assert form.asks() == (Ask("A01"), Ask("A02", 250))


@pytest.mark.parametrize(
    ("told", "ask"),
    [
        ({"name_1": "改管", "price_1": "12.34", "reason_1": "墙里"}, Ask(name="改管", price=1234, reason="墙里")),
        ({"name_2": "看一看", "price_2": "0"}, Ask(name="看一看")),
        ({"price_1": "0"}, Ask()),
        ({"reason_1": "特别"}, Ask(reason="特别")),
    ],
)  # fmt: skip
def test_a_line_of_its_own_that_was_begun_is_asked_for_even_where_it_is_not_whole(
    told: dict[str, str], ask: Ask
) -> None:
    form = QuoteForm({"key": "k", **told}, items=ITEMS)
    assert form.is_valid(), said(form)
    assert form.asks() == (ask,)


def test_an_item_that_left_the_list_is_chosen_again() -> None:
    form = QuoteForm({"key": "k", "item_1": "B99"}, items=ITEMS)
    assert said(form) == {"item_1": "价目已经换了，请重新选一项。"}
    assert said(QuoteForm({"key": "k", "item_1": "A01", "many_1": "0"}, items=ITEMS)) == {
        "many_1": "数量请填大于 0 的数，例如 1 或 2.5。"
    }


def test_a_quote_opens_with_three_rows_and_offers_each_price_in_words() -> None:
    form = QuoteForm(items=ITEMS)
    assert (len(form.lines), len(form.more), len(form.free)) == (3, 5, 2)
    assert "A02 换角阀 55.50 元/只" in str(form["item_1"])


def stock(*names: str) -> list[StockItem]:
    """Materials that there are."""
    return [StockItem(id=UUID(int=n), name=name, unit="只") for n, name in enumerate(names, 1)]


def finish(*, signed: bool, **told: str) -> FinishForm:
    """The end of a work as it was sent."""
    return FinishForm({"key": "k", **told}, stock=stock("角阀", "胶带"), signed=signed)


def test_a_help_request_ends_without_ink_and_paid_work_does_not() -> None:
    assert finish(signed=False).is_valid()
    assert said(finish(signed=True)) == {"drawn": "请住户在签名框里签上自己的名字。"}
    assert finish(signed=True, drawn=INK).is_valid()


def test_ink_that_cannot_be_read_is_never_taken_for_none() -> None:
    for signed in (True, False):
        assert "签名没有读出来" in said(finish(signed=signed, drawn="[[1,"))["drawn"]


def test_material_without_a_quantity_is_one_and_a_row_without_material_is_none() -> None:
    form = finish(
        signed=False, item_1=str(ONE), item_3=str(TWO), many_3="0.5", many_6="7", words="急用"
    )
    assert form.is_valid(), said(form)
    assert [(u.item, u.many, u.words) for u in form.used()] == [
        (ONE, 100, "急用"),
        (TWO, 50, "急用"),
    ]


@pytest.mark.parametrize(("code", "good"), [("123456", True), ("12345", False), ("1234567", False)])
def test_a_code_over_the_phone_has_six_digits(code: str, *, good: bool) -> None:
    form = CodeForm({"key": "k", "quote": str(ONE), "code": code})
    assert form.is_valid() is good
    assert good or said(form) == {"code": "这里要填 6 位数字。"}


# Homes and people


@pytest.mark.parametrize(
    ("area", "kept"),
    [("", None), ("89.5", Decimal("89.5")), ("0", Decimal(0))],
    ids=["", "89.5", "0"],
)
def test_a_home_has_an_area_or_none(area: str, kept: Decimal | None) -> None:
    form = AddHomeForm({"key": "k", "home": "3-2-1801", "area": area})
    assert form.is_valid(), said(form)
    assert form.cleaned_data["area"] == kept


@pytest.mark.parametrize("area", ["-1", "1000000", "89.555", "九十"])
def test_an_area_that_no_home_has_hears_what_one_is(area: str) -> None:
    form = AddHomeForm({"key": "k", "home": "3-2-1801", "area": area})
    assert said(form)["area"].startswith("面积填 0 到 999999.99 之间的数")


def test_a_day_of_the_estate_is_written_as_a_day() -> None:
    assert said(ChangeHomeForm({"key": "k", "delivered_on": "二月三十"})) == {
        "delivered_on": "日期写成 2026-11-27 这样。"
    }
    assert said(MoveInForm({"key": "k", "name": "郑", "capacity": "king", "since": "x"})) == {
        "capacity": "请从列表里选择身份。",
        "since": "日期写成 2026-11-27 这样。",
    }


def test_only_those_who_live_there_move_out_and_on_a_day() -> None:
    form = MoveOutForm({"key": "k", "tenancies": [str(ONE)], "until": "2026-11-30"})
    form.offer([(ONE, "郑先生")])
    assert form.is_valid(), said(form)
    assert form.cleaned_data["tenancies"] == [ONE]
    nobody = MoveOutForm({"key": "k"})
    nobody.offer([(ONE, "郑先生")])
    assert said(nobody) == {"tenancies": "请勾选谁搬走。", "until": "请填写搬走的日子。"}


def test_a_full_number_is_shown_for_a_reason_of_the_list_alone() -> None:
    assert RevealForm({"key": "k", "why": "回电"}).is_valid()
    assert said(RevealForm({"key": "k", "why": "好奇"})) == {"why": "请从列表里选择查看用途。"}
