"""Every address of the desk: who opens it, what somebody of another office finds there, and what stays typed."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.urls.resolvers import RoutePattern, URLPattern

from tests.customers.office import Office, as_
from tests.desk.house import House, furnished
from yingbin.customers.models import CustomerPhone, Reveal
from yingbin.desk.models import Home, ResidentNote
from yingbin.desk.urls import urlpatterns
from yingbin.importing.models import ImportRun
from yingbin.people.models import Assignment, Department, Site

SCENES_PLAYED = (
    "求助", "转着的求助", "接了的求助", "到场的求助", "办好的求助", "办结的求助", "同意的有偿", "到主管的求助",
    "建议", "上报的建议", "投诉", "受理的投诉", "查过的投诉", "告知的投诉", "办结的投诉", "响应了的求助", "办结的有偿",
)  # fmt: skip


def elsewhere() -> Office:
    """西湖管理处, with a desk of its own."""
    other = Office("xihu", "西湖管理处")
    Site.objects.filter(id=other.site).update(kind="management_office")
    Assignment.objects.filter(site=other.place).update(role="desk_manager")
    works = Department.objects.create(site=other.place, name="工程部")
    Assignment.objects.filter(staff=other.staff["林悦"]).update(role="department", department=works)
    return other


OTHERS: list[Office] = []


def PLAYED_TOO(house: House) -> None:
    """Homes, people and notes; and an office elsewhere."""
    furnished(house)
    OTHERS[:] = [elsewhere()]


# Other offices' rows


def named(patterns: list[Any]) -> list[URLPattern]:
    """The addresses that name a row."""
    return [one for one in patterns if "<uuid:" in route(one)]


def route(one: URLPattern) -> str:
    assert isinstance(one.pattern, RoutePattern)
    return one.pattern._route


def ids(house: House) -> dict[str, object]:
    """A row of 湖畔管理处 for each name that an address has."""
    home, matter = Home.objects.filter(area__isnull=False)[0], house.desk(house.at["张先生的事"])
    return {
        "matter_id": matter.matter_id,
        "event": "tell",
        "home_id": home.id,
        "building_id": home.building_id,
        "customer_id": matter.matter.customer_id,
        "note_id": ResidentNote.objects.filter(removed_at=None)[0].id,
        "phone_id": CustomerPhone.objects.filter(customer_id=matter.matter.customer_id)[0].id,
        "run_id": ImportRun.objects.all()[0].id,
    }


@pytest.mark.parametrize("who", ["郑岚", "林悦"])
@pytest.mark.parametrize("door", named(urlpatterns), ids=lambda one: one.name)
def test_a_row_of_another_office_is_not_there(house: House, door: URLPattern, who: str) -> None:
    """Whatever somebody of 西湖管理处 sends to an address of 湖畔管理处's rows, they find nothing and change nothing."""
    browser, known = as_(OTHERS[0], who), ids(house)
    args = {n: known.get(n, uuid4()) for n in re.findall(r"<\w+:(\w+)>", route(door))}
    address, before = reverse(f"desk:{door.name}", kwargs=args), house.whole()
    statuses = set()
    for answer in (
        browser.get(address, follow=True),
        browser.post(address, {"key": "k", "why": "回电"}, follow=True),
    ):
        statuses.add(answer.status_code)
        assert "138****8000" not in answer.content.decode(errors="replace")
    # An unsigned form is refused before its row is looked for.
    unsigned = {422} if door.name == "receive_cash" else set()
    assert statuses <= {403, 404, 405} | unsigned
    if who == "郑岚" and not unsigned:
        assert 404 in statuses
    assert house.whole() == before
    assert not Reveal.objects.exists()


def test_every_kind_of_name_in_an_address_is_known_here(house: House) -> None:
    """The control: an address with a row of a new sort must be tried with a real one."""
    told = {n for one in named(urlpatterns) for n in re.findall(r"<uuid:(\w+)>", route(one))}
    unknown = told - set(ids(house))
    assert not unknown or all(name.endswith("_id") for name in unknown), unknown
    assert get_resolver().namespace_dict["desk"]


# Who opens what

ALL_DESK, RECORDERS, WORKERS = "苏叶林顾", "苏叶石林顾", "赵钱孙周"
OPENS = {
    "index": ALL_DESK,
    "mine": RECORDERS + WORKERS,
    "new": RECORDERS,
    "find": RECORDERS,
    "estate": ALL_DESK,
    "imports": ALL_DESK,
    "home": ALL_DESK,
    "building": ALL_DESK,
    "resident": ALL_DESK,
}


