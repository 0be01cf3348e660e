"""Steppers, the pin pad, questions that fold, countdowns."""

import re

from playwright.sync_api import Page, expect

from .wire import Desk, Opens, answers


def test_steppers_stay_between_their_ends(page: Page, opens: Opens) -> None:
    opens(
        '<input type="number" id="n" min="1" max="3" value="2">'
        '<button data-step="-1" data-for="n">−</button><button data-step="1" data-for="n">+</button>'
    )
    for _ in range(3):
        page.click("[data-step='1']")
    expect(page.locator("#n")).to_have_value("3")
    for _ in range(5):
        page.click("[data-step='-1']")
    expect(page.locator("#n")).to_have_value("1")


def test_the_pin_pad_writes_into_the_box_and_a_full_box_sends_itself(
    page: Page, opens: Opens
) -> None:
    keys = "".join(
        f'<button type="button" data-digit="{d}" data-for="pin">{d}</button>' for d in "258"
    )
    back = '<button type="button" data-digit="back" data-for="pin">⌫</button>'
    opens(
        f'<form method="post" action="/save/"><input type="hidden" name="key" value="k">'
        f'<input id="pin" name="pin" type="password" maxlength="4">{keys}{back}</form>'
    )
    desk = Desk(answers(200, "<h1>林悦</h1>"))
    page.route("**/save/", desk)
    for digit in ["2", "2", "back", "5", "8"]:
        page.click(f"[data-digit='{digit}']")
    expect(page.locator("#pin")).to_have_value("258")
    page.click("[data-digit='2']")
    expect(page.locator("h1")).to_have_text("林悦")
    assert "2582" in desk.came[0]


def test_a_question_folds_until_its_answer_is_chosen(page: Page, opens: Opens) -> None:
    opens(
        '<form><input type="radio" name="contact" value="no" checked>'
        '<input type="radio" name="contact" value="named"><p data-when="contact=named">哪一位</p></form>'
    )
    expect(page.locator("p")).to_be_hidden()
    page.check("[value=named]")
    expect(page.locator("p")).to_be_visible()


def test_a_countdown_takes_its_block_away_when_it_is_over(page: Page, opens: Opens) -> None:
    page.clock.install()
    opens('<form data-gone-after>撤销 <span data-countdown=""></span></form>')
    page.evaluate(
        "document.querySelector('[data-countdown]').dataset.countdown = new Date(Date.now() + 62000).toISOString()"
    )
    page.clock.run_for(2000)
    expect(page.locator("span")).to_have_text(re.compile("1:00|0:59"))
    page.clock.run_for(61_000)
    expect(page.locator("form")).to_be_hidden()
