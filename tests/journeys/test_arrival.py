"""到访 in a real browser: greet, two questions, a number, one tap; the answer says who and why."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.gallery.conftest import Gallery
from tests.journeys.conftest import Enter
from yingbin.gallery.models import Visit


def answer(page: Page) -> str:
    """Who the page says receives."""
    return page.locator(".answer .who").inner_text().strip()


def arrive(page: Page, box: str = "", *, contact: str = "没有", kind: str = "") -> None:
    """What a receptionist does at the door."""
    page.goto("/gallery/arrival/")
    if kind:
        page.locator(".segments label", has_text=kind).first.click()
    else:
        page.locator("label.choice", has_text="第一次").first.click()
        page.locator("label.choice", has_text=contact).first.click()
    if box:
        page.locator("#q").fill(box)
    page.get_by_role("button", name="安排接待").click()
    page.wait_for_url(re.compile("/gallery/visit/"))


@pytest.mark.clause("TQ-1", "TQ-1.2", "SC-4.3.1")
def test_a_new_customer_in_four_taps_and_ten_seconds(hall: Gallery, enter: Enter) -> None:
    page = enter("苏晴", "/gallery/arrival/")
    expect(page.get_by_text("您好，欢迎光临")).to_be_visible()
    expect(page.locator(".next-strip")).to_contain_text("林悦")
    taps = 0
    began = time.monotonic()
    for label in ("第一次", "没有"):
        page.locator("label.choice", has_text=label).first.click()
        taps += 1
    page.locator("#q").click()
    taps += 1
    page.keyboard.type("张伟 13812345678")
    page.get_by_role("button", name="安排接待").click()
    taps += 1
    page.wait_for_url(re.compile("/gallery/visit/"))
    assert taps <= 4
    assert time.monotonic() - began < 10
    assert answer(page) == "林悦"
    expect(page.locator(".ticket-stub")).to_contain_text("回执码")
    page.locator(".answer a.clause").click()
    expect(page).to_have_url(re.compile("/manual/clause/TQ-1.2"))


@pytest.mark.clause("TQ-1.1", "TQ-4", "TQ-5", "TQ-9")
def test_named_peer_and_someone_asking_the_way(hall: Gallery, enter: Enter) -> None:
    page = enter("苏晴")
    page.goto("/gallery/arrival/")
    page.locator("label.choice", has_text="第一次").first.click()
    page.locator("label.choice", has_text="联系过").first.click()
    page.locator(".who-grid label.choice", has_text="吴敏").click()
    expect(page.locator(".next-strip")).to_contain_text("指名")
    page.get_by_role("button", name="安排接待").click()
    page.wait_for_url(re.compile("/gallery/visit/"))
    assert answer(page) == "吴敏"
    arrive(page, kind="同行市调")
    assert answer(page) == "陈思远"
    expect(page.locator(".answer")).to_contain_text("不计次")
    arrive(page, kind="找人")
    assert answer(page) == "不占轮次"
    arrive(page, "像同行 13700001111")
    assert answer(page) == "林悦"


@pytest.mark.clause("TQ-8", "TQ-9")
def test_a_returning_customer_is_known_at_once(hall: Gallery, enter: Enter) -> None:
    first = hall.arrive(name="张晓明", phone="13812348821")
    hall.finish(first)
    page = enter("苏晴", "/gallery/arrival/")
    page.locator("label.choice", has_text="以前来过").first.click()
    page.locator("label.choice", has_text="没有").first.click()
    page.locator("#q").press_sequentially("zxm")
    found = page.locator(".found label.choice").first
    expect(found).to_contain_text("林悦")
    expect(found).to_contain_text("138****8821")
    found.click()
    page.get_by_role("button", name="安排接待").click()
    page.wait_for_url(re.compile("/gallery/visit/"))
    assert answer(page) == "林悦"
    assert "13812348821" not in page.content()


@pytest.mark.clause("TQ-11")
def test_a_wrong_tap_is_taken_back(hall: Gallery, enter: Enter) -> None:
    page = enter("苏晴")
    arrive(page, "点错了")
    page.get_by_role("button", name=re.compile("撤销")).click()
    expect(page.locator(".answer .who")).to_have_text("已撤销")
    assert hall.queue()[0] == "林悦"


def test_what_was_typed_stays_when_the_line_is_lost_and_a_second_tap_saves_once(
    hall: Gallery, enter: Enter
) -> None:
    page = enter("苏晴", "/gallery/arrival/")
    page.locator("label.choice", has_text="第一次").first.click()
    page.locator("label.choice", has_text="没有").first.click()
    page.locator("#q").fill("张伟 13812345678")
    page.context.set_offline(True)
    page.get_by_role("button", name="安排接待").click()
    expect(page.get_by_text("没有连上")).to_be_visible()
    expect(page.locator("#q")).to_have_value("张伟 13812345678")
    page.context.set_offline(False)
    page.get_by_role("button", name="安排接待").click()
    page.wait_for_url(re.compile("/gallery/visit/"))
    assert Visit.objects.count() == 1


def test_everything_works_without_javascript(hall: Gallery, enter: Enter) -> None:
    page = enter("苏晴", "/gallery/arrival/", script=False)
    page.locator("label.choice", has_text="第一次").first.click()
    page.locator("label.choice", has_text="没有").first.click()
    page.locator("#q").fill("张伟 13812345678")
    page.get_by_role("button", name="安排接待").click()
    assert answer(page) == "林悦"
    mine = enter("林悦", "/gallery/mine/", phone=True, script=False)
    mine.get_by_role("button", name="我来接待").click()
    mine.get_by_role("link", name="请客户登记、签名").click()
    mine.get_by_role("radio", name="同意", exact=True).check(force=True)
    mine.locator("#e-password").fill("yingbin-2026")  # no glass without script
    mine.get_by_role("button", name="签名，记入登记册").click()
    mine.get_by_role("button", name="接待完毕").click()
    expect(mine.locator(".mine-place")).to_be_visible()


def test_bad_input_is_said_in_chinese_and_kept(hall: Gallery, enter: Enter) -> None:
    page = enter("苏晴", "/gallery/arrival/")
    page.locator("label.choice", has_text="第一次").first.click()
    page.locator("label.choice", has_text="没有").first.click()
    page.locator("#q").fill("张伟 1381234567")
    page.get_by_role("button", name="安排接待").click()
    expect(page.get_by_role("alert").first).to_contain_text("电话不是有效号码")
    expect(page.locator("#q")).to_have_value("张伟 1381234567")
