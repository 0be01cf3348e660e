"""Which pictures the documents have: who looks, at which page, how wide, what is done there first."""

import re
import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple

from playwright.sync_api import Page

from yingbin.web.demo import cast


class Shot(NamedTuple):
    """A picture of the documents: its name, who looks, at which page, how wide, what is done there first."""

    name: str
    account: str
    page: str
    width: int
    first: Callable[[Page], None] | None = None
    night: bool = False
    place: str = ""

    @property
    def address(self) -> str:
        """The page, at its place where one is named."""
        return f"/s/{self.place}{self.page}" if self.place else self.page


def answered(page: Page) -> None:
    """A group that never came before is received."""
    page.locator("label.choice", has_text="第一次来").click()
    page.locator("label.choice", has_text="没有").click()
    number = int(time.time()) % 100_000_000  # nobody who is here already
    page.locator("#q").fill(f"孟祥和 139{number:08}")
    page.locator("input[name=people][value='3']").check(force=True)
    page.get_by_role("button", name="安排接待").click()
    page.wait_for_url("**/gallery/visit/**")


def handed(page: Page) -> None:
    """The customer has the device."""
    page.get_by_role("button", name="请客户签", exact=True).click()
    page.get_by_text("欢迎来到").wait_for()


def ruled(page: Page) -> None:
    """The first dispute that is ruled."""
    page.locator(".rows li", has_text="已裁定").locator("a").first.click()
    page.locator("h1").wait_for()


GALLERY = [
    Shot("arrival", "suqing", "/gallery/arrival/", 1280),
    Shot("arrival", "suqing", "/gallery/arrival/", 390),
    Shot("answer", "suqing", "/gallery/arrival/", 390, answered),
    Shot("waiting", "suqing", "/gallery/waiting/", 1280),
    Shot("calls", "suqing", "/gallery/calls/", 390),
    Shot("board", "daping", "/gallery/board/", 1920),
    Shot("board", "daping", "/gallery/board/", 1920, night=True),
    Shot("supervision", "zhenglan", "/gallery/supervision/", 1280),
    Shot("register", "zhenglan", "/gallery/register/", 1280),
    Shot("register-sheet", "zhenglan", "/gallery/register/sheet/", 1280),
    Shot("figures", "zhenglan", "/reports/", 1280),
    Shot("decisions", "zhenglan", "/gallery/decisions/", 1280),
    Shot("case", "zhenglan", "/gallery/cases/", 1280, ruled),
    Shot("case", "zhenglan", "/gallery/cases/", 390, ruled),
    Shot("outage", "zhenglan", "/gallery/outage/", 1280),
    Shot("inbox", "zhenglan", "/inbox/", 390),
]


def followed(what: str) -> Callable[[Page], None]:
    """The first link that leads to such an address."""

    def follow(page: Page) -> None:
        there = page.locator("main a[href]").evaluate_all("links => links.map(a => a.href)")
        found = [one for one in there if re.search(what, one)]
        if not found:
            raise LookupError(f"{page.url} leads to no {what}")
        page.goto(found[0])

    return follow


def sought(text: str, what: str = "") -> Callable[[Page], None]:
    """What the residents' box finds, and of that the first link that leads to such an address."""

    def seek(page: Page) -> None:
        page.locator("main [name=q]").fill(text)
        page.locator("main [name=q]").press("Enter")
        page.locator("main .card a, main li a").first.wait_for()
        if what:
            followed(what)(page)

    return seek


def enquired(page: Page) -> None:
    """An enquiry is being written down; the base of answers has something for it, and one key took it."""
    page.locator("#id_q").fill("3-2-1801")
    page.locator("#kind-enquiry").check(force=True)
    page.locator("[name=words]").fill("车位管理费怎么交")
    page.locator("[name=entry]").first.wait_for(state="attached")
    page.keyboard.press("Alt+KeyA")
    page.locator(".register-answers").scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, innerHeight / 3)")


def earned(page: Page) -> None:
    """The last day before today on which money came in."""
    there = "[...document.querySelectorAll('.card .rows a[href*=\"/money/\"]')].length"
    for _ in range(DAYS_BACK):
        if page.evaluate(there):
            return
        box = page.locator("main [name=day]")
        day = date.fromisoformat(box.input_value()) - timedelta(days=1)
        page.goto(f"{page.url.split('?')[0]}?day={day}")
    raise LookupError(f"no money came in for {DAYS_BACK} days")


def in_turn(*steps: Callable[[Page], None]) -> Callable[[Page], None]:
    """One after the other."""

    def go(page: Page) -> None:
        for step in steps:
            step(page)

    return go


def scanned(page: Page) -> None:
    """What a label leads to for somebody who hasn't signed in."""
    there = page.get_by_text("标签撕了也能报：").inner_text().partition("：")[2]
    page.context.clear_cookies()
    page.goto(there)


