"""Who may hear a stream: the doors of the pages stand before it too."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from yingbin.people.handing import HANDED
from yingbin.people.live import NOBODY, Topic, Viewer
from yingbin.people.models import Staff
from yingbin.people.queries.badges import badge
from yingbin.web.live import Hub, _alive, _viewers, app, topics


def heard(client: Client, *names: str) -> list[str]:
    return [v.topic for v in _viewers(client.session.session_key or "", [*names], "", "")]


def test_a_stream_carries_the_topics_its_person_may_see(client: Client, hall: Gallery) -> None:
    page = signed_in(client, hall, "林悦")
    assert heard(page, "mine", "supervision", "shell", "nonsense") == ["mine", "shell"]


def test_a_first_password_has_to_be_replaced_before_anything_is_heard(
    client: Client, hall: Gallery
) -> None:
    page = signed_in(client, hall, "林悦")
    Staff.objects.filter(id=hall.id("林悦")).update(must_change_password=True)
    assert heard(page, "mine", "shell") == []


def test_nothing_is_heard_while_a_customer_has_the_device(client: Client, hall: Gallery) -> None:
    page = signed_in(client, hall, "林悦")
    session = page.session
    session[HANDED] = {"page": "/", "then": "/"}
    session.save()
    assert heard(page, "mine", "shell") == []


def test_a_session_that_ended_is_missed(client: Client, hall: Gallery) -> None:
    key = signed_in(client, hall, "林悦").session.session_key
    assert key
    assert _alive([key, "never-was"]) == {key}
    client.logout()
    assert _alive([key]) == set()


HEARS = {
    "苏晴": {"board", "waiting", "arrival", "visit", "shell"},
    "林悦": {"board", "mine", "waiting", "arrival", "visit", "shell"},
    "郑岚": {"board", "supervision", "waiting", "arrival", "visit", "shell"},
    "顾北": {"shell"},
}

HEARS_ALL = set().union(*HEARS.values())


async def _ask(path: str, session_key: str) -> tuple[int, str]:
    """Opens this stream as a browser does, and hangs up at the first sign of life: the status, and what was said."""
    said: list[dict[str, Any]] = []
    enough = asyncio.Event()

    async def receive() -> dict[str, Any]:
        await enough.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        said.append(message)
        if b"event: beat" in message.get("body", b"") or said[0]["status"] != 200:
            enough.set()

    cookie = f"{settings.SESSION_COOKIE_NAME}={session_key}".encode()
    scope = {
        "type": "http",
        "path": path,
        "query_string": b"",
        "headers": [(b"cookie", cookie)],
        "client": ("127.0.0.1", 1),
    }
    async with asyncio.timeout(20):
        await app(scope, receive, send)
    return said[0]["status"], b"".join(m.get("body", b"") for m in said[1:]).decode()


@pytest.mark.django_db(transaction=True)
def heard_of(asked: Coroutine[None, None, tuple[int, str]]) -> tuple[int, str]:
    """In a thread of its own: a browser's loop may run in this one."""
    with ThreadPoolExecutor(1) as own:
        return own.submit(asyncio.run, asked).result()


@pytest.mark.parametrize("name", HEARS)
def test_each_stream_asked_by_itself_answers_those_whose_page_it_is(
    client: Client, transactional_db: None, name: str
) -> None:
    hall = Gallery()
    hall.open("林悦", "周航")
    visit = hall.arrive(name="张伟")
    key = signed_in(client, hall, name).session.session_key or ""
    heard = set()
    for topic in topics():
        of = f":{visit.id}" if topic == "visit" else ""
        status, said = heard_of(_ask(f"/live/{topic}{of}/", key))
        assert status in (200, 403), topic
        assert ("data:" in said) == (status == 200)
        heard |= {topic} if status == 200 else set()
    assert heard & HEARS_ALL == HEARS[name]


@pytest.mark.django_db(transaction=True)
def test_a_stream_carries_nothing_of_a_topic_that_is_not_its_persons(
    client: Client, transactional_db: None
) -> None:
    hall = Gallery()
    hall.open("林悦", "周航")
    hall.arrive(name="严杰")
    key = signed_in(client, hall, "林悦").session.session_key or ""
    status, said = heard_of(_ask("/live/mine+supervision/", key))
    assert status == 200
    assert "event: mine" in said
    assert "event: supervision" not in said
    assert heard_of(_ask("/live/mine/", "no-such-session")) == (403, "")
    Staff.objects.filter(id=hall.id("林悦")).update(must_change_password=True)
    assert heard_of(_ask("/live/mine/", key))[0] == 403


def two_who_may_the_same(hall: Gallery) -> list[Viewer]:
    """林悦 and 周航, each before their own page."""
    return [
        Viewer(
            badge(Staff.objects.get(id=hall.id(name)), hall.site, hall.now),
            "t",
            csrf=f"token of {name}",
        )
        for name in ("林悦", "周航")
    ]


def pushed_to(viewers: list[Viewer], topic: Topic) -> list[str]:
    """What each hears of a topic whose words are who looks and with which token."""
    hub = Hub()

    async def at_once(work: Callable[..., Any], *args: object) -> Any:
        return work(*args)

    hub.in_thread = at_once  # type: ignore[method-assign]

    async def all_of_them() -> list[str]:
        return [(await hub.fragments(v, topic, 0))["it"] for v in viewers]

    with ThreadPoolExecutor(1) as beside:  # a browser's loop may run in this thread
        return beside.submit(asyncio.run, all_of_them()).result()


def test_what_is_pushed_to_one_person_is_not_another_persons_page(hall: Gallery) -> None:
    def said(viewer: Viewer) -> dict[str, str]:
        return {"it": f"{viewer.badge.staff_id} {viewer.csrf}"}

    viewers = two_who_may_the_same(hall)
    assert pushed_to(viewers, Topic("turns.take", said)) == [
        f"{hall.id(name)} token of {name}" for name in ("林悦", "周航")
    ]
    assert pushed_to(viewers, Topic("turns.take", said, shared=True)) == [f"{NOBODY} "] * 2
    assert {name for name, topic in topics().items() if topic.shared} == {"board"}
