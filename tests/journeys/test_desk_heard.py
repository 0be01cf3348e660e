"""Residents heard again, at once and by night: the call-back, the base of answers, the guard's short form."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.at_desk import Desk, act, opened, recorded
from tests.journeys.conftest import Enter
from yingbin.desk.actions.answers import Wording, keep
from yingbin.desk.actions.happen import Record
from yingbin.desk.actions.verbs import happen, record
from yingbin.desk.checking import Replayed
from yingbin.desk.models import AnswerEntry
from yingbin.desk.queries.estate import place_of

COMPLAINT = (
    ("respond", {}),
    ("assess", {"severity": "major"}),
    ("investigate", {"note": "看了监控"}),
    ("answer", {"text": "装修队中午停工。"}),
    ("tell", {}),
    ("agree", {"agreed": True}),
)


def closed_complaint(desk: Desk) -> None:
    """罗静 dealt with a complaint to its end; the rule draws every one of them for a call."""
    told = Record("complaint", place_of(desk.place.id, "3-2-1801"), "noise", "call", "楼上中午敲墙")
    one = record(desk.acting(), told=told).matter
    for event, fields in COMPLAINT:
        happen(desk.acting(), event=event, matter_id=one, fields=fields)


@pytest.mark.clause("SD-4.3", "SD-4.4")
def test_a_resident_who_is_called_back_and_not_satisfied_has_the_matter_opened_again(
    desk: Desk, enter: Enter
) -> None:
    closed_complaint(desk)
    caller = enter("吴悦", desk.to("callbacks/"))
    caller.get_by_role("link", name="打回访").click()
    caller.get_by_role("button", name="没打通").click()
    expect(caller.get_by_text("打过 1 次没通")).to_be_visible()
    caller.get_by_role("link", name="打回访").click()
    caller.get_by_role("radio", name=re.compile("^2 分")).check(force=True)
    caller.get_by_role("radio", name="没有", exact=True).check(force=True)
    caller.get_by_role("button", name="记下回访").click()
    expect(caller.get_by_text("请写下为什么不满意")).to_be_visible()
    caller.locator("[name=remark]").fill("停了一天，今天中午又敲。")
    caller.get_by_role("button", name="记下回访").click()
    expect(caller.get_by_text("住户不满意，重新打开，由罗静负责")).to_be_visible()
    expect(caller.get_by_text("现在没有要打的回访")).to_be_visible()

    clerk = enter("罗静", desk.to())
    task = clerk.locator(".desk-task", has_text="楼上中午敲墙")
    expect(task).to_be_visible()
    task.get_by_role("link").first.click()
    expect(clerk.get_by_text("停了一天，今天中午又敲。").first).to_be_visible()
    assert desk.stands()[2] == "new"
    assert (desk.last().callback_score, len(desk.last().callback_attempts)) == ("dissatisfied", 1)
    assert list(Replayed(desk.place.id).faults()) == []


@pytest.mark.clause("SD-4.1", "SD-4.2.1", "SD-4.4")
def test_what_is_in_the_base_is_answered_with_a_tap_and_the_guards_night_is_taken_over(
    desk: Desk, enter: Enter
) -> None:
    asked = Wording("other", "装修垃圾堆在哪里", "东门南侧的围挡里，晚上八点前。")
    keep(desk.acting(), told=asked)
    guard = enter("潘伟", desk.to("new/"), phone=True)
    guard.locator("[name=place]").fill("3栋2单元电梯口")
    guard.locator("[name=words]").fill("电梯门关不上")
    guard.locator("[name=urgent]").check(force=True)
    guard.get_by_role("button", name="报给前台").click()
    expect(guard.get_by_text("前台接过去之前由您盯着")).to_be_visible()

    clerk = enter("罗静", desk.to())
    clerk.locator(".desk-task", has_text="电梯门关不上").get_by_role("button").click()
    expect(clerk.get_by_text("罗静从潘伟手里接过")).to_be_visible()
    assert desk.stands() == ("help", "urgent", "new")
    clerk.goto(desk.to("new/"))
    recorded(clerk, "3-2-1801", "装修垃圾堆在哪里", kind="咨询")
    opened(clerk, desk)
    clerk.get_by_role("button", name="用这条").click()
    expect(clerk.get_by_text("已按答案库第 1 条答复")).to_be_visible()
    act(clerk, "已经告诉住户")
    assert desk.stands() == ("enquiry", "normal", "closed")
    assert AnswerEntry.objects.get().used == 1
    assert list(Replayed(desk.place.id).faults()) == []
