"""Pages of visits: what each person sees and may do, and what they typed when they were refused."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.customers.office import as_
from yingbin.tours.models import TourVisit

from .headquarters import Headquarters


def page(house: Headquarters, who: str, name: str, *args: Any, **query: str) -> str:
    """A page as somebody sees it."""
    answer = as_(house, who).get(f"/s/zongbu{reverse(f'tours:{name}', args=args)}", query)
    assert answer.status_code == 200, (
        who,
        name,
        answer.status_code,
        answer.headers.get("Location"),
    )
    return answer.content.decode()


def send(house: Headquarters, by: str, one: UUID, event: str, **told: Any) -> Any:
    """A form of a visit's page, sent."""
    address = f"/s/zongbu{reverse('tours:act', args=[one, event])}"
    return as_(house, by).post(address, {"key": f"k{next(house.keys)}", **told})


def prepare(house: Headquarters, by: str, one: UUID, task: str, **told: Any) -> Any:
    """A form of the page of a visit's preparation, sent."""
    address = f"/s/zongbu{reverse('tours:prepare', args=[one, task])}"
    return as_(house, by).post(address, {"key": f"k{next(house.keys)}", **told})


def answer(house: Headquarters, by: str, one: UUID, ask: int, **told: Any) -> Any:
    """A leader's answer."""
    address = f"/s/zongbu{reverse('tours:companion', args=[one, ask])}"
    return as_(house, by).post(address, {"key": f"k{next(house.keys)}", **told})


def offered(html: str) -> set[str]:
    """The events that a page offers."""
    return set(re.findall(r'/do/([a-z_]+)/"', html))


@pytest.mark.clause("CV-3.2.1", "CV-2")
@pytest.mark.parametrize(
    ("who", "events"),
    [
        ("江", {"area", "reclass", "withdraw"}),
        ("贺", {"area"}),
        ("严", set()),
        ("白", set()),
    ],
)
def test_a_visits_page_offers_just_what_the_rules_accept_from_whoever_looks(
    house: Headquarters, who: str, events: set[str]
) -> None:
    one = house.apply()
    html = page(house, who, "visit", one)
    assert offered(html) == events | ({"permit_photo"} if who == "严" else set())
    assert "长丰机械" in html
    assert "经常往来，来看产品" in html, "why it is of its class"


@pytest.mark.clause("CV-3.2.1")
def test_a_department_answers_on_its_page_and_a_refusal_needs_a_reason(house: Headquarters) -> None:
    one = house.apply()
    answer = send(house, "贺", one, "area", area="workshop", answer="refused")
    assert answer.status_code == 422
    assert "请写明原因" in answer.content.decode()
    send(house, "贺", one, "area", area="workshop", answer="refused", reason="设备检修")
    assert house.areas(one)["workshop"] == "refused"
    assert "设备检修" in page(house, "江", "visit", one)


@pytest.mark.clause("CV-4.1", "CV-3.3.3")
def test_a_key_account_is_led_from_the_companys_word_to_its_passes_by_taps(
    house: Headquarters,
) -> None:
    one = house.apply("key_account")
    for who, area in (("江", "plant"), ("韩", "workshop")):
        send(house, who, one, "area", area=area, answer="open")
    send(house, "罗", one, "company", answer="approved")
    assert house.row(one).status == "approved"
    send(house, "江", one, "task", task="guide", who=str(house.id("叶")))
    prepare(house, "江", one, "senior", who=str(house.id("严")))
    answer(house, "严", one, 0, answer="confirmed")
    prepare(house, "江", one, "direction", serve="coffee", directed_by=str(house.id("严")))
    send(house, "江", one, "send_plan")
    told = {"areas": ["workshop"], "persons": "12", "escort": str(house.id("叶"))}
    send(house, "韩", one, "issue", **told)
    html = page(house, "江", "visit", one)
    assert "叶" in html
    assert "咖啡" in html
    assert house.row(one).state["done"] == {
        "guide": str(house.id("叶")), "senior": str(house.id("严")), "direction": "coffee",
    }  # fmt: skip
    again = send(house, "韩", one, "issue", **told)
    assert "发出的参观证人数会超过批准的人数" in again.content.decode()


