"""收款: what is owed is taken once, let off or given back by somebody else's word, and the day's box balances."""

from datetime import timedelta

import pytest
from django.db import transaction

from tests.force import guards_off
from yingbin.desk.actions import cash, money
from yingbin.desk.models import CashDay, Payment, Reduction
from yingbin.desk.prices import Ask
from yingbin.desk.queries.paid import account_of
from yingbin.rules.decision import Refused

from .till import INK, Till

pytestmark = pytest.mark.clause("SD-4.2.3")


@pytest.mark.parametrize(
    ("ask", "owed"), [(Ask("A04"), 9_999_999), (Ask("A01"), 8000), (Ask("A03"), 0)]
)
def test_what_was_quoted_is_owed_once_it_is_done(till: Till, ask: Ask, owed: int) -> None:
    one = till.finished(ask)
    assert account_of(till.desk(one)).owed == owed
    if owed:
        till.pay(one, owed, "transfer")
    with pytest.raises(Refused):
        till.pay(one, 1)
    assert account_of(till.desk(one)).owed == 0


def test_receipts_count_on_in_the_year_and_money_comes_in_parts(till: Till) -> None:
    one = till.finished()
    said = [till.pay(one, 3000).number, till.pay(one, 5000, "wechat").number]
    assert said == ["S2026-00001", "S2026-00002"]
    with pytest.raises(Refused, match="已经收齐了"):
        till.pay(one, 1)
    assert till.faults() == []


@pytest.mark.parametrize(
    ("amount", "way"), [(0, "cash"), (-5, "cash"), (8001, "cash"), (100, "gold")]
)
def test_no_more_is_taken_than_is_owed(till: Till, amount: int, way: str) -> None:
    one = till.finished()
    with pytest.raises(Refused):
        till.pay(one, amount, way)
    assert not Payment.objects.exists()


def test_nothing_is_taken_before_the_resident_signed(till: Till) -> None:
    one = till.job()
    till.agree(till.quote(one))
    with pytest.raises(Refused, match="完工签字以后才收款"):
        till.pay(one, 8000)


def test_a_payment_written_by_mistake_is_taken_back_by_a_new_row(till: Till) -> None:
    one = till.finished()
    first = till.pay(one, 8000)
    with pytest.raises(Refused, match="为什么冲销"):
        till.do(money.void, "苏", payment_id=first.payment, why=" ")
    till.do(money.void, "苏", payment_id=first.payment, why="点错成现金了")
    till.pay(one, 8000, "wechat")
    told = Payment.objects.order_by("seq").values_list("way", "amount")
    assert list(told) == [("cash", 8000), ("cash", -8000), ("wechat", 8000)]
    with pytest.raises(Refused, match="不能冲销"):
        till.do(money.void, "苏", payment_id=first.payment, why="再来一次")
    assert till.faults() == []


def test_a_refund_greater_than_the_amount_is_refused_in_the_rules_words(till: Till) -> None:
    one = till.finished()
    till.pay(one, 8000)
    with pytest.raises(Refused, match="这件事只收了80元，减免不能更多"):
        till.asked(one, "refund", 8001)


@pytest.mark.parametrize(
    ("paid", "what", "amount", "why"),
    [
        (8000, "waiver", 1, "还没收的只有 0 元"),
        (0, "refund", 1, "只收到过 0 元"),
        (3000, "waiver", 5001, "还没收的只有 50 元"),
        (3000, "refund", 3001, "只收到过 30 元"),
    ],
)
def test_what_is_owed_is_let_off_and_what_was_paid_is_given_back(
    till: Till, paid: int, what: str, amount: int, why: str
) -> None:
    one = till.finished()
    if paid:
        till.pay(one, paid)
    with pytest.raises(Refused, match=why):
        till.asked(one, what, amount)


def test_a_refund_is_approved_by_one_and_paid_by_another(till: Till) -> None:
    one = till.finished()
    till.pay(one, 8000)
    request = till.asked(one, "refund", 2000)
    with pytest.raises(Refused, match="还没有批准"):
        till.do(money.reduce, "苏", approval_id=request, way="cash")
    till.granted(request)
    with pytest.raises(Refused, match="用什么方式退"):
        till.do(money.reduce, "苏", approval_id=request)
    done = till.do(money.reduce, "苏", approval_id=request, way="cash")
    assert done.because == "林批准，减免20元。"
    assert (till.desk(one).amount, account_of(till.desk(one)).paid) == (6000, 6000)
    with pytest.raises(Refused, match="已经办过了"):
        till.do(money.reduce, "苏", approval_id=request, way="cash")
    assert till.faults() == []


def test_nobody_approves_what_they_asked_for_nor_pays_out_what_they_approved(till: Till) -> None:
    one = till.finished()
    mine = till.asked(one, "waiver", 1000, by="林")
    with pytest.raises(Refused, match="不能审批自己的申请"):
        till.granted(mine, by="林")
    till.granted(mine, by="顾")
    with pytest.raises(Refused, match="不能批准自己提出的减免"):
        till.do(money.reduce, "顾", approval_id=mine)
    till.do(money.reduce, "林", approval_id=mine)
    assert Reduction.objects.get().approved_by == till.id("顾")
    assert till.desk(one).amount == 7000


def test_a_second_supervisor_is_no_chief_and_cannot_approve(till: Till) -> None:
    till.hire("唐", "tang", "desk_supervisor")
    one = till.finished()
    request = till.asked(one, "waiver", 1000)
    with pytest.raises(Refused, match="要由林或顾批准"):
        till.granted(request, by="唐")
    till.granted(request, by="林")


