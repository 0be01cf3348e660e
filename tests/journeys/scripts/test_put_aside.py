"""A call half typed is put aside for another, and is there again afterwards: each with its own key; nobody else finds it."""

import pytest
from playwright.sync_api import Page, Route, expect

from .wire import CSP, JS, Desk, answers, paper

NEW = "http://desk.test/s/hupan/desk/new/"
DRAFT = JS.parents[3] / "desk/static/desk/draft.js"
BODY = """<script src="/draft.js" defer></script>
<div data-waiting hidden><span data-waiting-list></span></div>
<form method="post" action="/s/hupan/desk/new/{to}" data-draft="desk-register" data-slot="{slot}">
<input type="hidden" name="key" value="key-{slot}"><input type="search" name="q" data-asks><textarea name="words"></textarea>
<label><input type="radio" name="kind" value="help" checked>求助</label><label><input type="radio" name="kind" value="complaint">投诉</label>
<div data-lookup-slot="found" data-holds="pick"></div>
<button>登记</button><a data-aside data-alt="p" href="?n=2" hidden>先放一放</a><button type="button" data-clears hidden>清空</button>
<span data-draft-note></span></form>"""


def page_of(slot: str) -> str:
    """The register's page for one of the calls, as the server makes it."""
    to = f"?n={slot}" if slot != "1" else ""
    return paper(BODY.format(to=to, slot=slot), 'data-who="luo"')


@pytest.fixture
def desk(page: Page) -> Desk:
    """A clerk at the register; the server's side answers what the test says."""
    made, headers = Desk(), {"Content-Security-Policy": CSP}

    def answer(route: Route) -> None:
        if route.request.method == "POST":
            return made(route)
        slot = route.request.url.partition("?n=")[2] or "1"
        return route.fulfill(body=page_of(slot), content_type="text/html", headers=headers)

    page.route("**/desk/new/**", answer)
    page.route("**/draft.js", lambda r: r.fulfill(path=DRAFT))
    page.goto(NEW)
    return made


def test_a_second_call_is_written_down_while_the_first_waits_half_typed(
    page: Page, desk: Desk
) -> None:
    page.fill("[name=q]", "3-2-1801")
    page.fill("[name=words]", "主卧窗户")
    page.check("[value=complaint]")
    page.get_by_text("先放一放").click()
    expect(page).to_have_url(f"{NEW}?n=2")
    expect(page.locator("[name=words]")).to_have_value("")
    expect(page.locator("[name=kind]:checked")).to_have_value("help")
    waits = page.locator("[data-waiting] a")
    expect(waits).to_contain_text("3-2-1801 主卧窗户")
    page.fill("[name=words]", "着火了")
    desk.answers = [answers(200, "<h1>已登记</h1>")]
    page.get_by_text("登记", exact=True).click()
    expect(page.locator("h1")).to_have_text("已登记")
    assert (desk.keys(), "着火了" in desk.came[0], "主卧" in desk.came[0]) == (
        ["key-2"],
        True,
        False,
    )

    page.goto(NEW)
    expect(page.locator("[name=words]")).to_have_value("主卧窗户")
    expect(page.locator("[name=kind]:checked")).to_have_value("complaint")
    expect(page.locator("[name=key]")).to_have_value("key-1")
    expect(page.locator("[data-waiting]")).to_be_hidden()
    with page.expect_navigation():
        page.get_by_text("清空").click()
    expect(page.locator("[name=words]")).to_have_value("")


def test_what_is_put_aside_is_taken_up_by_the_same_key_and_is_nobody_else_s(
    page: Page, desk: Desk
) -> None:
    page.fill("[name=words]", "主卧窗户")
    page.get_by_text("先放一放").click()
    expect(page.locator("[data-waiting] a[data-alt=p]")).to_be_visible()
    page.fill("[name=words]", "着火了")
    expect(page.locator("[data-waiting] a[data-alt=p]")).to_have_count(0)
    expect(page.get_by_text("先放一放")).to_be_visible()
    page.locator("[data-waiting] a").click()
    expect(page.locator("[name=words]")).to_have_value("主卧窗户")
    expect(page.locator("[data-waiting] a")).to_contain_text("着火了")
    kept = page.evaluate("Object.keys(localStorage).sort()")
    assert kept == ["yb-draft:desk-register.2:luo", "yb-draft:desk-register:luo"]
    page.evaluate("document.dispatchEvent(new CustomEvent('yb:went', { detail: 'key-2' }))")
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage)") == kept[1:], "it went by itself meanwhile"
    page.evaluate("document.body.dataset.who = 'wu'")
    page.evaluate("document.dispatchEvent(new CustomEvent('yb:page'))")
    expect(page.locator("[data-waiting]")).to_be_hidden()
