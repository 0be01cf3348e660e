"""An amount nobody can pay, a quantity nobody has: each hears what it may be, on every way in, and nothing is stored (SD-4.2.3)."""

from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.desk.till import INK, LIST, Till
from yingbin.desk.actions import cash, money, prices, work
from yingbin.desk.doings import DOINGS
from yingbin.desk.forms.acts import ActForm
from yingbin.desk.forms.money import (
    CloseForm,
    ItemForm,
    MoveForm,
    PayForm,
    PriceListForm,
    ReductionForm,
)
from yingbin.desk.forms.paid import QuoteForm
from yingbin.desk.models import CashDay, Payment, Quote, StockItem
from yingbin.desk.prices import Ask, Priced
from yingbin.desk.templatetags.money import capitals
from yingbin.journal.models import Ledger
from yingbin.rules.decision import Refused

pytestmark = pytest.mark.clause("SD-4.2.3")
HUGE = 10**16
LIMITS = "在 0 到 99,999.99 元之间，请改好。"


@pytest.mark.parametrize("amount", [HUGE, 2**63, 10_000_000])
@pytest.mark.parametrize(
    ("event", "more"),
    [("quote", {}), ("agree", {"agreed": True}), ("done", {"signed": True}), ("reduce", {"approved_by": "林"})],
)  # fmt: skip
def test_an_event_with_an_amount_beyond_all_price_hears_the_limits(
    till: Till, event: str, more: dict[str, Any], amount: int
) -> None:
    one = till.job()
    before = Ledger.objects.get(site_id=till.site).seq
    told = {n: str(till.id(v)) if n == "approved_by" else v for n, v in more.items()}
    with pytest.raises(Refused) as no:
        till.act("钱", event, one, amount=amount, **told)
    assert (no.value.message, no.value.about) == (f"金额要{LIMITS}", "amount")
    assert Ledger.objects.get(site_id=till.site).seq == before


def ways(till: Till) -> dict[str, tuple[Any, str, dict[str, Any], str]]:
    """Each way in which an amount or a quantity is written down, with what is said to too much."""
    one = till.finished()
    pipe = till.item("软管", 500, "米")
    many = "数量要大于 0，最多 99,999.99，请改好。"
    box = "金额要在 0 到 99,999,999.99 元之间，请核对单位是不是元。"
    day = {"day": till.today, "signature": INK}
    return {
        "价目": (prices.set_prices, "林", {"items": (Priced("A01", "疏通", "次", HUGE, 0),), "valid_from": till.today}, f"疏通的单价要{LIMITS}"),
        "报价另议": (prices.quote, "钱", {"matter_id": one, "asks": (Ask("", 100, "拆柜子", HUGE, "要拆"),)}, f"第 1 项的单价要{LIMITS}"),
        "报价数量": (prices.quote, "钱", {"matter_id": one, "asks": (Ask("A01", HUGE),)}, f"第 1 项的{many}"),
        "报价合计": (prices.quote, "钱", {"matter_id": one, "asks": (Ask("A04", 9_999_999),)}, "报价合计不能超过 99,999.99 元，请核对数量，或分成两件事。"),
        "收款": (money.pay, "苏", {"matter_id": one, "way": "cash", "amount": HUGE}, "还要收 80 元，请填不超过它的数。"),
        "减免": (money.ask_reduction, "苏", {"matter_id": one, "what": "waiver", "amount": HUGE, "why": "熟人"}, "金额要在 0.01 到 99,999.99 元之间，请改好。"),
        "备用金": (cash.close_cash, "苏", {"count": cash.Count(0, 0, HUGE), **day}, box),
        "清点": (cash.close_cash, "苏", {"count": cash.Count(HUGE, 0, 0, "多"), **day}, box),
        "留作备用金": (cash.close_cash, "苏", {"count": cash.Count(0, HUGE, 0), **day}, "留作备用金的不能比清点的多，请核对。"),
        "入库": (work.move, "苏", {"item_id": pipe.id, "what": "in", "many": HUGE}, many),
        "盘点": (work.move, "苏", {"item_id": pipe.id, "what": "count", "many": HUGE, "words": "多"}, many),
        "补货线": (work.add_item, "苏", {"name": "弯头", "unit": "只", "low": HUGE}, many),
    }  # fmt: skip


