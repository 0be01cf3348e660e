"""A form over a line that fails: nothing typed is lost, nothing sent twice."""

import pytest
from playwright.sync_api import Page, Route, expect

from .wire import FORM, HOME, MOVED, Desk, Opens, answers, fails, paper


def test_a_lost_line_keeps_what_was_typed_and_the_key(page: Page, opens: Opens) -> None:
    opens(FORM)
    desk = Desk(fails, answers(200, "<h1>王建国</h1>"))
    page.route("**/save/", desk)
    page.fill("[name=name]", "刘女士")
    page.click("button")
    expect(page.locator("[data-lost]")).to_have_text("没有连上，内容还在，请再点一次。")
    expect(page.locator("[name=name]")).to_have_value("刘女士")
    expect(page.locator("button")).not_to_have_attribute("aria-busy", "true")
    page.click("button")
    expect(page.locator("h1")).to_have_text("王建国")
    assert desk.keys() == ["one-key", "one-key"]
    assert all("刘女士" in c and 'name="go"' in c for c in desk.came)


@pytest.mark.parametrize(
    ("status", "words"),
    [(502, "没有保存成功"), (503, "没有保存成功"), (504, "没有保存成功"), (500, "程序出错了")],
)
def test_what_was_not_saved_says_so_and_can_be_sent_again(
    page: Page, opens: Opens, status: int, words: str
) -> None:
    opens(FORM)
    page.route("**/save/", Desk(answers(status, "<h1>别的页</h1>"), answers(200, "<h1>好</h1>")))
    page.fill("[name=name]", "刘女士")
    page.click("button")
    expect(page.locator("[data-lost]")).to_contain_text(words)
    expect(page.locator("[name=name]")).to_have_value("刘女士")
    page.click("button")
    expect(page.locator("h1")).to_have_text("好")


def test_two_taps_send_once(page: Page, opens: Opens) -> None:
    opens(FORM)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/save/", hold)
    page.dblclick("button")
    page.evaluate("document.querySelector('form').requestSubmit()")
    page.wait_for_timeout(300)
    assert len(held) == 1
    answers(200, "<h1>好</h1>")(held[0])
    expect(page.locator("h1")).to_have_text("好")


@pytest.mark.parametrize("status", [422, 409])
def test_a_refusal_is_shown_and_gets_the_focus(page: Page, opens: Opens, status: int) -> None:
    opens(FORM)
    page.route("**/save/", Desk(answers(status, '<p class="refused">人数至少 1 人。</p>')))
    page.click("button")
    expect(page.locator(".refused")).to_be_focused()
    assert page.url == HOME


def test_after_a_move_the_address_and_the_body_are_the_new_pages(page: Page, opens: Opens) -> None:
    opens(FORM)
    seen = paper("<h1>到访 21</h1>", 'class="framed" data-live="/live/visit/"')
    page.evaluate(MOVED, [HOME + "visit/", seen])
    page.click("button")
    expect(page.locator("h1")).to_have_text("到访 21")
    assert page.url == HOME + "visit/"
    expect(page.locator("body")).to_have_class("framed")
    assert page.evaluate("line.url") == "/live/visit/"


def test_a_form_left_to_the_browser_is_left_alone(page: Page, opens: Opens) -> None:
    opens(FORM.replace('id="arrival"', "data-plain"))
    page.route("**/save/", Desk(answers(200, "<h1>下载</h1>")))
    page.click("button")
    expect(page.locator("h1")).to_have_text("下载")
    assert page.url == HOME + "save/"
