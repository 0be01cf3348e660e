"""A visit of each class from the visitor's own phone to the farewell at the gate (CV-2 to CV-4.1)."""

from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.at_gate import GateHouse, answered, form_of, types
from tests.tours.headquarters import CLASSES
from yingbin.tours.models import TourVisit
from yingbin.tours.words import AREA_WORDS


def applies(
    house: GateHouse, visitor: str, klass: str, *areas: str, days: int, at: str, until: str, headcount: int, trade: str = ""
) -> tuple[Page, UUID]:  # fmt: skip
    """Somebody fills in the public form on their phone; the page that is theirs alone, and the visit's id."""
    phone = house.come(path=f"/visit/{house.place.code}/")
    told = {
        "visitor": visitor, "contact": "许文博", "phone": "13800138000", "headcount": str(headcount),
        "day": f"{house.now + timedelta(days=days):%Y-%m-%d}", "start": at, "end": until,
    }  # fmt: skip
    for name, value in told.items():
        phone.locator(f"[name={name}]").fill(value)
    answers = {**CLASSES[klass], "minors": "no"}
    answers["aim"] = answers.pop("purpose")
    for name, value in [*answers.items(), *(("areas", area) for area in areas)]:
        phone.locator(f'[name={name}][value="{value}"]').check(force=True)
    if trade:
        phone.locator("[name=trade]").select_option(trade)
    phone.locator("[name=agreed]").check(force=True)
    phone.get_by_role("button", name="提交申请").click()
    expect(phone.get_by_text("这个网址只有您知道")).to_be_visible()
    return phone, TourVisit.objects.get(visitor=visitor).id


def opens(page: Page, area: str) -> None:
    """A department says yes on the visit's page."""
    row = page.locator(".tour-areas li", has_text=AREA_WORDS[area])
    row.get_by_role("button", name="同意参观").click()
    expect(row.get_by_text("开放", exact=True)).to_be_visible()


def issues(page: Page, persons: int, *areas: str) -> None:
    """The department of an area issues a pass on the visit's page."""
    page.get_by_text("发参观证", exact=True).first.click()
    form = page.locator("#act-issue")
    for box in form.locator("[name=areas]").all():
        box.set_checked(box.get_attribute("value") in areas, force=True)
    form.locator("[name=persons]").fill(str(persons))
    form.locator("[name=escort]").select_option(label="江")
    form.get_by_role("button", name="发参观证").click()
    expect(page.get_by_text("有效", exact=True)).to_be_visible()


@pytest.mark.clause("CV-2", "CV-3.2.1", "CV-3.2.2", "CV-4.1")
def test_an_important_group_that_asks_four_days_ahead_is_excepted_received_and_said_farewell(
    house: GateHouse,
) -> None:
    visitor, one = applies(
        house, "长丰机械", "important", "plant", "workshop", days=4, at="10:00", until="12:00", headcount=12
    )  # fmt: skip
    expect(visitor.get_by_text("来访时间比较近，正在请公司特别安排")).to_be_visible()
    chief = house.come("严", house.to("visit", one))
    expect(chief.get_by_text("要公司批示人特批")).to_be_visible()
    form = form_of(chief, "特批，照常办理")
    form.locator("textarea").fill("老客户，原则同意")
    form.locator("select").select_option(label="江")
    form.get_by_role("button").click()
    expect(chief.get_by_role("button", name="特批，照常办理")).to_have_count(0)
    desk = house.come("江", house.to("visit", one), phone=False)
    opens(desk, "plant")
    maker = house.come("韩", house.to("visit", one))
    opens(maker, "workshop")
    chief.reload()
    chief.get_by_role("button", name="批准来访").click()
    expect(chief.get_by_text("已批准", exact=True).first).to_be_visible()
    desk.reload()
    expect(desk.get_by_text("一号会客室")).to_be_visible()
    desk.get_by_role("button", name="发接待方案").click()
    expect(desk.get_by_text("方案已发给各部门")).to_be_visible()
    maker.reload()
    issues(maker, 12, "plant", "workshop")
    (group,) = house.passes(one)

    house.wait(days=4, minutes=50)
    visitor.reload()
    expect(visitor.get_by_text("已经安排好了，欢迎您来")).to_be_visible()
    visitor.get_by_role("link", name="进门用的参观证").click()
    expect(visitor.locator(".pass-code svg")).to_be_visible()
    north, shop = house.gate(), house.gate(name="车间门")
    types(north, house.shown(group), count=12)
    answered(north, "放行", "12 / 12 人在场", "厂区、车间", "不准")
    types(shop, house.shown(group), count=12)
    answered(shop, "放行", "12 / 12 人在场")
    house.wait(hours=2)
    types(north, house.shown(group), way="out", count=12)
    answered(north, "慢走", "0 / 12 人在场")
    assert house.inside() == {}
    north.goto(house.to("evening"))
    north.get_by_role("button", name="收回", exact=True).click()
    expect(north.get_by_text("没有在外的证")).to_be_visible()
    house.wait(hours=1)
    house.clock()
    visitor.goto(visitor.url.replace("passes/", ""))
    expect(visitor.get_by_text("这次来访已经结束，谢谢您来")).to_be_visible()
    assert house.faults() == []


