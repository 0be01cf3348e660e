"""The rail of a manager on a low screen: cut off it says so, shows where one is, and every entry can be reached."""

import pytest
from playwright.sync_api import expect

from tests.gallery.conftest import Gallery
from tests.journeys.conftest import Enter


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (1280, 500)])
def test_every_entry_of_a_cut_off_rail_is_reached(
    hall: Gallery, enter: Enter, width: int, height: int
) -> None:
    page = enter("郑岚", "/manual/")
    page.set_viewport_size({"width": width, "height": height})
    page.reload()
    rail, entries = page.locator(".nav"), page.locator(".nav > a")
    assert rail.evaluate("n => n.scrollHeight > n.clientHeight")
    assert "gradient" in rail.evaluate("n => getComputedStyle(n).backgroundImage")
    assert rail.evaluate("n => getComputedStyle(n).scrollbarWidth") == "thin"
    expect(page.locator(".nav > [aria-current]")).to_be_in_viewport(ratio=0.95)
    page.locator(".brand").focus()
    for _ in range(entries.count() + 6):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "document.activeElement.closest('.nav') && document.activeElement.textContent.trim()"
        )
        if seen:
            expect(page.locator(".nav :focus")).to_be_in_viewport()
        page.evaluate("t => { window.seen = new Set([...(window.seen || []), t]) }", seen)
    assert page.evaluate(
        "[...document.querySelectorAll('.nav > a')].every(a => window.seen.has(a.textContent.trim()))"
    )


def test_the_numbers_of_the_navigation_are_live(hall: Gallery, enter: Enter) -> None:
    page = enter("苏晴", "/manual/")
    expect(page.locator("body.is-live")).to_be_attached()
    number = page.locator(".nav > a", has_text="等待").locator(".count")
    expect(number).to_have_count(0)
    for _ in range(6):
        hall.arrive()
    expect(number).to_have_text("2")
