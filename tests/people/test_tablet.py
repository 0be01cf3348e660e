"""A tablet that several share: a tap on a name and a PIN, and nothing of the one before is left."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests import cast
from yingbin.people import actions, queries
from yingbin.people.models import Company, SharedTablet, Site, Staff
from yingbin.rules.decision import Refused

from .conftest import Act, give_totp, sign_in


@pytest.fixture
def tablet(hupan: Site) -> Client:
    """The desk's tablet, declared shared by 苏晴, who has signed out since."""
    client = sign_in("苏晴")
    assert client.post("/tablets/", {"name": "前台平板"}).url == "/switch/"
    client.post("/logout/")
    return client


def switch(client: Client, name: str, pin: str = cast.PIN) -> Any:
    return client.post(f"/switch/{cast.person(name).id}/", {"pin": pin})


def who(client: Client) -> str:
    answer = client.get("/me/")
    return str(answer.context["me"].name) if answer.status_code == 200 else ""


def test_signing_out_on_the_tablet_leads_to_its_people(hupan: Site) -> None:
    client = sign_in("苏晴")
    client.post("/tablets/", {"name": "前台平板"})
    assert client.post("/logout/").url == "/switch/"
    page = client.get("/switch/").content.decode()
    for name in ("苏晴", "叶小满", "林悦", "许诺"):
        assert name in page


def test_a_tap_and_a_pin_switch_the_person(tablet: Client) -> None:
    assert switch(tablet, "叶小满").url == "/"
    assert who(tablet) == "叶小满"
    switch(tablet, "林悦")
    assert who(tablet) == "林悦"


def test_nothing_of_the_person_before_is_left_in_the_session(tablet: Client) -> None:
    switch(tablet, "叶小满")
    session = tablet.session
    session["draft"] = "half a customer"
    session.save()
    key = session.session_key
    switch(tablet, "林悦")
    assert "draft" not in tablet.session
    assert tablet.session.session_key != key
    old = Client()
    old.cookies["sessionid"] = key
    assert who(old) == ""


def test_a_wrong_pin_says_how_many_tries_are_left_and_doesnt_show_what_was_typed(
    tablet: Client,
) -> None:
    answer = switch(tablet, "叶小满", "1357")
    assert answer.status_code == 422
    assert "还可以试 4 次" in answer.content.decode()
    assert "1357" not in answer.content.decode()


def test_five_wrong_pins_lock_the_pin_until_the_password_was_given(tablet: Client) -> None:
    for _ in range(5):
        switch(tablet, "叶小满", "1357")
    assert "PIN 已锁定" in switch(tablet, "叶小满").content.decode()
    assert who(tablet) == ""
    assert "PIN 已锁" in tablet.get("/switch/").content.decode()
    sign_in("叶小满", tablet)
    assert switch(tablet, "叶小满").url == "/"


def test_a_right_pin_forgets_the_wrong_ones(tablet: Client) -> None:
    for _ in range(4):
        switch(tablet, "叶小满", "1357")
    switch(tablet, "叶小满")
    assert cast.person("叶小满").pin_failures == 0


def test_on_another_device_no_pin_is_taken(hupan: Site, client: Client) -> None:
    assert switch(client, "叶小满").url == "/switch/"
    assert "还不是共用平板" in client.get("/switch/").content.decode()


def test_a_forged_or_foreign_cookie_makes_no_tablet(tablet: Client) -> None:
    row = SharedTablet.objects.get()
    for value in (f"{row.id}:guessed", f"{row.id}:", "nonsense", ""):
        forged = Client()
        forged.cookies["yingbin_tablet"] = value
        assert "还不是共用平板" in forged.get("/switch/").content.decode()


