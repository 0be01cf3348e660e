"""What a session opens is read afresh with every request: nobody keeps a door that was closed."""

from datetime import timedelta
from threading import Thread

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import cast
from yingbin.people.models import Assignment, Company, Delegation, Site
from yingbin.people.queries import Entry, badge, entering, sites_of

from .conftest import sign_in, signed_in_as

pytestmark = pytest.mark.django_db


def entry(client: Client) -> Entry:
    found = entering(client.session.session_key or "", timezone.now())
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["苏晴", "林悦", "郑岚"])
def test_an_entry_says_the_same_as_asking_piece_by_piece(
    hupan: Site, office: Site, name: str
) -> None:
    found, at = entry(sign_in(name)), timezone.now()
    person = cast.person(name)
    assert found.staff == person
    assert found.sites() == sites_of(person, at) == [hupan]
    for place in (hupan.id, office.id, None):
        assert found.badge(place) == badge(person, place, at)


def test_a_role_of_the_whole_company_opens_all_sites(hupan: Site, office: Site) -> None:
    browser = sign_in("苏晴")
    person = cast.person("苏晴")
    Assignment.objects.create(staff=person, role="administrator", since=timezone.now())
    found, at = entry(browser), timezone.now()
    assert found.sites() == sites_of(person, at)
    assert set(found.sites()) == {hupan, office}
    for place in (hupan.id, office.id, None):
        assert found.badge(place) == badge(person, place, at)


def test_a_delegation_counts_from_the_minute_it_is_given_to_the_minute_it_ends(
    hupan: Site,
) -> None:
    browser, person = sign_in("林悦"), cast.person("林悦")
    assert not entry(browser).badge(hupan.id).delegated
    now = timezone.now()
    given = Delegation.objects.create(
        site=hupan,
        given_by=cast.person("郑岚"),
        given_to=person,
        reason="休假",
        since=now - timedelta(minutes=1),
        until=now + timedelta(hours=1),
    )
    assert entry(browser).badge(hupan.id).may("turns.supervise")
    given.revoked_at = now
    given.save()
    assert not entry(browser).badge(hupan.id).may("turns.supervise")


def test_a_role_that_ended_closes_the_door_with_the_next_request(hupan: Site) -> None:
    browser = sign_in("苏晴")
    assert browser.get("/gallery/arrival/").status_code == 200
    Assignment.objects.filter(staff=cast.person("苏晴")).update(until=timezone.now())
    assert browser.get("/gallery/arrival/").status_code != 200
    Assignment.objects.filter(staff=cast.person("苏晴")).update(until=None)
    assert browser.get("/gallery/arrival/").status_code == 200


def test_someone_who_left_is_signed_out_with_the_next_request(hupan: Site) -> None:
    browser, person = sign_in("苏晴"), cast.person("苏晴")
    person.is_active = False
    person.save()
    assert browser.get("/gallery/arrival/").status_code == 302
    assert signed_in_as(browser) == ""


def test_a_session_ended_elsewhere_or_a_new_password_ends_it_here(hupan: Site) -> None:
    browser, other = sign_in("苏晴"), sign_in("苏晴")
    Session.objects.get(session_key=browser.session.session_key).delete()
    assert browser.get("/gallery/arrival/").status_code == 302
    person = cast.person("苏晴")
    person.set_password("another-password-1")
    person.save()
    assert other.get("/gallery/arrival/").status_code == 302


def test_the_second_factor_is_demanded_from_the_minute_the_company_does(hupan: Site) -> None:
    Company.objects.update(managers_need_second_factor=False)
    browser = sign_in("郑岚")
    assert browser.get("/gallery/supervision/").status_code == 200
    Company.objects.update(managers_need_second_factor=True)
    answer = browser.get("/gallery/supervision/")
    assert (answer.status_code, "/login/code/" in answer["Location"]) == (302, True)


def test_a_session_that_no_list_knows_is_read_the_long_way(hupan: Site) -> None:
    browser = sign_in("苏晴")
    UserSession.objects.all().delete()
    assert entry(browser).staff is None
    assert browser.get("/gallery/arrival/").status_code == 200
    assert signed_in_as(browser) == "苏晴"


def test_another_persons_list_entry_gives_nobody_their_rights(hupan: Site) -> None:
    browser = sign_in("苏晴")
    UserSession.objects.update(user=cast.person("郑岚"))
    assert browser.get("/gallery/supervision/").status_code == 403
    assert signed_in_as(browser) == "苏晴"


def test_a_request_asks_once_who_sends_it(hupan: Site) -> None:
    browser = sign_in("苏晴")
    with CaptureQueriesContext(connection) as seen:
        assert browser.get("/gallery/arrival/").status_code == 200
    asked = [q["sql"] for q in seen.captured_queries]
    assert [sql for sql in asked if "django_session" in sql] == asked[:1]
    assert not [sql for sql in asked[1:] if "people_delegation" in sql]


def cut_the_line() -> None:
    """The server ends our connection, as when it was started anew; the next request begins."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        (number,) = cursor.fetchone()

    def cut() -> None:
        with connections["default"].cursor() as cursor:
            cursor.execute("select pg_terminate_backend(%s, 5000)", [number])
        connections.close_all()

    other = Thread(target=cut)
    other.start()
    other.join()
    connection.health_check_enabled, connection.health_check_done = True, False


@pytest.mark.django_db(transaction=True)
def test_a_line_that_broke_between_two_requests_is_made_anew(hupan: Site) -> None:
    browser = sign_in("苏晴")
    cut_the_line()
    found = entering(browser.cookies["sessionid"].value, timezone.now())
    assert found is not None
    assert found.staff == cast.person("苏晴")


@pytest.mark.django_db(transaction=True)
def test_a_line_that_breaks_within_a_transaction_is_an_error(hupan: Site) -> None:
    key = sign_in("苏晴").cookies["sessionid"].value
    transaction.set_autocommit(False)
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    connection.in_atomic_block = True
    try:
        cut_the_line()
        with pytest.raises(OperationalError):
            entering(key, timezone.now())
    finally:
        connection.in_atomic_block = False
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_reading_the_session_is_the_only_proof_of_the_line_that_a_request_needs(
    hupan: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = sign_in("苏晴").cookies["sessionid"].value
    asked = []
    monkeypatch.setattr(connection, "is_usable", lambda: asked.append(1) or True)
    connection.health_check_enabled, connection.health_check_done = True, False
    assert entering(key, timezone.now()) is not None
    assert cast.person("苏晴")
    assert asked == []
