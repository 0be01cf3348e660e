"""Seconds and taps of what people on duty do most, on a phone: a check all well, a visitor in, a slip, a handover, a break.

    DATABASE_URL=… YINGBIN_BROWSER=/usr/bin/chromium python -m bench.taps

The product's own server and a real browser, played by a script: 0.6 s before each tap, five keys a second, Chinese by
pinyin with its keys, a photo as three taps of the camera, a name written on the glass in about two seconds. From the
page 现在 until what was done stands there. Nobody thinks, so a person takes longer; what is compared is the way.
"""

import argparse
import io
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from . import place
from .arrivals import show
from .browsers import browser_path

Row = tuple[str, str, str]
NAME, PORT = "bench_taps", 8772
TAP, KEY = 0.6, 0.2
PEOPLE = {"ye": "叶小满", "chen": "陈晓", "lead": "许诺"}


@dataclass
class Hand:
    """Somebody's hand on their phone: what it did so far."""

    page: Page
    taps: int = 0
    keys: int = 0
    strokes: int = 0

    def tap(self, what: Locator) -> None:
        """Looks for it, and taps."""
        what.wait_for()
        time.sleep(TAP)
        what.click()
        self.taps += 1

    def types(self, box: Locator, words: str, pinyin: str = "") -> None:
        """Words by their pinyin, or letters and digits as they are; the box has to be tapped first."""
        self.tap(box)
        keys = len(pinyin or words)
        time.sleep(keys * KEY)
        box.fill(words)
        self.keys += keys

    def photo(self, box: Locator, data: bytes) -> None:
        """The camera's button, the shutter, 使用照片."""
        time.sleep(3 * TAP)
        box.set_input_files({"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": data})
        self.taps += 3

    def sign(self) -> None:
        """A name on the glass."""
        pane = self.page.locator("[data-glass=drawn][data-ready] canvas")
        pane.evaluate("pane => pane.scrollIntoView({block: 'center'})")
        box = pane.bounding_box()
        assert box
        for n in range(3):
            x, y = box["x"] + box["width"] * (0.2 + n * 0.2), box["y"] + box["height"] * 0.3
            self.page.mouse.move(x, y)
            self.page.mouse.down()
            for part in range(1, 9):
                self.page.mouse.move(x + box["width"] * 0.015 * part, y + box["height"] * part / 20)
                time.sleep(0.05)
            self.page.mouse.up()
            time.sleep(0.2)
        self.strokes += 1


@dataclass(frozen=True)
class Flat:
    """Two phones of one flat, at their 现在."""

    ye: Page
    chen: Page
    photo: bytes

    def both(self) -> None:
        """Both look at 现在."""
        for page in (self.ye, self.chen):
            page.goto("/s/flat/duty/")


Deed = Callable[[Flat, list[Hand]], None]


def check(flat: Flat, hands: list[Hand]) -> None:
    """The opening check as it is shipped: rooms, one count, the signature."""
    hand, page = hands[0], flat.ye
    hand.tap(page.locator("a.duty-due", has_text="开门检查"))
    well = "本间全部正常"
    page.locator(".check-room").first.wait_for()
    for title in page.locator(".check-room h2").all_inner_texts():
        room = page.locator(".check-room", has=page.locator("h2", has_text=title))
        if room.locator("input[inputmode=numeric]").count():
            hand.types(room.locator("input[inputmode=numeric]"), "12")
        hand.tap(room.get_by_role("button", name=well))
        room.get_by_role("button", name=well).wait_for(state="detached")
    hand.tap(page.get_by_role("button", name="签字"))
    page.get_by_text("叶小满签好了").wait_for()


def visitor(flat: Flat, hands: list[Hand]) -> None:
    """Three who have never been to the sales centre."""
    hand, page = hands[0], flat.ye
    hand.tap(page.locator(".guests-size label", has_text="3"))
    hand.tap(page.get_by_role("button", name="没到过售楼处"))
    page.wait_for_url("**/guests/**")


def slip(flat: Flat, hands: list[Hand]) -> None:
    """主卧灯不亮, with a photo of it."""
    hand, page = hands[0], flat.ye
    hand.tap(page.locator(".duty-tiles a", has_text="信息传递单"))
    hand.types(page.get_by_label("什么事"), "主卧灯不亮", "zhuwodengbuliang ")
    hand.photo(page.locator("main input[type=file]").first, flat.photo)
    hand.tap(page.get_by_role("button", name="记下").first)
    page.wait_for_url(lambda url: "/line/new/" not in url)


def handover(flat: Flat, hands: list[Hand]) -> None:
    """叶 hands over to 陈 with one open slip: 陈 checks it and signs on one phone, then 叶 on the other."""
    giver, receiver = hands
    giver.tap(flat.ye.locator(".duty-tiles a", has_text="交接班"))
    giver.tap(flat.ye.get_by_role("button", name="开始交接"))
    receiver.tap(flat.chen.locator("a.duty-due", has_text="交接班"))
    receiver.tap(flat.chen.locator(".dock a", has_text="签字"))
    receiver.sign()
    receiver.tap(flat.chen.locator("button", has_text="签字").or_(flat.chen.get_by_role("button", name="签好了")).first)  # fmt: skip
    giver.tap(flat.ye.locator(".dock a", has_text="签字"))
    giver.sign()
    giver.tap(flat.ye.get_by_role("button", name="签好了"))
    flat.ye.get_by_text("双方已签，交接完成").wait_for()