def drilled(page: Page) -> None:
    """A drill under way, one step of it done: the one that goes on already, else a new one."""
    going = page.locator("main a.duty-due", has_text="演练")
    if going.count():
        going.first.click()
    else:
        page.goto(page.url.replace("/duty/", "/duty/drill/new/"))
        page.get_by_role("button", name="停电", exact=True).click()
    page.locator(".duty-steps").wait_for()
    undone = page.locator("button.duty-step[aria-pressed=false]")
    if not page.locator("button.duty-step[aria-pressed=true]").count():
        undone.first.click()
        page.locator("button.duty-step[aria-pressed=true]").first.wait_for()


def handing_to(name: str) -> Callable[[Page], None]:
    """A handover to somebody who is there, begun on one's own phone; they sign on it, and have drawn a name."""

    def hand(page: Page) -> None:
        options = page.locator("[name=receiver] option").all_inner_texts()
        chosen = next((one for one in options if name in one), "")
        if not chosen:
            raise LookupError(f"{name} isn't there")
        page.locator("[name=receiver]").select_option(label=chosen)
        page.get_by_role("button", name="开始交接").click()
        page.get_by_role("link", name=f"请{name}在这台设备上签").click()
        written(page)

    return hand


def written(page: Page) -> None:
    """Two strokes on the glass."""
    glass = page.locator("canvas").first
    glass.scroll_into_view_if_needed()
    box = glass.bounding_box()
    assert box is not None
    for left, top in ((0.2, 0.3), (0.5, 0.2)):
        page.mouse.move(box["x"] + box["width"] * left, box["y"] + box["height"] * top)
        page.mouse.down()
        for n in range(1, 8):
            across, down = left + 0.03 * n, top + (0.06 * n if n % 2 else 0.03 * n)
            page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
        page.mouse.up()