@pytest.mark.clause("CV-3.2.1")
def test_who_would_be_asked_again_is_shown_before_an_edit_is_done(house: Headquarters) -> None:
    one = house.planned()
    address = f"/s/zongbu{reverse('tours:edit', args=[one])}"
    told = {
        "day": f"{house.at(8, 0):%Y-%m-%d}", "start": "10:00", "end": "12:00", "headcount": "20",
        "areas": ["plant", "workshop"], "key": "k-edit",
    }  # fmt: skip
    shown = as_(house, "江").post(address, told).content.decode()
    for words in ("厂区、车间要重新答复", "公司要重新批示", "接待方案要重新发"):
        assert words in shown
    assert house.row(one).headcount == 12, "nothing was written"
    as_(house, "江").post(address, {**told, "sure": "1"})
    assert (house.row(one).headcount, house.row(one).status) == (20, "awaiting")
    assert as_(house, "韩").get(address).status_code == 404, "only reception and whoever applied"


@pytest.mark.clause("CV-3.2.1")
def test_mine_says_what_waits_and_one_tap_answers(house: Headquarters) -> None:
    one = house.apply()
    assert "答复能不能看车间" in page(house, "贺", "mine")
    assert "现在没有等您的事" in page(house, "秦", "mine")
    send(house, "贺", one, "area", area="workshop", answer="open", next="/tours/mine/")
    assert "现在没有等您的事" in page(house, "贺", "mine")
    send(house, "江", one, "area", area="plant", answer="open")
    assert "公司批示" in page(house, "严", "mine")


@pytest.mark.clause("CV-3.3.1")
def test_the_board_counts_down_and_says_what_is_missing(house: Headquarters) -> None:
    house.word()
    html = page(house, "江", "board")
    assert "长丰机械" in html
    assert re.search(r"接待部</b>\s*<span>厂区的答复、[^<]*需求分析", html)
    assert "没有要来的客人" not in html


@pytest.mark.clause("CV-3.2.1", "CV-3.3.1")
def test_a_colleague_applies_for_a_guest_and_a_department_gives_its_word(
    house: Headquarters,
) -> None:
    told = {
        "visitor": "远东电气", "contact": "赵总", "day": f"{house.at(9, 0):%Y-%m-%d}", "start": "14:00",
        "end": "16:00", "headcount": "8", "areas": ["workshop"], "sender": "company", "relation": "partner",
        "aim": "business", "wants": "看自动线", "diet": "两位清真",
    }  # fmt: skip
    for who, more, how in (
        ("秦", {}, "colleague"),
        ("韩", {"department": str(house.production.id)}, "word"),
    ):
        address = f"/s/zongbu{reverse('tours:new')}"
        answer = as_(house, who).post(address, {**told, **more, "key": f"new-{who}"})
        assert answer.status_code == 302, answer.content.decode()[:2000]
        row = TourVisit.objects.order_by("-seq")[0]
        assert (row.how, row.applied_by, row.words["diet"]) == (how, house.id(who), "两位清真")
    assert row.klass == "key_account"


@pytest.mark.clause("CV-2")
def test_only_those_concerned_open_a_visit(house: Headquarters) -> None:
    one = house.apply(areas=("workshop",))
    address = f"/s/zongbu{reverse('tours:visit', args=[one])}"
    seen = {who: as_(house, who).get(address).status_code for who in "江白严韩秦孟"}
    assert seen == {"江": 200, "白": 200, "严": 200, "韩": 200, "秦": 404, "孟": 403}
    assert "长丰机械" not in page(house, "秦", "index")


def test_thirty_lines_cost_no_more_questions_than_one(
    house: Headquarters, django_assert_max_num_queries: Any
) -> None:
    house.apply()
    browser: Client = as_(house, "江")
    for name in ("index", "board", "mine"):
        address = f"/s/zongbu{reverse(f'tours:{name}')}"
        browser.get(address)
        with django_assert_max_num_queries(22):
            browser.get(address)


