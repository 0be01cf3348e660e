"""A real server and a real browser over the tests' own database; people as pages."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from bench.browsers import browser_path
from tests.gallery.conftest import NAMES, Gallery
from tests.journeys.at_desk import PEOPLE, Desk
from tests.journeys.at_gate import GateHouse, served_here
from yingbin.web.demo import cast

ROOT = Path(__file__).resolve().parents[2]
BROWSER = browser_path() or ""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The address bar of each window nobody sees is two pages of its own; the rest is what Playwright leaves out.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,"
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,LensOverlay,MediaRouter,PaintHolding,"
    "OptimizationHints,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect",
]
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's loop runs in this very thread
expect.set_options(timeout=25_000)  # the other worker may be besieging a server just then


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys are marked as such, and left out loudly where there is no browser."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)
            if not BROWSER:
                item.add_marker(pytest.mark.skip(reason="NO BROWSER: install chromium"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def served(django_db_setup: None) -> Iterator[str]:
    """The product's own server over the tests' database."""
    yield from serve()


def serve(**more: str) -> Iterator[str]:
    """A server over the tests' database; `more`: its environment beside the usual one."""
    from urllib.parse import quote

    from django.db import connection

    s = connection.settings_dict
    host = s["HOST"] or s["OPTIONS"].get("host", "")
    user = quote(s["USER"] or "")
    secret = f":{quote(s['PASSWORD'])}" if s["PASSWORD"] else ""
    if host.startswith("/") or not host:
        url = f"postgres://{user}{secret}@/{s['NAME']}?host={host}"
    else:
        url = f"postgres://{user}{secret}@{host}:{s['PORT'] or 5432}/{s['NAME']}"
    port = free_port()
    environment = {**os.environ, "DATABASE_URL": url, "YINGBIN_TESTING": "1", **more}
    words = [sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1"]
    words += ["--port", str(port), "--workers", "1", "--no-ws", "--log-level", "error"]
    server = subprocess.Popen([*words, "yingbin.web.asgi:app"], cwd=ROOT, env=environment)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            with suppress(OSError), urllib.request.urlopen(f"{base}/healthz", timeout=2):
                break
            time.sleep(0.1)
        yield base
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def gallery(transactional_db: None) -> Gallery:
    """The cast and their gallery, committed; it hasn't opened yet. The clock is the real one."""
    made = Gallery()
    made.now = timezone.now()
    return made


@pytest.fixture
def hall(gallery: Gallery) -> Gallery:
    """An open gallery with 林悦, 周航, 吴敏, 陈思远 in the queue, in this order."""
    gallery.open("林悦", "周航", "吴敏", "陈思远")
    return gallery


@pytest.fixture
def desk(transactional_db: None) -> Iterator[Desk]:
    """The demo's management office; its people can sign in while the test lasts."""
    yield Desk()
    for name in PEOPLE.keys() - {m.name for m in cast.EVERYONE}:
        NAMES.pop(name, None)


@pytest.fixture
def house(
    transactional_db: None, chromium: Browser, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> Iterator[GateHouse]:  # fmt: skip
    """澄湖总部 and its gates on a Monday at nine; its pages and all devices have that time."""
    settings.DATA_DIR = tmp_path
    with served_here() as base:
        made = GateHouse(base, chromium)
        monkeypatch.setattr(timezone, "now", lambda: made.now)
        yield made
        for context in made.contexts:
            context.close()
    assert not made.broken, "\n".join(made.broken)


Enter = Callable[..., Page]


def session_of(name: str) -> str:
    """The person signs in by password, without loading the page for it: that has journeys of its own."""
    device = Client()
    answer = device.post("/login/", {"login": NAMES[name], "password": cast.PASSWORD})
    assert answer.status_code == 302, f"{name} was not let in"
    return device.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def enter(served: str, chromium: Browser) -> Iterator[Enter]:
    """`enter("苏晴", "/gallery/arrival/")`: the person signs in on a device of their own."""
    contexts: list[BrowserContext] = []
    broken: list[
        str
    ] = []  # a script that doesn't run leaves a page that looks whole and does nothing

    def come(
        name: str,
        path: str = "/",
        *,
        phone: bool = False,
        script: bool = True,
        worker: Literal["allow", "block"] = "allow",
    ) -> Page:
        size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
        context = chromium.new_context(
            viewport=size,
            locale="zh-CN",
            reduced_motion="reduce",  # whatever glows for minutes is drawn sixty times a second
            java_script_enabled=script,
            base_url=served,
            service_workers=worker,  # `page.route` sees no request of a page that has one
        )
        contexts.append(context)
        context.on("weberror", lambda told: broken.append(f"{told.page} {told.error}"))
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session_of(name), "url": served}]
        )
        page = context.new_page()
        page.goto(path)
        return page

    yield come
    for context in contexts:
        context.close()
    assert not broken, "\n".join(broken)


def sign(page: Page, name: str = "客户", phone: str = "") -> None:
    """On the receiver's phone: the customer's row is written, the receiver signs on the glass (TQ-3)."""
    page.get_by_role("link", name="请客户登记、签名").first.click()
    page.locator("#e-name").fill(name)
    if phone:
        page.locator("#e-phone").fill(phone)
    elif not page.locator("#e-phone").get_attribute("placeholder").startswith("已留"):  # type: ignore[union-attr]
        page.locator("#e-why").fill("没留电话")
    page.get_by_role("radio", name="同意", exact=True).check(force=True)
    draw(page)
    page.get_by_role("button", name="签名，记入登记册").click()
    page.get_by_role("button", name="接待完毕").wait_for()


def draw(page: Page) -> None:
    """A few strokes on the receiver's glass."""
    pane = page.locator("[data-glass=drawn][data-ready] canvas")
    pane.evaluate("pane => pane.scrollIntoView({block: 'center'})")  # clear of the dock below
    box = pane.bounding_box()
    assert box
    for n in range(3):
        x, y = box["x"] + box["width"] * (0.2 + n * 0.2), box["y"] + box["height"] * 0.3
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + box["width"] * 0.12, y + box["height"] * 0.4, steps=8)
        page.mouse.up()
    expect(page.locator("[data-glass=drawn] input")).not_to_have_value("")
