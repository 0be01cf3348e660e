"""Visits in 待办: each thing that waits for somebody is one line, counted once, in as many questions however much there is."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yingbin.notices.queries import news
from yingbin.people.models import Assignment
from yingbin.tours.actions import companions, preparing
from yingbin.tours.inbox import lines
from yingbin.tours.models import TourVisit
from yingbin.tours.queries.mine import mine
from yingbin.tours.ticks import tick
from yingbin.web.shell import counts

from .headquarters import Headquarters


def titles(house: Headquarters, who: str) -> list[str]:
    """What 待办 lists of visits for somebody."""
    return [one.title for one in lines(house.badge(who), house.now)]


def counted(house: Headquarters, who: str) -> int:
    """What the number of 待办 holds beside notices and the like."""
    return counts(house.badge(who), "headquarters").also


def told(house: Headquarters, who: str) -> list[str]:
    """Notices that are counted beside these lines."""
    return [one.kind.partition(".")[2] for one in news(house.id(who), house.site).order_by("id")]


def test_what_one_asked_for_oneself_waits_for_the_other_leader(house: Headquarters) -> None:
    one = house.apply("institution", areas=(), by="严")
    assert (titles(house, "严"), counted(house, "严"), told(house, "严")) == ([], 0, [])
    assert (titles(house, "罗"), counted(house, "罗")) == (["公司批示：长丰机械 12 人"], 1)
    house.act("罗", "company", one, answer="approved")
    assert counted(house, "罗") == 0


@pytest.mark.clause("CV-3.3.3")
def test_a_leader_who_is_asked_along_finds_it_until_they_answer_or_the_visit_moves(
    house: Headquarters,
) -> None:
    one = house.approved("key_account", day=10)
    asked = house.do(companions.ask_companion, "江", visit_id=one, who=house.id("罗")).index
    assert (titles(house, "罗"), counted(house, "罗")) == (["答复能不能陪同：长丰机械 12 人"], 1)
    assert (counted(house, "严"), told(house, "罗")) == (0, [])
    (line,) = lines(house.badge("罗"), house.now)
    assert line.link.endswith(f"/{one}/companion/{asked}/")
    told_so = {"visit_id": one, "ask": asked, "answer": "declined", "reason": "出差"}
    house.do(companions.answer_companion, "罗", **told_so)
    assert counted(house, "罗") == len(titles(house, "罗")) == 0
    house.do(companions.ask_companion, "江", visit_id=one, who=house.id("罗"))
    assert counted(house, "罗") == 1
    row, hour = house.row(one), timedelta(hours=1)
    house.act("江", "edit", one, from_=row.starts_at + hour, to=row.ends_at + hour)
    assert counted(house, "罗") == len(titles(house, "罗")) == 0, "a yes would be to another time"


@pytest.mark.clause("CV-3.3.2")
def test_a_rehearsal_waits_two_days_ahead_for_whoever_may_sign_it(house: Headquarters) -> None:
    one = house.approved("key_account", day=14)
    house.act("江", "task", one, task="guide", who="江")
    due = next(d.due for d in mine(house.badge("叶"), house.now).todo if d.title == "预演")
    assert due is not None
    for hours, stands in ((-49, False), (-47, True), (1, True)):
        house.now = due + timedelta(hours=hours)
        found = [one for one in titles(house, "叶") if one.startswith("预演")]
        assert bool(found) is stands, hours
        assert not [one for one in titles(house, "江") if one.startswith("预演")], "they explain"
        assert counted(house, "江") == len(titles(house, "江")) == counted(house, "叶") - stands
    house.do(preparing.sign_rehearsal, "叶", visit_id=one, held_at=house.now, passed=True)
    assert counted(house, "叶") == counted(house, "江")


def test_whoever_joins_a_department_finds_what_waits_within_a_minute(house: Headquarters) -> None:
    house.apply()
    house.hire("新", "xin", "department")
    Assignment.objects.filter(staff=house.staff["新"]).update(department=house.production)
    tick(house.now)
    assert titles(house, "新") == titles(house, "韩") == ["答复能不能看车间：长丰机械 12 人"]
    assert counted(house, "新") == 1
    Assignment.objects.filter(staff=house.staff["新"]).update(until=house.now)
    house.choose(
        areas={
            "plant": {"department": "reception"},
            "workshop": {"department": str(house.research.id)},
        }
    )
    tick(house.now)
    assert (counted(house, "新"), counted(house, "韩"), counted(house, "秦")) == (0, 0, 1)
    assert house.faults() == []


def test_what_was_opened_before_there_was_such_a_list_is_listed_by_the_clock(
    house: Headquarters,
) -> None:
    one = house.apply()
    TourVisit.objects.update(waits=[], next_clock_at=house.now)
    assert titles(house, "韩") == []
    tick(house.now)
    assert counted(house, "韩") == len(titles(house, "韩")) == 1
    assert house.row(one).next_clock_at > house.now, "and is left in peace afterwards"


def asked_of(house: Headquarters, who: str) -> list[int]:
    """How many questions the number and the lines take."""
    found, badge = [], house.badge(who)
    for ask in (partial(counts, badge, "headquarters"), partial(lines, badge, house.now)):
        with CaptureQueriesContext(connection) as told:
            ask()
        found.append(len(told))
    return found


@pytest.mark.parametrize("who", ["江", "严", "韩"])
def test_thirty_visits_are_counted_in_one_question_and_listed_in_no_more(
    house: Headquarters, who: str
) -> None:
    house.apply(day=10)
    few = asked_of(house, who)
    for n in range(30):
        house.apply(day=10 + n % 5, hour=9 + n % 7, visitor=f"第{n}家")
    assert (asked_of(house, who), few[0]) == (few, 1)
    assert counted(house, "韩") == 31
