"""A body is whole, and small enough for whoever sends it, before any page is asked."""

import asyncio
import json
import os
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests import cast
from yingbin.web import asking, bodies, turnstile
from yingbin.web.crowd import Crowd, Tally

Said = list[dict[str, Any]]


def scope(
    size: int | None = None, *, path: str = "/login/", peer: str = "10.0.0.1", **headers: str
) -> dict[str, Any]:
    named = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    if size is not None:
        named.append((b"content-length", str(size).encode()))
    return {"type": "http", "method": "POST", "path": path, "headers": named, "client": (peer, 1)}


def sending(*pieces: bytes, pause: float = 0.0) -> Callable[[], Awaitable[dict[str, Any]]]:
    left = list(pieces)

    async def receive() -> dict[str, Any]:
        if pause:
            await asyncio.sleep(pause)
        if not left:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    return receive


async def silent() -> dict[str, Any]:
    await asyncio.sleep(3600)
    raise AssertionError


async def take(asked: dict[str, Any], receive: Any) -> tuple[bytes | None, Said]:
    """What a page would read, or None; and what was answered without one."""
    said: Said = []

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    async with bodies.taken(asked, receive, send) as body:
        if body is None:
            return None, said
        whole = b""
        while True:
            message = await body()
            whole += message["body"]
            if not message["more_body"]:
                return whole, said


@pytest.fixture(autouse=True)
def _a_spool(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.YINGBIN_SPOOL = str(tmp_path / "spool")
    monkeypatch.setattr(bodies, "_LISTEN", 0.05)


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    async def known(asked: dict[str, Any]) -> bool:
        return "yes" in asking.session_key(asked)

    monkeypatch.setattr(bodies, "known", known)


def run(work: Any) -> Any:
    """In a thread of its own: a browser's loop may run in this one."""
    with ThreadPoolExecutor(1) as own:
        return own.submit(asyncio.run, work).result()


def test_a_form_in_pieces_reaches_the_page_whole_and_with_its_length() -> None:
    asked = scope(transfer_encoding="chunked")
    assert run(take(asked, sending(b"a=1", b"&b=2")))[0] == b"a=1&b=2"
    assert (b"content-length", b"7") in asked["headers"]


def test_a_stranger_sends_64_kb_and_not_a_byte_more_said_or_unsaid(signed_in: None) -> None:
    most = b"x" * bodies.ANYBODY
    assert run(take(scope(len(most)), sending(most)))[0] == most
    for asked in (scope(len(most) + 1), scope(transfer_encoding="chunked")):
        body, said = run(take(asked, sending(most, b"x")))
        assert body is None
        assert said[0]["status"] == 413
        assert "请先登录" in said[1]["body"].decode()


def test_six_hundred_megabytes_of_a_stranger_are_refused_before_the_first_byte(
    tmp_path: Path,
) -> None:
    began = time.monotonic()
    body, said = run(take(scope(600 * 1024 * 1024), silent))
    assert (body, said[0]["status"]) == (None, 413)
    assert time.monotonic() - began < 2
    assert not list((tmp_path / "spool").iterdir())


def test_someone_signed_in_uploads_a_register_through_a_file_without_a_name(
    signed_in: None, tmp_path: Path
) -> None:
    sheet = os.urandom(3 * 1024 * 1024)
    head = {"cookie": "sessionid=yes", "content_type": "multipart/form-data; boundary=x"}
    pieces = [sheet[n : n + 100_000] for n in range(0, len(sheet), 100_000)]
    assert run(take(scope(len(sheet), **head), sending(*pieces)))[0] == sheet
    assert not list((tmp_path / "spool").iterdir())
    too_much = scope(bodies.UPLOAD + 1, **head)
    assert run(take(too_much, silent))[1][0]["status"] == 413


def test_a_form_without_files_may_not_be_as_large_as_an_upload(signed_in: None) -> None:
    asked = scope(4 * 1024 * 1024, cookie="sessionid=yes")
    assert run(take(asked, silent))[1][0]["status"] == 413


def test_a_drip_ends_however_regularly_it_drips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.3)
    began = time.monotonic()
    body, said = run(take(scope(1000), sending(*[b"x"] * 1000, pause=0.05)))
    assert (body, said[0]["status"]) == (None, 408)
    assert time.monotonic() - began < 2


def test_a_steady_sender_of_much_has_the_time_it_needs(
    monkeypatch: pytest.MonkeyPatch, signed_in: None
) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.2)
    pieces = [b"x" * 16 * 1024] * 10  # half a second, at a rate that buys ten
    assert (
        run(take(scope(None, cookie="sessionid=yes"), sending(*pieces, pause=0.05)))[0] is not None
    )


def test_who_goes_away_in_the_middle_asks_no_page() -> None:
    assert run(take(scope(10), sending())) == (None, [])


def test_ninety_who_dawdle_keep_no_newcomer_waiting_and_the_slowest_goes_first() -> None:
    async def siege() -> tuple[list[bool], bytes | None]:
        slow = [asyncio.create_task(take(scope(10), silent)) for _ in range(90)]
        await asyncio.sleep(0.2)
        ended = [task.done() for task in slow]
        body, _ = await asyncio.wait_for(take(scope(3), sending(b"a=1")), 1)
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        return ended, body

    ended, body = run(siege())
    assert body == b"a=1"
    assert ended == [True] * (90 - bodies.FROM_ONE) + [False] * bodies.FROM_ONE
    assert not bodies._line.tasks