def test_the_cookie_is_out_of_reach_of_scripts_and_its_secret_is_not_stored(hupan: Site) -> None:
    client = sign_in("苏晴")
    answer = client.post("/tablets/", {"name": "前台平板"})
    cookie = answer.cookies["yingbin_tablet"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    secret = cookie.value.split(":")[1]
    assert secret not in SharedTablet.objects.get().secret_hash


def test_a_retired_tablet_switches_nobody_any_more(tablet: Client, hupan: Site) -> None:
    manager = sign_in("苏晴")
    manager.post(f"/tablets/{SharedTablet.objects.get().id}/retire/")
    assert switch(tablet, "叶小满").url == "/switch/"
    assert who(tablet) == ""


def test_people_of_another_site_are_not_on_the_tablet(
    act: Act, tablet: Client, office: Site
) -> None:
    person = actions.Person(name="总部前台", roles=("reception_department",))
    done = act(actions.add_staff, "顾北", site_id=office.id, person=person)
    actions.set_pin(staff_id=Staff.objects.get(id=done.id).id, pin="2580", at=cast.SATURDAY)
    assert tablet.post(f"/switch/{done.id}/", {"pin": "2580"}).url == "/switch/"


@pytest.mark.clause("TQ-11")
def test_a_manager_is_not_switched_to_where_the_second_factor_is_demanded(tablet: Client) -> None:
    assert switch(tablet, "郑岚").url == "/switch/"
    assert "郑岚" not in tablet.get("/switch/").content.decode()


@pytest.mark.clause("TQ-11")
def test_in_the_demo_a_manager_by_pin_still_does_not_supervise(tablet: Client) -> None:
    Company.objects.update(is_demo=True)
    switch(tablet, "郑岚")
    assert who(tablet) == "郑岚"
    badge = tablet.get("/me/").context["badge"]
    assert badge.may("arrivals.record")
    assert not badge.may("turns.supervise")
    answer = tablet.get("/staff/")
    assert answer.status_code == 403
    assert "要用密码登录" in answer.content.decode()


def test_whoever_has_a_second_factor_is_not_switched_to(tablet: Client) -> None:
    give_totp(cast.person("林悦"))
    assert switch(tablet, "林悦").url == "/switch/"


@pytest.mark.parametrize("address", ["/me/pin/", "/me/code/"])
def test_by_pin_one_does_not_change_how_one_signs_in(tablet: Client, address: str) -> None:
    switch(tablet, "林悦")
    assert tablet.get(address).status_code == 403
    assert tablet.get("/me/password/").url == "/me/"


def test_by_pin_one_shares_no_further_tablet(tablet: Client) -> None:
    switch(tablet, "苏晴")
    tablet.post("/tablets/", {"name": "另一台"})
    assert SharedTablet.objects.count() == 1


def test_a_salesperson_shares_no_tablet(hupan: Site) -> None:
    assert sign_in("林悦").get("/tablets/").status_code == 403


def test_ones_own_pin_needs_the_password(hupan: Site, client: Client) -> None:
    sign_in("林悦", client)
    told = {"password": "wrong", "pin": "7391", "again": "7391"}
    assert client.post("/me/pin/", told).status_code == 422
    client.post("/me/pin/", told | {"password": cast.PASSWORD})
    assert actions.check_pin(staff_id=cast.person("林悦").id, pin="7391")


@pytest.mark.parametrize(
    "pin", ["1111", "1234", "4321", "890123", "12", "1234567", "12a4", "２５８０"]
)
def test_a_pin_that_is_guessed_first_or_isnt_one_is_refused(hupan: Site, pin: str) -> None:
    with pytest.raises(Refused):
        actions.set_pin(staff_id=cast.person("林悦").id, pin=pin, at=cast.SATURDAY)


def test_a_reset_password_takes_the_pin(act: Act, tablet: Client) -> None:
    act(actions.reset_password, "郑岚", staff_id=cast.person("林悦").id)
    assert "还没设 PIN" in tablet.get("/switch/").content.decode()
    assert "还没有设 PIN" in switch(tablet, "林悦").content.decode()


def test_the_same_key_shares_one_tablet(hupan: Site) -> None:
    client = sign_in("苏晴")
    for _ in range(2):
        client.post("/tablets/", {"name": "前台平板", "key": "tapped"})
    assert SharedTablet.objects.count() == 1
    assert "前台平板" in client.get("/switch/").content.decode()


def test_switching_costs_few_queries(tablet: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(6):
        tablet.get("/switch/")
    with django_assert_max_num_queries(26):
        switch(tablet, "叶小满")


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_instant_do_not_share_one_try(transactional_db: None) -> None:
    cast.gallery()
    linyue = cast.person("林悦").id
    start = threading.Barrier(8)

    def guess() -> None:
        start.wait()
        try:
            actions.check_pin(staff_id=linyue, pin="0000")
        except Refused:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _ in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert cast.person("林悦").pin_failures == queries.PIN_TRIES