@pytest.mark.clause("CV-2", "CV-3.2.2")
def test_the_settings_are_changed_with_a_reason_and_hold_at_once(house: Headquarters) -> None:
    html = page(house, "江", "settings")
    assert "第 1 版" in html
    assert "/visit/zongbu/" in html
    told = {
        "workshop_department": str(house.production.id), "workshop_capacity": "20", "workshop_key": "on",
        "rooms": "大厅 100\n小会 6", "souvenirs": "10", "circles": "家电", "reason": "搬了家", "key": "k-set",
    }  # fmt: skip
    address = f"/s/zongbu{reverse('tours:settle')}"
    answer = as_(house, "江").post(address, told)
    assert answer.status_code == 302, answer.content.decode()
    assert house.row(house.approved("institution", areas=("workshop",))).room == "大厅"
    house.apply("institution", areas=("workshop",))
    refused = as_(house, "江").post(address, {**told, "workshop_department": "", "key": "k2"})
    assert "还有来访要看车间，先不能去掉" in refused.content.decode()


@pytest.mark.clause("CV-2")
def test_a_new_version_of_the_rules_holds_from_its_day_and_old_visits_keep_theirs(
    house: Headquarters,
) -> None:
    before = house.apply("important", day=4)
    browser = as_(house, "江")
    html = page(house, "江", "settings", base="trade")
    told = dict(re.findall(r'name="(\w+)" value="([^"]*)"', html))
    told |= {
        "base": "trade", "since": f"{house.at(1, 0):%Y-%m-%d}", "days": "calendar", "small_group": "exception",
        "late": "exception", "capacity": "stop", "souvenirs": "group", "company_approval": "key_account",
        "reason": "按行业做法", "key": "k-pack",
    }  # fmt: skip
    told = {name: value for name, value in told.items() if not name.startswith("workshop")}
    answer = browser.post(f"/s/zongbu{reverse('tours:pack')}", told)
    assert answer.status_code == 302, re.findall("errorlist.*?</ul>", answer.content.decode(), re.S)
    house.clock(days=1)
    after = house.apply("important", day=4)
    assert (house.row(before).status, house.row(before).version) == ("needs_exception", "1")
    assert (house.row(after).status, house.row(after).version) == ("awaiting", "2")
    assert house.faults() == []


@pytest.mark.clause("CV-3.2.1", "CV-4.1")
def test_the_form_on_paper_counts_its_passes_and_says_why_an_area_is_closed(
    house: Headquarters,
) -> None:
    one = house.apply(
        areas=("plant", "workshop", "finished_goods"), words={"diet": "两位素食"}, terms="2026-1"
    )
    house.act("韩", "area", one, area="finished_goods", answer="refused", reason="那天盘点")
    house.approve(one)
    house.act("江", "task", one, task="guide", who="叶")
    house.act("江", "send_plan", one)
    house.issue(one, areas=("plant", "workshop"), persons=5)
    house.issue(one, areas=("workshop",), persons=7)
    html = re.sub(r"\s+", " ", page(house, "江", "paper", one))
    for said in (
        "<h1>预约访问申请表</h1>", "编号 2026-0001", "两位素食", "同意 严", "<th>负责人</th><td>叶</td>",
        "<td>厂区</td><td>✓</td> <td>开放<br><small>江 11 月 23 日</small></td> <td>1</td><td>5</td><td></td>",
        "<td>车间</td><td>✓</td> <td>开放<br><small>韩 11 月 23 日</small></td> <td>2</td><td>12</td><td></td>",
        "<td>成品</td><td>✓</td> <td>不能看<br><small>韩 11 月 23 日</small></td> <td></td><td></td><td>那天盘点</td>",
        "合计（一张证可以到几个区域）</th><td>2</td>", "没有名单", "申请人已同意保密与安全须知第",
        "<td>物流</td><td></td> <td></td>", "138****8000",
    ):  # fmt: skip
        assert said in html.replace("　", " "), said
    assert "13800138000" not in html


def test_the_board_changes_by_itself(house: Headquarters) -> None:
    from yingbin.people.live import Viewer
    from yingbin.tours.live import TOPICS

    one = house.apply()
    viewer = Viewer(house.badge("江"), "tours-board")
    assert 'data-live="/live/tours-board/"' in page(house, "江", "board")
    before = TOPICS["tours-board"].render(viewer)["tours-board"]
    house.act("江", "area", one, area="plant", answer="open")
    after = TOPICS["tours-board"].render(viewer)["tours-board"]
    assert ("接待部</b>" in before, "接待部</b>" in after) == (True, False)
    assert "生产部</b>" in after
