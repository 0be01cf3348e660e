"""Whoever stops being a salesperson leaves the floor in the same write: nobody who left ever receives (TQ-11)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.gallery.conftest import Gallery
from tests.gallery.leaving import begins, day_is_one, ended_unseen, ends, leaves
from tests.gallery.test_pages import as_
from yingbin.approvals.models import Approval
from yingbin.gallery import ticks
from yingbin.gallery.actions import days, presence, receptions, supervision
from yingbin.gallery.models import Presence, TurnEvent
from yingbin.journal.models import Entry
from yingbin.matters.models import Matter
from yingbin.notices.models import Notice
from yingbin.people.ids import SYSTEM
from yingbin.people.models import Assignment, Site
from yingbin.rules.decision import Refused


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize("go", [leaves, ends])
def test_whoever_is_next_and_leaves_gets_nobody_and_stands_on_no_screen(
    client: Client, hall: Gallery, go: Any
) -> None:
    go(hall, "林悦")
    assert hall.queue() == ["周航", "吴敏", "陈思远"]
    assert hall.receiver(hall.arrive()) == "周航"
    assert hall.receiver(hall.arrive(named="林悦")) == "吴敏"
    page = as_(client, hall, "苏晴").get(reverse("gallery:arrival")).content.decode()
    assert "林悦" not in page
    told = Notice.objects.get(to_id=hall.id("郑岚"), kind="left")
    assert "林悦" in told.title
    day_is_one(hall)


def test_the_sign_out_is_written_by_whoever_ended_the_role_in_the_same_write(hall: Gallery) -> None:
    ends(hall, "林悦")
    event = TurnEvent.objects.get(event__event="sign_out")
    assert event.by == hall.id("郑岚")
    kinds = Entry.objects.filter(site_id=hall.site, seq__gte=event.seq - 1).order_by("seq")
    assert list(kinds.values_list("kind", flat=True)) == ["role.ended", "turns.event"]


@pytest.mark.clause("TQ-11")
def test_who_receives_goes_on_and_the_manager_is_led_to_it_and_can_end_it(
    client: Client, hall: Gallery
) -> None:
    visit = hall.arrive()
    leaves(hall, "林悦")
    assert hall.person("林悦").will_leave == "签退"
    matter = Matter.objects.get(kind="alert")
    assert (matter.owner_id, matter.subject_id) == (hall.id("郑岚"), visit.id)
    page = as_(client, hall, "郑岚").get(reverse("gallery:supervision")).content.decode()
    assert "林悦已不是置业顾问，到访1还在接待" in page
    assert reverse("gallery:visit", args=[visit.id]) in page
    hall.do(receptions.finish, "郑岚", visit_id=visit.id, may_any=True, without_entry="已离职")
    assert "林悦" not in hall.queue()
    owed = Matter.objects.get(kind="register_owed")
    assert owed.owner_id == hall.id("郑岚")
    day_is_one(hall)


@pytest.mark.clause("TQ-11")
def test_the_reception_of_someone_who_left_can_be_given_to_another(hall: Gallery) -> None:
    visit = hall.arrive()
    ends(hall, "林悦")
    to = hall.id("吴敏")
    hall.do(
        supervision.override, "郑岚", visit_id=visit.id, to=to, reason="林悦调走了", counts=True
    )
    assert hall.receiver(visit) == "吴敏"
    assert "林悦" not in hall.queue()


@pytest.mark.clause("TQ-1.1", "TQ-8", "TQ-11")
def test_nobody_waits_for_someone_who_left_until_they_are_free(hall: Gallery) -> None:
    hall.arrive()
    waits = hall.arrive(named="林悦")
    assert hall.receiver(waits) == ""
    ends(hall, "林悦")
    assert hall.receiver(waits) == "周航"
    # Still busy with the first group: who asks for her from now on doesn't wait either.
    late = hall.arrive(named="林悦")
    assert (hall.receiver(late), hall.decision(late).clause) == ("吴敏", "TQ-1.1")
    assert not Notice.objects.filter(to_id=hall.id("林悦"), kind="awaited", title__contains="3")
    day_is_one(hall)


@pytest.mark.clause("TQ-8")
def test_her_own_customer_is_helped_by_the_last_free_while_she_ends_her_last_reception(
    hall: Gallery,
) -> None:
    hall.finish(hall.arrive(named="林悦", name="张伟", phone="13812341234"))
    busy = hall.arrive(named="林悦")
    ends(hall, "林悦")
    own = hall.arrive(phone="13812341234")
    assert hall.receiver(own) == "陈思远"
    assert hall.decision(own).clause == "TQ-8"
    assert hall.receiver(busy) == "林悦"


def test_turns_earned_stay_on_the_account_and_coming_back_the_same_day_works(hall: Gallery) -> None:
    hall.do(supervision.adjust, "郑岚", who=hall.id("林悦"), reason="漏记一次", turns=1)
    ends(hall, "林悦")
    assert hall.receiver(hall.arrive()) == "周航"
    with pytest.raises(Refused, match="不是本案场的置业顾问"):
        hall.do(presence.sign_in, "郑岚", who=hall.id("林悦"))
    begins(hall, "林悦")
    hall.do(presence.sign_in, "郑岚", who=hall.id("林悦"))
    assert hall.queue()[-1] == "林悦"
    assert hall.receiver(hall.arrive()) == "林悦"
    day_is_one(hall)


def test_leaving_before_the_opening_withdraws_the_presence(gallery: Gallery) -> None:
    for name in ("林悦", "周航"):
        gallery.do(presence.sign_in, name, who=gallery.id(name))
    leaves(gallery, "林悦")
    assert not Presence.objects.filter(staff_id=gallery.id("林悦"), withdrawn_at=None).exists()
    gallery.do(days.open_gallery, "郑岚")
    assert gallery.queue() == ["周航"]


def test_a_presence_whose_role_ended_by_its_date_opens_without_them(gallery: Gallery) -> None:
    for name in ("林悦", "周航"):
        gallery.do(presence.sign_in, name, who=gallery.id(name))
    ended_unseen(gallery, "林悦")
    gallery.do(days.open_gallery, "郑岚")
    assert gallery.queue() == ["周航"]


def test_an_open_request_of_someone_who_leaves_is_withdrawn_and_keeps_no_day_open(
    hall: Gallery,
) -> None:
    hall.do(presence.ask_business_leave, "林悦", note="去银行")
    leaves(hall, "林悦")
    assert Approval.objects.get().status == "withdrawn"
    hall.do(days.close_gallery, "郑岚")


@pytest.mark.clause("TQ-11")
def test_a_role_that_ended_unseen_is_found_before_the_next_decision_by_an_event_of_the_systems(
    hall: Gallery,
) -> None:
    ended_unseen(hall, "林悦")
    assert hall.receiver(hall.arrive()) == "周航"
    event = TurnEvent.objects.get(event__event="sign_out")
    assert (event.by, event.event["why"]) == (SYSTEM, "no_salesperson")
    entry = Entry.objects.get(site_id=hall.site, seq=event.seq)
    assert entry.actor == str(SYSTEM)
    assert hall.decision(hall.arrive()).event.by == hall.id("苏晴")
    day_is_one(hall)


def test_without_the_net_a_role_that_ended_unseen_would_receive(
    hall: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of the test above."""
    monkeypatch.setattr("yingbin.gallery.actions.open_day.settle", lambda pen, today: [])
    ended_unseen(hall, "林悦")
    assert hall.receiver(hall.arrive()) == "林悦"


