"""A day at a residents' desk: a clerk by keyboard, a worker's phone, the supervisor; each kind from the first word to the answer."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.at_desk import Desk, act, found, opened, recorded
from tests.journeys.conftest import Enter
from yingbin.desk.actions.happen import Record
from yingbin.desk.actions.register import register
from yingbin.desk.checking import Replayed
from yingbin.desk.models import DeskMatter
from yingbin.desk.places import of_words
from yingbin.notices.models import Notice
from yingbin.people.models import Staff


@pytest.mark.clause("SD-3.1", "SD-3.2", "SD-4.1", "SD-4.2.1", "SD-4.2.2", "SD-4.3", "SD-4.4")
def test_a_call_becomes_a_task_an_answer_and_a_closed_matter(desk: Desk, enter: Enter) -> None:
    clerk, worker = enter("罗静", desk.to("new/")), enter("范强", desk.to(), phone=True)
    assert "由罗静负责答复住户" in recorded(clerk, "3-2-1801", "厨房水管漏水")
    assert clerk.locator("[data-lookup-slot=found]").inner_text().strip() == ""
    found(clerk, "3-2-1701")
    clerk.keyboard.type("快递柜超时费谁收")
    clerk.get_by_role("radio", name=re.compile("^咨询")).check(force=True)
    clerk.locator("[name=answer]").fill("快递公司收，物业不收。")
    clerk.keyboard.press("Control+Enter")
    expect(clerk.get_by_text("当场答复，已办结")).to_be_visible()
    leak = DeskMatter.objects.get(matter__kind="help")

    clerk.goto(desk.to(f"{leak.matter_id}/"))
    act(clerk, "转给部门", choice="工程部")
    task = worker.locator("article, li, .list-group-item", has_text="厨房水管漏水").first
    expect(task).to_be_visible()
    worker.get_by_role("button", name="我来接").click()
    worker.get_by_role("button", name="到场了").click()
    worker.get_by_role("link", name="办完了").click()
    worker.get_by_role("button", name="办完了").click()
    expect(worker.get_by_text("等前台答复住户")).to_be_visible()
    clerk.goto(desk.to())
    expect(clerk.get_by_text("等您答复住户")).to_be_visible()
    clerk.goto(desk.to(f"{leak.matter_id}/"))
    act(clerk, "已经告诉住户")
    leak.matter.refresh_from_db()
    assert (leak.matter.state, leak.matter.hand_offs) == ("closed", 1)
    assert list(Replayed(desk.place.id).faults()) == []


@pytest.mark.clause("SD-4.2.4", "SD-4.2.5", "SD-3.3")
def test_a_complaint_comes_back_three_times_and_a_suggestion_is_answered(
    desk: Desk, enter: Enter
) -> None:
    clerk, chief = enter("罗静", desk.to("new/")), enter("沈毅", desk.to("watch/"))
    recorded(clerk, "3-2-1801", "楼上半夜装修太吵", kind="投诉")
    for grade in ("major", "grave"):
        recorded(clerk, "3-2-1801", "楼上半夜装修太吵", kind="投诉", twin="都不是")
        assert desk.stands() == ("complaint", grade, "new")
    assert Notice.objects.filter(to_id=Staff.objects.get(account="guming").id).exists()

    opened(clerk, desk)
    act(clerk, "已经回了住户")
    act(clerk, "定级", choice="特别严重")
    act(clerk, "写调查结果", "楼上业主雇的施工队不知道时间规定。")
    act(clerk, "写答复", "已约谈业主，施工只在八点到十八点。")
    act(clerk, "已经告诉住户")
    act(clerk, "记住户的答复", choice="不同意")
    assert desk.stands()[2] == "assessed"
    opened(chief, desk)
    act(chief, "说给负责人", "带上物业经理一起上门。")
    expect(chief.get_by_text("带上物业经理一起上门。")).to_be_visible()
    clerk.reload()
    act(clerk, "写调查结果", "施工队当晚又开工，保安记录在案。")
    act(clerk, "写答复", "停工三天，电梯停运施工卡。")
    act(clerk, "已经告诉住户")
    act(clerk, "记住户的答复", choice="同意")
    assert desk.stands()[2] == "closed"

    clerk.goto(desk.to("new/"))
    recorded(clerk, "3-2-1701", "北门花池换成灌木", kind="建议")
    opened(clerk, desk)
    act(clerk, "写分析", "花池一年换四季花，灌木省钱。")
    act(clerk, "上报")
    opened(chief, desk)
    act(chief, "写答复", "下季度改。")
    opened(clerk, desk)
    act(clerk, "已经告诉住户")
    assert desk.stands() == ("suggestion", "normal", "closed")
    assert list(Replayed(desk.place.id).faults()) == []


@pytest.mark.clause("SD-4.1", "SD-4.2.2", "SD-4.4")
def test_a_burst_pipe_hangs_sixty_homes_on_one_matter_and_answers_them_together(
    desk: Desk, enter: Enter
) -> None:
    clerk = enter("罗静", desk.to("new/"))
    recorded(clerk, "3-2-1801", "水管爆了，家里没水")
    head = desk.last()
    for n in range(58):
        where, title = of_words(desk.place.id, f"3-2-{n + 101}"), "水管爆了，没水"
        told = Record("help", where, head.subject, "call", title, caller=f"{n + 101}的住户")
        register(desk.acting(), told=told, parent=head.matter_id)
    for home in ("3-2-1701", "3-2-1601"):
        recorded(clerk, home, "水管爆了，没水", twin="^挂到.*已经挂了")
    worker = enter("范强", desk.to(), phone=True)
    clerk.goto(desk.to(f"{head.matter_id}/"))
    expect(clerk.get_by_text("60 户挂在这一件上")).to_be_visible()
    act(clerk, "转给部门", choice="工程部")
    worker.get_by_role("button", name="我来接").click()
    worker.get_by_role("button", name="到场了").click()
    worker.get_by_role("link", name="办完了").click()
    worker.get_by_role("button", name="办完了").click()
    expect(worker.get_by_text("等前台答复住户")).to_be_visible()
    clerk.goto(desk.to(f"{head.matter_id}/attached/"))
    clerk.locator("textarea[name=text]").fill("主管已经换好，水来了。")
    clerk.get_by_role("checkbox", name="下面每一户都告诉了").check(force=True)
    clerk.get_by_role("button", name="记下答复，勾选的办结").click()
    expect(
        clerk.get_by_text("60 户已有答复，其中 60 户已经告诉、办结。全部办完了。")
    ).to_be_visible()
    expect(clerk.get_by_text("已告诉", exact=True)).to_have_count(60)
    ended = DeskMatter.objects.exclude(id=head.id).values_list("matter__state", flat=True)
    assert (len(ended), set(ended)) == (60, {"closed"})
    assert list(Replayed(desk.place.id).faults()) == []
