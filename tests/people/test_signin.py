"""Signing in: account or phone, lock-out, the second factor, sessions, first passwords."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlparse
from uuid import UUID

import pytest
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from tests import cast
from yingbin.people import actions, queries
from yingbin.people.models import Company, Site, Staff

from .conftest import Act, code, give_totp, sign_in

pytestmark = pytest.mark.django_db


def post_login(client: Client, login: str, password: str = cast.PASSWORD, **more: str) -> Any:
    return client.post("/login/", {"login": login, "password": password, **more})


def signed_in_as(client: Client) -> str:
    answer = client.get("/me/")
    if answer.status_code != 200:
        return ""
    return str(answer.context["me"].name)


@pytest.mark.parametrize(
    "login", ["linyue", "LINYUE", " linyue ", "13800010011", "138 0001 0011", "+86 13800010011"]
)
def test_one_signs_in_by_account_or_by_phone_however_it_is_written(
    hupan: Site, client: Client, login: str
) -> None:
    assert post_login(client, login).status_code == 302
    assert signed_in_as(client) == "林悦"


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(
    hupan: Site, client: Client
) -> None:
    pages = []
    for who in ("linyue", "nobody"):
        answer = post_login(client, who, "wrong-password")
        assert answer.status_code == 422
        pages.append(answer.content.decode().replace(who, "WHO"))
    strip = [p.split("<form", 1)[1].split("</form>")[0] for p in pages]
    import re

    same = [re.sub(r'value="[^"]*"', "", s) for s in strip]
    assert same[0] == same[1]
    assert "账号或密码不对" in same[0]


def test_what_was_typed_stays_but_never_the_password(hupan: Site, client: Client) -> None:
    page = post_login(client, "linyue", "wrong-password").content.decode()
    assert 'value="linyue"' in page
    assert "wrong-password" not in page


def test_the_fifth_failure_locks_the_account_and_says_for_how_long(
    hupan: Site, client: Client
) -> None:
    for _ in range(4):
        assert post_login(client, "linyue", "wrong").status_code == 422
    fifth = post_login(client, "linyue", "wrong")
    assert fifth.status_code == 429
    assert "约 10 分钟后" in fifth.content.decode()
    right = post_login(Client(), "linyue")
    assert right.status_code == 429
    assert int(right["Retry-After"]) <= 600


def test_failures_by_phone_and_by_account_count_together(hupan: Site, client: Client) -> None:
    for who in ("linyue", "13800010011", "138-0001-0011", "LinYue"):
        post_login(client, who, "wrong")
    assert post_login(client, "+8613800010011", "wrong").status_code == 429


def test_an_unknown_account_is_locked_just_the_same(hupan: Site, client: Client) -> None:
    for _ in range(4):
        post_login(client, "nobody", "wrong")
    assert post_login(client, "nobody", "wrong").status_code == 429


def test_a_locked_account_opens_after_ten_minutes(hupan: Site, client: Client) -> None:
    for _ in range(5):
        post_login(client, "linyue", "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=10, seconds=1))
    assert post_login(client, "linyue").status_code == 302


def test_trying_while_locked_does_not_prolong_the_lock(hupan: Site, client: Client) -> None:
    for _ in range(5):
        post_login(client, "linyue", "wrong")
    before = AccessAttempt.objects.get().attempt_time
    post_login(client, "linyue", "wrong")
    assert AccessAttempt.objects.get().attempt_time == before


def test_one_colleagues_lock_does_not_touch_another(hupan: Site, client: Client) -> None:
    for _ in range(5):
        post_login(client, "linyue", "wrong")
    assert post_login(client, "zhouhang").status_code == 302


def test_a_sign_in_that_succeeds_forgets_earlier_failures(hupan: Site, client: Client) -> None:
    for _ in range(4):
        post_login(client, "linyue", "wrong")
    post_login(client, "linyue")
    assert not AccessAttempt.objects.filter(username="linyue").exists()


def test_whoever_left_does_not_get_in_and_is_out_at_once(act: Act, client: Client) -> None:
    sign_in("林悦", client)
    act(actions.staff_leaves, "郑岚", staff_id=cast.person("林悦").id)
    assert signed_in_as(client) == ""
    assert post_login(client, "linyue").status_code == 422


def test_one_goes_on_to_where_one_came_from_but_never_to_another_site(
    hupan: Site, client: Client
) -> None:
    came = client.get("/me/sessions/")
    assert parse_qs(urlparse(came.url).query) == {"next": ["/me/sessions/"]}
    assert post_login(client, "linyue", next="/me/sessions/").url == "/me/sessions/"
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert post_login(Client(), "linyue", next=elsewhere).url == "/"


def test_signing_out_is_a_post_and_leaves_nothing(hupan: Site, client: Client) -> None:
    sign_in("林悦", client)
    assert client.get("/logout/").status_code == 200
    assert signed_in_as(client) == "林悦"
    client.post("/logout/")
    assert signed_in_as(client) == ""
    assert not UserSession.objects.exists()


def test_the_session_of_before_is_not_taken_over(hupan: Site, client: Client) -> None:
    session = client.session
    session["left_over"] = "from whoever sat here before"
    session.save()
    before = session.session_key
    sign_in("林悦", client)
    assert client.session.session_key != before
    assert "left_over" not in client.session


def test_a_login_with_a_null_byte_is_a_wrong_login(hupan: Site, client: Client) -> None:
    assert post_login(client, "lin\0yue").status_code == 422


# The second factor.


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


def test_taking_it_off_needs_the_password(hupan: Site, client: Client) -> None:
    sign_in("郑岚", client)
    client.get("/me/code/")
    client.post("/me/code/", {"code": code(client.session["totp_secret"])})
    assert client.post("/me/code/off/", {"password": "wrong"}).status_code == 422
    assert queries.has_totp(cast.person("郑岚"))
    client.post("/me/code/off/", {"password": cast.PASSWORD})
    assert not queries.has_totp(cast.person("郑岚"))


# Passwords and sessions.


def with_first_password(act: Act) -> tuple[Staff, str]:
    person = actions.Person(name="单小梅", roles=("receptionist",))
    done = act(actions.add_staff, "郑岚", person=person)
    staff = Staff.objects.get(id=done["staff"])
    return staff, actions.first_password(UUID(done["slips"]), staff.id)


def test_a_first_password_opens_one_page_only_the_one_to_replace_it(
    act: Act, client: Client
) -> None:
    staff, word = with_first_password(act)
    assert post_login(client, staff.account, word).url == "/me/password/"
    assert client.get("/me/").url.startswith("/me/password/")
    assert client.get("/floor/arrival/").url.startswith("/me/password/")
    told = {"new": "lotus-pond-7", "again": "lotus-pond-7"}
    assert client.post("/me/password/", told).url == "/"
    assert signed_in_as(client) == "单小梅"
    assert post_login(Client(), staff.account, word).status_code == 422
    assert post_login(Client(), staff.account, "lotus-pond-7").status_code == 302


@pytest.mark.parametrize(
    ("new", "again", "why"),
    [
        ("short", "short", "8"),
        ("12345678901", "12345678901", "数字"),
        ("lotus-pond-7", "other", "不一样"),
    ],
)
def test_a_weak_or_mistyped_new_password_is_refused(
    hupan: Site, client: Client, new: str, again: str, why: str
) -> None:
    sign_in("林悦", client)
    answer = client.post("/me/password/", {"present": cast.PASSWORD, "new": new, "again": again})
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert post_login(Client(), "linyue").status_code == 302


def test_changing_the_password_needs_the_present_one(hupan: Site, client: Client) -> None:
    sign_in("林悦", client)
    told = {"present": "wrong", "new": "lotus-pond-7", "again": "lotus-pond-7"}
    assert client.post("/me/password/", told).status_code == 422


def test_guessing_the_present_password_locks_the_account_too(hupan: Site, client: Client) -> None:
    sign_in("林悦", client)
    told = {"present": "wrong", "new": "lotus-pond-7", "again": "lotus-pond-7"}
    answers = [client.post("/me/password/", told).status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 429]


def test_what_was_typed_into_password_boxes_is_kept_nowhere(hupan: Site, client: Client) -> None:
    give_totp(cast.person("郑岚"))
    sign_in("林悦", client)
    told = {"present": "typed-before", "new": "lotus-pond-7", "again": "lotus-pond-7"}
    client.post("/me/password/", told)
    client.post("/me/pin/", {"password": "typed-here", "pin": "739105", "again": "739105"})
    other = Client()
    post_login(other, "zhenglan")
    other.post("/login/code/", {"code": "48151623"})
    kept = "".join(a.post_data for a in AccessAttempt.objects.all())
    assert "present=" in kept
    for secret in ("typed-before", "lotus-pond-7", "typed-here", "739105", "48151623"):
        assert secret not in kept


def test_a_changed_password_signs_out_everywhere_but_here(hupan: Site, client: Client) -> None:
    elsewhere = sign_in("林悦")
    sign_in("林悦", client)
    told = {"present": cast.PASSWORD, "new": "lotus-pond-7", "again": "lotus-pond-7"}
    client.post("/me/password/", told)
    assert signed_in_as(client) == "林悦"
    assert signed_in_as(elsewhere) == ""
    assert len(client.get("/me/sessions/").context["sessions"]) == 1


def test_a_reset_signs_the_person_out_everywhere(act: Act, client: Client) -> None:
    sign_in("林悦", client)
    act(actions.reset_password, "郑岚", staff_id=cast.person("林悦").id)
    assert signed_in_as(client) == ""


def test_the_list_shows_where_one_is_signed_in_and_signs_out_there(
    hupan: Site, client: Client
) -> None:
    phone = Client(HTTP_USER_AGENT="Mozilla/5.0 (iPhone) AppleWebKit MicroMessenger/8.0")
    sign_in("林悦", phone)
    sign_in("林悦", client)
    here, there = client.get("/me/sessions/").context["sessions"]
    assert (here.here, there.here) == (True, False)
    assert there.device == "iPhone · 微信"
    client.post(f"/me/sessions/{there.id}/")
    assert signed_in_as(phone) == ""
    assert signed_in_as(client) == "林悦"


def test_someone_elses_session_cannot_be_ended(hupan: Site, client: Client) -> None:
    other = sign_in("周航")
    sign_in("林悦", client)
    theirs = UserSession.objects.get(user__account="zhouhang")
    client.post(f"/me/sessions/{theirs.id}/")
    assert signed_in_as(other) == "周航"


def test_all_others_are_signed_out_at_once(hupan: Site, client: Client) -> None:
    others = [sign_in("林悦"), sign_in("林悦")]
    sign_in("林悦", client)
    client.post("/me/sessions/others/")
    assert [signed_in_as(c) for c in others] == ["", ""]
    assert signed_in_as(client) == "林悦"


def test_behind_a_proxy_the_address_is_the_one_the_proxy_saw(
    hupan: Site, client: Client, settings: Any
) -> None:
    forged = {"HTTP_X_FORWARDED_FOR": "6.6.6.6, 10.1.2.3"}
    client.post("/login/", {"login": "linyue", "password": cast.PASSWORD}, **forged)
    assert UserSession.objects.get().ip == "127.0.0.1"
    settings.BEHIND_PROXY = True
    Client().post("/login/", {"login": "zhouhang", "password": cast.PASSWORD}, **forged)
    assert UserSession.objects.get(user__account="zhouhang").ip == "10.1.2.3"