def test_the_third_upload_at_once_of_one_session_is_told_to_wait(signed_in: None) -> None:
    async def three() -> Said:
        head = {"cookie": "sessionid=yes", "content_type": "multipart/form-data; boundary=x"}
        large = 1024 * 1024
        slow = [asyncio.create_task(take(scope(large, **head), silent)) for _ in range(2)]
        await asyncio.sleep(0.1)
        said = (await take(scope(large, **head), silent))[1]
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        return said

    said = run(three())
    assert said[0]["status"] == 429
    assert (b"retry-after", b"10") in said[0]["headers"]
    assert bodies._uploads.count == 0


@pytest.mark.django_db(transaction=True)
def test_only_a_session_that_stands_makes_somebody_known(client: Client) -> None:
    cast.gallery()
    client.post("/login/", {"login": cast.person("苏晴").account, "password": cast.PASSWORD})
    key = client.session.session_key
    assert run(asking.known(scope(cookie=f"sessionid={key}")))
    for cookie in ("sessionid=forged", "", "other=1", "{=;"):
        assert not run(asking.known(scope(cookie=cookie)))
    assert not run(asking.known(scope(authorization="Bearer yb_forged")))
    client.post("/logout/")
    assert not run(asking.known(scope(cookie=f"sessionid={key}")))


def test_passwords_are_weighed_one_by_one_and_a_crowd_is_told_to_come_back() -> None:
    async def crowd() -> tuple[int, int]:
        at_once = most = refused = 0

        async def sign_in() -> None:
            nonlocal at_once, most, refused
            async with turnstile.through(scope()) as admitted:
                if not admitted:
                    refused += 1
                    return
                at_once += 1
                most = max(most, at_once)
                await asyncio.sleep(0.01)
                at_once -= 1

        await asyncio.gather(*[sign_in() for _ in range(60)])
        return most, refused

    assert run(crowd()) == (1, 60 - 16)


def test_a_crowd_at_the_door_holds_up_no_pin_inside_and_no_page() -> None:
    async def meanwhile() -> None:
        async with turnstile.through(scope()) as first:
            assert first
            for path in ("/switch/1/", "/gallery/arrival/"):
                async with asyncio.timeout(1), turnstile.through(scope(path=path)) as admitted:
                    assert admitted

    run(meanwhile())


def test_places_are_given_back_and_nobody_takes_all() -> None:
    crowd = Crowd(each=2, everybody=3)
    with crowd.place("a") as first, crowd.place("a") as second, crowd.place("a") as third:
        assert (first, second, third) == (True, True, False)
        with crowd.place("b") as fourth, crowd.place("c") as fifth:
            assert (fourth, fifth) == (True, False)
    assert crowd.count == 0
    with crowd.place("a") as again:
        assert again


def test_a_program_is_told_in_its_own_words_that_too_much_came() -> None:
    body, said = run(take(scope(600 * 1024 * 1024, path="/api/v1/arrivals"), silent))
    assert (body, said[0]["status"]) == (None, 413)
    assert (b"content-type", b"application/problem+json") in said[0]["headers"]
    assert "请先登录" in json.loads(said[1]["body"])["detail"]


def test_a_visitor_who_sends_50_mb_reads_in_both_languages_what_the_form_takes(
    tmp_path: Path,
) -> None:
    began = time.monotonic()
    body, said = run(take(scope(50 * 1024 * 1024, path="/visit/zongbu/"), silent))
    words = said[1]["body"].decode()
    assert (body, said[0]["status"]) == (None, 413)
    assert "不收照片和文件" in words
    assert "no photos or files" in words
    assert "请先登录" not in words, "nobody signs in there"
    assert time.monotonic() - began < 2, "answered before it was read"
    assert not list((tmp_path / "spool").iterdir())


def test_a_strangers_forms_are_counted_before_anything_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """300 nonsense applications a second: one address is heard 20 times, all together 240 times a minute."""
    monkeypatch.setattr(turnstile, "_forms", Tally(each=20, everybody=240, seconds=60))

    def heard(client: str, path: str = "/visit/zongbu/", method: str = "POST") -> bool:
        asked = scope(path=path)
        return turnstile.hears({**asked, "method": method, "client": (client, 1)})

    assert sum(heard("10.0.0.1") for _ in range(300)) == 20
    assert sum(heard(f"10.1.{n // 250}.{n % 250}") for n in range(600)) == 220
    assert not heard("10.9.9.9", "/s/zongbu/visit/zongbu/"), "wherever the place stands"
    assert heard("10.0.0.1", method="GET"), "who only looks is always answered"
    assert heard("10.0.0.1", "/gallery/arrive/"), "the house's own pages are not counted"


def test_after_a_minute_strangers_are_heard_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    tally = Tally(each=1, everybody=2, seconds=60)
    assert [tally.hears("a"), tally.hears("a"), tally.hears("b"), tally.hears("c")] == [
        True, False, True, False,
    ]  # fmt: skip
    now[0] += 60
    assert tally.hears("a")
