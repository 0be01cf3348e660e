"""The desk by keyboard alone: find, the sheet of keys, a letter for each page; Escape gives the focus back."""

import pytest
from playwright.sync_api import Page, expect

from tests.gallery.conftest import Gallery
from tests.journeys.conftest import Enter


@pytest.fixture
def desk(hall: Gallery, enter: Enter) -> Page:
    """苏晴 at the desk, on 来电; one group came, and nothing has the focus."""
    hall.arrive(name="张", phone="13812348821", title="ms")
    page = enter("苏晴", "/gallery/calls/")
    expect(page.locator("body.is-live")).to_be_attached()
    return page


def test_one_finds_opens_and_comes_back_without_a_mouse(desk: Page) -> None:
    tool = desk.locator(".tools a", has_text="查找")
    box, sheet = desk.locator("#find-box"), desk.locator("#keys-box")
    for key in ("/", "Control+k"):
        tool.focus()
        desk.keyboard.press(key)
        expect(box).to_be_visible()
        expect(box.get_by_role("searchbox")).to_be_focused()
        expect(box.locator(".hint")).to_contain_text("到访号")
        desk.keyboard.press("Escape")
        expect(box).to_be_hidden()
        expect(tool).to_be_focused()
    desk.keyboard.press("?")
    expect(sheet).to_be_visible()
    expect(sheet.get_by_role("button", name="关闭")).to_be_focused()
    expect(sheet.get_by_role("link", name="TQ-1 ")).to_be_attached()
    desk.keyboard.press("Enter")
    expect(sheet).to_be_hidden()
    expect(tool).to_be_focused()
    desk.keyboard.press("/")
    desk.keyboard.type("8821")
    expect(box.locator(".hits a")).to_have_count(1)
    desk.keyboard.press("ArrowDown")
    expect(box.locator(".hits a")).to_be_focused()
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="张女士", level=1)).to_be_visible()


def test_every_letter_of_the_sheet_opens_the_page_it_names(desk: Page) -> None:
    desk.keyboard.press("?")
    told = {
        line.locator("kbd").first.inner_text().lower(): line.locator("dd").inner_text()
        for line in desk.locator("#keys-box dl div").all()
    }
    letters = {key: name for key, name in told.items() if key not in "/?"}
    assert letters["i"] == "待办"
    assert letters["n"] == "到访"
    assert len(letters) >= 6
    desk.keyboard.press("Escape")
    for key, name in letters.items():
        desk.evaluate("document.activeElement.blur()")
        desk.keyboard.press(key)
        here = desk.locator(".nav [aria-current=page]", has_text=name)
        # The board has the whole glass and no rail.
        expect(
            here if name != "轮排" else desk.locator(".board, .board-head").first
        ).to_be_visible()
        if name == "轮排":
            desk.go_back()


def test_letters_that_are_typed_stay_letters(desk: Page) -> None:
    desk.goto("/gallery/arrival/")
    field = desk.get_by_label("电话或姓名")
    field.focus()
    desk.keyboard.type("wn/?")
    expect(field).to_have_value("wn/?")
    expect(desk.locator("dialog[open]")).to_have_count(0)
    assert "/gallery/arrival/" in desk.url
    desk.keyboard.press("Control+k")
    expect(desk.locator("#find-box")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(field).to_be_focused()


def test_a_finger_opens_the_same_sheet_and_without_script_the_procedures(
    hall: Gallery, enter: Enter
) -> None:
    page = enter("苏晴", "/gallery/calls/", phone=True)
    page.locator(".self summary").last.click()
    page.get_by_role("link", name="这一页的规程").click()
    expect(page.locator("#keys-box")).to_be_visible()
    expect(page.locator("#keys-box").get_by_role("link", name="TQ-1 ")).to_be_visible()
    plain = enter("苏晴", "/gallery/waiting/", script=False)
    plain.locator(".tools a", has_text="规程与按键").click()
    expect(plain.get_by_role("heading", name="规程", exact=True)).to_be_visible()
