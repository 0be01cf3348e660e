"""A live page: fragments take their places, silence is said, nothing is taken from under the hands."""

import re

from playwright.sync_api import Page, expect

from .wire import Opens

SLOT = '<div data-live-slot="mine"><p>第 3 位</p></div>'
LIVE = 'data-live="/live/mine/"'


def test_a_fragment_takes_its_place(page: Page, opens: Opens) -> None:
    opens(SLOT, LIVE)
    page.evaluate("line.say('mine', '<p>第 2 位</p>')")
    expect(page.locator("[data-live-slot]")).to_have_text("第 2 位")


def test_a_page_that_is_not_live_opens_no_stream(page: Page, opens: Opens) -> None:
    opens(SLOT)
    assert page.evaluate("line.opened") == 0


def test_silence_is_said_after_three_seconds_and_ends_by_itself(page: Page, opens: Opens) -> None:
    page.clock.install()
    opens(SLOT, LIVE)
    banner = page.locator("[data-offline]")
    for _ in range(3):
        page.clock.run_for(2000)
        page.evaluate("line.say('beat', '1')")
    expect(banner).to_be_hidden()
    page.clock.run_for(2500)
    expect(banner).to_be_hidden()
    page.clock.run_for(1500)
    expect(banner).to_be_visible()
    expect(banner).to_have_text(re.compile("断线 [34] 秒"))
    before = page.evaluate("line.opened")
    page.clock.run_for(9000)
    assert page.evaluate("line.opened") >= before + 2
    page.evaluate("line.say('mine', '<p>第 1 位</p>')")
    expect(banner).to_be_hidden()
    expect(page.locator("[data-live-slot]")).to_have_text("第 1 位")
    expect(page.locator("[data-toasts]")).to_contain_text("已重新连上")


def test_a_new_turn_shakes_the_phone_once(page: Page, opens: Opens) -> None:
    opens(SLOT, LIVE)
    for _ in range(3):
        page.evaluate("""line.say('mine', '<p data-ring="v25">轮到您了</p>')""")
    assert page.evaluate("window.shaken") == 1
    page.evaluate("""line.say('mine', '<p data-ring="v26">轮到您了</p>')""")
    assert page.evaluate("window.shaken") == 2


def test_what_the_page_opened_with_does_not_ring(page: Page, opens: Opens) -> None:
    opens('<div data-live-slot="mine"><p data-ring="v25">轮到您了</p></div>', LIVE)
    page.evaluate("""line.say('mine', '<p data-ring="v25">轮到您了</p>')""")
    assert page.evaluate("window.shaken || 0") == 0


def test_a_button_that_is_held_is_still_there_when_the_finger_goes_up(
    page: Page, opens: Opens
) -> None:
    button = '<button type="button" id="over">处理完了</button>'
    opens(f'<div data-live-slot="mine">{button}</div>', LIVE)
    page.evaluate("document.addEventListener('click', (e) => { window.tapped = e.target.id; })")
    page.locator("#over").hover()
    page.mouse.down()
    page.evaluate("line.say('mine', '<button type=button id=fresh>处理完了</button>')")
    page.mouse.up()
    assert page.evaluate("window.tapped") == "over"
    expect(page.locator("#fresh")).to_be_visible()


def test_nothing_is_taken_from_under_the_hands(page: Page, opens: Opens) -> None:
    opens('<div data-live-slot="mine"><input name="note"></div><button>别处</button>', LIVE)
    page.fill("[name=note]", "去建行送资料")
    page.evaluate("line.say('mine', '<input name=note><p>新的</p>')")
    expect(page.locator("[name=note]")).to_have_value("去建行送资料")
    expect(page.locator("[data-live-slot] p")).to_have_count(0)
    page.fill("[name=note]", "")
    page.focus("button")
    expect(page.locator("[data-live-slot] p")).to_have_text("新的")


def test_what_was_unfolded_and_focused_stays_so(page: Page, opens: Opens) -> None:
    part = '<details id="leave"><summary id="s">离开</summary>{}</details>'
    opens(f'<div data-live-slot="mine">{part.format("一")}</div>', LIVE)
    page.click("summary")
    page.evaluate("html => line.say('mine', html)", part.format("二"))
    expect(page.locator("details")).to_have_attribute("open", "")
    expect(page.locator("#s")).to_be_focused()