def test_a_clerk_does_not_approve(till: Till) -> None:
    request = till.asked(till.finished(), "waiver", 1000)
    with pytest.raises(Refused, match="审批权限"):
        till.granted(request, by="叶")


def test_what_was_granted_is_looked_at_again_when_it_is_carried_out(till: Till) -> None:
    one = till.finished()
    request = till.asked(one, "waiver", 8000)
    till.granted(request)
    till.pay(one, 5000)
    with pytest.raises(Refused, match="还没收的只有 30 元"):
        till.do(money.reduce, "苏", approval_id=request)


def test_a_day_of_the_box_balances_and_goes_to_somebody_else(till: Till) -> None:
    one, other = till.finished(), till.finished()
    till.pay(one, 8000)
    till.pay(other, 8000, "alipay")
    request = till.asked(one, "refund", 1500)
    till.granted(request)
    till.do(money.reduce, "苏", approval_id=request, way="cash")
    with pytest.raises(Refused, match="应有 265 元，清点少了 5 元"):
        till.close(26000, kept=20000, opening=20000)
    closed = till.close(26500, kept=20000, opening=20000)
    row = CashDay.objects.get()
    assert (row.taken, row.returned, row.difference, row.handed_over) == (8000, 1500, 0, 6500)
    assert row.ways == {"alipay": [8000, 0], "cash": [8000, 1500]}
    with pytest.raises(Refused, match="不能自己接收"):
        till.do(cash.receive_cash, "苏", cash_day_id=closed.cash_day, signature=INK)
    till.do(cash.receive_cash, "林", cash_day_id=closed.cash_day, signature=INK)
    with pytest.raises(Refused, match="已经接收"):
        till.do(cash.receive_cash, "顾", cash_day_id=closed.cash_day, signature=INK)
    assert till.faults() == []


def test_a_difference_needs_a_reason_and_a_correction_is_a_new_sheet(till: Till) -> None:
    till.pay(till.finished(), 8000)
    till.close(7900, why="找零多找了一元")
    with pytest.raises(Refused, match="这一天已经结过"):
        till.close(8000)
    till.close(8000, why="抽屉底下找到一元")
    told = CashDay.objects.order_by("version").values_list("version", "counted")
    assert list(told) == [(1, 7900), (2, 8000)]
    first = CashDay.objects.get(version=1)
    with pytest.raises(Refused, match="已经更正过"):
        till.do(cash.receive_cash, "林", cash_day_id=first.id, signature=INK)
    assert till.faults() == []


def test_money_after_closing_stands_on_the_next_day_and_days_close_in_order(till: Till) -> None:
    one = till.finished()
    till.pay(one, 3000)
    till.close(3000, kept=1000)
    till.pay(one, 1000)
    tomorrow = till.today + timedelta(days=1)
    assert Payment.objects.latest("seq").day == tomorrow
    with pytest.raises(Refused, match="还没有到"):
        till.close(2000, tomorrow)
    till.later(days=2)
    till.pay(one, 4000)
    today = tomorrow + timedelta(days=1)
    with pytest.raises(Refused, match="11月24日还没有结账"):
        till.close(6000, today)
    till.close(2000, tomorrow)
    closed = till.close(4000, today)
    assert closed.difference == 0
    with pytest.raises(Refused, match="开箱，更正时这个数不能变"):
        till.close(3000, till.today, kept=500, why="改备用金")
    assert till.faults() == []


@pytest.mark.parametrize("kept", [-1, 8001])
def test_no_more_stays_in_the_box_than_was_counted(till: Till, kept: int) -> None:
    till.pay(till.finished(), 8000)
    with pytest.raises(Refused, match="不能比清点的多"):
        till.close(8000, kept=kept)


def test_the_first_day_is_told_what_lay_there(till: Till) -> None:
    with pytest.raises(Refused, match="请填开箱时的备用金"):
        till.close(0, opening=None)
    assert till.close(0).difference == 0


FORGED = {
    "desk_pricelist": ("items = '[]'", "价目 第 1 版：各项价格"),
    "desk_quote": ("total = 1", "合计"),
    "desk_quoteanswer": ("agreed = false", "同意不同意"),
    "desk_completion": ("amount = 1", "金额"),
    "desk_payment": ("amount = 7000", "收款日报和当天的收据加起来不一样"),
    "desk_reduction": ("amount = 1", "减免与退款"),
    "desk_cashday": ("counted = 1", "清点"),
    "desk_cashhandover": ("strokes = '[]'", "签名"),
    "desk_stockmove": ("many = 1", "数量"),
    "desk_stockitem": ('"left" = 900', "还有"),
}


def test_whoever_alters_a_figure_past_the_program_is_found_out(till: Till) -> None:
    one = till.finished()
    till.pay(one, 8000)
    request = till.asked(one, "refund", 1000)
    till.granted(request)
    till.do(money.reduce, "苏", approval_id=request, way="wechat")
    closed = till.close(8000)
    till.do(cash.receive_cash, "林", cash_day_id=closed.cash_day, signature=INK)
    till.item("角阀", 300)
    assert till.faults() == []
    with guards_off() as cursor:
        for table, (change, said) in FORGED.items():
            with transaction.atomic():
                cursor.execute(f"update {table} set {change}")
                found = till.faults()
                transaction.set_rollback(True)
            assert any(said in fault for fault in found), (table, found)