def rest(flat: Flat, hands: list[Hand]) -> None:
    """陈 asks for ten minutes now, may go, and goes."""
    hand, page = hands[0], flat.chen
    hand.page = page
    hand.tap(page.locator("#break summary"))
    hand.types(page.locator("#break [name=minutes]"), "10")
    hand.tap(page.get_by_role("button", name="看看能不能去"))
    hand.tap(page.get_by_role("button", name="现在去"))
    page.get_by_role("button", name="我回来了").wait_for()


DEEDS: tuple[tuple[str, Deed, int], ...] = (
    ("an opening check of three rooms, all well, with one count", check, 1),
    ("visitors in", visitor, 1),
    ("a slip with a photo", slip, 1),
    ("a handover signed by both", handover, 2),
    ("a break of ten minutes asked and begun", rest, 1),
)


def measure() -> list[Row]:
    """Rows of (what, figure, aim)."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["YINGBIN_DATA"] = folder
        cookies = _house()
        with place.server(NAME, workers=1, port=PORT), sync_playwright() as playwright:
            path = browser_path()
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            flat = Flat(
                phone(browser, cookies["ye"]), phone(browser, cookies["chen"]), camera_picture()
            )
            rows = [_timed(flat, *deed) for deed in DEEDS]
            browser.close()
    place.drop(NAME)
    return rows


def _timed(flat: Flat, what: str, deed: Deed, many: int) -> Row:
    flat.both()
    hands = [Hand(page) for page in (flat.ye, flat.chen)[:many]]
    began = time.perf_counter()
    deed(flat, hands)
    took = time.perf_counter() - began
    taps, keys, signed = (sum(getattr(h, n) for h in hands) for n in ("taps", "keys", "strokes"))
    told = f"{took:.1f} s, {taps} taps"
    told += f", {keys} keys" if keys else ""
    told += f", {signed} signatures" if signed else ""
    return (what, told, f"hands alone {taps * TAP + keys * KEY:.1f} s")


def camera_picture() -> bytes:
    """As a phone's camera gives it, some four megabytes."""
    out = io.BytesIO()
    noise = Image.effect_noise((4032, 3024), 40)
    Image.merge("RGB", [noise] * 3).save(out, "JPEG", quality=60)
    return out.getvalue()


def phone(browser: Browser, cookie: str, port: int = PORT, width: int = 390) -> Page:
    """Somebody's device, signed in."""
    base = f"http://127.0.0.1:{port}"
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        locale="zh-CN",
        base_url=base,
        service_workers="block",
    )
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": base}])
    return context.new_page()


def _house() -> dict[str, str]:
    """A flat that opens in twenty minutes, with two who are there; their sessions."""
    place.drop(NAME)
    place.admin(f"create database {NAME}")
    place.use(NAME)
    from django.core.management import call_command
    from django.utils import timezone

    from yingbin.people.models import Assignment, Company, Site, Staff

    call_command("migrate", verbosity=0)
    now = timezone.now()
    Company.objects.create(name="澄湖置业", set_up_at=now)
    site = Site.objects.create(kind="show_flat", code="flat", name="洋房", short_name="洋房")
    for account, name in PEOPLE.items():
        staff = Staff.objects.create(account=account, name=name, pinyin=account)
        role = "lead" if account == "lead" else "receptionist"
        Assignment.objects.create(site=site, staff=staff, role=role, since=now - timedelta(days=9))
    _manned(site, now)
    cookies = {a: place.session(Staff.objects.get(account=a))[0] for a in ("ye", "chen")}
    place.close()
    return cookies


def _manned(site: Any, now: datetime) -> None:
    """Its hours, its post, and whoever came to work."""
    from yingbin.duty.actions import planning, presence
    from yingbin.journal.action import Acting
    from yingbin.people.calendar import ZONE
    from yingbin.people.models import OpeningHours, Staff

    here = now.astimezone(ZONE)
    last = here.replace(hour=23, minute=59)
    opens, closes = (f"{min(here + timedelta(minutes=n), last):%H:%M}" for n in (10, 90))
    if opens == closes or here.hour < 4:
        raise SystemExit(
            "nobody opens a show flat at night: measure between four and half past eleven"
        )
    for day in range(7):
        OpeningHours.objects.create(site=site, weekday=day, opens=opens, closes=closes)
    ids = {s.account: s.id for s in Staff.objects.all()}
    post = planning.keep_post.given(name="洋房样板间", kind="show_flat")
    post(Acting(site.id, "post", ids["lead"], now))
    for who in ("ye", "chen"):
        presence.sign_on(Acting(site.id, f"on-{who}", ids[who], now))


def main() -> None:
    """Measures and prints."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    show(measure())


if __name__ == "__main__":
    main()
