"""The pages of paid work: who comes in, what they show, and that what was typed stays where something is refused."""

import re
from uuid import UUID

import pytest
from django.urls import reverse

from yingbin.desk.actions import prices, work
from yingbin.desk.models import CashDay, Completion, Payment, PriceList, Quote, StockItem, StockMove
from yingbin.desk.prices import Ask
from yingbin.people.models import Assignment, Site

from .till import DRAWN, INK, Till

pytestmark = pytest.mark.clause("SD-4.2.3")


def said(till: Till, who: str, name: str, *args: object, **asked: str) -> str:
    """A page as somebody sees it."""
    address = reverse(f"desk:{name}", args=args)
    answer = till.browser(who).get(address, asked, follow=True)
    assert answer.status_code == 200, (name, answer.status_code)
    return str(answer.content.decode())


def sends(till: Till, who: str, page: str, *args: object, **told: object) -> tuple[int, str]:
    """A form that somebody sends, with a key of its own; the answer and its page."""
    sent = {"key": f"page {next(till.keys)}", **told}
    answer = till.browser(who).post(reverse(f"desk:{page}", args=args), sent, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_worker_quotes_on_the_phone_and_the_resident_signs_there(till: Till) -> None:
    one = till.job()
    page = said(till, "钱", "quote", one)
    assert "A01 疏通下水道 80 元/次" in page
    status, page = sends(till, "钱", "quote", one, item_1="A02", many_1="1.5", name_1="补瓷砖",
                         price_1="12.30", reason_1="没有这种砖")  # fmt: skip
    assert status == 200
    assert "95.55 元" in page
    made = Quote.objects.get()
    _, page = sends(till, "钱", "agree", one, quote=made.id, drawn=DRAWN)
    assert "住户同意报价，可以开工。" in page
    assert till.desk(one).quote_agreed


def test_a_quote_that_cannot_be_keeps_what_was_typed(till: Till) -> None:
    one = till.job()
    status, page = sends(till, "钱", "quote", one, name_1="补瓷砖", price_1="12.30")
    assert status == 422
    assert "为什么另外定价" in page
    assert 'value="补瓷砖"' in page
    status, page = sends(till, "钱", "quote", one, item_1="A01", many_1="0")
    assert status == 422


def test_the_code_is_shown_at_the_desk_once_and_never_to_the_worker(till: Till) -> None:
    one = till.job()
    made = till.quote(one)
    assert "发验证码给住户" not in said(till, "钱", "agree", one)
    assert sends(till, "钱", "make_code", one, quote=made.id)[0] == 403
    _, page = sends(till, "苏", "make_code", one, quote=made.id)
    (code,) = re.findall(r'<b class="num">(\d{6})</b>', page)
    assert code not in said(till, "苏", "agree", one)
    status, page = sends(
        till, "钱", "agree_by_code", one, quote=made.id, code=str((int(code) + 1) % 10**6).zfill(6)
    )
    assert (status, "还可以试 4 次" in page) == (422, True)
    status, _ = sends(till, "钱", "agree_by_code", one, quote=made.id, code=code)
    assert status == 200
    assert till.desk(one).quote_agreed


def test_work_is_finished_on_the_phone_with_material_and_ink(till: Till) -> None:
    valve, one = till.item("角阀", 300), till.job()
    till.agree(till.quote(one))
    till.act("钱", "start", one)
    told = {"minutes": "40", "item_1": valve.id, "many_1": "2"}
    status, page = sends(till, "钱", "finish", one, **told)
    assert (status, "请住户在签名框里签上自己的名字" in page) == (422, True)
    status, page = sends(till, "钱", "finish", one, drawn=DRAWN, **told)
    assert status == 200
    assert Completion.objects.get().minutes == 40
    assert "完工单 W2026-00001" in page
    assert StockItem.objects.get().left == 100


@pytest.mark.clause("SD-4.2.2")
@pytest.mark.parametrize("signs", [True, False])
def test_a_help_request_is_finished_on_the_same_page_with_parts_and_with_ink_or_without(
    till: Till, signs: bool
) -> None:
    valve, one = till.item("角阀", 300), till.record()
    till.offer("苏", one)
    for event in ("accept", "arrive"):
        till.act("钱", event, one)
    assert f"/{one}/finish/" in said(till, "钱", "matter", one)
    told = {"minutes": "20", "item_1": valve.id, "many_1": "1"}
    if signs:
        told["drawn"] = DRAWN
    status, page = sends(till, "钱", "finish", one, **told)
    assert (status, "完工单 W2026-00001" in page) == (200, True)
    assert ("住户签名" in page, "报价与收款" in page) == (signs, False)
    assert (StockItem.objects.get().left, StockMove.objects.latest("seq").matter.matter_id) == (200, one)  # fmt: skip
    order = said(till, "苏", "order", one)
    assert ("角阀 1 只" in order, "住户签名" in order) == (True, signs)
    assert till.faults() == []


def test_a_bare_amount_no_longer_goes_round_the_price_list(till: Till) -> None:
    one = till.job()
    address = reverse("desk:act", args=[one, "quote"])
    answer = till.browser("钱").post(address, {"key": "k", "yuan": "1"})
    assert answer.status_code == 302
    assert not Quote.objects.exists()
    assert till.desk(one).quote is None
    assert f"/{one}/quote/" in said(till, "钱", "matter", one)


def test_money_is_taken_voided_and_let_off_on_one_page(till: Till) -> None:
    one = till.finished()
    assert "还差" in said(till, "苏", "account", one)
    status, page = sends(till, "苏", "pay", one, yuan="90", way="cash")
    assert (status, "还要收 80 元" in page) == (422, True)
    assert sends(till, "苏", "pay", one, yuan="80", way="cash")[0] == 200
    paid = Payment.objects.get()
    assert f"/{one}/money/{paid.id}/" in said(till, "苏", "account", one)
    paper = said(till, "苏", "receipt", one, paid.id)
    for seen in ("收据", "S2026-00001", "人民币 捌拾元整", "¥ 80", "疏通下水道", "3-2-1801"):
        assert seen in paper, seen
    status, page = sends(till, "苏", "void", one, paid.id, why="")
    assert status == 422
    assert sends(till, "苏", "void", one, paid.id, why="点错了")[0] == 200
    assert "已冲销，见 S2026-00002，这一张作废" in said(till, "苏", "receipt", one, paid.id)
    back = Payment.objects.get(corrects=paid)
    assert (
        "冲销单" in (paper := said(till, "苏", "receipt", one, back.id)),
        "点错了" in paper,
    ) == (True, True)
    _, page = sends(till, "苏", "less", one, what="waiver", yuan="20", why="等太久")
    assert "已经报给主管和主任" in page


def test_a_refund_that_was_approved_is_paid_out_on_the_page(till: Till) -> None:
    one = till.finished()
    till.pay(one, 8000)
    request = till.asked(one, "refund", 2000)
    till.granted(request)
    assert f"/less/{request}/" in said(till, "苏", "account", one)
    _, page = sends(till, "苏", "reduce", one, request, way="cash")
    assert "林批准，减免20元。退款单 S2026-00002。" in page
    other = till.finished()
    assert sends(till, "苏", "reduce", other, request, way="cash")[0] == 404


def test_the_box_is_closed_by_one_and_taken_over_by_another(till: Till) -> None:
    till.pay(till.finished(), 8000)
    assert "第一次结账" in said(till, "苏", "cash")
    assert "还没有结账" in said(till, "苏", "cash_paper")
    told = {"opening": "0", "kept": "30", "why": ""}
    status, page = sends(till, "苏", "cash", counted="79", drawn=DRAWN, **told)
    assert (status, "清点少了 1 元" in page) == (422, True)
    assert sends(till, "苏", "cash", counted="80", drawn=DRAWN, **told)[0] == 200
    row = CashDay.objects.get()
    assert (row.counted, row.kept) == (8000, 3000)
    assert row.receipt in said(till, "苏", "cash_paper")
    assert "点清，接收" not in said(till, "苏", "cash")
    assert sends(till, "苏", "receive_cash", row.id, drawn=DRAWN)[0] == 403
    assert sends(till, "林", "receive_cash", row.id, drawn=DRAWN)[0] == 200
    paper = said(till, "苏", "cash_paper", day=f"{till.today}")
    for seen in ("收款日报", "S2026-00001", "上交", "林"):
        assert seen in paper
    answer = till.browser("苏").get(reverse("desk:cash_excel"), follow=True)
    assert answer.content[:2] == b"PK"


def test_the_price_list_is_edited_in_the_browser_or_pasted_from_a_sheet(till: Till) -> None:
    page = said(till, "林", "set_prices")
    assert 'value="疏通下水道"' in page
    row = {
        "code_1": "A01",
        "name_1": "疏通下水道",
        "unit_1": "次",
        "labour_1": "88",
        "material_1": "0",
    }
    assert sends(till, "林", "set_prices", valid_from=f"{till.today}", **row)[0] == 200
    assert PriceList.objects.get(version=2).items[0]["labour"] == 8800
    pasted = "编号\t名称\t单位\t人工\t材料\nB01\t换水龙头\t只\t35\t1,099.99\n"
    status, _ = sends(till, "林", "set_prices", valid_from=f"{till.today}", pasted=pasted)
    assert status == 200
    (item,) = PriceList.objects.get(version=3).items
    assert (item["name"], item["material"]) == ("换水龙头", 109999)
    wrong = "B01\t换水龙头\t只\t三十五\t0"
    status, page = sends(till, "林", "set_prices", valid_from=f"{till.today}", pasted=wrong)
    assert (status, "第 1 行没有读懂" in page) == (422, True)
    assert "换水龙头" in said(till, "钱", "prices")
    assert "疏通下水道" in said(till, "钱", "prices", version="1")
    assert till.browser("苏").get(reverse("desk:prices_excel"), follow=True).content[:2] == b"PK"


def test_material_is_kept_and_moved_on_its_pages(till: Till) -> None:
    assert "还没有材料" in said(till, "钱", "materials")
    assert sends(till, "苏", "materials", name="角阀", unit="只", low="5")[0] == 200
    item = StockItem.objects.get()
    _, page = sends(till, "苏", "material", item.id, what="in", many="3", words="")
    assert "还有 3 只" in page
    assert "要补" in said(till, "钱", "materials")
    status, page = sends(till, "钱", "material", item.id, what="out", many="1", words="")
    assert (status, "写一句用在哪里" in page) == (422, True)


def test_a_count_that_nobody_typed_is_not_a_count_of_nothing(till: Till) -> None:
    item = till.item("灯泡", 100)
    status, page = sends(till, "苏", "material", item.id, what="count", many="", words="盘点")
    assert (status, "就填 0" in page) == (422, True)
    assert StockItem.objects.get().left == 100
    sends(till, "苏", "material", item.id, what="count", many="0", words="都坏了")
    assert StockItem.objects.get().left == 0


@pytest.mark.clause("SD-4.2.2")
@pytest.mark.parametrize("paid", [True, False])
def test_the_work_order_prints_on_a4(till: Till, paid: bool) -> None:
    if paid:
        one = till.finished(Ask("A01"), Ask("A02", 150))
    else:
        one = till.record()
        till.offer("苏", one)
        till.act("钱", "accept", one)
        till.act("钱", "arrive", one)
        till.do(work.finish, "钱", matter_id=one, signature=INK, minutes=5)
    page = said(till, "钱", "order", one)
    assert ("疏通下水道" in page, "合计" in page) == (paid, paid)
    for seen in ("3-2-1801", "W2026-00001", "住户确认完工"):
        assert seen in page


WHOSE = ("quote", "agree", "finish", "order")


def test_a_worker_comes_to_their_own_matters_alone_and_to_no_money(till: Till) -> None:
    one = till.job()
    for name in WHOSE:
        assert (
            till.browser("孙").get(reverse(f"desk:{name}", args=[one]), follow=True).status_code
            == 404
        ), name
    for name in ("account", "pay", "less"):
        assert sends(till, "钱", name, one)[0] == 403, name
    for name in ("cash", "set_prices", "cash_paper", "cash_excel"):
        assert till.browser("钱").get(reverse(f"desk:{name}"), follow=True).status_code == 403, name
    for name in ("cash", "account", "prices", "materials"):
        args = [one] if name == "account" else []
        answer = till.browser("石").get(reverse(f"desk:{name}", args=args), follow=True)
        assert answer.status_code == 403, name


def elsewhere(till: Till, one: UUID) -> list[tuple[str, list[object]]]:
    """Everything that has an id here."""
    quote = till.quote(one)
    item = till.item("角阀", 100)
    return [
        *((name, [one]) for name in (*WHOSE, "account", "pay", "less", "make_code", "disagree")),
        ("receipt", [one, quote.id]), ("void", [one, quote.id]), ("reduce", [one, quote.id]), ("material", [item.id]),
    ]  # fmt: skip


def test_another_office_finds_nothing_of_it(till: Till) -> None:
    pages = elsewhere(till, till.job())
    other = Site.objects.create(
        kind="management_office", code="beian", name="北岸管理处", short_name="北岸"
    )
    Assignment.objects.filter(staff=till.staff["林"]).update(site=other)
    browser = till.browser("林")
    for name, args in pages:
        address = reverse(f"desk:{name}", args=args)
        answer = browser.get(address, follow=True)
        if answer.status_code == 405:
            answer = browser.post(address, {"key": "k"}, follow=True)
        assert answer.status_code == 404, (name, answer.status_code)


def test_an_agreed_quote_whose_list_changed_says_so_on_the_page(till: Till) -> None:
    one = till.job()
    made = till.quote(one)
    till.do(
        prices.set_prices,
        "林",
        items=(prices.Priced("A01", "疏通", "次", 9900, 0),),
        valid_from=till.today,
    )
    assert "报价以后价目更新过" in said(till, "苏", "agree", one)
    till.agree(made)
    assert "仍按报价时的价" in said(till, "苏", "matter", one)
