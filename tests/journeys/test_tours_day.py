"""A visit of each class from the visitor's own phone to the farewell at the gate (CV-2 to CV-4.1)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.at_gate import GateHouse, answered, form_of, types
from tests.tours.headquarters import CLASSES, OFFICIAL
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
    answers = {**(OFFICIAL if klass == "official" else CLASSES[klass]), "minors": "no"}
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


def issues(page: Page, persons: int, *areas: str, photo: bool = False) -> None:
    """The department of an area issues a pass on the visit's page."""
    page.get_by_text("发参观证", exact=True).first.click()
    form = page.locator("#act-issue")
    for box in form.locator("[name=areas]").all():
        box.set_checked(box.get_attribute("value") in areas, force=True)
    form.locator("[name=persons]").fill(str(persons))
    form.locator("[name=escort]").select_option(label="江")
    if photo:
        form.locator("[name=photo]").check(force=True)
    form.get_by_role("button", name="发参观证").click()
    expect(page.get_by_text("有效", exact=True)).to_be_visible()


def writes(page: Page, task: str, button: str, **told: Any) -> None:
    """A form of the page of a visit's preparation, opened, filled in, sent; it says that it is done."""
    form = page.locator(f"#host-{task}")
    form.locator("summary").click()
    for name, value in told.items():
        field = form.locator(f"[name={name}]").first
        if field.get_attribute("type") == "radio":
            form.locator(f'[name={name}][value="{value}"]').check(force=True)
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    form.get_by_role("button", name=button, exact=True).click()
    expect(form).not_to_have_attribute("open", "")


def explains(page: Page, who: str) -> None:
    """The guide is named on the visit's page."""
    row = page.locator(".tour-plan li", has_text="讲解员")
    row.locator("summary").click()
    row.locator("[name=who]").select_option(label=who)
    row.get_by_role("button", name="定下来").click()
    expect(row.get_by_text("好了", exact=True)).to_be_visible()


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


@pytest.mark.clause("CV-3.3.1", "CV-3.3.2", "CV-3.3.3", "CV-3.3.4", "CV-4.1", "CV-4.3")
def test_a_key_account_is_prepared_finds_an_area_closed_in_the_morning_and_is_received_all_the_same(
    house: GateHouse,
) -> None:
    visitor, one = applies(
        house, "恒远集团", "key_account", "plant", "workshop", days=3, at="09:00", until="11:00", headcount=6
    )  # fmt: skip
    desk = house.come("江", house.to("visit", one), phone=False)
    opens(desk, "plant")
    maker = house.come("韩", house.to("visit", one))
    opens(maker, "workshop")
    explains(desk, "叶")
    chief = house.come("严", house.to("visit", one))
    chief.get_by_role("button", name="批准来访").click()
    expect(chief.get_by_text("已批准", exact=True).first).to_be_visible()
    prepares(house, desk, chief, one)

    chief.locator("#act-photo summary").click()
    form = form_of(chief, "准许拍照")
    form.locator("textarea").fill("签约合影")
    form.locator("select").select_option(label="江")
    form.get_by_role("button").click()
    desk.goto(house.to("visit", one))
    desk.get_by_role("button", name="发接待方案").click()
    expect(desk.get_by_text("方案已发给各部门")).to_be_visible()
    maker.reload()
    issues(maker, 6, "plant", "workshop")
    (both,) = house.passes(one)
    desk.goto(house.to("index"))
    house.wait(days=3, minutes=-10)
    maker.reload()
    row = maker.locator(".tour-areas li", has_text="车间")
    row.get_by_text("不同意", exact=True).click()
    row.locator("textarea").fill("早班设备故障")
    row.get_by_role("button", name="不同意参观").click()
    expect(row.get_by_text("不能看")).to_be_visible()
    guard = house.gate()
    types(guard, house.shown(both), count=6)
    answered(guard, "不放行", "作废")
    desk.goto(house.to("hosting", one))
    expect(desk.get_by_text("车间不再对这批客人开放，请从路线里去掉")).to_be_visible()
    desk.goto(house.to("visit", one))
    desk.get_by_role("button", name="发接待方案").click()
    issues(desk, 6, "plant", photo=True)
    plant = house.passes(one)[-1]
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
    visitor.goto(visitor.url.replace("passes/", ""))
    expect(visitor.get_by_text("这次来访已经结束，谢谢您来")).to_be_visible()
    assert house.faults() == []


