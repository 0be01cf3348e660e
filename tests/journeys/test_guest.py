"""The customer signs by themselves: consent given and refused, no way into the salesperson's pages (TQ-3)."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.gallery.conftest import Gallery
from tests.journeys.conftest import Enter, draw
from yingbin.gallery.models import RegisterEntry
from yingbin.web.demo import cast


def hand_over(hall: Gallery, enter: Enter, *, script: bool = True) -> Page:
    visit = hall.arrive()
    phone = enter("林悦", "/gallery/mine/", phone=True, script=script)
    phone.goto(f"/gallery/visit/{visit.id}/reception/")
    phone.get_by_role("link", name="请客户登记、签名").first.click()
    phone.get_by_role("button", name="请客户签", exact=True).click()
    phone.get_by_role("heading", name=re.compile("欢迎来到")).wait_for()
    return phone


def scribble(page: Page) -> None:
    pane = page.locator("[data-glass=drawn][data-ready] canvas")
    box = pane.bounding_box()
    assert box
    for n in range(3):
        x = box["x"] + box["width"] * (0.2 + n * 0.2)
        page.mouse.move(x, box["y"] + box["height"] * 0.3)
        page.mouse.down()
        page.mouse.move(x + 40, box["y"] + box["height"] * 0.7, steps=8)
        page.mouse.up()


def take_back(page: Page, *, hold: bool = True) -> None:
    if hold:
        page.locator("[data-hold]").hover()
        page.mouse.down()
        page.wait_for_timeout(3100)
    else:
        page.get_by_role("link", name="交还接待人").click()
    page.get_by_text("请交还给林悦").wait_for()
    page.mouse.up()
    page.locator("#secret").fill(cast.PASSWORD)
    page.get_by_role("button", name="我拿回来了").click()
    page.get_by_role("heading", name="来访登记").wait_for()


@pytest.mark.clause("TQ-3")
def test_the_customer_agrees_and_signs(hall: Gallery, enter: Enter) -> None:
    page = hand_over(hall, enter)
    expect(page.locator("nav, .tools, .rail")).to_have_count(0)
    page.get_by_role("button", name="下一步").click()
    expect(page.locator(".refused")).to_contain_text("选「同意」或「不同意」")
    page.get_by_label("您的姓名").fill("王建国")
    page.get_by_label(re.compile("^手机")).fill("13812341234")
    page.get_by_role("radio", name="同意", exact=True).check(force=True)
    page.get_by_role("button", name="下一步").click()
    pane = page.locator("[data-glass][data-ready] canvas")
    for width, height in ((390, 844), (844, 390), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        box = pane.bounding_box()
        assert box
        assert box["height"] >= 0.6 * height, (width, height, box)
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), (
            width,
            height,
        )
    page.set_viewport_size({"width": 390, "height": 844})
    before = pane.bounding_box()
    page.get_by_role("button", name="签好了").click()
    expect(page.locator(".refused")).to_contain_text("请在框里签上您的名字")
    after = pane.bounding_box()
    assert before
    assert after
    assert (before["x"], before["y"]) == (after["x"], after["y"])
    scribble(page)
    page.get_by_role("button", name="签好了").click()
    expect(page.get_by_role("heading", name="谢谢您，王建国")).to_be_visible()
    take_back(page)
    expect(page.get_by_text("客户本人填写，同意保存，已签名")).to_be_visible()
    draw(page)
    page.get_by_role("button", name="签名，记入登记册").click()
    page.get_by_role("button", name="接待完毕").wait_for()
    row = RegisterEntry.objects.get()
    assert row.hand == "customer"
    assert len(row.written.words["strokes"]) == 3


@pytest.mark.clause("TQ-3")
def test_the_customer_says_no(hall: Gallery, enter: Enter) -> None:
    page = hand_over(hall, enter)
    page.get_by_label("您的姓名").fill("王建国")
    page.get_by_role("radio", name=re.compile("^不同意")).check(force=True)
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_text("没有留下您的姓名和电话")).to_be_visible()
    take_back(page)
    draw(page)
    page.get_by_role("button", name="签名，记入登记册").click()
    page.get_by_role("button", name="接待完毕").wait_for()
    row = RegisterEntry.objects.get()
    assert (row.hand, row.written.words["name"]) == ("declined", "")


@pytest.mark.clause("TQ-3")
def test_neither_back_nor_the_address_leads_into_the_session(hall: Gallery, enter: Enter) -> None:
    page = hand_over(hall, enter)
    for _ in range(3):
        page.go_back()
        page.get_by_text("请交还给林悦").wait_for()
        expect(page.locator("nav, .tools, .rail")).to_have_count(0)
    page.goto("/gallery/mine/")
    expect(page.get_by_text("请交还给林悦")).to_be_visible()
    page.get_by_role("link", name="我是客户，回到填写").click()
    page.get_by_role("heading", name=re.compile("欢迎来到")).wait_for()
    page.locator("[data-hold]").click()  # a tap is no hold
    page.wait_for_timeout(300)
    expect(page.get_by_role("heading", name=re.compile("欢迎来到"))).to_be_visible()


@pytest.mark.clause("TQ-3")
def test_it_works_without_javascript(hall: Gallery, enter: Enter) -> None:
    page = hand_over(hall, enter, script=False)
    page.get_by_label("您的姓名").fill("王建国")
    page.get_by_role("radio", name="同意", exact=True).check(force=True)
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_text("接待人稍后用自己的密码代替签名")).to_be_visible()
    page.get_by_role("button", name="下一步").click()
    take_back(page, hold=False)
    page.locator("#e-why").fill("没留电话")
    page.locator("#e-password").fill(cast.PASSWORD)
    page.get_by_role("button", name="签名，记入登记册").click()
    page.get_by_text("已登记，登记册第").wait_for()
    assert RegisterEntry.objects.get().signed == "password"
