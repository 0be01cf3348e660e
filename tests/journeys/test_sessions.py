"""Sessions and tabs: one that ends while somebody types, one signed out elsewhere, seven tabs at a time."""

import re
import time

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from tests.gallery.conftest import Gallery
from tests.journeys.conftest import Enter
from yingbin.gallery.models import Visit
from yingbin.people.actions import end_sessions
from yingbin.web.demo import cast

LIVE = ("/gallery/board/", "/gallery/waiting/", "/gallery/arrival/", "/customers/", "/notices/",
        "/manual/", "/gallery/register/")  # fmt: skip


def sign_in_again(page: Page) -> None:
    page.locator("#again-secret").fill(cast.PASSWORD)
    page.get_by_role("button", name="登录，接着做").click()


def fill(page: Page, name: str) -> None:
    page.locator("label.choice", has_text="第一次").first.click()
    page.locator("label.choice:has([name=contact][value=no])").click()
    page.locator("#q").fill(name)


def test_a_session_that_ends_while_one_types_loses_nothing_and_writes_once(
    hall: Gallery, enter: Enter
) -> None:
    page = enter("苏晴", "/gallery/arrival/")
    page.evaluate("window.yb.line.close(); document.body.removeAttribute('data-live')")
    fill(page, "严杰 13877776666")
    key = page.locator("form [name=key]").first.input_value()
    Session.objects.all().delete()
    page.get_by_role("button", name="安排接待").click()
    expect(page.get_by_role("heading", name="请重新登录")).to_be_visible()
    expect(page.get_by_text("苏晴的密码")).to_be_visible()
    assert "严杰" not in page.content()
    page.locator("#again-secret").fill("not-this-one")
    page.get_by_role("button", name="登录，接着做").click()
    expect(page.get_by_text("密码不对")).to_be_visible()
    sign_in_again(page)
    page.wait_for_url(re.compile("/gallery/visit/"))
    assert Visit.objects.count() == 1
    assert key
    expect(page.get_by_text("严杰").first).to_be_visible()


def test_signed_out_in_another_tab_covers_the_page_at_once(hall: Gallery, enter: Enter) -> None:
    for name in ("张伟", "李娜", "王芳", "刘洋", "陈静"):
        hall.arrive(name=name)
    page = enter("苏晴", "/gallery/waiting/")
    expect(page.get_by_text("陈静").first).to_be_visible()
    other = page.context.new_page()
    other.goto("/logout/")
    began = time.monotonic()
    other.get_by_role("button", name=re.compile("退出")).first.click()
    expect(page.get_by_role("heading", name="请重新登录")).to_be_visible()
    assert time.monotonic() - began < 6
    assert "陈静" not in page.content()
    assert "陈静" not in page.title()
    sign_in_again(page)
    expect(page.get_by_text("陈静").first).to_be_visible()
    hall.arrive(name="新来的")
    expect(page.get_by_text("新来的").first).to_be_visible()


def test_signed_out_by_the_manager_and_in_by_another(hall: Gallery, enter: Enter) -> None:
    page = enter("苏晴", "/gallery/arrival/")
    fill(page, "严杰 13877776666")
    end_sessions(hall.id("苏晴"))
    expect(page.get_by_role("heading", name="请重新登录")).to_be_visible()
    other = page.context.new_page()
    other.goto("/login/")
    other.locator("[name=login]").fill(cast_account("郑岚"))
    other.locator("[name=password]").fill(cast.PASSWORD)
    other.locator("main form").first.get_by_role("button", name=re.compile("登录")).click()
    other.wait_for_url(lambda url: "/login" not in url)
    sign_in_again(page)
    expect(page.get_by_text("这台设备现在是别人登录的")).to_be_visible()
    assert "严杰" not in page.content()


def cast_account(name: str) -> str:
    from tests.gallery.conftest import NAMES

    return NAMES[name]


def shared(tabs: list[Page]) -> bool:
    """Whether the tabs come to one stream together; the lead may be moving from one to another just then."""
    for _ in range(50):
        if sum(tab.evaluate("window.yb.line.streams()") for tab in tabs) == 1:
            return True
        tabs[0].wait_for_timeout(100)
    return False


def test_seven_tabs_share_one_stream_and_an_arrival_is_quick(hall: Gallery, enter: Enter) -> None:
    first = enter("苏晴", LIVE[0])
    tabs = [first]
    for path in LIVE[1:]:
        page = first.context.new_page()
        began = time.monotonic()
        page.goto(path)
        assert time.monotonic() - began < 5, path
        tabs.append(page)
    for tab in tabs:
        expect(tab.locator("body.is-live")).to_be_attached()
    assert shared(tabs)
    desk = tabs[2]
    fill(desk, "严杰 13877776666")
    began = time.monotonic()
    with desk.expect_response(lambda r: r.request.method == "POST") as answered:
        desk.get_by_role("button", name="安排接待").click()
    assert answered.value.status < 400
    assert time.monotonic() - began < 4  # under a second on a machine that does nothing else
    expect(tabs[0].get_by_text("还没接单").first).to_be_visible()
    leader = next(t for t in tabs if t.evaluate("window.yb.line.leads()"))
    leader.close()
    tabs.remove(leader)
    hall.arrive(name="后来的")
    for tab in tabs:
        expect(tab.locator("[data-offline]")).to_be_hidden()
    assert shared(tabs)


# A browser that is told to be off line keeps the stream it has: its next sign of life takes the bar away again.
SEES_THE_BAR = """() => {
  const bar = document.querySelector("[data-offline]");
  new MutationObserver(() => { window.barWasShown ||= !bar.hidden; }).observe(bar, { attributes: true });
}"""


def test_a_post_without_a_line_shows_the_bar(hall: Gallery, enter: Enter) -> None:
    page = enter("苏晴", "/gallery/arrival/")
    expect(page.locator("body.is-live")).to_be_attached()
    page.evaluate(SEES_THE_BAR)
    fill(page, "严杰 13877776666")
    page.context.set_offline(True)
    page.get_by_role("button", name="安排接待").click()
    expect(page.get_by_text("没有连上，内容还在")).to_be_visible()
    page.wait_for_function("window.barWasShown")
    page.context.set_offline(False)
    expect(page.locator("[data-offline]")).to_be_hidden()


@pytest.mark.clause("TQ-3")
def test_other_tabs_show_nothing_while_a_customer_has_the_device(
    hall: Gallery, enter: Enter
) -> None:
    visit = hall.arrive()
    page = enter("林悦", f"/gallery/visit/{visit.id}/sign/", phone=True)
    other = page.context.new_page()
    other.goto("/gallery/mine/")
    expect(other.locator("body.is-live")).to_be_attached()
    page.get_by_role("button", name="请客户签", exact=True).click()
    page.get_by_role("heading", name=re.compile("欢迎来到")).wait_for()
    expect(other.get_by_text("请交还给林悦")).to_be_visible()
