"""Two salespeople over one family, on phones: from the call three weeks ago to the ruling and its proof."""

import re
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.gallery.conftest import Gallery
from tests.journeys.conftest import Enter, sign
from tests.journeys.test_arrival import answer, arrive
from yingbin.customers.actions import merge
from yingbin.customers.queries import receiver_of_record
from yingbin.gallery.actions.calls import CallTold, record_call
from yingbin.gallery.models import Call, Visit


@pytest.fixture
def rang(gallery: Gallery) -> Call:
    """Three weeks ago 周先生 rang; 林悦 took the call."""
    gallery.now = timezone.now() - timedelta(days=21)
    told = CallTold(
        name="周建平", phone="13757106618", title="mr", asked="问 143 平四房，爱人周末来看"
    )
    gallery.do(record_call, "林悦", told=told)
    gallery.now = timezone.now()
    gallery.open("林悦", "周航", "吴敏", "陈思远")
    return Call.objects.get()


def fits(page: Page) -> None:
    """Nothing sticks out of a phone's screen."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390, f"{page.url} is {wide} px wide"


@pytest.mark.clause("TQ-1", "TQ-1.2", "TQ-3", "TQ-11")
def test_the_call_of_three_weeks_ago(
    gallery: Gallery, rang: Call, enter: Enter, tmp_path: Path
) -> None:
    # 林悦 is busy when 周太太 comes with a number nobody knows; the queue gives her to 周航.
    desk = enter("苏晴", phone=True)
    arrive(desk, "先来的客户 13812345601")
    assert answer(desk) == "林悦"
    arrive(desk, "唐书瑶 13819203345")
    assert answer(desk) == "周航"
    visit = Visit.objects.get(called="唐书瑶")

    # 周航 receives her, she signs the register, he finishes.
    second = enter("周航", "/gallery/mine/", phone=True)
    second.get_by_role("button", name="我来接待").click()
    expect(second.get_by_text("正在接待")).to_be_visible()
    sign(second, "唐书瑶")
    second.get_by_role("button", name="接待完毕").click()
    expect(second.get_by_text("空闲").first).to_be_visible()

    # It turns out to be one family; the manager joins the cards, 林悦 asks for a ruling from her list of calls.
    gallery.now = timezone.now()
    why = "夫妻，本人确认"
    gallery.do(merge, "郑岚", into_id=rang.customer_id, source_id=visit.customer_id, why=why)
    first = enter("林悦", "/gallery/calls/", phone=True)
    fits(first)
    first.get_by_role("link", name="归属有争议").click()
    first.locator("label.chip", has_text="周航").click()
    first.get_by_role("button", name="提出争议").click()
    expect(first.locator("main")).to_contain_text("请写清楚争什么")
    expect(first.locator("label.chip", has_text="周航").locator("input")).to_be_checked()
    first.locator("#id_words").fill("周先生三周前来电是我接的，说好爱人周末来。")
    first.get_by_role("button", name="提出争议").click()
    first.wait_for_url(re.compile(r"/gallery/cases/[0-9a-f-]{36}/"))
    case = re.sub(r"^https?://[^/]+", "", first.url)
    expect(first.locator("body")).not_to_contain_text("13757106618")

    # 周航 hears of it and says what he knows; a colleague who isn't a party doesn't see it.
    second.goto("/notices/")
    second.get_by_text("客户归属有争议").first.click()
    second.goto(case)
    second.locator("#id_words").fill("客户说第一次来、没有认识的人，按轮排到我。")
    second.get_by_role("button", name="提交说明").click()
    expect(second.locator(".fact.is-statement, .fact", has_text="按轮排到我").first).to_be_visible()
    other = enter("吴敏", phone=True)
    assert other.goto(case).status == 404  # type: ignore[union-attr]

    _ruling(enter("郑岚", case, phone=True), case, tmp_path)
    assert receiver_of_record(gallery.site, rang.customer_id) == gallery.id("林悦")
    assert len(gallery.person("周航").make_up) == 1

    # Both see it, and the family is 林悦's from now on.
    second.goto(case)
    expect(second.locator(".ticket .who")).to_have_text("林悦")
    first.goto("/gallery/mine/")
    first.get_by_role("button", name="我来接待").click()
    expect(first.get_by_text("正在接待")).to_be_visible()
    sign(first, "先来的客户")
    first.get_by_role("button", name="接待完毕").click()
    expect(first.get_by_text("空闲").first).to_be_visible()
    desk.goto("/gallery/arrival/")
    desk.locator("label.choice", has_text="来过").first.click()
    desk.locator("label.choice", has_text="没有").first.click()
    desk.locator("#q").fill("13819203345")
    desk.get_by_role("button", name="安排接待").click()
    desk.wait_for_url(re.compile("/gallery/visit/"))
    assert answer(desk) == "林悦"


def _ruling(manager: Page, case: str, folder: Path) -> None:
    """The manager reads all of it in order, looks at the board of that minute, rules, takes the proof away."""
    fits(manager)
    told = manager.locator(".facts-line .fact").all_inner_texts()
    wanted = ["来电", "到访 2", "判定", "登记册第", "合并", "说明", "说明"]
    places = [next(i for i, t in enumerate(told) if w in t) for w in wanted[:5]]
    assert places == sorted(places), told
    assert sum("争议第 1 号：说明" in t for t in told) == 2
    manager.get_by_role("link", name="当时的轮排、换一种规则会怎样").first.click()
    expect(manager.locator("body")).to_contain_text("周航")
    fits(manager)
    manager.goto(case)
    manager.locator("label.choice", has_text="林悦").click()
    manager.get_by_label("周航的轮次").fill("1")
    manager.locator("#id_reason").fill("来电在先，说明了爱人会来；周航补回一轮。")
    manager.get_by_role("button", name="裁定", exact=True).click()
    expect(manager.locator(".ticket .who")).to_have_text("林悦")
    expect(manager.locator(".ticket-stub")).to_contain_text("回执码")
    with manager.expect_download() as waited:
        manager.get_by_role("link", name="可核验的卷宗").click()
    waited.value.save_as(folder / "case.zip")
    unpacked = folder / "case"
    with zipfile.ZipFile(folder / "case.zip") as packed:
        packed.extractall(unpacked)
    for words in (["verify.py", "journal.jsonl"], ["check_case.py"]):
        check = subprocess.run(
            [sys.executable, "-I", *words],
            cwd=unpacked,
            capture_output=True,
            text=True,
            check=False,
        )
        assert check.returncode == 0, check.stdout + check.stderr
