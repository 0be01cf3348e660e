"""The roster's grid and the day's meals under a mouse and under a finger, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

DUTY = Path(__file__).resolve().parents[2] / "yingbin/duty/static/duty"
SCRIPTS = ("lift", "roster", "rota")
HOME = "http://desk.test/"

GRID = """
<form id="roster" method="post" action="/draft/" data-check="/preview/"><div class="roster-scroll"><table class="roster" data-roster>
  <thead><tr><th>姓名</th><th data-cell="a">1</th><th data-cell="b" class="is-today">2</th></tr></thead><tbody>
  <tr><th>叶</th><td data-cell="y1">早</td><td data-cell="y2"><input type="text" name="y2" value="早" maxlength="9"></td></tr>
  <tr><th>陈</th><td data-cell="c1"><span>休</span></td><td data-cell="c2"><input type="text" name="c2" value="休" maxlength="9"></td></tr>
  <tr><th>苏</th><td data-cell="s1"><span>休</span></td><td data-cell="s2"><input type="text" name="s2" value="" maxlength="9"></td></tr>
  </tbody></table><span class="roster-pull" data-pull="swap" hidden>⇄</span><span class="roster-pull" data-pull="fill" hidden>+</span></div>
  <div data-lookup-slot="roster-preview"></div><button type="button" data-roster-undo hidden>退回一步</button>
  <div data-roster-bar hidden><b data-roster-count></b><button type="button" data-roster-mark="晚">晚</button>
  <button type="button" data-roster-exchange>对调</button></div><button type="button" data-roster-many>多选</button></form>
<form method="post" action="/plan/" data-check="/rota/"><table class="rota" data-rota data-first="480" data-span="600"><tbody><tr>
  <th>叶</th><td><input type="time" name="t.y" value="12:00"></td><td><svg viewBox="0 0 600 44" width="600" height="44">
  <rect data-meal="y" x="240" y="4" width="30" height="36"/></svg><p data-lookup-slot="why-y"></p><i data-lookup-slot="seen"></i></td></tr></tbody></table></form>
