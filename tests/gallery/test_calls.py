"""Calls before the visit, channels and protection: who rang is found, and the queue never moves by a call."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from yingbin.customers.models import Customer
from yingbin.customers.queries import receiver_of_record
from yingbin.gallery.actions import agencies, calls, days
from yingbin.gallery.actions.calls import CallTold
from yingbin.gallery.models import AgencyRegistration, Call
from yingbin.matters.models import Matter
from yingbin.rules.decision import Refused
from yingbin.rules.protection import counts_at, protected, registration_standing


def ring(hall: Gallery, by: str, **told: object) -> Call:
    done = hall.do(calls.record_call, by, told=CallTold(**told))  # type: ignore[arg-type]
    return Call.objects.get(id=done.call)


@pytest.mark.clause("TQ-1", "TQ-1.1")
def test_whoever_rang_before_is_found_with_the_taker_and_one_tap_names_them(
    client: Client, hall: Gallery
) -> None:
    ring(hall, "陈思远", phone="13812341234", name="张伟", asked="问三房均价")
    before = hall.queue()
    page = signed_in(client, hall, "苏晴")
    found = page.post("/gallery/arrival/find/", {"q": "1234"}).content.decode()
    assert "陈思远接听" in found
    customer = Call.objects.get().customer_id
    posted = {"key": "a1", "kind": "customer", "first": "no", "q": "1234",
              "rang": f"{customer}:{hall.id('陈思远')}"}  # fmt: skip
    answer = page.post("/gallery/arrival/", posted, follow=True).content.decode()
    assert "陈思远" in answer
    assert "TQ-1.1" in answer
    assert hall.queue() == before  # named: paid with the next turn, not by place


@pytest.mark.clause("TQ-1.2")
def test_a_caller_who_names_nobody_comes_by_queue(hall: Gallery) -> None:
    call = ring(hall, "陈思远", phone="13812341234", name="张伟")
    visit = hall.arrive(customer_id=call.customer_id)
    assert hall.receiver(visit) == "林悦"


@pytest.mark.clause("TQ-1")
def test_a_call_never_moves_the_queue_and_may_end_in_a_reminder(hall: Gallery) -> None:
    before, then = hall.queue(), hall.now + timedelta(days=2)
    ring(hall, "林悦", phone="13812341234", asked="周末来看", next_contact=then)
    assert hall.queue() == before
    assert Matter.objects.get(kind="follow_up").due_at == then


def test_a_call_needs_a_number_or_a_name_and_a_whole_number(hall: Gallery) -> None:
    with pytest.raises(Refused, match="至少留下来电号码或姓名"):
        ring(hall, "林悦", asked="问价")
    with pytest.raises(Refused):
        ring(hall, "林悦", phone="1381")


def test_the_page_keeps_what_was_typed(client: Client, hall: Gallery) -> None:
    page = signed_in(client, hall, "林悦")
    answer = page.post("/gallery/calls/", {"q": "1381234", "asked": "问学区", "key": "c"})
    assert answer.status_code == 422
    assert "问学区" in answer.content.decode()
    page.post("/gallery/calls/", {"q": "王女士 13812341234", "asked": "问学区", "key": "c"})
    text = page.get("/gallery/calls/").content.decode()
    assert "138****1234" in text
    assert "13812341234" not in text


def on(hall: Gallery, **more: object) -> None:
    values = {"opening": "sign_in", "channels": True, **more}
    hall.do(days.set_policy, "郑岚", values=values, reason="与渠道签约")


def report(hall: Gallery, agency: UUID, phone: str) -> AgencyRegistration:
    done = hall.do(agencies.register_by_agency, "苏晴", agency_id=agency, name="张伟", phone=phone)
    return AgencyRegistration.objects.get(id=done.registration)


def test_channels_are_off_until_the_manager_signs_for_them(hall: Gallery) -> None:
    a = hall.do(agencies.add_agency, "苏晴", name="安居中介")
    with pytest.raises(Refused, match="没有开启渠道报备"):
        report(hall, a, "13812341234")
    on(hall)
    assert report(hall, a, "13812341234").standing == "valid"
    b = hall.do(agencies.add_agency, "苏晴", name="链家")
    assert report(hall, b, "13812341234").standing == "taken"
    hall.arrive(name="李娜", phone="13900005678")
    assert report(hall, b, "13900005678").standing == "known"


def test_an_agency_that_registers_its_own_customer_again_is_not_its_own_rival(
    hall: Gallery,
) -> None:
    on(hall)
    own, rival = (hall.do(agencies.add_agency, "苏晴", name=n) for n in ("安居中介", "链家"))
    assert [report(hall, own, "13812341234").standing for _ in range(2)] == ["valid", "valid"]
    assert report(hall, rival, "13812341234").standing == "taken"
    hall.now += timedelta(days=400)
    assert report(hall, rival, "13812341234").standing == "valid", "the first one's time is over"


@pytest.mark.clause("TQ-8")
def test_an_unprotected_customer_comes_by_queue(gallery: Gallery) -> None:
    gallery.open("林悦", "周航")
    visit = gallery.arrive(name="张伟", phone="13812341234")
    gallery.finish(visit)
    gallery.do(days.set_policy, "郑岚", values={"opening": "sign_in", "protection_days": 30},
               reason="保护期三十天")  # fmt: skip
    gallery.do(days.close_gallery, "郑岚")
    gallery.now += timedelta(days=31)
    from yingbin.gallery.actions import presence

    for name in ("周航", "林悦"):
        gallery.do(presence.sign_in, name, who=gallery.id(name))
    gallery.do(days.open_gallery, "郑岚")
    again = gallery.arrive(phone="13812341234")
    assert gallery.receiver(again) == "周航", (
        "the head of the queue, not 林悦 whose customer it was"
    )
    assert again.registered_with is None
    gallery.finish(again)
    assert receiver_of_record(gallery.site, again.customer_id) == gallery.id("周航")
    third = gallery.arrive(phone="13812341234")
    assert gallery.receiver(third) == "周航", "the customer has not gone back to the one before"


def test_a_call_counts_as_having_been_heard_of(hall: Gallery) -> None:
    visit = hall.arrive(name="张伟", phone="13812341234")
    hall.finish(visit)
    hall.later(60 * 24 * 300)
    hall.do(calls.record_call, "林悦", told=CallTold(customer_id=visit.customer_id, asked="问车位"))
    assert Customer.objects.get(id=visit.customer_id).last_seen_at == hall.now


NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)


@given(days_=st.integers(0, 400), ago=st.integers(0, 500))
def test_protection_is_for_ever_at_zero_and_ends_after_its_days(days_: int, ago: int) -> None:
    kept = protected(last_contact=NOW - timedelta(days=ago), at=NOW, days=days_)
    assert kept == (days_ == 0 or ago <= days_)
    assert protected(last_contact=None, at=NOW, days=days_)


def test_the_first_channel_wins_and_known_customers_are_nobodys() -> None:
    assert registration_standing(known_before=False, taken_by_another=False) == "valid"
    assert registration_standing(known_before=True, taken_by_another=True) == "known"
    assert registration_standing(known_before=False, taken_by_another=True) == "taken"


def test_a_registration_must_be_in_time_and_not_expired() -> None:
    def at(minutes: int, standing: str = "valid") -> bool:
        return counts_at(standing=standing, made_at=NOW, valid_until=NOW + timedelta(days=1),
                         at=NOW + timedelta(minutes=minutes), before_minutes=30)  # fmt: skip

    assert [at(29), at(30), at(1440), at(1441), at(60, "known")] == [
        False,
        True,
        True,
        False,
        False,
    ]
