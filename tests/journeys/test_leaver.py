"""A leaver in the middle of a Saturday, and a closed day that is opened again: as the people there see it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.gallery.conftest import Gallery
from tests.gallery.leaving import day_is_one
from tests.journeys.conftest import Enter
from tests.journeys.test_arrival import answer, arrive
from yingbin.gallery.actions.presence import open_day


@pytest.mark.clause("TQ-11")
def test_a_leaver_in_the_middle_of_a_saturday(hall: Gallery, enter: Enter) -> None:
    screen = enter("案场大屏", "/gallery/board/")
    desk = enter("苏晴")
    arrive(desk, "张伟 13812345601")
    assert answer(desk) == "林悦"
    manager = enter("郑岚", reverse("people:person", args=[hall.id("林悦")]))
    manager.get_by_role("link", name="办理离职").click()
    manager.get_by_role("button", name="确认离职").click()
    manager.goto("/gallery/supervision/")
    expect(manager.get_by_text("林悦已不是置业顾问，到访1还在接待")).to_be_visible()

    # Who asks for her is received at once by the queue; the board and the desk don't offer her.
    desk.goto("/gallery/arrival/")
    expect(desk.locator("body")).not_to_contain_text("林悦 · 接待中")
    arrive(desk, "李娜 13812345602")
    assert answer(desk) == "周航"

    row = manager.locator(f"#p-{hall.id('林悦')}")
    row.locator("summary").click()
    row.get_by_label("登记没签的原因").fill("本人已离职")
    row.get_by_role("button", name="代为结束接待").click()
    expect(row).to_have_count(0)
    expect(screen.locator(".board-people")).not_to_contain_text("林悦")
    day_is_one(hall)


@pytest.mark.clause("TQ-11")
def test_a_closed_day_is_opened_again(hall: Gallery, enter: Enter) -> None:
    manager = enter("郑岚", "/gallery/supervision/")
    manager.get_by_role("link", name="收场", exact=True).click()
    expect(manager.get_by_text("现在收场？")).to_be_visible()
    manager.get_by_role("button", name="确认收场").click()
    expect(manager.get_by_text("签名封存").first).to_be_visible()

    # The desk is told since when, and whom to ask; the manager opens again, with who is still there.
    desk = enter("苏晴", "/gallery/arrival/")
    expect(desk.get_by_text("已收场")).to_be_visible()
    expect(desk.get_by_text("请郑岚在「督导」重新开场")).to_be_visible()
    manager.locator("#reopen summary").click()
    manager.locator("#reopen").get_by_text("吴敏").click()
    manager.locator("#reopen [name=reason]").fill("约好的客户晚到了")
    manager.locator("#reopen").get_by_role("button", name="重新开场").click()
    expect(manager.get_by_text("已重新开场")).to_be_visible()
    assert hall.queue() == ["林悦", "周航", "陈思远"]
    arrive(desk, "张伟 13812345601")
    assert answer(desk) == "林悦"
    assert open_day(hall.site) is not None
    day_is_one(hall)
