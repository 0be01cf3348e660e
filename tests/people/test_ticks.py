"""What is over is tidied away by itself, and nothing that still matters."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from yingbin.people import ticks
from yingbin.people.models import Site

from .conftest import post_login, sign_in, signed_in_as


def test_sessions_that_are_over_go_with_their_lines_and_live_ones_stay(hupan: Site) -> None:
    gone, here = sign_in("林悦"), sign_in("周航")
    Session.objects.filter(session_key=gone.session.session_key).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )
    ticks.tidy(timezone.now())
    assert [s.user.name for s in UserSession.objects.all()] == ["周航"]
    assert signed_in_as(here) == "周航"


def test_a_lock_is_not_tidied_away_while_it_holds(hupan: Site, client: Client) -> None:
    for _ in range(5):
        post_login(client, "linyue", "wrong")
    ticks.tidy(timezone.now() + timedelta(minutes=9))
    assert post_login(client, "linyue").status_code == 429
    ticks.tidy(timezone.now() + timedelta(days=2))
    assert not AccessAttempt.objects.exists()


def test_it_runs_once_an_hour(hupan: Site) -> None:
    at = timezone.now() + timedelta(days=400)
    sign_in("林悦")
    assert ticks.tick(at) > 0
    sign_in("林悦")
    assert ticks.tick(at + timedelta(minutes=59)) == 0
    assert ticks.tick(at + timedelta(minutes=60)) > 0
