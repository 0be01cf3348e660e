"""A show flat's day on two phones, a lead's PC and a guard's phone: from the opening check to the guard's signature."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.gallery.conftest import NAMES
from tests.journeys.conftest import Enter, draw
from yingbin.duty.actions.planning import keep_post
from yingbin.duty.models import DutyAlert, DutyEvent, PostRule, ShowVisit
from yingbin.journal.action import Acting
from yingbin.people.calendar import ZONE
from yingbin.people.models import Assignment, Site, Staff
from yingbin.web.demo import build, cast

NIGHT = datetime.now(ZONE).hour < 4 or datetime.now(ZONE).strftime("%H:%M") > "23:25"
pytestmark = pytest.mark.skipif(NIGHT, reason="nobody is in a show flat between midnight and four")
PEOPLE = {"唐婉": "tangwan", "宁安": "ningan", "许诺": "xunuo", "孟刚": "mengang"}


class Flat:
    """The demo's show flat, open from five minutes from now for twenty: both of its checks can be made."""

    def __init__(self) -> None:
        now = timezone.now()
        build.found(now)
        build.found_further(now)
        NAMES.update(PEOPLE)
        self.place = Site.objects.get(code="hupan-yangfang")
        # Of the demo's three receptionists one is on holiday: with two, one at lunch keeps the other here.
        away = Assignment.objects.filter(site=self.place, staff__account="yuchu")
        away.update(until=now - timedelta(minutes=1))
        self.keys = count(1)
        guard = Staff.objects.get(account="mengang")
        since = now - timedelta(days=30)
        Assignment.objects.create(site=self.place, staff=guard, role="guard", since=since)
        here = now.astimezone(ZONE)
        opens, closes = here + timedelta(minutes=5), here + timedelta(minutes=25)
        rule = keep_post(
            Acting(self.place.id, "flat", Staff.objects.get(account="xunuo").id, now),
            name="洋房样板间", kind="show_flat", opens=opens.time().replace(second=0, microsecond=0),
            closes=closes.time().replace(second=0, microsecond=0),
        )  # fmt: skip
        self.post: UUID = PostRule.objects.get(id=rule).post_id

    def to(self, path: str = "") -> str:
        """An address of the flat."""
        return f"/s/{self.place.code}/duty/{path}"


@pytest.fixture
def flat(transactional_db: None) -> Iterator[Flat]:
    yield Flat()
    for name in PEOPLE.keys() - {m.name for m in cast.EVERYONE}:
        NAMES.pop(name, None)


def come(enter: Enter, flat: Flat, name: str, *, phone: bool = True) -> Page:
    """Somebody signs in on a device of their own and comes to work."""
    page = enter(name, flat.to(), phone=phone)
    page.get_by_role("button", name="到岗").click()
    expect(page.get_by_text("已到岗").or_(page.get_by_text("在洋房样板间")).first).to_be_visible()
    return page


def fill(page: Page, *, things: int = 12) -> None:
    """Room after room is in order; what has to be counted is counted."""
    while page.get_by_role("button", name="本间全部正常").count():
        room = page.locator(
            ".check-room", has=page.get_by_role("button", name="本间全部正常")
        ).first
        title = room.locator("h2").inner_text()
        if room.locator("input[inputmode=numeric]").count():
            room.locator("input[inputmode=numeric]").first.fill(str(things))
        room.get_by_role("button", name="本间全部正常").click()
        done = page.locator(".check-room", has=page.locator("h2", has_text=title))
        expect(done.get_by_role("button", name="本间全部正常")).to_have_count(0)


def ask(page: Page) -> None:
    """May I go for ten minutes now?"""
    if not page.locator("#break[open]").count():
        page.locator("#break summary").click()
    page.locator("#break [name=minutes]").fill("10")
    page.get_by_role("button", name="看看能不能去").click()


def signed(page: Page, button: str) -> None:
    """Signs on the glass."""
    draw(page)
    page.get_by_role("button", name=button).click()


