"""Where one is signed in, in words one recognises, and signing out there."""

from datetime import datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from tests import cast
from yingbin.people.actions.sessions import end_session, end_sessions
from yingbin.people.models import Site
from yingbin.people.queries.sessions import device, sessions_of

IPAD = (
    "Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Safari/604.1"
)
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (IPAD, "iPad · Safari"),
        (ANDROID, "安卓 · Chrome"),
        (ANDROID + " MicroMessenger/8.0", "安卓 · 微信"),
        (ANDROID + " wxwork/4.1 MicroMessenger/7.0", "安卓 · 企业微信"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) DingTalk/7.0", "iPhone · 钉钉"),
        ("Mozilla/5.0 (Linux; HarmonyOS) Chrome/99 Lark/6", "鸿蒙 · 飞书"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/126 Safari/537 Edg/126", "Windows 电脑 · Edge"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0", "Linux 电脑 · Firefox"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Version/17 Safari/605", "Mac 电脑 · Safari"),
        ("curl/8.5", "未知设备"),
        ("", "未知设备"),
    ],
)  # fmt: skip
def test_a_browser_is_called_what_people_call_it(agent: str, words: str) -> None:
    assert device(agent) == words


def signed_in(who: str, key: str, at: datetime, agent: str = IPAD) -> UserSession:
    """A session of this person, as the browser with this key holds it, for a day."""
    Session.objects.create(session_key=key, session_data="", expire_date=at + timedelta(days=1))
    return UserSession.objects.create(
        user=cast.person(who), session_key=key, ip="10.0.0.7", user_agent=agent
    )


def test_one_sees_where_one_is_signed_in_this_place_first(hupan: Site, now: datetime) -> None:
    signed_in("林悦", "here", now, ANDROID)
    signed_in("林悦", "there", now)
    signed_in("周航", "his", now)
    found = sessions_of(cast.person("林悦").id, "here", now)
    assert [(one.device, one.here) for one in found] == [
        ("安卓 · Chrome", True),
        ("iPad · Safari", False),
    ]
    assert found[0].address == "10.0.0.7"


def test_a_session_that_ran_out_or_was_ended_is_none(hupan: Site, now: datetime) -> None:
    for key in ("kept", "ended", "over"):
        signed_in("林悦", key, now)
    Session.objects.filter(session_key="ended").delete()
    Session.objects.filter(session_key="over").update(expire_date=now)
    assert len(sessions_of(cast.person("林悦").id, None, now)) == 1


def test_one_ends_ones_own_session_and_nobody_elses(hupan: Site, now: datetime) -> None:
    mine, his = signed_in("林悦", "mine", now), signed_in("周航", "his", now)
    me = cast.person("林悦").id
    assert not end_session(staff_id=me, session_id=his.pk)
    assert end_session(staff_id=me, session_id=mine.pk)
    assert not end_session(staff_id=me, session_id=mine.pk)
    assert set(Session.objects.values_list("session_key", flat=True)) == {"his"}


@pytest.mark.parametrize(("but", "left"), [("here", {"here", "his"}), (None, {"his"})])
def test_all_others_or_all_are_ended_at_once(
    hupan: Site, now: datetime, but: str | None, left: set[str]
) -> None:
    for key in ("here", "there", "elsewhere"):
        signed_in("林悦", key, now)
    signed_in("周航", "his", now)
    assert end_sessions(cast.person("林悦").id, but) == 4 - len(left)
    assert set(Session.objects.values_list("session_key", flat=True)) == left