def test_every_way_in_which_money_or_material_is_written_down_has_limits_in_words(
    till: Till,
) -> None:
    told = ways(till)
    before = Ledger.objects.get(site_id=till.site).seq
    kept = (
        Payment.objects.count(),
        Quote.objects.count(),
        CashDay.objects.count(),
        StockItem.objects.get().left,
    )
    for name, (verb, by, fields, said) in told.items():
        with pytest.raises(Refused) as no:
            till.do(verb, by, **fields)
        assert no.value.message == said, name
    assert Ledger.objects.get(site_id=till.site).seq == before
    assert kept == (1 - 1, 1, 0, 500)


WRITTEN = "10000000000000000"  # as somebody types it into the box
FORMS = [
    (PayForm, "yuan"),
    (ReductionForm, "yuan"),
    (lambda data: CloseForm(data, first=True), "opening"),
    (lambda data: CloseForm(data, first=True), "counted"),
    (lambda data: CloseForm(data, first=True), "kept"),
    (lambda data: PriceListForm(data, items=LIST, today=None), "labour_1"),  # type: ignore[arg-type]
    (lambda data: PriceListForm(data, items=LIST, today=None), "material_2"),  # type: ignore[arg-type]
    (lambda data: QuoteForm(data, items=LIST), "price_1"),
    (lambda data: QuoteForm(data, items=LIST), "many_1"),
    (ItemForm, "low"),
    (MoveForm, "many"),
    (lambda data: ActForm(DOINGS["quote"], data, asks=("yuan",), offers={}), "yuan"),
    (lambda data: ActForm(DOINGS["reduce"], data, asks=("yuan",), offers={}), "yuan"),
]


@pytest.mark.parametrize(
    "typed", [WRITTEN, f"-{WRITTEN}", "1e16", "1e999", "9" * 400, "NaN", "8.001"]
)
@pytest.mark.parametrize(("form", "name"), FORMS)
def test_a_box_of_money_says_what_may_stand_in_it(form: Any, name: str, typed: str) -> None:
    filled = form({name: typed, "code_1": "A01", "name_1": "疏通", "unit_1": "次"})
    assert not filled.is_valid()
    (said,) = filled.errors[name]
    assert said.endswith("。")
    assert "请填" in said
    assert not any(c.isascii() and c.isalpha() for c in said), said


def test_the_page_of_money_keeps_what_was_typed_beside_the_sentence(till: Till) -> None:
    one = till.finished()
    browser, at = till.browser("苏"), reverse("desk:account", args=[one])
    action = reverse("desk:pay", args=[one])
    answer = browser.post(action, {"key": "a", "yuan": WRITTEN, "way": "cash"}, follow=True)
    page = answer.content.decode()
    assert "请填 0 到 99,999.99 之间的数" in page
    assert WRITTEN in page
    assert browser.get(at).status_code == 200
    assert Payment.objects.count() == 0


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (8000, "捌拾元整"), (13500, "壹佰叁拾伍元整"), (1050, "壹拾元伍角整"), (8005, "捌拾元零伍分"), (5, "伍分"), (50, "伍角整"),
        (1_005_000, "壹万零伍拾元整"), (10_000_000, "壹拾万元整"), (10_000_100, "壹拾万零壹元整"), (-2500, "贰拾伍元整"), (0, "零元整"),
        (9_999_999, "玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)  # fmt: skip
def test_a_receipt_spells_its_amount(fen: int, said: str) -> None:
    assert capitals(fen) == said


@given(st.integers(1, 9_999_999_999))
def test_what_a_receipt_spells_reads_back_as_the_same_amount(fen: int) -> None:
    worth, figures = {"拾": 10, "佰": 100, "仟": 1000}, "零壹贰叁肆伍陆柒捌玖"
    total = part = figure = 0
    for letter in capitals(fen):
        if letter in figures:
            figure = figures.index(letter)
        elif letter in worth:
            part, figure = part + figure * worth[letter], 0
        elif letter == "万":
            total, part, figure = (total + part + figure) * 10_000, 0, 0
        elif letter == "元":
            total, part, figure = (total + part + figure) * 100, 0, 0
        elif letter in "角分":
            total, figure = total + figure * (10 if letter == "角" else 1), 0
    assert total == fen
