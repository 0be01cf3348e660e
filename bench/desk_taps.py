"""Seconds and keys of what a residents' desk does most: a call by keyboard alone, a second one meanwhile, a guard's report.

    DATABASE_URL=… YINGBIN_BROWSER=/usr/bin/chromium python -m bench.desk_taps

As `bench.taps`: the product's own server, a real browser, a script that presses five keys a second and taps after 0.6 s;
Chinese by pinyin with its keys, Alt or Ctrl with a letter two keys. From the empty form until the answer stands there. Nobody
thinks or listens, so a person takes as long as the caller speaks; what is compared is the way. Exits 1 where a usual matter
takes fifteen seconds, or a guard twenty.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, sync_playwright

from . import desk, place
from .arrivals import show
from .browsers import browser_path
from .taps import KEY, TAP, Hand, camera_picture, phone

Row = tuple[str, str, str]
NAME, PORT = "bench_desk_taps", 8774
USUAL, GUARD = 15, 20  # seconds


@dataclass
class Keyboard(Hand):
    """A clerk's two hands on a keyboard; the box has the focus when a call comes in."""

    def goes(self, *keys: str) -> None:
        """Keys one after the other; a chord is as many as are held."""
        for one in keys:
            held = len(one.split("+"))
            time.sleep(held * KEY)
            self.page.keyboard.press(one)
            self.keys += held

    def says(self, words: str, pinyin: str = "") -> None:
        """Words by their pinyin, or letters and digits as they are, into what has the focus."""
        if not pinyin:
            return self.goes(*words)
        time.sleep(len(pinyin) * KEY)
        self.page.keyboard.insert_text(words)
        self.keys += len(pinyin)
        return None

    def waits(self, name: str) -> None:
        """Until this box has the focus."""
        self.page.locator(f"[name={name}]:focus").wait_for(state="attached")

    def home(self, typed: str) -> None:
        """Who and where: what is typed, and Return once more for what was found."""
        self.says(typed)
        self.goes("Enter")
        self.waits("words")

    def saved(self, words: str) -> None:
        """Ctrl-Return, and what is said then; the form stands ready again."""
        self.goes("Control+Enter")
        self.page.locator(".message", has_text=words).first.wait_for()


Deed = Callable[[Keyboard, bytes], None]


def usual(hand: Keyboard, photo: bytes) -> None:
    """A room, a few words."""
    hand.home("1-2-1801")
    hand.says("厨房水管漏水", "chufangshuiguanloushui ")
    hand.saved("号已登记")


def by_number(hand: Keyboard, photo: bytes) -> None:
    """The last digits of a telephone, a complaint."""
    hand.home("8821")
    hand.says("楼上半夜装修", "loushangbanyezhuangxiu ")
    hand.goes("Alt+t")
    hand.saved("号已登记")


def at_the_counter(hand: Keyboard, photo: bytes) -> None:
    """Somebody stands there, urgent."""
    hand.home("3-2-1801")
    hand.says("电梯困人", "diantikunren ")
    hand.goes("Alt+f", "Alt+u")
    hand.saved("号已登记")


def asked(hand: Keyboard, photo: bytes) -> None:
    """What the base of answers knows."""
    hand.home("4-2-1801")
    hand.goes("Alt+z", "Alt+w")
    hand.says("停车费怎么交", "tingchefeizenmejiao ")
    hand.page.locator("[name=entry]").nth(1).wait_for(state="attached")
    hand.goes("Alt+a")
    hand.saved("当场答复")


def again(hand: Keyboard, photo: bytes) -> None:
    """The first one calls again: it is added to what is open."""
    hand.home("1-2-1801")
    hand.says("还在漏", "haizailou ")
    hand.says("水", "shui ")
    hand.goes("Control+Enter")
    hand.waits("twin")
    hand.goes("Enter")
    hand.page.locator(".message", has_text="已补充到").wait_for()


def nobody(hand: Keyboard, photo: bytes) -> None:
    """A call without a number, about no home."""
    hand.goes("Enter")
    hand.says("北门岗亭", "beimengangting ")
    hand.goes("Enter")
    hand.says("路灯不亮", "ludengbuliang ")
    hand.saved("号已登记")