@pytest.mark.clause("SD-3.1", "SD-3.2", "SD-3.3")
@pytest.mark.parametrize("who", RECORDERS + WORKERS)
def test_each_opens_what_their_work_needs_and_nothing_else(house: House, who: str) -> None:
    known, browser = ids(house), house.browser(who)
    rows = {"home": "home_id", "building": "building_id", "resident": "customer_id"}
    opened = {
        page
        for page in OPENS
        if browser.get(
            reverse(f"desk:{page}", args=[known[rows[page]]] if page in rows else []), follow=True
        ).status_code
        == 200
    }
    assert opened == {page for page, people in OPENS.items() if who in people}


# Offered to the works: all of them. Held by 钱: 钱 and the head 赵. What the green has nothing to do with 周 never sees.
SEEN_BY = {
    "求助": "",
    "转着的求助": "赵钱孙",
    "接了的求助": "赵钱",
    "到场的求助": "赵钱",
    "办好的求助": "赵钱",
    "同意的有偿": "赵钱",
    "到主管的求助": "",
    "建议": "",
    "上报的建议": "",
    "告知的投诉": "",
}


@pytest.mark.clause("SD-3.2")
@pytest.mark.parametrize("scene", SEEN_BY)
def test_a_worker_sees_own_tasks_only_and_the_desk_sees_all(house: House, scene: str) -> None:
    address = reverse("desk:matter", args=[house.at[scene]])
    people = f"{WORKERS}叶"
    seen = {who: house.browser(who).get(address, follow=True).status_code for who in people}
    assert seen == {who: 200 if who in f"{SEEN_BY[scene]}叶" else 404 for who in people}


@pytest.mark.clause("SD-3.2", "SD-4.4")
@pytest.mark.parametrize(
    ("who", "waits"),
    [
        ("钱", {"转着的求助", "接了的求助", "到场的求助", "办好的求助", "同意的有偿"}),
        ("孙", {"转着的求助"}),
        ("周", {"张先生的事"}),
        ("林", {"到主管的求助", "上报的建议"}),
        ("顾", set()),
        ("石", set()),
    ],
)
def test_what_waits_for_somebody_is_on_their_page_and_nothing_else(
    house: House, who: str, waits: set[str]
) -> None:
    html = house.browser(who).get(reverse("desk:mine"), follow=True).content.decode()
    shown = {name for name, one in house.at.items() if str(one) in html}
    assert shown == waits
    if not waits:
        assert "现在没有等您的事" in html


@pytest.mark.parametrize("event", ["accept", "arrive", "tell", "cancel", "quote"])
@pytest.mark.parametrize("who", ["周", "孙"])
def test_a_worker_cannot_act_on_what_is_not_theirs_even_by_its_address(
    house: House, who: str, event: str
) -> None:
    address = reverse("desk:act", args=[house.at["接了的求助"], event])
    before = house.whole()
    answer = house.browser(who).post(
        address, {"key": "k", "yuan": "1", "reason": "withdrawn"}, follow=True
    )
    assert answer.status_code == 404
    assert house.whole() == before


def test_an_event_that_there_is_not_has_no_address(house: House) -> None:
    address = reverse("desk:act", args=[house.at["求助"], "dance"])
    assert house.browser("林").post(address, {"key": "k"}, follow=True).status_code == 404


# Telephones


@pytest.mark.clause("SD-4.1")
def test_a_matters_telephone_is_masked_until_somebody_looks_and_that_is_logged(
    house: House,
) -> None:
    known, browser = ids(house), house.browser("苏")
    page = reverse("desk:matter", args=[known["matter_id"]])
    look = reverse("desk:look_at_phone", args=[known["matter_id"], known["phone_id"]])
    html = browser.get(page, follow=True).content.decode()
    assert "138****8000" in html
    assert "13800138000" not in html.replace(" ", "")
    html = browser.post(look, {"key": "k"}, follow=True).content.decode()
    assert "13800138000" in html.replace(" ", "")
    row = Reveal.objects.get()
    said = house.desk(UUID(str(known["matter_id"]))).said
    assert (row.by, row.why) == (house.id("苏"), f"来电来访 {said} 号")
    assert "13800138000" not in browser.get(page, follow=True).content.decode().replace(" ", "")


# What was typed stays