@pytest.mark.clause("CV-2", "CV-3.1", "CV-3.2.1", "CV-4.1")
def test_a_general_group_is_kept_apart_from_a_competitor_of_the_same_morning(
    house: GateHouse,
) -> None:
    few, _ = applies(house, "三人小队", "general", "plant", days=8, at="09:00", until="10:00", headcount=3)  # fmt: skip
    expect(few.get_by_text("公司参观按团体安排，这次人数较少，很抱歉不能接待")).to_be_visible()
    first = house.planned(
        "important", areas=("plant",), hour=10, visitor="远东家电", rivals="家电", headcount=8
    )
    visitor, one = applies(
        house, "北辰家电", "general", "plant", days=8, at="10:30", until="11:30", headcount=8, trade="家电"
    )  # fmt: skip
    desk = house.come("江", house.to("visit", one), phone=False)
    expect(desk.locator(".message.warning", has_text="同行")).to_contain_text(house.row(first).said)
    expect(desk.get_by_role("button", name="同意参观")).to_have_count(0)
    expect(visitor.get_by_text("远东")).to_have_count(0)
    visitor.get_by_role("link", name="改动").click()
    visitor.locator("[name=start]").fill("14:00")
    visitor.locator("[name=end]").fill("15:00")
    visitor.locator("main button[type=submit]").click()
    expect(visitor.get_by_text("14:00—15:00")).to_be_visible()
    house.approve(one)
    house.act("江", "task", one, task="guide", who="叶")
    house.act("江", "send_plan", one)
    group = house.given(one, "江", 8, "plant")
    house.wait(days=8, hours=5)
    guard = house.gate()
    types(guard, house.shown(group), count=8)
    answered(guard, "放行", "北辰家电", "8 / 8 人在场")
    types(guard, house.shown(group), way="out", count=8)
    answered(guard, "慢走")
    house.wait(hours=2)
    house.clock()
    visitor.reload()
    expect(visitor.get_by_text("这次来访已经结束，谢谢您来")).to_be_visible()
    assert house.row(first).status == "over"
    assert house.faults() == []


@pytest.mark.clause("CV-3.3.1", "CV-3.3.2", "CV-3.3.3", "CV-4.1", "CV-4.3")
def test_a_key_account_is_prepared_finds_an_area_closed_in_the_morning_and_is_received_all_the_same(
    house: GateHouse,
) -> None:
    visitor, one = applies(
        house, "恒远集团", "key_account", "plant", "workshop", days=3, at="09:00", until="11:00", headcount=6
    )  # fmt: skip
    house.approve(one)
    for who, task, told in (
        ("江", "analysis", {}), ("江", "guide", {"who": "叶"}), ("江", "senior", {"who": "严"}),
        ("江", "direction", {"serve": "coffee"}), ("江", "rehearsal", {}),
    ):  # fmt: skip
        house.act(who, "task", one, task=task, **told)
    house.act("严", "permit_photo", one, asked_by="江", reason="签约合影")
    house.act("江", "send_plan", one)
    both = house.given(one, "韩", 6, "plant", "workshop")
    house.wait(days=3, minutes=-10)
    maker = house.come("韩", house.to("visit", one))
    row = maker.locator(".tour-areas li", has_text="车间")
    row.get_by_text("不同意", exact=True).click()
    row.locator("textarea").fill("早班设备故障")
    row.get_by_role("button", name="不同意参观").click()
    expect(row.get_by_text("不能看")).to_be_visible()
    guard = house.gate()
    types(guard, house.shown(both), count=6)
    answered(guard, "不放行", "作废")
    house.act("江", "send_plan", one)
    plant = house.given(one, "江", 6, "plant", photo=True)
    visitor.reload()
    expect(visitor.locator("li", has_text="车间")).to_contain_text("这次不开放")
    visitor.get_by_role("link", name="进门用的参观证").click()
    expect(visitor.locator(".pass-number")).to_have_text(f"{plant} 号证")
    types(guard, house.shown(plant), count=6)
    answered(guard, "放行", "恒远集团", "6 / 6 人在场", "准许")
    types(guard, str(plant), way="out", count=6)
    answered(guard, "慢走")
    house.wait(hours=3)
    house.clock()
    assert house.row(one).status == "over"
    assert house.faults() == []


@pytest.mark.clause("CV-3.4.1", "CV-4.1")
def test_a_school_class_comes_in_at_two_gates_at_once_and_never_more_than_were_approved(
    house: GateHouse,
) -> None:
    visitor, one = applies(
        house, "城北职业学校", "institution", "plant", days=1, at="09:00", until="11:00", headcount=20
    )  # fmt: skip
    house.approve(one)
    house.act("江", "task", one, task="guide", who="叶")
    house.act("江", "send_plan", one)
    school = house.given(one, "江", 20, "plant")
    house.wait(days=1)
    north, south = house.gate(), house.gate(name="南门")
    for guard in (north, south):
        types(guard, house.shown(school), count=12)
    words = sorted(
        one.locator("[data-answer-slot] .gate-word").inner_text() for one in settled(north, south)
    )
    assert words == ["不放行", "放行"]
    assert house.inside() == {"城北职业学校": 12}
    types(south, house.shown(school), count=8)
    answered(south, "放行", "20 / 20 人在场")
    types(north, house.shown(school), way="out", count=20)
    answered(north, "慢走", "0 / 20 人在场")
    house.wait(hours=3)
    house.clock()
    visitor.reload()
    expect(visitor.get_by_text("这次来访已经结束，谢谢您来")).to_be_visible()
    assert house.faults() == []


def settled(*guards: Page) -> tuple[Page, ...]:
    """Once each has its answer."""
    for guard in guards:
        expect(guard.locator("[data-answer-slot] .gate-word")).not_to_have_text("验证中…")
    return guards