def prepares(house: GateHouse, desk: Page, chief: Page, one: UUID) -> None:
    """Reception prepares a key account on its page; 严 says on their phone that they come along."""
    desk.goto(house.to("hosting", one))
    writes(desk, "analysis", "记下分析", aims="谈整线供货", needs="自动焊接线")
    expect(desk.locator(".tour-word", has_text="谈整线供货")).to_be_visible()
    house.wait(minutes=10)  # later than the application
    writes(desk, "rehearsal", "记下预演", time=f"{house.now:%H:%M}", passed="yes")
    expect(desk.get_by_text("已签认", exact=True)).to_be_visible()
    writes(desk, "senior", "请他陪同", who="严")
    expect(desk.get_by_text("等答复", exact=True)).to_be_visible()
    writes(desk, "direction", "记下指示", serve="咖啡", directed_by="严")
    writes(
        desk, "meal", "记下用餐", time="11:30", place="湖畔厅", guests="6", ours="3", per_head="150"
    )
    expect(desk.get_by_text("湖畔厅")).to_be_visible()
    desk.get_by_role("button", name="按开放的区域排一份").click()
    expect(desk.locator(".tour-route li")).to_have_count(3)
    chief.goto(house.to("mine"))
    chief.get_by_text("答复能不能陪同").click()
    expect(chief.get_by_text("谈整线供货")).to_be_visible()
    chief.locator('[name=answer][value="confirmed"]').check(force=True)
    chief.get_by_role("button", name="答复", exact=True).click()
    chief.goto(house.to("visit", one))
    desk.reload()
    expect(desk.get_by_text("能陪同", exact=True)).to_be_visible()
    done = {"analysis", "rehearsal", "guide", "senior", "direction", "meal"}
    assert set(house.row(one).state["done"]) >= done


@pytest.mark.clause("CV-3.4.1", "CV-3.4.2", "CV-4.1")
def test_a_school_class_comes_in_at_two_gates_and_an_official_of_administration_after_them(
    house: GateHouse,
) -> None:
    visitor, one = applies(
        house, "城北职业学校", "institution", "plant", days=1, at="09:00", until="11:00", headcount=20
    )  # fmt: skip
    house.approve(one)
    house.act("江", "task", one, task="guide", who="叶")
    house.act("江", "send_plan", one)
    school = house.given(one, "江", 20, "plant")
    guests, two = applies(
        house, "市工业局考察团", "official", "plant", days=1, at="13:00", until="15:00", headcount=8
    )  # fmt: skip
    official_is_planned(house, two)
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
    house.wait(hours=4)
    house.clock()
    visitor.reload()
    expect(visitor.get_by_text("这次来访已经结束，谢谢您来")).to_be_visible()

    guests.reload()
    guests.get_by_role("link", name="进门用的参观证").click()
    expect(guests.locator(".pass-code svg")).to_be_visible()
    (group,) = house.passes(two)
    types(north, house.shown(group), way="in", count=8)
    answered(north, "放行", "市工业局考察团", "8 / 8 人在场", "厂区")
    types(north, house.shown(group), way="out", count=8)
    answered(north, "慢走", "0 / 8 人在场")
    house.wait(hours=3)
    house.clock()
    guests.goto(guests.url.replace("passes/", ""))
    expect(guests.get_by_text("这次来访已经结束，谢谢您来")).to_be_visible()
    assert house.faults() == []


def official_is_planned(house: GateHouse, two: UUID) -> None:
    """An official's visit: reception opens its area, a leader says yes, administration sees to what is served."""
    desk = house.come("江", house.to("visit", two), phone=False)
    opens(desk, "plant")
    chief = house.come("严", house.to("visit", two))
    chief.get_by_role("button", name="批准来访").click()
    expect(chief.get_by_text("已批准", exact=True).first).to_be_visible()
    desk.reload()
    explains(desk, "叶")
    tea = desk.locator(".tour-plan li", has_text="茶点")
    expect(tea).to_contain_text("行政部")
    expect(tea.get_by_role("button")).to_have_count(0)
    own = house.come("白", house.to("visit", two))
    own.locator(".tour-plan li", has_text="茶点").get_by_role("button", name="办好了").click()
    expect(
        own.locator(".tour-plan li", has_text="茶点").get_by_text("好了", exact=True)
    ).to_be_visible()
    desk.get_by_role("button", name="发接待方案").click()
    expect(desk.get_by_text("方案已发给各部门")).to_be_visible()
    issues(desk, 8, "plant")


def settled(*guards: Page) -> tuple[Page, ...]:
    """Once each has its answer."""
    for guard in guards:
        expect(guard.locator("[data-answer-slot] .gate-word")).not_to_have_text("验证中…")
    return guards
