"""我的: what waits for a clerk, a worker, a head, a supervisor; the next due first, one tap where one tap will do."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yingbin.desk.live import TOPICS
from yingbin.desk.queries.mine import TITLES, Mine, Task, leaf, mine
from yingbin.people.live import Viewer
from yingbin.people.models import Assignment

from .counter import Counter


def seen(counter: Counter, who: str) -> Mine:
    """What waits for somebody."""
    return mine(counter.badge(who), counter.now)


def said(tasks: list[Task]) -> list[tuple[str, str]]:
    """Each task with what is theirs to do."""
    return [(task.line.row.matter.title, task.button or task.waits) for task in tasks]


def test_a_clerk_finds_first_what_falls_due_first_whoever_has_it_in_hand(counter: Counter) -> None:
    counter.record("苏", "suggestion", title="加充电桩")
    counter.record("苏", "help", title="停水", subject="water")
    counter.record("苏", "enquiry", title="几点开门")
    counter.record("叶", "help", title="叶的事")
    assert said(seen(counter, "苏").tasks) == [
        ("停水", "请派给部门"), ("几点开门", "等您答复"), ("加充电桩", "等您分析"),
    ]  # fmt: skip


@pytest.mark.clause("SD-3.2", "SD-4.4")
def test_a_worker_is_led_by_one_tap_from_the_offer_to_the_end(counter: Counter) -> None:
    one, browser = counter.record(), counter.browser("钱")
    counter.offer("苏", one)
    page = reverse("desk:mine")
    for button in ("我来接", "到场了"):
        html = browser.get(page, follow=True).content.decode()
        tap = re.search(r'action="([^"]+/do/[a-z]+/)">(.*?)</form>', html, re.S)
        assert tap is not None, button
        assert button in tap[2]
        sent = dict(re.findall(r'name="(key|next)" value="([^"]*)"', tap[2]))
        counter.later(minutes=1)
        answer = browser.post(tap[1], sent, follow=True)
        assert answer.redirect_chain[-1][0].endswith("/desk/mine/"), "back to the list"
    html = browser.get(page, follow=True).content.decode()
    finish = re.search(r'href="([^"]+/finish/\?next=[^"]+)">办完了', html)
    assert finish is not None
    counter.later(minutes=1)
    answer = browser.post(finish[1], {"key": "done"}, follow=True)
    assert answer.redirect_chain[-1][0].endswith("/desk/mine/"), "back to the list"
    assert counter.log(one)[2:] == ["accept", "arrive", "done"]
    assert said(seen(counter, "钱").done) == [("厨房水管漏水", "")]
    assert said(seen(counter, "苏").tasks) == [("厨房水管漏水", "等您答复住户")]


@pytest.mark.clause("SD-4.2.3")
def test_whoever_repairs_for_money_hears_what_comes_before_the_work(counter: Counter) -> None:
    one = counter.record("苏", "paid")
    counter.offer("苏", one)
    counter.act("钱", "accept", one)
    heard = []
    for event, fields in (
        ("arrive", {}), ("quote", {"amount": 8000}), ("agree", {"agreed": True, "amount": 8000}), ("start", {}),
    ):  # fmt: skip
        counter.act("钱", event, one, **fields)
        task = seen(counter, "钱").tasks[0]
        heard.append(task.waits or task.button)
    assert heard == ["等您报价", "等住户同意报价", "开工", "办完请住户签字"]


@pytest.mark.clause("SD-4.4")
def test_a_head_sees_what_their_people_have_in_hand_and_gives_it_to_another(
    counter: Counter,
) -> None:
    one = counter.record()
    counter.offer("苏", one)
    counter.act("钱", "accept", one)
    assert said(seen(counter, "赵").team) == [("厨房水管漏水", "")]
    assert not seen(counter, "孙").heaps
    assert not seen(counter, "周").heaps, "the head of another department"
    page = counter.browser("赵").get(reverse("desk:matter", args=[one]), follow=True)
    assert "改派" in page.content.decode()
    counter.act("赵", "assign", one, to=str(counter.id("孙")), reason="钱师傅在抢修")
    assert said(seen(counter, "孙").tasks) == [("厨房水管漏水", "到场了")]


@pytest.mark.clause("SD-4.1", "SD-4.4")
def test_what_a_guard_wrote_down_at_night_waits_for_every_clerk_until_one_takes_it(
    counter: Counter,
) -> None:
    one = counter.record("石", title="4栋电梯异响", source="guard")
    for clerk in ("苏", "叶"):
        assert said(seen(counter, clerk).guards) == [("4栋电梯异响", "我来负责")]
    assert not any(seen(counter, who).guards for who in ("石", "林", "赵"))
    assert "治安员记下的，请接过去" in counter.browser("苏").get(reverse("desk:mine"), follow=True).content.decode()  # fmt: skip
    counter.act("叶", "take", one)
    assert not seen(counter, "苏").guards
    assert said(seen(counter, "叶").tasks) == [("4栋电梯异响", "请派给部门")]


@pytest.mark.clause("SD-4.3")
def test_what_somebody_who_left_had_in_hand_waits_for_the_supervisor(counter: Counter) -> None:
    one = counter.record("叶")
    Assignment.objects.filter(staff=counter.staff["叶"]).update(until=counter.now)
    assert said(seen(counter, "林").lost) == [("厨房水管漏水", "")]
    assert "没有人管的，请改派" in counter.browser("林").get(reverse("desk:mine"), follow=True).content.decode()  # fmt: skip
    for part in ("owner", "holder"):
        if counter.stands(one)[1 if part == "owner" else 2] == "叶":
            fields = {"to": str(counter.id("苏")), "as": part, "reason": "叶离职"}
            counter.act("林", "assign", one, **fields)
    assert not seen(counter, "林").lost
    assert said(seen(counter, "苏").tasks) == [("厨房水管漏水", "请派给部门")]


def test_the_page_is_live_and_pushes_what_it_shows(counter: Counter) -> None:
    counter.record()
    viewer = Viewer(counter.badge("苏"), "desk-mine", csrf="token")
    assert "厨房水管漏水" in TOPICS["desk-mine"].render(viewer)["desk-mine"]
    assert (
        "现在没有等您的事"
        in TOPICS["desk-mine"].render(Viewer(counter.badge("周"), "desk-mine", csrf="token"))[
            "desk-mine"
        ]
    )


def test_thirty_matters_ask_no_more_than_one(counter: Counter) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            seen(counter, "林")
            seen(counter, "苏")
        return len(queries)

    counter.record()
    first = asked()
    for _ in range(8):
        counter.offer("苏", counter.record())
    assert asked() <= first + 1, "departments are named by one more question"


def test_of_many_matters_the_next_due_stand_on_the_page_and_the_others_are_leafed_through(
    counter: Counter,
) -> None:
    for n in range(27):
        counter.record("苏", "enquiry", home=f"{n + 1}-1-101", title=f"第 {n + 1} 问")
        counter.later(minutes=1)
    shown = seen(counter, "苏")
    assert [task.line.row.matter.title for task in shown.tasks][:2] == ["第 1 问", "第 2 问"]
    assert (len(shown.tasks), shown.many["tasks"]) == (25, 27)
    browser, page = counter.browser("苏"), reverse("desk:mine")
    assert "还有 2 件" in browser.get(page).content.decode()
    rest = browser.get(page, {"heap": "tasks", "page": "2"}).content.decode()
    assert ("第 26 问" in rest, "第 27 问" in rest, "第 25 问" in rest) == (True, True, False)
    assert browser.get(page, {"heap": "nothing"}).status_code == 404


@pytest.mark.parametrize("heap", TITLES)
def test_a_heap_that_isnt_somebodys_own_is_empty(counter: Counter, heap: str) -> None:
    counter.record("石", title="4栋电梯异响")
    found = {row.matter.title for row in leaf(counter.badge("周"), heap, counter.now)}
    assert found == set()