def meanwhile(hand: Keyboard, photo: bytes) -> None:
    """Half a call, an urgent second one, and the first to its end: the keys of both."""
    hand.home("5-2-1801")
    hand.says("主卧窗户", "zhuwochuanghu ")
    hand.goes("Alt+p")
    hand.page.locator("[data-waiting]").wait_for()
    hand.waits("q")
    hand.home("6-2-1801")
    hand.says("着火了", "zhaohuole ")
    hand.goes("Alt+u")
    hand.saved("号已登记")
    hand.waits("words")
    hand.goes("Control+End")
    hand.says("关不严", "guanbuyan ")
    hand.saved("号已登记")


def guard(hand: Keyboard, photo: bytes) -> None:
    """On the rounds: where, what, urgent, a photo."""
    page = hand.page
    hand.types(page.locator("[name=place]"), "3栋2单元电梯口", "3dong2danyuandiantikou ")
    hand.types(page.locator("[name=words]"), "电梯门关不上", "diantimenguanbushang ")
    hand.tap(page.locator(".guard-urgent"))
    hand.photo(page.locator("main input[type=file]").first, photo)
    page.locator(".photo img").wait_for()
    hand.tap(page.get_by_role("button", name="报给前台"))
    page.locator(".message", has_text="已报给客服前台").wait_for()


DEEDS: tuple[tuple[str, str, Deed, int], ...] = (
    ("a room, six characters", "clerk", usual, USUAL),
    ("the end of a telephone's number, a complaint", "clerk", by_number, USUAL),
    ("somebody at the counter, urgent", "clerk", at_the_counter, USUAL),
    ("an enquiry answered out of the base", "clerk", asked, USUAL),
    ("the same home calls again: added to what is open", "clerk", again, USUAL),
    ("a call without a number, about no home", "clerk", nobody, USUAL),
    ("a call half typed, a second one between, the first to its end", "clerk", meanwhile, 2 * USUAL),
    ("a guard's report with a photo, urgent", "guard", guard, GUARD),
)  # fmt: skip


def measure() -> tuple[list[Row], list[str]]:
    """Rows of (what, figure, aim), and what took longer than it should."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["YINGBIN_DATA"] = folder
        cookies, code = _office()
        with place.server(NAME, workers=1, port=PORT), sync_playwright() as playwright:
            path = browser_path()
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            pages = {"clerk": phone(browser, cookies["clerk"], PORT, 1280), "guard": phone(browser, cookies["guard"], PORT)}  # fmt: skip
            photo, rows, late = camera_picture(), [], []
            for what, who, deed, most in DEEDS:
                took, row = _timed(pages[who], code, what, deed, most, photo)
                rows.append(row)
                late += [f"{what}: {took:.1f} s"] if took > most else []
            browser.close()
    place.drop(NAME)
    return rows, late


def _timed(page: Page, code: str, what: str, deed: Deed, most: int, photo: bytes) -> tuple[float, Row]:  # fmt: skip
    page.goto(f"/s/{code}/desk/new/")
    hand = Keyboard(page)
    page.wait_for_load_state("networkidle")
    began = time.perf_counter()
    deed(hand, photo)
    took = time.perf_counter() - began
    taps = f", {hand.taps} taps" if hand.taps else ""
    hands = hand.taps * TAP + hand.keys * KEY
    return took, (what, f"{took:.1f} s, {hand.keys} keys{taps}, hands alone {hands:.1f} s", f"≤ {most} s")  # fmt: skip


def _office() -> tuple[dict[str, str], str]:
    """An office with sixty homes, one of them lived in, a guard, and an answer that is often given."""
    from django.utils import timezone

    with place.new_company(NAME) as now:
        from yingbin.desk.actions.answers import Wording, keep
        from yingbin.desk.actions.estate import move_in
        from yingbin.journal.action import Acting
        from yingbin.people.models import Assignment, Staff

        made = desk.office(0, now)
        watch = Staff.objects.create(account="watch", name="潘伟")
        Assignment.objects.create(site_id=made.site, staff=watch, role="duty_guard", since=now)
        acting = [Acting(made.site, f"taps{n}", made.clerk, timezone.now()) for n in range(2)]
        move_in(
            acting[0], home_id=made.homes[1], capacity="owner", name="王秀英", phone="13912348821"
        )
        keep(acting[1], told=Wording("other", "停车费怎么交", "每月五号前，在前台或公众号里交。"))
        cookies: dict[str, Any] = {"clerk": made.session, "guard": place.session(watch)[0]}
    return cookies, made.code


def main() -> int:
    """Measures and prints."""
    rows, late = measure()
    show(rows)
    print("\n".join(late) or "nothing took too long")
    return bool(late)


if __name__ == "__main__":
    sys.exit(main())
