"""Signing in: account or phone, lock-out, the second factor, sessions, first passwords."""

from datetime import timedelta
from urllib.parse import parse_qs, urlparse

import pytest
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from tests import cast
from yingbin.people import actions
from yingbin.people.models import Site

from .conftest import Act, post_login, sign_in, signed_in_as

pytestmark = pytest.mark.django_db


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


def test_a_login_with_a_null_byte_goes_no_further(hupan: Site, client: Client) -> None:
    assert post_login(client, "lin\0yue").status_code == 400
