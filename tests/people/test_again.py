"""A session that ended under a page: what the script is told, and how the same person goes on in place."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from yingbin.people.models import Staff

PASSWORD = "yingbin-2026"
SCRIPT = {"X-Requested-With": "fetch"}


@pytest.fixture
def gallery(db: None) -> Gallery:
    made = Gallery()
    made.now = timezone.now()
    return made


def here(page: Client, who: object) -> dict[str, object]:
    found: dict[str, object] = page.get(reverse("people:here"), {"who": str(who)}).json()
    return found


def again(page: Client, who: object, **sent: str) -> tuple[int, dict[str, str]]:
    answer = page.post(reverse("people:again"), {"who": str(who), **sent})
    return answer.status_code, answer.json()


def test_a_post_without_a_session_is_answered_so_that_the_page_can_stay(
    client: Client, gallery: Gallery
) -> None:
    sent = {"key": "k", "kind": "customer"}
    answer = client.post("/gallery/arrival/", sent, headers=SCRIPT)
    assert (answer.status_code, answer["X-Gate"]) == (401, "sign-in")
    plain = client.post("/gallery/arrival/", sent)
    assert plain.status_code == 302


def test_a_token_of_another_session_is_said_to_the_script(gallery: Gallery) -> None:
    strict = Client(enforce_csrf_checks=True)
    signed_in(strict, gallery, "苏晴")
    answer = strict.post("/gallery/arrival/", {"key": "k"}, headers=SCRIPT)
    assert (answer.status_code, answer["X-Gate"]) == (403, "token")


def test_the_same_person_goes_on_with_their_password(client: Client, gallery: Gallery) -> None:
    who = gallery.id("苏晴")
    page = signed_in(client, gallery, "苏晴")
    assert here(page, who)["state"] == "in"
    Session.objects.all().delete()
    assert here(page, who)["state"] == "out"
    status, said = again(page, who, secret="guessed-it")
    assert (status, said["why"][:4]) == (422, "密码不对")
    status, said = again(page, who, secret=PASSWORD, site=str(gallery.site))
    assert (status, said["state"]) == (200, "in")
    assert page.get("/gallery/arrival/").status_code == 200


def test_another_persons_page_is_not_gone_on_with(client: Client, gallery: Gallery) -> None:
    page = signed_in(client, gallery, "苏晴")
    who = gallery.id("林悦")
    assert here(page, who)["state"] == "other"
    assert again(page, who, secret=PASSWORD)[1]["state"] == "other"
    assert here(page, "nobody")["state"] == "other"


def test_a_site_one_no_longer_works_at_is_not_gone_on_with(
    client: Client, gallery: Gallery
) -> None:
    who = gallery.id("苏晴")
    elsewhere = "01a21999-0000-761f-981a-71e0a8d31113"
    status, said = again(client, who, secret=PASSWORD, site=elsewhere)
    assert (status, said["why"][:8]) == (422, "您现在不在这一页")
    assert here(client, who)["state"] == "out"


def test_who_left_does_not_come_back_in_place(client: Client, gallery: Gallery) -> None:
    who = gallery.id("苏晴")
    Staff.objects.filter(id=who).update(is_active=False)
    assert again(client, who, secret=PASSWORD)[0] == 422


def test_a_second_factor_is_asked_in_place_too(client: Client, gallery: Gallery) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import (
        TOTP,
        format_hotp_value,
        generate_totp_secret,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    who = gallery.id("郑岚")
    secret = generate_totp_secret()
    TOTP.activate(Staff.objects.get(id=who), secret)
    assert Authenticator.objects.filter(user_id=who).exists()
    assert again(client, who, secret=PASSWORD) == (422, {"need": "code"})
    status, said = again(client, who, secret=PASSWORD, code="000000")
    assert status == 422
    assert "验证码不对" in said["why"]
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert again(client, who, secret=PASSWORD, code=code)[1]["state"] == "in"
    assert client.session["signed_in_by"] == "second_factor"


def test_too_many_tries_lock_as_everywhere(client: Client, gallery: Gallery) -> None:
    who = gallery.id("苏晴")
    statuses = [
        client.post(reverse("people:again"), {"who": str(who), "secret": "wrong-word"}).status_code
        for _ in range(6)
    ]
    assert 429 in statuses


def test_without_script_what_was_typed_is_handed_back_and_sent_again(gallery: Gallery) -> None:
    from yingbin.gallery.models import Visit

    gallery.open("林悦", "周航")
    page = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
    signed_in(page, gallery, "苏晴")
    page.get("/gallery/arrival/")
    sent = {"key": "one", "kind": "customer", "first": "yes", "contact": "no", "people": "2", "q": "严杰",
            "password": "never-back"}  # fmt: skip
    Session.objects.all().delete()
    del page.cookies["sessionid"]
    sent["csrfmiddlewaretoken"] = page.cookies["csrftoken"].value
    answer = page.post("/gallery/arrival/", sent)
    text = answer.content.decode()
    assert answer.status_code == 401
    assert 'name="q" value="严杰"' in text
    assert 'name="key" value="one"' in text
    assert "never-back" not in text
    signed_in(page, gallery, "苏晴")
    # The sign-in changed the token: the page hands back once more, with the new one.
    stale = page.post("/gallery/arrival/", {**sent, "csrfmiddlewaretoken": "x" * 64})
    assert stale.status_code == 403
    assert 'value="严杰"' in stale.content.decode()
    for _ in range(2):
        sent["csrfmiddlewaretoken"] = page.cookies["csrftoken"].value
        assert page.post("/gallery/arrival/", sent).status_code == 302
    assert Visit.objects.count() == 1


def test_what_another_site_sends_gets_no_button_here(gallery: Gallery) -> None:
    page = Client(enforce_csrf_checks=True, headers={"Origin": "http://elsewhere.test"})
    answer = page.post("/gallery/arrival/", {"key": "one", "q": "严杰"})
    assert "再送一次" not in answer.content.decode()
    signed_in(page, gallery, "苏晴")
    answer = page.post("/gallery/arrival/", {"key": "one", "q": "严杰"})
    assert answer.status_code == 403
    assert "再送一次" not in answer.content.decode()
