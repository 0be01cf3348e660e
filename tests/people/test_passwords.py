"""First passwords, changed passwords, and where one is signed in."""

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.test import Client

from tests import cast
from yingbin.people import actions
from yingbin.people.models import Site, Staff

from .conftest import Act, give_totp, post_login, sign_in, signed_in_as

pytestmark = pytest.mark.django_db


def with_first_password(act: Act) -> tuple[Staff, str]:
    person = actions.Person(name="单小梅", roles=("receptionist",))
    done = act(actions.add_staff, "郑岚", person=person)
    staff = Staff.objects.get(id=done.id)
    return staff, actions.first_password(done.slips, staff.id)


def test_a_first_password_opens_one_page_only_the_one_to_replace_it(
    act: Act, client: Client
) -> None:
    staff, word = with_first_password(act)
    assert post_login(client, staff.account, word).url == "/me/password/"
    assert client.get("/me/").url.startswith("/me/password/")
    assert client.get("/gallery/arrival/").url.startswith("/me/password/")
    told = {"new": "lotus-pond-7", "again": "lotus-pond-7"}
    assert client.post("/me/password/", told).url == "/"
    assert signed_in_as(client) == "单小梅"
    assert post_login(Client(), staff.account, word).status_code == 422
    assert post_login(Client(), staff.account, "lotus-pond-7").status_code == 302


@pytest.mark.parametrize(
    ("new", "again", "why"),
    [
        ("short", "short", "密码至少 8 位"),
        ("12345678901", "12345678901", "密码不能只有数字"),
        ("lotus-pond-7", "other", "不一样"),
        ("linyue88", "linyue88", "太像"),
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
