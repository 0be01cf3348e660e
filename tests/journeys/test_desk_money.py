"""The paid repair whose price changes on site: nothing is done, and nothing is owed, without the resident's word."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.at_desk import Desk, act, opened, recorded
from tests.journeys.conftest import Enter, draw
from yingbin.desk.actions import prices, work
from yingbin.desk.checking import Replayed
from yingbin.desk.models import CashDay, Payment, QuoteAnswer, StockItem
from yingbin.desk.prices import Priced

LIST = (Priced("A01", "疏通下水道", "次", 8000, 0), Priced("A02", "换角阀", "只", 3000, 2500))


@pytest.fixture
def priced(desk: Desk) -> Desk:
    """The office has a price list, and angle valves in its store."""
    today = timezone.localdate()
    prices.set_prices(desk.acting("沈毅"), items=LIST, valid_from=today)
    item = work.add_item(desk.acting(), name="角阀", unit="只")
    work.move(desk.acting(), item_id=item, what="in", many=500)
    return desk


def quoted(worker: Page, *items: str) -> None:
    """The worker quotes out of the list on the phone, and hands the glass to the resident, who signs."""
    worker.get_by_role("link", name="报价", exact=True).click()
    for n, item in enumerate(items, 1):
        worker.locator(f"[name=item_{n}]").select_option(item)
    worker.get_by_role("button", name="算好，给住户看").click()
    draw(worker)
    worker.get_by_role("button", name="住户同意").click()
    expect(worker.get_by_role("button", name="开工")).to_be_visible()


@pytest.mark.clause("SD-4.2.2", "SD-4.2.3")
def test_a_price_that_changes_on_site_needs_another_signature_and_the_days_cash_balances(
    priced: Desk, enter: Enter
) -> None:
    clerk = enter("罗静", priced.to("new/"))
    recorded(clerk, "3-2-1801", "厨房下水堵了", kind="有偿服务")
    opened(clerk, priced)
    act(clerk, "转给部门", choice="工程部")
    worker = enter("范强", priced.to(), phone=True)
    worker.get_by_role("button", name="我来接").click()
    worker.get_by_role("button", name="到场了").click()
    opened(worker, priced)
    quoted(worker, "A01")
    act(worker, "开工")
    assert priced.stands()[2] == "working"

    quoted(worker, "A01", "A02")
    assert priced.stands()[2] == "arrived", "the work stands still until it is begun again"
    assert QuoteAnswer.objects.filter(agreed=True, how="glass").count() == 2
    act(worker, "开工")
    worker.get_by_role("link", name="办完了", exact=True).click()
    worker.locator("[name=item_1]").select_option(label="角阀（只）")
    draw(worker)
    worker.get_by_role("button", name="办完了").click()
    expect(worker.get_by_text("完工单 W", exact=False).first).to_be_visible()
    assert StockItem.objects.get().left == 400

    clerk.goto(priced.to(f"{priced.last().matter_id}/money/"))
    expect(clerk.locator("[name=yuan]").first).to_have_value("135.00")
    clerk.get_by_role("radio", name="现金").first.check(force=True)
    clerk.get_by_role("button", name="收款，出收据").click()
    expect(clerk.get_by_text("已收款，收据 S")).to_be_visible()
    clerk.goto(priced.to("cash/"))
    for name, yuan in (("opening", "200"), ("counted", "335"), ("kept", "200")):
        clerk.locator(f"[name={name}]").fill(yuan)
    draw(clerk)
    clerk.get_by_role("button", name="结账").click()
    expect(clerk.get_by_text("已结账，分文不差")).to_be_visible()
    assert (Payment.objects.get().amount, CashDay.objects.get().difference) == (13500, 0)
    opened(clerk, priced)
    act(clerk, "已经告诉住户")
    assert priced.stands() == ("paid", "normal", "closed")
    assert list(Replayed(priced.place.id).faults()) == []
