"""The second factor: a code that works once, set up by managers before they manage."""

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast
from yingbin.people import actions, queries
from yingbin.people.models import Company, Site, Staff

from .conftest import code, give_totp, post_login, sign_in, signed_in_as

pytestmark = pytest.mark.django_db


def test_with_a_second_factor_the_password_alone_opens_nothing(hupan: Site, client: Client) -> None:
    secret = give_totp(cast.person("郑岚"))
    assert post_login(client, "zhenglan", next="/staff/").url == "/login/code/"
    assert signed_in_as(client) == ""
    answer = client.post("/login/code/", {"code": code(secret)})
    assert answer.url == "/staff/"
    assert signed_in_as(client) == "郑岚"


def test_a_code_works_once(hupan: Site) -> None:
    secret = give_totp(cast.person("郑岚"))
    shown = code(secret)
    for client, status in ((Client(), 302), (Client(), 422)):
        post_login(client, "zhenglan")
        assert client.post("/login/code/", {"code": shown}).status_code == status


def test_an_older_code_does_not_work_after_a_newer_one(hupan: Site) -> None:
    staff = cast.person("郑岚")
    secret = give_totp(staff)
    now = timezone.now()
    assert actions.check_second_factor(staff_id=staff.id, code=code(secret), at=now)
    assert not actions.check_second_factor(staff_id=staff.id, code=code(secret, -1), at=now)


def test_a_clock_half_a_minute_off_is_forgiven_a_minute_is_not(hupan: Site) -> None:
    staff = cast.person("郑岚")
    secret = give_totp(staff)
    now = timezone.now()
    assert not actions.check_second_factor(staff_id=staff.id, code=code(secret, -3), at=now)
    assert not actions.check_second_factor(staff_id=staff.id, code=code(secret, 3), at=now)
    assert actions.check_second_factor(staff_id=staff.id, code=code(secret, -1), at=now)


def test_wrong_codes_lock_the_account_like_wrong_passwords(hupan: Site, client: Client) -> None:
    secret = give_totp(cast.person("郑岚"))
    post_login(client, "zhenglan")
    for _ in range(4):
        assert client.post("/login/code/", {"code": "000000"}).status_code == 422
    assert client.post("/login/code/", {"code": "000000"}).status_code == 429
    assert client.post("/login/code/", {"code": code(secret)}).status_code == 429
    assert post_login(Client(), "zhenglan").status_code == 429


def test_giving_the_password_again_does_not_wipe_out_wrong_codes(hupan: Site) -> None:
    give_totp(cast.person("郑岚"))
    for n in range(5):
        client = Client()
        assert post_login(client, "zhenglan").status_code == 302
        assert client.post("/login/code/", {"code": "000000"}).status_code == (
            429 if n == 4 else 422
        )


def test_a_recovery_code_works_once(hupan: Site) -> None:
    staff = cast.person("郑岚")
    give_totp(staff)
    (spare, *_) = actions.new_recovery_codes(staff_id=staff.id)
    now = timezone.now()
    assert actions.check_second_factor(staff_id=staff.id, code=f"{spare[:4]} {spare[4:]}", at=now)
    assert not actions.check_second_factor(staff_id=staff.id, code=spare, at=now)


def test_the_code_must_follow_the_password_within_ten_minutes(hupan: Site, client: Client) -> None:
    secret = give_totp(cast.person("郑岚"))
    post_login(client, "zhenglan")
    session = client.session
    session["second_factor_pending"]["at"] -= 601
    session.save()
    assert client.post("/login/code/", {"code": code(secret)}).url == "/login/"


def test_a_password_changed_meanwhile_ends_the_pending_sign_in(hupan: Site, client: Client) -> None:
    secret = give_totp(cast.person("郑岚"))
    post_login(client, "zhenglan")
    Staff.objects.filter(account="zhenglan").update(password="!")
    assert client.post("/login/code/", {"code": code(secret)}).url == "/login/"


def test_the_secret_lies_sealed_in_the_database(hupan: Site) -> None:
    from allauth.mfa.models import Authenticator

    secret = give_totp(cast.person("郑岚"))
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def set_up_totp(client: Client) -> str:
    page = client.get("/me/code/?next=/staff/")
    assert page.status_code == 200
    assert "<svg" in page.content.decode()
    secret = str(client.session["totp_secret"])
    answer = client.post("/me/code/", {"code": code(secret), "next": "/staff/"})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.url)


def test_a_manager_is_led_to_set_up_the_second_factor_before_managing(
    hupan: Site, client: Client
) -> None:
    sign_in("郑岚", client)
    first = client.get("/staff/")
    assert first.url == "/login/code/?next=%2Fstaff%2F"
    assert client.get(first.url).url == "/me/code/?next=%2Fstaff%2F"
    codes = client.get(set_up_totp(client))
    assert len(codes.context["codes"]) == 10
    assert client.get("/staff/").status_code == 200


def test_a_manager_who_has_it_but_came_in_without_is_asked_for_the_code(
    hupan: Site, client: Client
) -> None:
    sign_in("郑岚", client)
    secret = give_totp(cast.person("郑岚"))
    asked = client.get("/staff/", follow=True)
    assert asked.redirect_chain[-1][0].startswith("/login/code/")
    answer = client.post("/login/code/?next=/staff/", {"code": code(secret)})
    assert answer.url == "/staff/"
    assert client.get("/staff/").status_code == 200


