"""The product on a phone's home screen: installable, called while it is closed, honest without a network."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.gallery.conftest import Gallery
from yingbin.notices.models import PushDevice

from .conftest import BROWSER, FLAGS, Enter

# A browser whose push service gives an address; the real one isn't reached from a test.
SUBSCRIBED = """

  Object.defineProperty(Notification, "permission", { get: () => sessionStorage.allowed || "default" });
  Notification.requestPermission = async () => sessionStorage.allowed = "granted";
  PushManager.prototype.subscribe = async (wanted) => {
    if (wanted.applicationServerKey.length !== 65 || !wanted.userVisibleOnly) throw new Error("not a key");
    const made = { endpoint: "https://push.example/linyue", keys: { p256dh: P256DH, auth: "AAAAAAAAAAAAAAAAAAAAAA" } };
    return { toJSON: () => made };
  };
"""
POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"


def ask(page: Page, what: str) -> dict[str, Any]:
    line = page.context.new_cdp_session(page)
    line.send("Page.enable")
    return dict(line.send(what))


@pytest.fixture
def browser(chromium: Browser, served: str, tmp_path: Path) -> Iterator[BrowserContext]:
    """A browser with a profile of its own: from a private window nothing is ever installed."""
    own = chromium.browser_type.launch_persistent_context(
        tmp_path, executable_path=BROWSER, args=FLAGS, base_url=served, locale="zh-CN"
    )
    yield own
    own.close()


def test_chromium_itself_finds_nothing_that_keeps_it_from_the_home_screen(
    hall: Gallery, enter: Enter, browser: BrowserContext
) -> None:
    browser.add_cookies(enter("林悦").context.cookies())  # type: ignore[arg-type]
    page = browser.new_page()
    page.goto("/gallery/mine/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    assert ask(page, "Page.getInstallabilityErrors")["installabilityErrors"] == []
    told = ask(page, "Page.getAppManifest")
    assert told["errors"] == []
    said = json.loads(told["data"])
    assert said["name"].startswith("迎宾 · ")
    assert (said["start_url"], said["display"]) == ("/", "standalone")
    assert {(i["sizes"], i["purpose"]) for i in said["icons"]} == {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")
    }  # fmt: skip
    for icon in said["icons"]:
        draw = "async (src) => { const i = new Image(); i.src = src; await i.decode(); return i.width }"
        size = page.evaluate(draw, icon["src"])
        assert f"{size}x{size}" == icon["sizes"]


def test_without_a_network_the_phone_says_so_and_shows_nobodys_data(
    hall: Gallery, enter: Enter
) -> None:
    page = enter("林悦", "/gallery/mine/", phone=True)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.context.set_offline(True)
    page.goto("/gallery/mine/")
    expect(page.get_by_role("heading", name="没有网络")).to_be_visible()
    assert "林悦" not in page.content()
    kept = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (n) =>"
        " (await (await caches.open(n)).keys()).map((r) => new URL(r.url).pathname)))).flat()"
    )
    assert len(kept) == 2
    assert "/no-network/" in kept
    page.context.set_offline(False)
    page.get_by_role("link", name="再试一次").click()
    expect(page.get_by_role("heading", name="手机响不响")).to_be_visible()


def test_a_phone_allows_itself_to_be_called_and_is_known_again_after_signing_in(
    hall: Gallery, enter: Enter
) -> None:
    page = enter("林悦", "/", phone=True)
    page.context.add_init_script(SUBSCRIBED.replace("P256DH", json.dumps(POINT)))
    page.goto("/notices/ringing/")
    page.get_by_role("button", name="允许本机提醒").click()
    expect(page.get_by_text("本机已允许")).to_be_visible()
    first = PushDevice.objects.get()
    assert first.staff_id == hall.id("林悦")
    page.get_by_role("button", name="试一试").click()
    page.get_by_role("button", name="没响").click()
    expect(page.locator(".pill", has_text="手机没响")).to_be_visible()
    # Another session, as after signing in again: the same phone says by itself that it is still here.
    PushDevice.objects.update(session_key="gone")
    with page.expect_response("**/notices/ringing/device/"):
        page.goto("/gallery/mine/")
    again = PushDevice.objects.get()
    assert (again.id, again.session_key) == (first.id, first.session_key)


def test_without_script_the_page_says_what_else_there_is(hall: Gallery, enter: Enter) -> None:
    page = enter("林悦", "/notices/ringing/", phone=True, script=False)
    expect(page.get_by_text("也可以用下面的「在群里@我」")).to_be_visible()
    page.get_by_role("button", name="允许在群里@我").click()
    expect(page.get_by_text("已允许", exact=True)).to_be_visible()
