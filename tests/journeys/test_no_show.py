"""A busy Saturday at the door: nothing answered, somebody who is here already, and a receiver who doesn't come."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.gallery.conftest import Gallery
from tests.journeys.conftest import Enter
from tests.journeys.test_arrival import answer, arrive
from yingbin.gallery.models import Nudge, Reception, Visit
from yingbin.people.models import Assignment, Staff


def waited(seconds: int) -> None:
    """The receivers have been waited for so long."""
    for reception in Reception.objects.filter(accepted_at__isnull=True):
        reception.began_at -= timedelta(seconds=seconds)
        reception.save(update_fields=["began_at"])


@pytest.mark.clause("TQ-1")
@pytest.mark.parametrize("script", [True, False])
def test_an_arrival_with_nothing_answered(hall: Gallery, enter: Enter, script: bool) -> None:
    page = enter("苏晴", "/gallery/arrival/", phone=True, script=script)
    page.locator("#q").fill("张伟 13812345678")
    page.locator("#q").press("Enter")
    expect(page.get_by_role("alert").first).to_contain_text("第一次来访吗")
    expect(page.get_by_role("alert").nth(1)).to_contain_text("联系过吗")
    expect(page.locator("#q")).to_have_value("张伟 13812345678")
    assert not Visit.objects.exists()
    page.locator("label.choice", has_text="以前来过").click()
    page.locator("label.choice", has_text="没有").first.click()
    page.get_by_role("button", name="安排接待").click()
    expect(page.get_by_text("就点「没找到」")).to_be_visible()
    page.locator("label.choice", has_text="没找到").click()
    page.get_by_role("button", name="安排接待").click()
    page.wait_for_url(re.compile("/gallery/visit/"))
    assert Visit.objects.get().not_found is True


@pytest.mark.clause("TQ-1")
def test_somebody_who_is_here_already(hall: Gallery, enter: Enter) -> None:
    first = hall.arrive(name="严杰", phone="13812345678")
    page = enter("叶小满", "/gallery/arrival/", phone=True)
    page.locator("label.choice", has_text="第一次来").click()
    page.locator("label.choice", has_text="没有").first.click()
    page.locator("#q").fill("13812345678")
    expect(page.locator(".found")).to_contain_text("在现场：林悦正在接待")
    page.get_by_role("button", name="安排接待").click()
    expect(page.get_by_role("alert")).to_contain_text("严杰")
    page.get_by_role("link", name="就是这一拨").click()
    expect(page).to_have_url(re.compile(str(first.id)))
    assert Visit.objects.count() == 1


@pytest.mark.clause("TQ-1.1", "TQ-11")
def test_the_receiver_who_does_not_come(hall: Gallery, enter: Enter) -> None:
    desk, phone = enter("苏晴", phone=True), enter("林悦", "/gallery/mine/", phone=True)
    arrive(desk, "张伟 13812345678")
    assert answer(desk) == "林悦"
    ticket = desk.locator(".standing")
    expect(ticket).to_contain_text(re.compile(r"等林悦接单 0:\d\d"))
    waited(40)
    desk.get_by_role("button", name="再叫一次").click()
    expect(desk.locator(".toast")).to_contain_text("已再叫一次")
    expect(ticket).to_contain_text("再叫过 1 次")
    expect(phone.locator(".turn")).to_contain_text("又叫了您一次")

    # The desk may not change the order; the manager's page has it ready, one tap.
    desk.get_by_role("button", name="请经理换人").click()
    expect(desk.locator(".standing-do")).to_contain_text("已请经理换人")
    manager = enter("郑岚", "/gallery/supervision/", phone=True)
    card = manager.locator("article.claim", has_text="没来接单")
    card.get_by_role("button", name="换给周航").click()
    expect(card).to_have_count(0)
    expect(ticket).to_contain_text("等周航接单")
    assert answer(desk) == "周航"
    other = enter("周航", "/gallery/mine/", phone=True)
    other.get_by_role("button", name="我来接待").click()
    expect(ticket).to_contain_text("已接单")
    assert Nudge.objects.count() == 2

    # Among the latest arrivals as well, without losing what is being typed.
    hall.arrive(name="李娜")
    desk.goto("/gallery/arrival/")
    desk.locator("#q").fill("王五")
    waited(40)
    row = desk.locator(".recent li", has_text="李娜")
    row.get_by_role("button", name="再叫一次").click()
    expect(row).to_contain_text("再叫过 1 次")
    expect(desk.locator("#q")).to_have_value("王五")


def clear(page: Page, selector: str) -> bool:
    """Whether whatever stands at the middle of this element is the element itself, once it is in view."""
    return bool(
        page.locator(selector).first.evaluate(
            """e => { e.scrollIntoView({block: "nearest", behavior: "instant"});
                      const b = e.getBoundingClientRect();
                      const at = document.elementFromPoint(b.x + b.width / 2, b.y + b.height - 6);
                      return e.contains(at) || at.contains(e); }"""
        )
    )


def test_on_a_phone_nothing_lies_under_the_dock_and_three_results_stand_above_the_keyboard(
    hall: Gallery, enter: Enter
) -> None:
    for n in range(4):
        hall.finish(hall.arrive(name=f"王五{n}", phone=f"1381234567{n}"))
    page = enter("苏晴", "/gallery/arrival/", phone=True)
    button = page.get_by_role("button", name="安排接待").bounding_box()
    nav = page.locator(".thumbs").bounding_box()
    assert button
    assert nav
    assert button["y"] + button["height"] <= nav["y"], "a first visit fits one screen"
    page.set_viewport_size({"width": 390, "height": 508})
    page.locator("#q").click()
    page.locator("#q").press_sequentially("ww")
    expect(page.locator(".found > li")).to_have_count(5)
    bottoms = page.locator(".found > li").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().bottom)"
    )
    assert sum(b <= 508 for b in bottoms) >= 3, bottoms
    page.set_viewport_size({"width": 390, "height": 844})
    for place in (".people .segments label", ".found li:last-child label", "#more summary"):
        assert clear(page, place), place


def test_thirty_colleagues_fit_a_phone_and_one_is_found_by_initials(
    hall: Gallery, enter: Enter
) -> None:
    for n in range(26):
        name = f"{'欧阳' * 19}第{n}" if n < 2 else f"同事{n}"
        staff = Staff.objects.create(account=f"more{n}", name=name[:40])
        Assignment.objects.create(
            site_id=hall.site, staff=staff, role="salesperson", since=hall.now - timedelta(days=1)
        )
    page = enter("苏晴", "/gallery/arrival/", phone=True)
    page.locator("label.choice", has_text="联系过").first.click()
    expect(page.locator(".who-grid label")).to_have_count(34)
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(wide)
    page.locator("#who").press_sequentially("wm")
    expect(page.locator(".who-grid label")).to_have_count(1)
    page.locator(".who-grid label", has_text="吴敏").click()
    page.locator("label.choice", has_text="第一次来").click()
    page.get_by_role("button", name="安排接待").click()
    page.wait_for_url(re.compile("/gallery/visit/"))
    assert answer(page) == "吴敏"
    plain = enter("苏晴", "/gallery/arrival/", phone=True, script=False)
    expect(plain.locator(".who-grid label")).to_have_count(34)
