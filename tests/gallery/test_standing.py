"""The ticket lives: a receiver who doesn't come is called again or changed, and every page says how a group stands."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.force import unguarded
from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from tests.web.caller import call, token
from yingbin.customers.queries import history as card_history
from yingbin.gallery.actions import arrivals, nudges, receptions, supervision, waiting
from yingbin.gallery.models import Nudge, Visit
from yingbin.gallery.queries.standing import standing
from yingbin.journal.check import check_site
from yingbin.journal.models import Entry
from yingbin.notices.models import Notice
from yingbin.people.live import Viewer
from yingbin.people.models import Staff
from yingbin.people.queries import badge
from yingbin.rules.decision import Refused


def badge_of(hall: Gallery, name: str) -> Any:
    return badge(Staff.objects.get(id=hall.id(name)), hall.site, hall.now)


def full(hall: Gallery) -> list[Visit]:
    """Everybody receives somebody."""
    return [hall.arrive(name=f"客户{n}") for n in range(4)]


def found(hall: Gallery) -> list[Any]:
    """What the check of the whole site finds."""
    return [one for line in check_site(hall.site) for one in line.found]


def words(visit: Visit) -> str:
    visit.refresh_from_db()
    return standing(visit).words


@pytest.mark.clause("TQ-1.1")
def test_every_state_is_said_as_it_is(hall: Gallery) -> None:
    visit = hall.arrive(name="张伟", phone="13812345678")
    assert words(visit) == "等林悦接单"
    hall.do(receptions.accept_turn, "林悦", visit_id=visit.id)
    assert words(visit) == "林悦正在接待"
    hall.finish(visit)
    assert words(visit) == "林悦接待"
    asks = hall.arrive(kind="enquirer")
    assert words(asks) == "问路找人，不占轮次"
    wrong = hall.arrive(name="点错")
    hall.do(arrivals.undo_arrival, "苏晴", visit_id=wrong.id, may_any=False)
    assert words(wrong) == "已撤销"
    full(hall)
    waits = hall.arrive(name="李娜")
    assert words(waits) == "正在等待"
    hall.do(waiting.leave, "苏晴", visit_id=waits.id, no_contact="赶时间")
    assert words(waits) == "等待后离开"


@pytest.mark.clause("TQ-1.1")
def test_the_receiver_is_called_again_but_not_more_often_than_every_thirty_seconds(
    hall: Gallery,
) -> None:
    visit = hall.arrive(name="张伟")
    with pytest.raises(Refused, match="手机刚响过"):
        hall.do(nudges.call_again, "苏晴", visit_id=visit.id)
    hall.later(1)
    hall.do(nudges.call_again, "苏晴", visit_id=visit.id)
    assert Notice.objects.filter(to_id=hall.id("林悦"), kind="turn", urgent=True).count() == 2
    nudge = Nudge.objects.get()
    entry = Entry.objects.get(seq=nudge.seq)
    assert (entry.kind, entry.body["who"]) == ("turn.called_again", str(hall.id("林悦")))
    assert (nudge.by, standing(visit).calls) == (hall.id("苏晴"), 1)
    hall.now += timedelta(seconds=20)
    with pytest.raises(Refused, match="请过 9 秒再叫"):
        hall.do(nudges.call_again, "叶小满", visit_id=visit.id)
    hall.do(receptions.accept_turn, "林悦", visit_id=visit.id)
    hall.later(1)
    with pytest.raises(Refused, match="林悦已经接单"):
        hall.do(nudges.call_again, "苏晴", visit_id=visit.id)


@pytest.mark.clause("TQ-11")
def test_the_desk_asks_the_manager_who_gives_the_group_to_the_next_with_one_tap(
    client: Client, hall: Gallery
) -> None:
    visit = hall.arrive(name="张伟")
    desk = signed_in(client, hall, "苏晴")
    page = desk.get(reverse("gallery:visit", args=[visit.id])).content.decode()
    assert "等林悦接单" in page
    assert "请经理换人" in page
    assert "换下一位：" not in page
    desk.post(reverse("gallery:ask_for_another", args=[visit.id]), {"key": "c"})
    assert Notice.objects.filter(to_id=hall.id("郑岚"), title__startswith="前台请您换人").exists()
    with pytest.raises(Refused, match="已经请经理换人"):
        hall.do(nudges.ask_for_another, "叶小满", visit_id=visit.id)

    manager = signed_in(client, hall, "郑岚")
    page = manager.get(reverse("gallery:supervision")).content.decode()
    assert "没来接单" in page
    assert "换给周航" in page
    assert 'value="林悦没有来接单"' in page
    said = {"to": str(hall.id("周航")), "reason": "林悦没有来接单", "counts": "on", "key": "o"}
    manager.post(reverse("gallery:override", args=[visit.id]), said)
    assert hall.receiver(visit) == "周航"
    assert "没来接单" not in manager.get(reverse("gallery:supervision")).content.decode()


@pytest.mark.clause("TQ-11")
def test_with_nobody_free_there_is_nothing_to_press_and_it_says_who_may_come_free(
    client: Client, hall: Gallery
) -> None:
    first, *_others = full(hall)
    hall.do(receptions.accept_turn, "林悦", visit_id=first.id)
    page = signed_in(client, hall, "郑岚").get(reverse("gallery:supervision")).content.decode()
    assert "可能先空下来的：林悦" in page
    assert ">调派</button>" not in page
    assert '<option value="">' not in page


def test_the_ticket_and_the_latest_arrivals_live(hall: Gallery) -> None:
    from yingbin.gallery.live import TOPICS

    visit = hall.arrive(name="张伟")
    viewer = Viewer(badge_of(hall, "苏晴"), "visit", str(visit.id), "token")
    assert "等林悦接单" in TOPICS["visit"].render(viewer)[f"ticket-{visit.id}"]
    recent = TOPICS["arrival"].render(Viewer(viewer.badge, "arrival", "", "token"))["recent"]
    assert "等林悦接单" in recent
    assert "再叫一次" in recent
    hall.do(receptions.accept_turn, "林悦", visit_id=visit.id)
    ticket = TOPICS["visit"].render(viewer)[f"ticket-{visit.id}"]
    assert "已接单" in ticket
    assert "再叫一次" not in ticket
    for stranger in ("", "nonsense", str(hall.site)):
        assert TOPICS["visit"].render(Viewer(viewer.badge, "visit", stranger, "t")) == {}


def test_a_group_that_left_is_not_asked_to_wait(client: Client, hall: Gallery) -> None:
    full(hall)
    waits = hall.arrive(name="李娜")
    hall.do(waiting.leave, "苏晴", visit_id=waits.id, no_contact="赶时间")
    page = signed_in(client, hall, "苏晴").get(reverse("gallery:visit", args=[waits.id]))
    text = page.content.decode()
    assert "请稍等" not in text
    assert "已离开" in text


@pytest.mark.parametrize("how", ["waits", "coming", "received", "left", "undone"])
def test_the_customers_card_says_how_every_visit_stands(hall: Gallery, how: str) -> None:
    if how in ("waits", "left"):
        full(hall)
    visit = hall.arrive(name="李娜", phone="13812345678")
    if how == "received":
        hall.do(receptions.accept_turn, "林悦", visit_id=visit.id)
    if how == "left":
        hall.do(waiting.leave, "苏晴", visit_id=visit.id)
    if how == "undone":
        hall.do(arrivals.undo_arrival, "苏晴", visit_id=visit.id, may_any=False)
    told = card_history(badge_of(hall, "郑岚"), hall.site, visit.customer_id)
    line = next(f"{v.title} {v.detail}" for v in told if v.title.startswith("到访"))
    assert {
        "waits": "正在等待",
        "coming": "等林悦接单",
        "received": "林悦正在接待",
        "left": "等待后离开",
        "undone": "已撤销",
    }[how] in line
    assert ("等待后离开" in line) == (how == "left")


def test_a_device_reads_how_a_group_stands(client: Client, hall: Gallery) -> None:
    visit = hall.arrive(name="张伟")
    secret = token(hall, "苏晴", "decisions.read")
    now = call(client, secret, "GET", f"/visits/{visit.id}")[1]
    assert (now["state"], now["receiver"]) == ("coming", str(hall.id("林悦")))
    hall.do(receptions.accept_turn, "林悦", visit_id=visit.id)
    assert call(client, secret, "GET", f"/visits/{visit.id}")[1]["state"] == "received"


def test_after_an_override_the_new_receiver_is_waited_for(hall: Gallery) -> None:
    visit = hall.arrive(name="张伟")
    hall.later(1)
    hall.do(nudges.call_again, "苏晴", visit_id=visit.id)
    told = {"to": hall.id("周航"), "reason": "没来", "counts": True}
    hall.do(supervision.override, "郑岚", visit_id=visit.id, **told)
    visit.refresh_from_db()
    assert (standing(visit).words, standing(visit).calls) == ("等周航接单", 0)


def test_every_nudge_lapse_and_answer_is_held_against_the_journal(hall: Gallery) -> None:
    full(hall)
    waits = hall.arrive(name="李娜", first_visit=False, not_found=True)
    hall.do(waiting.ask_service, "苏晴", visit_id=waits.id, what="热茶")
    hall.later(1)
    first = Visit.objects.get(number=1)
    hall.do(nudges.call_again, "苏晴", visit_id=first.id)
    hall.do(nudges.ask_for_another, "苏晴", visit_id=first.id)
    hall.finish(first)
    assert found(hall) == []
    unguarded("update floor_nudge set by = %s", hall.id("叶小满"))
    Visit.objects.filter(id=waits.id).update(not_found=False)
    told = " ".join(map(str, found(hall)))
    assert "催" in told
    assert "没找到" in told
