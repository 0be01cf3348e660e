"""The day where everything goes wrong: nobody relieves, a vase, a drunk, a power cut, a valve that won't close, a guard who won't sign."""

import re
from datetime import time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.test_flat_day import NIGHT, Flat, come, fill, flat, options, signed
from yingbin.duty.actions.planning import Cell, draft, keep_shift, publish
from yingbin.duty.hours import day_of
from yingbin.duty.models import DutyAlert, DutyEvent
from yingbin.journal.action import Acting
from yingbin.matters.models import Matter
from yingbin.people.calendar import ZONE
from yingbin.people.models import Staff

__all__ = ["flat"]
pytestmark = pytest.mark.skipif(NIGHT, reason="nobody is in a show flat between midnight and four")


def rostered(flat: Flat, *names: str) -> None:
    """These should have begun a quarter of an hour ago."""
    now = timezone.now()
    here = (now - timedelta(minutes=15)).astimezone(ZONE).replace(second=0, microsecond=0)
    ends = (now + timedelta(minutes=40)).astimezone(ZONE).replace(second=0, microsecond=0)
    lead = Staff.objects.get(account="xunuo").id
    shift = keep_shift(
        Acting(flat.place.id, "shift", lead, now), mark="全", title="全天",
        begins=here.time(), ends=min(ends.time(), time(23, 59)),
    )  # fmt: skip
    people = {p.name: p for p in Staff.objects.filter(name__in=names)}
    cells = tuple(Cell(people[n].id, day_of(now), shift, flat.post) for n in names)
    draft(Acting(flat.place.id, "draft", lead, now), cells=cells)
    publish(Acting(flat.place.id, "publish", lead, now), first=day_of(now), last=day_of(now))


@pytest.mark.clause("SF-4.1", "SF-4.3.4", "SF-4.3.6", "SF-4.3.7", "SF-4.5", "SF-4.6", "SF-4.7")
def test_the_day_where_everything_goes_wrong(flat: Flat, enter: Enter) -> None:
    rostered(flat, "唐婉", "宁安")
    tang = come(enter, flat, "唐婉")
    lead = come(enter, flat, "许诺", phone=False)

    # 宁安 hasn't come: the lead sees it by name.
    lead.goto(flat.to("posts/"))
    expect(lead.locator(".duty-person", has_text="宁安")).to_contain_text("未到")
    assert DutyAlert.objects.filter(what="absent").exists()

    break_the_vase(tang, flat)
    quarrel(tang, lead, flat)
    cut_the_power(tang, lead, flat)
    object_to_the_handover(tang, come(enter, flat, "宁安"), flat)
    shut(tang, come(enter, flat, "孟刚"), lead, flat)


def break_the_vase(tang: Page, flat: Flat) -> None:
    """A child breaks a vase: what, who, who was there, what it is worth."""
    tang.goto(flat.to("line/damage/"))
    tang.get_by_label("什么坏了").fill("青花花瓶打碎了")
    tang.locator("label", has_text="儿童").first.click()
    tang.get_by_label("估价").fill("1800")
    tang.get_by_label("在场的人").fill("客户李女士和孩子、唐婉")
    tang.get_by_role("button", name="记下").first.click()
    expect(tang.get_by_text("青花花瓶打碎了").first).to_be_visible()
    assert Matter.objects.get(kind="damage").closed_at is None


def quarrel(tang: Page, lead: Page, flat: Flat) -> None:
    """A drunk won't go: dissuaded, then passed up; the lead says that he comes."""
    tang.goto(flat.to("case/new/"))
    tang.get_by_role("button", name="有人扰乱秩序，先劝").click()
    tang.get_by_role("button", name="劝不住，上报").click()
    lead.goto(flat.to("incidents/"))
    lead.get_by_role("link", name=re.compile("扰乱秩序")).first.click()
    lead.get_by_role("button", name="知道了，我来").click()
    expect(tang.get_by_text(re.compile("许诺 .*知道了"))).to_be_visible()
    tang.get_by_role("button", name="处理完了").click()
    expect(tang.get_by_role("button", name="处理完了")).to_have_count(0)


def cut_the_power(tang: Page, lead: Page, flat: Flat) -> None:
    """One tap, and lead and guard are told; it ends when the light is back."""
    tang.goto(flat.to("case/new/"))
    tang.get_by_role("button", name="停电").click()
    expect(tang.get_by_role("heading", name="停电").first).to_be_visible()
    tang.get_by_role("button", name="处理完了").click()
    expect(tang.get_by_role("button", name="处理完了")).to_have_count(0)
    assert DutyEvent.objects.filter(event="case_end", accepted=True).count() == 2


def object_to_the_handover(tang: Page, ning: Page, flat: Flat) -> None:
    """The vase isn't taken over without a word: it stays with 唐婉, and the lead hears of it."""
    tang.goto(flat.to("handover/new/"))
    tang.get_by_label("接班人").select_option(label=options(tang, "宁安"))
    tang.get_by_role("button", name="开始交接").click()
    ning.goto(flat.to())
    ning.locator("a.duty-due", has_text="交接班").click()
    ning.get_by_role("link", name=re.compile("签字")).click()
    entry = ning.locator("li.check-item", has_text="青花花瓶打碎了")
    entry.locator("summary").click()
    entry.locator("input").fill("没有看到碎片，等唐婉讲清楚")
    signed(ning, "签字")
    tang.reload()
    tang.get_by_role("link", name="签字").click()
    signed(tang, "签好了")
    expect(tang.get_by_text("双方已签，交接完成")).to_be_visible()
    assert DutyAlert.objects.filter(what="objected", to="lead").exists()
    assert Matter.objects.get(kind="damage").owner_id == Staff.objects.get(name="唐婉").id


def shut(tang: Page, guard: Page, lead: Page, flat: Flat) -> None:
    """The valve won't close: a repair, and then lead and guard have to sign; the guard won't."""
    check = flat.to(f"check/{flat.post}/closing/")
    tang.goto(f"{check}item/gas/")
    tang.locator("form", has_text="记下，由我负责").get_by_label("哪里不正常").fill("燃气阀关不上")
    tang.get_by_role("button", name="记下，由我负责").click()
    tang.goto(check)
    fill(tang)
    tang.get_by_role("button", name="签字").click()
    expect(tang.get_by_text(re.compile("领班|安全员")).first).to_be_visible()
    lead.goto(check)
    lead.get_by_role("button", name="签字").click()
    guard.goto(check)
    guard.get_by_role("button", name="签字").click()
    expect(guard.get_by_text(re.compile("已签：许诺、孟刚"))).to_be_visible()
    assert Matter.objects.get(kind="repair").closed_at is None

    tang.goto(flat.to("handover/new/"))
    tang.get_by_label("接班人").select_option(label=options(tang, "孟刚"))
    tang.get_by_role("button", name="开始交接").click()
    tang.get_by_text("对方不肯签怎么办").click()
    tang.get_by_label("谁不签").select_option(label="孟刚")
    tang.get_by_label("为什么不签").fill("燃气阀没有修好，不签")
    tang.get_by_role("button", name="记下，请领班来").click()
    lead.goto(tang.url)
    expect(lead.get_by_text("燃气阀没有修好，不签")).to_be_visible()
    lead.get_by_text("对方不肯签怎么办").click()
    lead.get_by_role("button", name="由我接下，重新开始").click()
    expect(lead.get_by_text("燃气阀关不上").first).to_be_visible()
