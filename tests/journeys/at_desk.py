"""The demo's management office in a browser: its people, three homes, and what a clerk does with keyboard and mouse."""

import re
from itertools import count

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.gallery.conftest import NAMES
from yingbin.desk.actions.estate import add_home, move_in
from yingbin.desk.models import DeskMatter
from yingbin.journal.action import Acting
from yingbin.people.models import Site, Staff
from yingbin.web.demo import build

PEOPLE = {
    "罗静": "luojing", "沈毅": "shenyi", "顾明": "guming", "范强": "fanqiang", "潘伟": "panwei",
    "吴悦": "wuyue",
}  # fmt: skip
HOMES = {"3-2-1801": ("王秀英", "13912340001"), "3-2-1701": ("张建华", "13912340002"), "3-2-1601": ("李桂兰", "13912340003")}  # fmt: skip


class Desk:
    """The demo's management office with three homes one above the other."""

    def __init__(self) -> None:
        now = timezone.now()
        build.found(now)
        build.found_further(now)
        NAMES.update(PEOPLE)
        self.place = Site.objects.get(code="hupan-wuye")
        self.keys = count(1)
        for spelling, (name, phone) in HOMES.items():
            home = add_home(self.acting(), home=spelling)
            move_in(self.acting(), home_id=home, capacity="owner", name=name, phone=phone)

    def acting(self, who: str = "罗静") -> Acting:
        """Somebody who does something beside the browser."""
        staff = Staff.objects.get(account=PEOPLE[who]).id
        return Acting(self.place.id, f"desk{next(self.keys)}", staff, timezone.now())

    def to(self, path: str = "mine/") -> str:
        """An address of the desk."""
        return f"/s/{self.place.code}/desk/{path}"

    def last(self) -> DeskMatter:
        """What was recorded last."""
        return DeskMatter.objects.select_related("matter").latest("seq")

    def stands(self) -> tuple[str, str, str]:
        """Kind, grade and stage of what was recorded last."""
        row = self.last().matter
        return row.kind, row.grade, row.state if row.closed_at else row.stage or "new"


def found(clerk: Page, where: str) -> None:
    """The clerk types where it is, and takes what was found."""
    box = clerk.get_by_label(re.compile("^电话、房号、姓名"))
    expect(box).to_be_focused()
    clerk.keyboard.type(where)
    expect(clerk.locator("[data-lookup-slot=found]")).to_contain_text(HOMES[where][0])
    clerk.keyboard.press("Enter")
    expect(clerk.locator("[name=words]")).to_be_focused()


def recorded(clerk: Page, where: str, words: str, *, kind: str = "", twin: str = "") -> str:
    """One thing by keyboard alone; what is said of it."""
    found(clerk, where)
    clerk.keyboard.type(words)
    if kind:
        clerk.get_by_role("radio", name=re.compile(f"^{kind}")).check(force=True)
    if twin:
        clerk.get_by_role("radio", name=re.compile(twin)).check(force=True)
    clerk.keyboard.press("Control+Enter")
    said = clerk.locator(".message.success, .alert-success, [role=status].message").first
    expect(said).to_contain_text("号")
    expect(clerk.locator("[name=words]")).to_have_value("")
    return said.inner_text()


def opened(page: Page, desk: Desk) -> None:
    """The page of what was recorded last."""
    page.goto(desk.to(f"{desk.last().matter_id}/"))


def act(page: Page, title: str, words: str = "", choice: str = "") -> None:
    """One of the things that the page offers now, unfolded where it is folded."""
    button = page.locator("main").get_by_role("button", name=title, exact=True).first
    if not button.is_visible():
        page.locator("details", has=page.locator("summary", has_text=title)).locator(
            "summary"
        ).click()
    form = page.locator("main form", has=page.get_by_role("button", name=title, exact=True)).first
    if words:
        form.locator("textarea").fill(words)
    if choice and form.locator("select").count():
        form.locator("select").first.select_option(label=choice)
    elif choice:
        form.get_by_role("radio", name=choice, exact=True).check(force=True)
    before = page.locator(".desk-line").count()
    form.get_by_role("button", name=title, exact=True).click()
    expect(page.locator(".desk-line")).not_to_have_count(before)
