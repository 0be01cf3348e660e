"""What was typed without a line on duty goes by itself once there is one."""

import pytest
from playwright.sync_api import Page, Route, expect

from .wire import CSP, Desk, answers, fails, paper

DUTY = "http://desk.test/s/flat/duty/line/new/"
SLIP = """<script src="/unsent.js" defer></script>
<form method="post" action="/s/flat/duty/line/new/"><input type="hidden" name="key" value="slip-key">
<textarea name="title"></textarea><button name="kind" value="slip">记下</button></form>"""


@pytest.fixture
def flat(page: Page) -> Desk:
    """A page of a day on duty; the server's side answers what the test says."""
    headers, html = {"Content-Security-Policy": CSP}, paper(SLIP, 'data-who="ye"')
    desk = Desk()

    def answer(route: Route) -> None:
        if route.request.method == "POST":
            return desk(route)
        return route.fulfill(body=html, content_type="text/html", headers=headers)

    page.route("**/duty/**", answer)
    page.goto(DUTY)
    return desk


def test_a_slip_on_a_lost_line_goes_by_itself_under_its_key_and_says_when_it_was_typed(
    page: Page, flat: Desk
) -> None:
    flat.answers = [fails, answers(503, ""), answers(200, "<h1>已记下</h1>")]
    page.fill("[name=title]", "客户问学区")
    page.click("button")
    expect(page.locator("[data-lost]")).to_contain_text("一连上就自动发出去，不用再点")
    expect(page.locator("h1")).to_have_text("已记下", timeout=12000)
    assert flat.keys() == ["slip-key"] * 3
    assert all("客户问学区" in c and 'name="kind"' in c for c in flat.came)
    assert ["typed_at" in c for c in flat.came] == [False, True, True]
    assert page.evaluate("localStorage.getItem('yb-unsent')") == "[]"


def test_a_page_closed_without_a_line_takes_up_what_was_typed_when_it_is_opened_again(
    page: Page, flat: Desk
) -> None:
    flat.answers = [fails, answers(200, "<h1>已记下</h1>")]
    page.fill("[name=title]", "客户问学区")
    page.click("button")
    expect(page.locator("[data-lost]")).to_be_visible()
    page.reload()
    expect(page.locator("[name=title]")).to_have_value("客户问学区")
    expect(page.locator("h1")).to_have_text("已记下")
    assert flat.keys() == ["slip-key"] * 2


def test_what_waits_is_nobody_else_s(page: Page, flat: Desk) -> None:
    flat.answers = [fails]
    page.fill("[name=title]", "客户问学区")
    page.click("button")
    expect(page.locator("[data-lost]")).to_be_visible()
    page.evaluate("document.body.dataset.who = 'chen'")
    page.evaluate("document.dispatchEvent(new CustomEvent('yb:page'))")
    page.wait_for_timeout(2500)
    assert len(flat.came) == 1