@pytest.mark.clause("SF-3.3", "SF-4.1", "SF-4.3.1", "SF-4.3.5", "SF-4.3.6", "SF-4.3.7", "SF-4.7")
def test_a_whole_day(flat: Flat, enter: Enter) -> None:
    tang = come(enter, flat, "唐婉")
    lead = come(enter, flat, "许诺", phone=False)
    lead.goto(flat.to("posts/"))

    # The opening check stands first; room by room, then signed.
    tang.get_by_role("link", name="开门检查").click()
    fill(tang)
    tang.get_by_role("button", name="签字").click()
    expect(tang.get_by_text(re.compile(r"\d\d 已签"))).to_be_visible()
    tang.goto(flat.to())

    # 宁安 is at lunch, so 唐婉 can't go: 许诺 could stand in. Then it is her turn.
    ning = come(enter, flat, "宁安")
    expect(lead.locator(".duty-post")).to_contain_text("宁安")
    ask(ning)
    ning.get_by_role("button", name="现在去").click()
    expect(ning.get_by_role("button", name="我回来了")).to_be_visible()
    expect(lead.locator(".duty-post")).to_contain_text("宁安 用餐")
    ask(tang)
    expect(tang.get_by_role("alert")).to_contain_text("许诺")
    ning.get_by_role("button", name="我回来了").click()
    expect(ning.get_by_role("button", name="我回来了")).to_have_count(0)
    ask(tang)
    tang.get_by_role("button", name="现在去").click()
    tang.get_by_role("button", name="我回来了").click()

    # Two taps and the guests are in, one and they are out; then the shoe covers.
    ning.locator("label", has_text="2").first.click()
    ning.get_by_role("button", name="到过售楼处", exact=True).click()
    ning.goto(flat.to())
    ning.get_by_role("button", name="送走").click()
    ning.get_by_role("button", name="收拾好了，已归位").click()
    expect(ning.get_by_role("button", name="收拾好了，已归位")).to_have_count(0)
    assert ShowVisit.objects.get().group_size == 2

    hand_over(tang, ning, flat)
    close(ning, come(enter, flat, "孟刚"), flat)


def hand_over(tang: Page, ning: Page, flat: Flat) -> None:
    """A slip and the key change hands; both sign on the glass of their own phone."""
    tang.goto(flat.to("line/new/"))
    tang.get_by_label("什么事").fill("沙盘灯今天闪了两次")
    tang.get_by_role("button", name="记下").first.click()
    expect(tang.get_by_text("沙盘灯今天闪了两次").first).to_be_visible()
    tang.goto(flat.to("handover/new/"))
    tang.get_by_label("接班人").select_option(label=options(tang, "宁安"))
    tang.get_by_label("钥匙").fill("大门 1 号")
    tang.get_by_role("button", name="开始交接").click()
    ning.goto(flat.to())
    ning.locator("a.duty-due", has_text="交接班").click()
    ning.get_by_role("link", name=re.compile("签字")).click()
    signed(ning, "签字")
    tang.reload()
    tang.get_by_role("link", name="签字").click()
    signed(tang, "签好了")
    expect(tang.get_by_text("双方已签，交接完成")).to_be_visible()
    ning.goto(flat.to())
    expect(ning.get_by_text("沙盘灯今天闪了两次")).to_be_visible()


def options(page: Page, name: str) -> str:
    """The line of the list that names somebody."""
    return page.get_by_label("接班人").locator("option", has_text=name).inner_text()


def close(ning: Page, guard: Page, flat: Flat) -> None:
    """Everything is off and locked; whoever is there signs, then the guard on a phone of their own."""
    ning.goto(flat.to(f"check/{flat.post}/closing/"))
    fill(ning)
    ning.get_by_role("button", name="签字").click()
    expect(ning.get_by_text("已签：宁安")).to_be_visible()
    guard.goto(flat.to(f"check/{flat.post}/closing/"))
    guard.get_by_role("button", name="签字").click()
    expect(guard.get_by_text(re.compile(r"已签：宁安、孟刚"))).to_be_visible()
    assert DutyEvent.objects.filter(event="sign", accepted=True).count() == 3
    assert not DutyAlert.objects.filter(what="gap").exists()