TYPED: list[tuple[str, str, str, dict[str, str], tuple[str, ...]]] = [
    ("苏", "求助", "answer", {"text": "明天去看"}, ("明天去看", "这项求助在服务范围内")),
    ("苏", "受理的投诉", "investigate", {"note": "看了三段监控"}, ("看了三段监控", "投诉定级之后才记调查结果")),
    ("苏", "查过的投诉", "answer", {"text": ""}, ("请写下要告诉住户的话。",)),
    ("苏", "建议", "analyse", {"note": " "}, ("请写下分析。",)),
    ("顾", "查过的投诉", "conclude", {"reason": "谈了三次"}, ("谈了三次", "才由经理办结")),
    ("钱", "转着的求助", "decline", {"reason": ""}, ("请写下为什么不接。",)),
    ("苏", "办结的求助", "reopen", {"reason": ""}, ("请写下为什么重新打开。",)),
    ("苏", "求助", "reopen", {"reason": "又漏了"}, ("又漏了", "只有办结的事能重新打开")),
    ("苏", "响应了的求助", "pause", {"reason": ""}, ("请选原因。",)),
    ("苏", "响应了的求助", "pause", {"reason": "lunch"}, ("请从列表里选。",)),
    ("苏", "求助", "offer", {"to": ""}, ("请选给谁。",)),
    ("苏", "求助", "cancel", {"reason": "duplicate", "of": "2026-9999"}, ("2026-9999", "没有找到重复的那一件")),
    ("林", "接了的求助", "assign", {"as_": "holder", "to": "", "reason": "病了"}, ("病了", "请选给谁。")),
    ("苏", "投诉", "change", {"kind": "", "urgent": "", "reason": "弄错了"}, ("弄错了", "类别和急缓都没有变")),
]  # fmt: skip


@pytest.mark.clause("SD-4.4")
@pytest.mark.parametrize(
    ("who", "scene", "event", "told", "shown"), TYPED, ids=[f"{e}-{s}" for _, s, e, *_ in TYPED]
)
def test_what_was_typed_stays_with_what_is_wrong_beside_it(
    house: House, who: str, scene: str, event: str, told: dict[str, str], shown: tuple[str, ...]
) -> None:
    before = house.whole()
    answer = house.browser(who).post(
        reverse("desk:act", args=[house.at[scene], event]), {"key": "k", **told}, follow=True
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert [one for one in shown if one not in html] == []
    assert house.whole() == before


AREA = "面积填 0 到 999999.99 之间的数，最多两位小数，例如 89.5。"
ESTATE = [
    ("move_in", "home_id", {"name": "赵六", "phone": "12", "capacity": "tenant"}, ("赵六", "手机号是 11 位")),
    ("move_in", "home_id", {"name": "赵六", "capacity": "guest"}, ("赵六",)),
    ("move_in", "home_id", {"name": "赵六", "capacity": "owner", "since": "去年"}, ("赵六", "日期写成 2026-11-27 这样。")),
    ("move_in", "home_id", {"name": "张三", "phone": "13800138000", "capacity": "owner"}, ("张三", "不用再登记。")),
    ("change_home", "home_id", {"area": "很大"}, ("很大", AREA)),
    ("change_home", "home_id", {"area": "-1"}, (AREA,)),
    ("change_home", "home_id", {"area": "89.555"}, ("89.555", AREA)),
    ("move_out", "home_id", {"until": "昨天"}, ("请勾选谁搬走。", "日期写成 2026-11-27 这样。")),
    ("note", "customer_id", {"about": "other", "readers": "desk"}, ("请写清楚要注意什么。",)),
    ("note", "customer_id", {"about": "hearing", "readers": "all", "text": "右耳"}, ("右耳",)),
    ("another_home", "customer_id", {"home": "9-9-909", "capacity": "owner"}, ("9-9-909", "没有 9-9-909 这一户")),
    ("another_home", "customer_id", {"home": "电梯口", "capacity": "owner"}, ("电梯口", "看不出是哪一户")),
    ("add_phone", "customer_id", {"phone": "1380013800"}, ("少一位",)),
    ("add_home", "", {"home": "电梯口", "area": "80"}, ("电梯口", "看不出是哪一户")),
    ("add_home", "", {"home": "4栋1单元101", "area": "80"}, ("4-1-101 已经有了", "80")),
]  # fmt: skip


@pytest.mark.clause("SD-4.1")
@pytest.mark.parametrize(
    ("form", "row", "told", "shown"), ESTATE, ids=[f"{e[0]}-{n}" for n, e in enumerate(ESTATE)]
)
def test_forms_of_the_estate_keep_what_was_typed_and_say_what_to_do(
    house: House, form: str, row: str, told: dict[str, str], shown: tuple[str, ...]
) -> None:
    args, homes = [ids(house)[row]] if row else [], house.labels()
    answer = house.browser("苏").post(reverse(f"desk:{form}", args=args), {"key": "k", **told})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert [one for one in shown if one not in html] == []
    assert house.labels() == homes


def test_the_page_of_a_matter_asks_no_more_where_the_office_has_more(house: House) -> None:
    browser, address = house.browser("林"), reverse("desk:matter", args=[house.at["到场的求助"]])
    browser.get(address, follow=True)
    few = queries(browser, address)
    for n in range(10):
        house.record(home="8-8-808", title=f"第{n}件")
    assert queries(browser, address) == few


def queries(browser: Client, address: str) -> int:
    """How many questions a page asks."""
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address, follow=True).status_code == 200
    return len(asked)
