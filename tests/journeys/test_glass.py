"""The glass in a real browser: one hand draws at a time, the pen before the hand, strokes keep their shape."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.scripts.wire import CSP, HOME, JS

GLASS = """<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>签</title>
<link rel="stylesheet" href="/glass.css"><script src="/glass.js" defer></script></head><body><main>
<div class="glass" data-glass="drawn"><canvas class="glass-pane" width="1000" height="400"></canvas>
<button type="button" data-glass-clear>清除重签</button><input type="hidden" name="drawn" value="VALUE"></div>
</main></body></html>"""

# A finger, a palm or a pen as the browser tells of them; coordinates are shares of the pane.
TOUCH = """([type, id, kind, x, y]) => {
  const pane = document.querySelector("canvas"), box = pane.getBoundingClientRect();
  pane.dispatchEvent(new PointerEvent(type, { pointerId: id, pointerType: kind, bubbles: true, button: type === "pointermove" ? -1 : 0,
    clientX: box.left + box.width * x, clientY: box.top + box.height * y }));
}"""

Opens = Callable[..., Page]


@pytest.fixture
def glass(chromium: Browser) -> Iterator[Opens]:
    """`glass(width, height)` opens a page with a pane of this size."""
    context = chromium.new_context(viewport={"width": 1200, "height": 1200})
    page = context.new_page()

    def opened(width: int = 500, height: int = 200, value: str = "") -> Page:
        css = f"canvas {{ display: block; width: {width}px; height: {height}px }}"
        page.route("**/*.js", lambda r: r.fulfill(path=JS / "glass.js"))
        page.route("**/*.css", lambda r: r.fulfill(body=css, content_type="text/css"))
        html = GLASS.replace("VALUE", value)
        headers = {"Content-Security-Policy": CSP}
        page.route(HOME, lambda r: r.fulfill(body=html, content_type="text/html", headers=headers))
        page.goto(HOME)
        page.locator("[data-glass][data-ready]").wait_for()
        return page

    yield opened
    context.close()


def touch(page: Page, *events: tuple[str, int, str, float, float]) -> None:
    for kind, *rest in events:
        page.evaluate(TOUCH, [f"pointer{kind}", *rest])


def kept(page: Page) -> list[list[int]]:
    text = page.locator("[name=drawn]").input_value()
    found: list[list[int]] = json.loads(text or "[]")
    return found


def test_a_second_touch_adds_nothing_to_the_stroke_of_the_first(glass: Opens) -> None:
    page = glass()
    touch(
        page,
        ("down", 1, "touch", 0.1, 0.1),
        ("move", 1, "touch", 0.2, 0.2),
        ("down", 2, "touch", 0.9, 0.9),
        ("move", 2, "touch", 0.8, 0.9),
        ("move", 1, "touch", 0.3, 0.3),
        ("up", 2, "touch", 0.8, 0.9),
        ("move", 1, "touch", 0.4, 0.4),
        ("up", 1, "touch", 0.4, 0.4),
    )
    assert kept(page) == [[100, 40, 200, 80, 300, 120, 400, 160]]


def test_strokes_one_after_another_are_all_kept(glass: Opens) -> None:
    page = glass()
    for n in range(3):
        x = 0.1 + n * 0.2
        touch(page, ("down", n, "touch", x, 0.1), ("move", n, "touch", x, 0.5), ("up", n, "touch", x, 0.5))  # fmt: skip
    assert kept(page) == [[100, 40, 100, 200], [300, 40, 300, 200], [500, 40, 500, 200]]


def test_a_pen_beats_the_hand_that_came_down_before_it(glass: Opens) -> None:
    page = glass()
    touch(
        page,
        ("down", 1, "touch", 0.8, 0.9),
        ("move", 1, "touch", 0.8, 0.8),
        ("down", 7, "pen", 0.1, 0.1),
        ("move", 1, "touch", 0.7, 0.8),
        ("move", 7, "pen", 0.2, 0.2),
        ("up", 7, "pen", 0.2, 0.2),
        ("up", 1, "touch", 0.7, 0.8),
    )
    assert kept(page) == [[100, 40, 200, 80]]


def test_once_a_pen_was_seen_the_hand_draws_no_more(glass: Opens) -> None:
    page = glass()
    touch(page, ("move", 7, "pen", 0.3, 0.3))  # it hovers
    touch(page, ("down", 1, "touch", 0.8, 0.9), ("move", 1, "touch", 0.5, 0.5), ("up", 1, "touch", 0.5, 0.5))  # fmt: skip
    assert kept(page) == []
    touch(page, ("down", 7, "pen", 0.1, 0.1), ("move", 7, "pen", 0.2, 0.2), ("up", 7, "pen", 0.2, 0.2))  # fmt: skip
    assert kept(page) == [[100, 40, 200, 80]]


def test_a_stroke_ends_when_the_pointer_is_lost(glass: Opens) -> None:
    page = glass()
    touch(page, ("down", 1, "touch", 0.1, 0.1), ("move", 1, "touch", 0.2, 0.2))
    page.evaluate(
        "document.querySelector('canvas').dispatchEvent(new PointerEvent('lostpointercapture', {pointerId: 1}))"
    )
    touch(page, ("move", 1, "touch", 0.9, 0.9))
    assert kept(page) == [[100, 40, 200, 80]]
    touch(page, ("down", 2, "touch", 0.5, 0.5), ("move", 2, "touch", 0.6, 0.6), ("up", 2, "touch", 0.6, 0.6))  # fmt: skip
    assert len(kept(page)) == 2


def test_a_tall_pane_keeps_the_shape_of_what_was_drawn(glass: Opens) -> None:
    page = glass(400, 600)
    touch(page, ("down", 1, "touch", 0.1, 0.1))
    for x, y in ((0.9, 0.1), (0.9, 0.9), (0.1, 0.9)):
        touch(page, ("move", 1, "touch", x, y))
    touch(page, ("up", 1, "touch", 0.1, 0.9))
    (stroke,) = kept(page)
    xs, ys = stroke[::2], stroke[1::2]
    assert min(xs) >= 0
    assert max(xs) <= 1000
    assert min(ys) >= 0
    assert max(ys) <= 400
    assert (max(ys) - min(ys)) / (max(xs) - min(xs)) == pytest.approx(600 / 400, rel=0.02)


def test_what_was_signed_before_a_refusal_stands_there_again(glass: Opens) -> None:
    page = glass(400, 600, value="[[100,100,300,200]]")
    touch(page, ("down", 1, "touch", 0.5, 0.5), ("move", 1, "touch", 0.6, 0.5), ("up", 1, "touch", 0.6, 0.5))  # fmt: skip
    assert kept(page) == [[100, 100, 300, 200], [500, 200, 600, 200]]


def test_a_pane_that_turns_flat_cuts_nothing_off(glass: Opens) -> None:
    page = glass(600, 150, value="[[100,0,100,400,900,400]]")
    touch(page, ("down", 1, "touch", 0.9, 0.1), ("up", 1, "touch", 0.9, 0.1))
    first = kept(page)[0]
    assert max(first[1::2]) - min(first[1::2]) == 250
    assert (max(first[::2]) - min(first[::2])) / 250 == pytest.approx(800 / 400)


def test_clearing_takes_everything(glass: Opens) -> None:
    page = glass(value="[[100,100,300,200]]")
    page.click("button")
    assert page.locator("[name=drawn]").input_value() == ""
