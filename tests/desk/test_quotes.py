"""Paid service: a price from the list, the resident's word to it before work, and to each new price on site."""

import pytest

from yingbin.desk import codes
from yingbin.desk.actions import prices
from yingbin.desk.models import PriceList, Quote, QuoteAnswer
from yingbin.desk.prices import MOST, Ask, Priced, checked, reckoned, total
from yingbin.rules.decision import Refused
from yingbin.sheets.ink import Signature

from .till import LIST, Till

pytestmark = pytest.mark.clause("SD-4.2.3")
KNOWN = {one.code: one for one in LIST}


@pytest.mark.parametrize(
    ("asks", "comes_to"),
    [
        ((Ask("A01"),), 8000),
        ((Ask("A02", 200),), 11100),
        ((Ask("A01"), Ask("A02", 150)), 16325),
        ((Ask("A02", 33),), 1832),
        ((Ask("A03"),), 0),
        ((Ask("A04"),), MOST),
        ((Ask(name="补瓷砖", price=1234, reason="价目里没有这种砖"),), 1234),
        ((Ask(name="返工", price=0, reason="上次没有修好"),), 0),
    ],
)
def test_a_quote_is_reckoned_to_the_fen(asks: tuple[Ask, ...], comes_to: int) -> None:
    assert total(reckoned(asks, KNOWN)) == comes_to


@pytest.mark.parametrize(
    ("asks", "why"),
    [
        ((), "至少要有一项"),
        ((Ask("Z9"),), "没有 Z9"),
        ((Ask("A01", 0),), "数量要大于 0"),
        ((Ask("A01", -100),), "数量要大于 0"),
        ((Ask(name="补瓷砖", price=10),), "为什么另外定价"),
        ((Ask(name="补瓷砖", price=MOST + 1, reason="大"),), "99,999.99"),
        ((Ask("A04"), Ask("A02")), "合计不能超过 99,999.99"),
    ],
)
def test_a_quote_that_cannot_be_says_which_line_and_why(asks: tuple[Ask, ...], why: str) -> None:
    with pytest.raises(Refused, match=why):
        reckoned(asks, KNOWN)


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (Priced("A01", "又一个", "次", 1, 1), "用了两次"),
        (Priced("B01", "", "次", 1, 1), "要有编号、名称和单位"),
        (Priced("B01", "贵", "次", MOST, 1), "0 到 99,999.99"),
        (Priced("B01", "倒贴", "次", -1, 1), "0 到 99,999.99"),
    ],
)
def test_a_list_with_a_fault_is_not_taken(item: Priced, why: str) -> None:
    with pytest.raises(Refused, match=why):
        checked((*LIST, item))


def test_another_price_is_another_version_and_the_old_one_stays_readable(till: Till) -> None:
    assert till.set_prices(Priced("A01", "疏通下水道", "次", 9000, 0)) == 2
    first, second = PriceList.objects.order_by("version")
    assert (first.items[0]["labour"], second.items[0]["labour"]) == (8000, 9000)
    one = till.job()
    assert till.quote(one).total == 9000
    with pytest.raises(Refused, match="现在的价目里没有 A02"):
        till.quote(one, Ask("A02"))


def test_a_list_of_tomorrow_does_not_hold_today(till: Till) -> None:
    later = till.today.replace(day=till.today.day + 1)
    dear = (Priced("A01", "疏通下水道", "次", 9900, 0),)
    till.do(prices.set_prices, "林", items=dear, valid_from=later)
    one = till.job()
    assert till.quote(one).total == 8000
    till.later(days=1)
    assert till.quote(one).total == 9900


def test_a_price_that_changes_on_site_is_accepted_anew_before_work_goes_on(till: Till) -> None:
    one = till.job()
    first = till.quote(one)
    with pytest.raises(Refused, match="还没有同意报价"):
        till.act("钱", "start", one)
    assert "可以开工" in till.agree(first)
    till.act("钱", "start", one)
    second = till.quote(one, Ask("A01"), Ask("A02"))
    assert till.stands(one)[0] == "arrived"
    assert not till.desk(one).quote_agreed
    with pytest.raises(Refused, match="已经换过或不作数"):
        till.agree(first)
    with pytest.raises(Refused, match="还没有同意报价"):
        till.act("钱", "start", one)
    till.agree(second, by="苏")
    till.act("钱", "start", one)
    assert till.desk(one).quote == 13550
    assert [q.total for q in Quote.objects.order_by("seq")] == [8000, 13550]
    assert till.faults() == []


def test_a_quote_accepted_after_its_list_changed_says_so_and_stays_as_it_was(till: Till) -> None:
    one = till.job()
    made = till.quote(one)
    till.set_prices(Priced("A01", "疏通下水道", "次", 12000, 0))
    said = till.agree(made)
    assert said.endswith("价目已更新到第 2 版，这份报价仍按第 1 版执行。")
    assert (till.desk(one).quote, till.desk(one).quote_agreed) == (8000, True)
    assert QuoteAnswer.objects.get().outdated
    assert till.faults() == []


def test_a_resident_who_says_no_ends_the_quote(till: Till) -> None:
    one = till.job()
    made = till.quote(one)
    done = till.do(prices.disagree, "苏", quote_id=made.id)
    assert done.because == "住户不同意报价，要做就重新报价。"
    assert till.desk(one).quote is None
    with pytest.raises(Refused, match="不作数"):
        till.agree(made)
    assert not QuoteAnswer.objects.get().agreed


def test_an_empty_glass_is_no_signature(till: Till) -> None:
    made = till.quote(till.job())
    with pytest.raises(Refused, match="签上自己的名字"):
        till.do(prices.agree, "钱", quote_id=made.id, signature=Signature("glass"))


def told_a_code(till: Till, made: Quote, key: str = "page") -> str:
    """A code is made for the resident; the six digits."""
    code = codes.code_for(made.id, key)
    till.do(prices.make_code, "苏", quote_id=made.id, digest=codes.digest_of(made.id, code))
    return code


def test_a_code_said_by_phone_accepts_just_its_quote_and_is_kept_as_a_hash(till: Till) -> None:
    one = till.job()
    made = till.quote(one)
    code = told_a_code(till, made)
    assert len(code) == 6
    assert code not in str(list(made.codes.values()))
    wrong = "000000" if code != "000000" else "111111"
    answer = till.do(prices.agree_by_code, "钱", quote_id=made.id, code=wrong)
    assert (answer.accepted, answer.because) == (False, "验证码不对，还可以试 4 次。")
    answer = till.do(prices.agree_by_code, "钱", quote_id=made.id, code=code)
    assert answer.accepted
    assert till.desk(one).quote_agreed
    other = till.quote(one, Ask("A02"))
    with pytest.raises(Refused, match="还没有给住户发过验证码"):
        till.do(prices.agree_by_code, "钱", quote_id=other.id, code=code)
    assert till.faults() == []


def test_a_code_guessed_too_often_is_worth_nothing(till: Till) -> None:
    made = till.quote(till.job())
    code = told_a_code(till, made)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(codes.MOST_TRIES):
        till.do(prices.agree_by_code, "钱", quote_id=made.id, code=wrong)
    with pytest.raises(Refused, match="已经作废"):
        till.do(prices.agree_by_code, "钱", quote_id=made.id, code=code)
    fresh = told_a_code(till, made, "another page")
    assert till.do(prices.agree_by_code, "钱", quote_id=made.id, code=fresh).accepted


def test_only_owner_holder_and_chiefs_quote(till: Till) -> None:
    one = till.job()
    with pytest.raises(Refused):
        till.quote(one, by="孙")
    assert till.quote(one, by="苏").total == 8000