"""


@pytest.fixture
def said() -> dict[str, str]:
    """What the server answers of a grid and of a rota that it looks over."""
    return {
        "/preview/": '<p data-slot="roster-preview">叶11月2日缺人</p>',
        "/rota/": '<i data-slot="seen">看过</i>',
    }


@pytest.fixture
def page(chromium: Browser, said: dict[str, str]) -> Iterator[Page]:
    """A small grid and one meal on a phone that also has a mouse."""
    context = chromium.new_context(has_touch=True, viewport={"width": 900, "height": 600})
    page = context.new_page()
    scripts = "".join(f'<script src="/{name}.js" defer></script>' for name in SCRIPTS)
    html = f'<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">{scripts}'
    html += f'<link rel="stylesheet" href="/duty.css"></head><body>{GRID}</body></html>'

    def answer(route: Route) -> None:
        path = "/" + route.request.url.removeprefix(HOME)
        if path.endswith((".js", ".css")):
            name = path.replace("/duty.css", "/roster.css").lstrip("/")
            return route.fulfill(path=DUTY / name)
        return route.fulfill(body=said.get(path, html), content_type="text/html; charset=utf-8")

    page.route("**/*", answer)
    page.goto(HOME)
    yield page
    context.close()


def values(page: Page) -> list[str]:
    return [page.input_value(f"[name={one}]") for one in ("y2", "c2", "s2")]


def test_a_shift_and_a_meal_are_dragged_and_come_back_where_they_are_refused(
    page: Page, said: dict[str, str]
) -> None:
    def drag(what: str, to: str, right: int = 0) -> None:
        a, b = (page.locator(one).bounding_box() for one in (what, to))
        assert a
        assert b
        page.mouse.move(a["x"] + a["width"] / 2, a["y"] + a["height"] / 2)
        page.mouse.down()
        page.mouse.move(b["x"] + b["width"] / 2 + right, b["y"] + b["height"] / 2, steps=3)
        page.mouse.up()

    page.click("[name=y2]")
    drag('[data-pull="swap"]', "[name=c2]")
    assert values(page) == ["休", "早", ""]
    expect(page.locator("[data-lookup-slot=roster-preview]")).to_have_text("叶11月2日缺人")
    drag('[data-pull="fill"]', "[name=s2]")
    assert values(page) == ["休", "早", "早"]
    page.click("[data-roster-undo]")
    assert values(page) == ["休", "早", ""]
    drag('[data-pull="swap"]', "[data-cell=s1]")
    assert values(page) == ["休", "早", ""], "a day that is past takes nothing"
    said["/preview/"] = '<ul><li data-cell="s2" data-unread>“早”不是这里的班次。</li></ul>'
    drag('[data-pull="fill"]', "[name=s2]")
    expect(page.locator("[name=s2]")).to_have_value("")

    drag("[data-meal]", "[data-meal]", right=33)
    expect(page.locator("[data-lookup-slot=seen]")).to_have_text("看过")
    expect(page.locator('[name="t.y"]')).to_have_value("12:35")
    said["/rota/"] = '<small data-slot="why-y">叶13:00–13:30走不开。</small>'
    drag("[data-meal]", "[data-meal]", right=25)
    expect(page.locator('[data-lookup-slot="why-y"]')).to_have_text("叶13:00–13:30走不开。")
    expect(page.locator('[name="t.y"]')).to_have_value("12:35")
    assert page.get_attribute("[data-meal]", "x") == "275"


class Finger:
    """A finger on the glass, as Chromium plays it."""

    def __init__(self, page: Page) -> None:
        self.page, self.line = page, page.context.new_cdp_session(page)

    def middle(self, what: str) -> tuple[float, float]:
        box = self.page.locator(what).bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def put(self, kind: str, *at: tuple[float, float]) -> None:
        points = [{"x": x, "y": y} for x, y in at]
        self.line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def drag(self, what: str, right: float, down: float, *, held: bool) -> None:
        """From the middle of something, in three steps; `held`: it lay still first."""
        x, y = self.middle(what)
        self.put("touchStart", (x, y))
        if held:
            self.page.wait_for_timeout(400)
        for part in (1, 2, 3):
            self.put("touchMove", (x + right * part / 3, y + down * part / 3))
        self.put("touchEnd")

    def over(self, what: str, to: str) -> None:
        """A long press on one, let go over the other."""
        (x, y), (there, below) = self.middle(what), self.middle(to)
        self.drag(what, there - x, below - y, held=True)


def test_a_long_press_lifts_a_shift_which_then_changes_places(page: Page) -> None:
    finger = Finger(page)
    finger.over("[name=y2]", "[name=c2]")
    assert values(page) == ["休", "早", ""]
    expect(page.locator("[data-lookup-slot=roster-preview]")).to_have_text("叶11月2日缺人")
    assert page.locator(".is-lifted").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "BODY", "no keyboard comes up"
    finger.over("[name=c2]", "[data-cell=s1]")
    assert values(page) == ["休", "早", ""], "a day that is past takes nothing"


def test_with_several_picked_by_a_tap_each_one_tap_writes_a_mark_into_all(page: Page) -> None:
    page.tap("[data-roster-many]")
    for one in ("y2", "c2", "s2", "c2"):
        page.tap(f"[name={one}]")
    expect(page.locator("[data-roster-count]")).to_have_text("选了 2 格")
    assert page.evaluate("document.activeElement.tagName") != "INPUT", "no keyboard comes up"
    Finger(page).drag("[name=s2]", 0, -150, held=False)
    page.tap("[data-roster-mark]")
    assert values(page) == ["晚", "休", "晚"], (
        "tapped again: no longer picked; scrolling picks nothing"
    )
    page.tap("[name=c2]")
    page.tap("[name=s2]")
    page.tap("[data-roster-exchange]")
    assert values(page) == ["晚", "晚", "休"]
    page.tap("[data-roster-many]")
    expect(page.locator("[data-roster-bar]")).to_be_hidden()


def test_a_finger_that_moves_at_once_scrolls_and_moves_nothing(page: Page) -> None:
    page.evaluate("document.addEventListener('pointercancel', () => { window.scrolls = true; })")
    finger = Finger(page)
    finger.drag("[name=s2]", 0, -150, held=False)
    assert page.evaluate("window.scrolls"), "the browser took the finger over to scroll"
    assert values(page) == ["早", "休", ""]
    stands = page.get_attribute("[data-meal]", "x")
    finger.drag("[data-meal]", 60, 0, held=False)
    assert (page.get_attribute("[data-meal]", "x"), page.input_value('[name="t.y"]')) == (
        stands,
        "12:00",
    )


def test_a_meal_is_lifted_by_a_long_press_and_comes_back_where_it_is_refused(
    page: Page, said: dict[str, str]
) -> None:
    finger = Finger(page)
    finger.drag("[data-meal]", 33, 0, held=True)
    expect(page.locator("[data-lookup-slot=seen]")).to_have_text("看过")
    expect(page.locator('[name="t.y"]')).to_have_value("12:35")
    said["/rota/"] = '<small data-slot="why-y">叶13:00–13:30走不开。</small>'
    finger.drag("[data-meal]", 25, 0, held=True)
    expect(page.locator('[data-lookup-slot="why-y"]')).to_have_text("叶13:00–13:30走不开。")
    expect(page.locator('[name="t.y"]')).to_have_value("12:35")


def test_a_second_finger_puts_down_what_was_lifted(page: Page) -> None:
    finger = Finger(page)
    x, y = finger.middle("[data-meal]")
    finger.put("touchStart", (x, y))
    page.wait_for_timeout(400)
    finger.put("touchMove", (x + 40, y))
    finger.put("touchStart", (x + 40, y), (x + 90, y + 40))
    finger.put("touchEnd")
    assert page.input_value('[name="t.y"]') == "12:00"