def test_the_worker_signs_out_whose_role_ended_by_its_date_once(hall: Gallery) -> None:
    hall.arrive()
    waits = hall.arrive(named="林悦")
    ended_unseen(hall, "林悦")
    ended_unseen(hall, "陈思远")
    assert ticks.tick(hall.now) == 1
    assert ticks.tick(hall.now) == 0
    assert hall.queue() == ["吴敏", "林悦", "周航"]
    assert hall.receiver(waits) == "周航"
    day_is_one(hall)


@pytest.mark.clause("TQ-11")
def test_a_role_that_begins_at_noon_lets_nobody_sign_in_before(hall: Gallery) -> None:
    noon = hall.now.replace(hour=12, minute=0)
    Assignment.objects.create(
        staff_id=hall.id("许诺"), site_id=hall.site, role="salesperson", since=noon
    )
    with pytest.raises(Refused, match="不是本案场的置业顾问"):
        hall.do(presence.sign_in, "郑岚", who=hall.id("许诺"))
    hall.now = noon
    hall.do(presence.sign_in, "郑岚", who=hall.id("许诺"))
    assert hall.queue()[-1] == "许诺"


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize("who", ["苏晴", "郑岚", "许诺"])
def test_nobody_but_a_salesperson_is_signed_in_by_any_door(
    client: Client, hall: Gallery, who: str
) -> None:
    manager = as_(client, hall, "郑岚")
    page = manager.post(reverse("gallery:person", args=[hall.id(who), "sign-in"]), follow=True)
    assert "不是本案场的置业顾问，不能签到" in page.content.decode()
    assert who not in hall.queue()


def test_nobody_but_a_salesperson_is_signed_in_before_the_opening(gallery: Gallery) -> None:
    leaves(gallery, "林悦")
    for who in ("苏晴", "林悦"):
        with pytest.raises(Refused, match="不能签到"):
            gallery.do(presence.sign_in, "郑岚", who=gallery.id(who), how="manager")
    assert not Presence.objects.exists()


def test_someone_who_left_can_neither_go_away_nor_stay_after_all(hall: Gallery) -> None:
    hall.arrive()
    ends(hall, "林悦")
    for action, more in ((presence.come_back, {}), (presence.go_away, {"reason": "meal"})):
        with pytest.raises(Refused, match="接待完就签退"):
            hall.do(action, "郑岚", who=hall.id("林悦"), **more)


@pytest.mark.clause("TQ-11")
def test_the_administrators_leaving_signs_out_at_every_site(hall: Gallery) -> None:
    other = Site.objects.create(kind="sales_centre", code="binhe", name="滨河", short_name="滨河")
    first = hall.site
    Assignment.objects.create(
        staff_id=hall.id("林悦"), site_id=other.id, role="salesperson", since=hall.now
    )
    hall.site = other.id
    hall.do(presence.sign_in, "郑岚", who=hall.id("林悦"))
    hall.do(days.open_gallery, "郑岚")
    assert hall.queue() == ["林悦"]
    hall.site = first
    leaves(hall, "林悦", by="顾北")
    assert "林悦" not in hall.queue()
    hall.site = other.id
    assert hall.queue() == []
    event = TurnEvent.objects.get(site=other, event__event="sign_out")
    assert event.by == hall.id("顾北")