DAYS_BACK = 10
FLAT, OFFICE, HEAD_OFFICE = "hupan-yangfang", "hupan-wuye", "zongbu"
# Of a show flat and of the residents' desk: each on a phone and on a desk.
DUTY: list[tuple[str, str, str, Callable[[Page], None] | None]] = [
    ("duty-now", "ningan", "/duty/", None),
    ("duty-check", "ningan", "/duty/", followed("/duty/check/")),
    ("duty-self-checks", "xunuo", "/duty/self-checks/", None),
    ("duty-guests", "ningan", "/duty/guests/", None),
    ("duty-visit", "ningan", "/duty/guests/", followed("/duty/guests/[0-9a-f-]{36}/$")),
    ("duty-guest-sheet", "xunuo", "/duty/guests/sheets/", followed("/sheets/2[0-9-]+/$")),
    ("duty-facts", "ningan", "/duty/guests/", followed("/guests/flat/[0-9a-f-]{36}/$")),
    ("duty-handovers", "xunuo", "/duty/sheets/handovers/", None),
    ("duty-handover", "xunuo", "/duty/sheets/handovers/", followed("/duty/handover/[0-9a-f-]{36}/$")),
    ("duty-slips", "xunuo", "/duty/sheets/slips/", None),
    ("duty-lines", "xunuo", "/duty/lines/", None),
    ("duty-line-new", "ningan", "/duty/line/new/", None),
    ("duty-assets", "xunuo", "/duty/assets/", None),
    ("duty-asset", "xunuo", "/duty/assets/", followed("/duty/assets/[0-9a-f-]{36}/$")),
    ("duty-performance", "xunuo", "/duty/lines/performance/", None),
    ("duty-incidents", "xunuo", "/duty/incidents/", None),
    ("duty-incident", "xunuo", "/duty/incidents/", followed("/duty/incident/[0-9a-f-]{36}/$")),
    ("duty-procedures", "xunuo", "/duty/procedures/", None),
    ("duty-roster", "xunuo", "/duty/roster/", None),
    ("duty-my-roster", "ningan", "/duty/roster/mine/", None),
    ("duty-rota", "xunuo", "/duty/posts/rota/", None),
    ("duty-posts", "xunuo", "/duty/posts/", None),
    ("duty-places", "xunuo", "/duty/places/", None),
    ("duty-setup", "xunuo", "/duty/setup/", None),
    ("duty-code", "xunuo", "/duty/code/", None),
    ("duty-check-list", "xunuo", "/duty/setup/checks/opening/", None),
    ("duty-line", "xunuo", "/duty/lines/", followed("/matters/[0-9a-f-]{36}/$")),
    ("duty-routes", "xunuo", "/duty/lines/routes/", None),
    ("duty-faults", "xunuo", "/duty/faults/", None),
    ("duty-case-new", "ningan", "/duty/case/new/", None),
    ("duty-guest-code", "xunuo", "/duty/guests/", followed("/code/$")),
    ("duty-guest", "ningan", "/duty/guests/", in_turn(followed("/code/$"), followed("/duty/guest/"))),
    ("duty-scan", "xunuo", "/duty/assets/", in_turn(followed("/duty/assets/[0-9a-f-]{36}/$"), scanned)),
    ("duty-glass", "ningan", "/duty/handover/new/", handing_to("唐婉")),
    ("duty-glass-guard", "ningan", "/duty/handover/new/", handing_to("梁海")),
    ("duty-referring", "xunuo", "/duty/guests/referring/", None),
    ("duty-damage-sheet", "xunuo", "/duty/lines/?kind=damage", in_turn(followed("/matters/[0-9a-f-]{36}/$"), followed("/sending/$"))),
    ("duty-drill", "xunuo", "/duty/", drilled),
    ("duty-procedure", "xunuo", "/duty/procedures/", followed("/duty/procedures/(?!new/)[^/]+/$")),
]  # fmt: skip
# What the sales department confirms of them stands at the gallery.
CONFIRMED: list[tuple[str, str, str, Callable[[Page], None] | None]] = [
    ("duty-from-flat", "zhenglan", "/duty/guests/from-flats/", followed("/from-flats/[0-9a-f-]{36}/$")),
]  # fmt: skip
DESK: list[tuple[str, str, str, Callable[[Page], None] | None]] = [
    ("desk-new", "luojing", "/desk/new/", None),
    ("desk-mine", "luojing", "/desk/mine/", None),
    ("desk-work", "fanqiang", "/desk/mine/", None),
    ("desk-register", "shenyi", "/desk/", None),
    ("desk-matter", "luojing", "/desk/mine/", followed("/desk/[0-9a-f-]{36}/$")),
    ("desk-answer-typed", "luojing", "/desk/new/", enquired),
    ("desk-answers", "luojing", "/desk/answers/", None),
    ("desk-callbacks", "wuyue", "/desk/callbacks/", None),
    ("desk-call", "wuyue", "/desk/callbacks/", followed("/desk/[0-9a-f-]{36}/call/$")),
    ("desk-watch", "shenyi", "/desk/watch/", None),
    ("desk-bounced", "shenyi", "/desk/watch/?which=bounced", None),
    ("desk-load", "shenyi", "/desk/watch/load/", None),
    ("desk-in-time", "shenyi", "/desk/watch/in-time/", None),
    ("desk-cash", "luojing", "/desk/cash/", earned),
    ("desk-prices", "shenyi", "/desk/prices/", None),
    ("desk-materials", "luojing", "/desk/materials/", None),
    ("desk-subjects", "guming", "/desk/subjects/", None),
    ("desk-subjects-edit", "guming", "/desk/subjects/edit/", None),
    ("desk-find", "luojing", "/desk/find/", sought("3-2-1801")),
    ("desk-estate", "luojing", "/desk/estate/", None),
    ("desk-building", "luojing", "/desk/estate/", followed("/desk/estate/[0-9a-f-]{36}/$")),
    ("desk-home", "luojing", "/desk/find/", sought("3-2-1801", "/desk/(estate/)?homes/[0-9a-f-]{36}/$")),
    ("desk-resident", "luojing", "/desk/find/", sought("王秀英", "/desk/(estate/)?residents/[0-9a-f-]{36}/$")),
]  # fmt: skip
A_VISIT = followed("/tours/[0-9a-f-]{36}/")
TOURS = [
    ("tours-visits", "jiangnan", "/tours/?which=all", None),
    ("tours-board", "jiangnan", "/tours/board/", None),
    ("tours-visit", "jiangnan", "/tours/board/", A_VISIT),
    ("tours-hosting", "jiangnan", "/tours/board/", in_turn(A_VISIT, followed("/hosting/"))),
    ("tours-day", "jiangnan", "/tours/day/", None),
    ("tours-mine", "yanming", "/tours/mine/", None),
    ("tours-gate", "mengang", "/gate/", followed("/gate/[0-9a-f-]{36}/$")),
    ("tours-here", "mengang", "/gate/here/", None),
    ("tours-evening", "mengang", "/gate/evening/", None),
]  # fmt: skip
SHOTS = [
    *GALLERY,
    *(
        Shot(name, who, page, width, first, place=place)
        for place, shots in (
            (FLAT, DUTY),
            (cast.SITE[0], CONFIRMED),
            (OFFICE, DESK),
            (HEAD_OFFICE, TOURS),
        )
        for (name, who, page, first), width in product(shots, (390, 1280))
    ),
    *(Shot("tours-form", "jiangnan", "/visit/zongbu/", width) for width in (390, 1280)),
]