def test_without_the_second_factor_a_manager_still_does_what_isnt_guarded(
    hupan: Site, client: Client
) -> None:
    sign_in("郑岚", client)
    badge = client.get("/me/").context["badge"]
    assert badge.may("arrivals.record")
    assert not badge.may("turns.supervise")


@pytest.mark.parametrize("waived", [{"is_demo": True}, {"managers_need_second_factor": False}])
def test_the_demo_and_whoever_says_so_ask_for_no_second_factor(
    hupan: Site, client: Client, waived: dict[str, bool]
) -> None:
    Company.objects.update(**waived)
    sign_in("郑岚", client)
    assert client.get("/staff/").status_code == 200


def test_a_wrong_first_code_sets_nothing_up_and_keeps_the_secret(
    hupan: Site, client: Client
) -> None:
    sign_in("郑岚", client)
    client.get("/me/code/")
    secret = client.session["totp_secret"]
    assert client.post("/me/code/", {"code": "000000"}).status_code == 422
    assert client.session["totp_secret"] == secret
    assert not queries.has_totp(cast.person("郑岚"))


def test_the_code_used_at_set_up_cannot_be_used_again_to_sign_in(
    hupan: Site, client: Client
) -> None:
    sign_in("郑岚", client)
    client.get("/me/code/")
    shown = code(client.session["totp_secret"])
    client.post("/me/code/", {"code": shown})
    other = Client()
    post_login(other, "zhenglan")
    assert other.post("/login/code/", {"code": shown}).status_code == 422


def test_taking_it_off_needs_the_password_and_a_code(hupan: Site, client: Client) -> None:
    sign_in("郑岚", client)
    secret = give_totp(cast.person("郑岚"))
    for told in (
        {"password": "wrong", "code": code(secret)},
        {"password": cast.PASSWORD},
        {"password": cast.PASSWORD, "code": "000000"},
    ):
        assert client.post("/me/code/off/", told).status_code == 422
        assert queries.has_totp(cast.person("郑岚"))
    client.post("/me/code/off/", {"password": cast.PASSWORD, "code": code(secret, 1)})
    assert not queries.has_totp(cast.person("郑岚"))


def test_setting_it_up_ends_every_other_session(hupan: Site, client: Client) -> None:
    before = sign_in("郑岚")
    sign_in("郑岚", client)
    set_up_totp(client)
    assert client.get("/me/").status_code == 200
    assert before.get("/me/").url.startswith("/login/")


def test_after_the_second_wrong_code_the_clock_is_named_with_the_servers_time(
    hupan: Site, client: Client
) -> None:
    give_totp(cast.person("郑岚"))
    post_login(client, "zhenglan")
    first = client.post("/login/code/", {"code": "000000"}).content.decode()
    assert "请核对手机时间" not in first
    second = client.post("/login/code/", {"code": "000001"}).content.decode()
    assert "请核对手机时间是否自动设置" in second
    assert f"{timezone.localtime():%H:%M}" in second or f"{timezone.localtime():%H}" in second


def test_a_first_code_that_is_wrong_twice_names_the_clock_too(hupan: Site, client: Client) -> None:
    sign_in("郑岚", client)
    client.get("/me/code/")
    client.post("/me/code/", {"code": "000000"})
    page = client.post("/me/code/", {"code": "000001"}).content.decode()
    assert "请核对手机时间是否自动设置" in page


OLD = 601


@pytest.mark.parametrize("path", ["/me/code/", "/integrations/token/", "/staff/{}/password/"])
def test_what_opens_an_account_wants_a_recent_confirmation_in_this_session(
    hupan: Site, client: Client, path: str
) -> None:
    Company.objects.update(managers_need_second_factor=False)
    sign_in("郑岚", client)
    linyue = cast.person("林悦")
    session = client.session
    session["confirmed_at"] = timezone.now().timestamp() - OLD
    session.save()
    ask = client.get if path == "/me/code/" else client.post
    answer = ask(path.format(linyue.id), headers={"Referer": "http://testserver/staff/"})
    assert answer.url.startswith("/me/confirm/?next=")
    linyue.refresh_from_db()
    assert not linyue.must_change_password
    page = client.get(answer.url)
    assert "确认是您本人" in page.content.decode()
    assert client.post(answer.url, {"password": "wrong"}).status_code == 422
    assert client.post(answer.url, {"password": cast.PASSWORD}).status_code == 302
    again = ask(path.format(linyue.id))
    assert not again.headers.get("Location", "").startswith("/me/confirm/")


def test_whoever_has_a_second_factor_confirms_by_a_code_not_by_the_password(
    hupan: Site, client: Client
) -> None:
    sign_in("郑岚", client)
    secret = give_totp(cast.person("郑岚"))
    assert client.post("/me/confirm/", {"password": cast.PASSWORD}).status_code == 422
    assert client.post("/me/confirm/", {"code": code(secret)}).url == "/me/"


def test_ones_own_phone_is_changed_after_a_recent_confirmation(hupan: Site, client: Client) -> None:
    Company.objects.update(managers_need_second_factor=False)
    sign_in("郑岚", client)
    session = client.session
    session["confirmed_at"] = timezone.now().timestamp() - OLD
    session.save()
    me = cast.person("郑岚")
    told = {"name": "郑岚", "phone": "13900001234"}
    assert client.post(f"/staff/{me.id}/", told).url.startswith("/me/confirm/")
    me.refresh_from_db()
    assert me.phone != "+8613900001234"
