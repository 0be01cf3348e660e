"""A closing check with 24 photos from a phone on a slow line: 400 kbit/s, 400 ms, as Chromium plays it.

    DATABASE_URL=… YINGBIN_BROWSER=/usr/bin/chromium python -m bench.photos [--rooms 8] [--each 3] [--originals 1]

The product's own server, a real browser. Somebody goes from room to room, takes the photos and taps; the photos go up
meanwhile, made small by the page's script. Beside it, on the same line, originals posted with a plain form, as without a
script: so many of them, reckoned up to all, since the line is what takes the time.
"""

import argparse
import io
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import psycopg
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Request, sync_playwright

from . import place
from .arrivals import show
from .browsers import browser_path

Row = tuple[str, str, str]
NAME, PORT = "bench_photos", 8771
BYTES_A_SECOND, LATENCY = 400_000 / 8, 400
CAMERA = (4032, 3024)  # twelve million pixels


@dataclass(frozen=True)
class Walk:
    """One way of sending: photos that arrived, seconds until the last tap and until all is there, bytes that went up."""

    photos: int
    tapped: float
    there: float
    sent: int


def shots(many: int) -> list[bytes]:
    """As a phone's camera gives them, about four megabytes each; no two alike."""
    width, height = CAMERA
    wide = (width + 400, height + 400)
    things = Image.effect_noise((wide[0] // 12, wide[1] // 12), 90).resize(wide, Image.BICUBIC)
    grain = Image.effect_noise(wide, 22)
    room = Image.merge("RGB", [Image.blend(things, grain, part) for part in (0.2, 0.25, 0.3)])
    found = []
    for n in range(many):
        out = io.BytesIO()
        left, top = 16 * n % 400, 24 * n % 400
        room.crop((left, top, left + width, top + height)).save(out, "JPEG", quality=90)
        found.append(out.getvalue())
    return found


def measure(rooms: int = 8, each: int = 3, originals: int = 1) -> list[Row]:
    """Rows of (what, figure, aim)."""
    taken = shots(rooms * each)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["YINGBIN_DATA"] = folder
        cookie, address = _house(rooms + 1)
        with place.server(NAME, workers=1, port=PORT), _browser() as browser:
            spare = f"第{rooms + 1}间"
            plain = _posted(
                _phone(browser, cookie, script=False), address, spare, taken[:originals]
            )
            ours = _walked(_phone(browser, cookie), address, taken, each)
    place.drop(NAME)
    return _rows(ours, plain, sum(map(len, taken)))


def _rows(ours: Walk, plain: Walk, whole: int) -> list[Row]:
    many = ours.photos
    seconds, sent = (n * many / plain.photos for n in (plain.there, plain.sent))
    return [
        (f"{many} photos as taken", f"{whole / 1e6:.1f} MB", ""),
        ("originals in a plain form", f"{seconds:.0f} s, {sent / 1e6:.1f} MB", ""),
        ("… measured with", f"{plain.photos}: {plain.there:.0f} s, {plain.sent / 1e6:.1f} MB", ""),
        ("ours, until the last tap", f"{ours.tapped:.0f} s", ""),
        ("ours, until all is there", f"{ours.there:.0f} s, {ours.sent / 1e6:.1f} MB", ""),
        ("ours to the originals, seconds", f"{ours.there / seconds:.3f}", ""),
        ("ours to the originals, bytes", f"{ours.sent / sent:.3f}", ""),
    ]


def _house(rooms: int) -> tuple[str, str]:
    """A place that closes in twenty minutes, with a photo asked for in so many rooms; a session, the check's address."""
    place.drop(NAME)
    place.admin(f"create database {NAME}")
    place.use(NAME)
    from django.core.management import call_command
    from django.utils import timezone

    from yingbin.people.models import Assignment, Company, Site, Staff

    call_command("migrate", verbosity=0)
    now = timezone.now()
    Company.objects.create(name="澄湖置业", set_up_at=now)
    site = Site.objects.create(
        kind="show_flat", code="flat", name="洋房样板间", short_name="样板间"
    )
    for account, role in (("ye", "receptionist"), ("lead", "lead")):
        staff = Staff.objects.create(account=account, name=account, pinyin=account)
        Assignment.objects.create(site=site, staff=staff, role=role, since=now - timedelta(days=9))
    post = _played(site, rooms, now)
    cookie, _ = place.session(Staff.objects.get(account="ye"))
    place.close()
    return cookie, f"/s/flat/duty/check/{post}/closing/"


def _played(site: Any, rooms: int, now: Any) -> Any:
    """Its list, its post, and somebody who is there; what has to be counted is counted."""
    from yingbin.duty.actions import check_lists, planning, presence
    from yingbin.duty.models import PostRule
    from yingbin.duty.shipped import SHIPPED
    from yingbin.journal.action import Acting
    from yingbin.people.calendar import ZONE
    from yingbin.people.models import OpeningHours, Staff

    ids, here = {s.account: s.id for s in Staff.objects.all()}, now.astimezone(ZONE)

    def do(work: Any, by: str, key: str, **told: Any) -> Any:
        return work(Acting(site.id, key, ids[by], now), **told)

    opens, closes = (f"{here + timedelta(minutes=n):%H:%M}" for n in (-120, 20))
    for day in range(7):
        OpeningHours.objects.create(site=site, weekday=day, opens=opens, closes=closes)
    rule = do(planning.keep_post, "lead", "post", name="洋房", kind="show_flat")
    for number, room in enumerate(SHIPPED["closing"].sections):
        parts = [item.id for item in room.items if not item.is_tick]
        for item in parts:
            do(check_lists.drop_part, "lead", f"drop{number}{item}", check="closing", part=item)
    for n in range(rooms):
        told = {"check": "closing", "title": f"第{n + 1}间"}
        room = do(check_lists.draft_section, "lead", f"room{n}", **told)
        values = {"title": "全景", "kind": "photo"}
        do(check_lists.draft_item, "lead", f"item{n}", check="closing", section=str(room), values=values)  # fmt: skip
    do(check_lists.publish_list, "lead", "publish", check="closing")
    do(presence.sign_on, "ye", "on")
    return PostRule.objects.get(id=rule).post_id


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = browser_path()
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def _phone(browser: Browser, cookie: str, *, script: bool = True) -> Page:
    """Somebody's phone, signed in, on the slow line."""
    base = f"http://127.0.0.1:{PORT}"
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", base_url=base,
        service_workers="block", java_script_enabled=script,
    )  # fmt: skip
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": base}])
    context.set_default_timeout(120_000)
    page = context.new_page()
    line = {"downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND}
    tuned = context.new_cdp_session(page)
    tuned.send("Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY, **line})
    return page


def _walked(page: Page, address: str, taken: list[bytes], each: int) -> Walk:
    """From room to room: photos, a tap, the next; then the phone may go into the pocket."""
    went = _requests(page)
    page.goto(address)
    before, began = _arrived(), time.perf_counter()
    for n in range(len(taken) // each):
        room = _room(page, f"第{n + 1}间")
        files = [_file(data) for data in taken[n * each : (n + 1) * each]]
        room.locator("[data-ready] input[multiple]").set_input_files(files)
        room.get_by_role("button", name="本间全部正常").click()
    tapped = time.perf_counter() - began
    while _arrived() - before < len(taken):
        page.wait_for_timeout(250)
        if time.perf_counter() - began > 1800:
            raise SystemExit(f"{_arrived() - before} of {len(taken)} photos came in half an hour")
    there = time.perf_counter() - began
    page.wait_for_timeout(2000)
    return Walk(len(taken), tapped, there, _bytes(went))


def _posted(page: Page, address: str, title: str, taken: list[bytes]) -> Walk:
    """Originals with a form as the browser sends it by itself."""
    went = _requests(page)
    page.goto(address)
    began = time.perf_counter()
    room = _room(page, title)
    room.locator("input[multiple]").set_input_files([_file(data) for data in taken])
    room.get_by_role("button", name="本间全部正常").click()
    while _arrived() < len(taken):
        page.wait_for_timeout(250)
    there = time.perf_counter() - began
    page.wait_for_load_state()
    return Walk(len(taken), there, there, _bytes(went))


def _room(page: Page, title: str) -> Locator:
    return page.locator(".check-room", has=page.locator("h2", has_text=title))


def _file(data: bytes) -> Any:
    return {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": data}


def _requests(page: Page) -> list[Request]:
    found: list[Request] = []

    def note(request: Request) -> None:
        found.append(request)

    page.on("requestfinished", note)
    return found


def _bytes(went: list[Request]) -> int:
    """What was posted, photos and forms."""
    posts = [r.all_headers() for r in went if r.method == "POST"]
    return sum(int(told.get("content-length", "0")) for told in posts)


def _arrived() -> int:
    """Photos that hang on an answer."""
    with psycopg.connect(place.database(NAME)) as line:
        asked = line.execute("select count(*) from files_storedfile where attached_at is not null")
        return int((asked.fetchone() or (0,))[0])


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rooms", type=int, default=8)
    parser.add_argument("--each", type=int, default=3)
    parser.add_argument("--originals", type=int, default=1)
    args = parser.parse_args()
    show(measure(args.rooms, args.each, args.originals))


if __name__ == "__main__":
    main()
