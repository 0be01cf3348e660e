"""The countdown board: who comes when, what isn't done yet, and by whom."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.customers.office import as_
from yingbin.approvals.actions import decide
from yingbin.approvals.models import Approval
from yingbin.people.policies import set_policy
from yingbin.tours.actions.companions import answer_companion, ask_companion
from yingbin.tours.actions.meals import book_meal
from yingbin.tours.actions.preparing import sign_rehearsal
from yingbin.tours.actions.routes import set_route
from yingbin.tours.hosting import Stop
from yingbin.tours.queries.countdown import board, by_day

from .headquarters import Headquarters
from .test_hosting import table


def owed(house: Headquarters, one: UUID) -> dict[str, list[str]]:
    """What each still has to do for a visit."""
    (line,) = (line for line in board(house.site, house.now) if line.row.id == one)
    return {who: [o.what for o in told] for who, told in line.by_owner}


@pytest.mark.clause("CV-3.3.1", "CV-3.4.1", "CV-3.4.2")
def test_each_thing_that_is_missing_stands_with_whoever_does_it(house: Headquarters) -> None:
    one = house.apply("institution", by="江", areas=("plant", "workshop"), answers={
        "sender": "official", "relation": "none", "purpose": "survey",
    })  # fmt: skip
    assert owed(house, one) == {
        "接待部": ["厂区的答复"],
        "生产部": ["车间的答复"],
        "公司": ["公司批示"],
    }
    house.approve(one)
    assert owed(house, one) == {"接待部": ["发方案", "讲解员", "参观证"], "行政部": ["茶点"]}
    house.act("江", "send_plan", one)
    house.issue(one, by="江", areas=("plant",))
    assert owed(house, one) == {"接待部": ["讲解员"], "行政部": ["茶点"], "生产部": ["参观证"]}


@pytest.mark.clause("CV-3.3.2", "CV-3.3.3", "CV-3.3.4")
def test_a_leader_without_an_answer_a_rehearsal_to_mend_and_a_table_to_allow_stand_on_it(
    house: Headquarters,
) -> None:
    house.do(set_policy, "何", name="tours.hosting", values={"meal_yuan": 100}, reason="节约")
    one = house.word()
    house.act("江", "task", one, task="guide", who="叶")
    ask = house.do(ask_companion, "江", visit_id=one, who=house.id("严"))
    told = {"held_at": house.now, "passed": False, "mend": "短一点"}
    house.do(sign_rehearsal, "江", visit_id=one, **told)
    house.do(book_meal, "江", visit_id=one, table=table(house))
    found = owed(house, one)
    assert (found["严"], found["叶"]) == (["答复能不能陪同"], ["预演里要改的"])
    assert found["公司"] == ["公司批示", "批准用餐超标"]
    told = {"visit_id": one, "ask": ask.index, "answer": "declined", "reason": "出差"}
    house.do(answer_companion, "严", **told)
    house.do(decide, "罗", approval_id=Approval.objects.get().id, grant=False, words="太贵")
    found = owed(house, one)
    assert {"严没空", "用餐改订"} <= set(found["接待部"])
    assert "严" not in found


@pytest.mark.clause("CV-3.4.1")
def test_the_board_counts_down_day_by_day_from_the_fifth(house: Headquarters) -> None:
    for day in (0, 1, 2, 5, 6, 9):
        house.apply("institution", day=day, hour=15, areas=())
    days = by_day(board(house.site, house.now), house.now)
    assert [day.title for day in days] == [
        "今天 11 月 23 日 星期一", "明天 11 月 24 日 星期二", "D-2 11 月 25 日 星期三", "D-5 11 月 28 日 星期六", "以后",
    ]  # fmt: skip
    assert [(day.left, len(day.lines)) for day in days] == [
        (0, 1),
        (1, 1),
        (2, 1),
        (5, 1),
        (None, 2),
    ]
    assert days[0].owed == 2, "the company's word and the school's list of minors"


@pytest.mark.clause("CV-3.2.1")
def test_a_way_is_missing_from_the_fifth_day_on(house: Headquarters) -> None:
    one = house.approved()
    assert "排参观路线" not in owed(house, one)["接待部"]
    house.now += timedelta(days=3)
    assert "排参观路线" in owed(house, one)["接待部"]
    house.do(set_route, "江", visit_id=one, version=0, stops=(Stop("plant", 30),))
    assert "改参观路线" in owed(house, one)["接待部"], "the workshop is open too"
    stops = (Stop("plant", 30), Stop("workshop", 30))
    house.do(set_route, "江", visit_id=one, version=1, stops=stops)
    assert not {"排参观路线", "改参观路线"} & set(owed(house, one)["接待部"])


def test_what_is_late_stands_first_and_is_said_so(house: Headquarters) -> None:
    one = house.word(day=2)
    house.now = house.at(1, 19)
    html = as_(house, "江").get("/s/zongbu/tours/board/").content.decode()
    assert "需求分析（到期没办）" in html
    assert next(iter(owed(house, one))) == "接待部"


def test_a_full_board_costs_no_more_questions(
    house: Headquarters, django_assert_max_num_queries: Any
) -> None:
    house.do(set_policy, "何", name="tours.hosting", values={"meal_yuan": 100}, reason="节约")
    for hour in (10, 12, 14):
        one = house.word(hour=hour)
        house.do(ask_companion, "江", visit_id=one, who=house.id("严"))
        house.do(book_meal, "江", visit_id=one, table=table(house))
    browser = as_(house, "江")
    browser.get("/s/zongbu/tours/board/")
    with django_assert_max_num_queries(22):
        browser.get("/s/zongbu/tours/board/")
