"""The bridge between the server and the pages: bodies arrive whole or not at all, answers leave as they were."""

import asyncio
import threading
from collections.abc import Iterable
from typing import Any

import pytest

from yingbin.web.bridge import SHORT, Pages, environ

SCOPE = {
    "type": "http",
    "method": "POST",
    "path": "/客户/",
    "query_string": b"a=1",
    "http_version": "1.1",
    "scheme": "https",
    "server": ("yingbin.example", 443),
    "client": ("10.0.0.7", 5000),
    "headers": [(b"host", b"yingbin.example"), (b"cookie", b"a=1"), (b"cookie", b"b=2")],
}


def asked(pages: Any, *messages: dict[str, Any]) -> list[dict[str, Any]]:
    """What the server is told when these messages come from the browser."""
    told: list[dict[str, Any]] = []
    coming = iter(messages)

    async def receive() -> dict[str, Any]:
        return next(coming)

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    asyncio.run(Pages(pages, threads=2)(SCOPE, receive, send))
    return told


def part(body: bytes, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


class Answer(list[bytes]):
    """A page's answer, as Django gives it."""

    streaming = False
    closed = False

    def close(self) -> None:
        self.closed = True


def echo(words: dict[str, Any], start: Any) -> Answer:
    start("201 Created", [("X-One", "1"), ("Set-Cookie", "a"), ("Set-Cookie", "b")])
    return Answer([words["wsgi.input"].read(), b"!"])


def test_an_answer_leaves_with_its_status_its_headers_and_its_body() -> None:
    head, body = asked(echo, part(b"ab", True), part(b"cd"))
    assert head["status"] == 201
    assert head["headers"] == [(b"x-one", b"1"), (b"set-cookie", b"a"), (b"set-cookie", b"b")]
    assert body == {"type": "http.response.body", "body": b"abcd!"}


def test_a_long_body_arrives_whole_while_the_page_reads_it() -> None:
    parts = [bytes([n]) * 100_000 for n in range(20)]
    assert sum(map(len, parts)) > SHORT
    _, body = asked(echo, *(part(p, True) for p in parts), part(b"end"))
    assert body["body"] == b"".join(parts) + b"end!"


def test_a_form_cut_off_in_the_middle_reaches_no_page() -> None:
    called = []
    pages = lambda words, start: called.append(words)  # noqa: E731
    assert asked(pages, part(b"q=%E5%BC%A0", True), {"type": "http.disconnect"}) == []
    assert called == []


def test_a_long_body_cut_off_is_an_error_to_whoever_reads_it() -> None:
    with pytest.raises(OSError, match="cut off"):
        asked(echo, part(b"x" * SHORT, True), {"type": "http.disconnect"})


def test_a_streamed_answer_leaves_piece_by_piece() -> None:
    sent_before_the_second: list[int] = []
    told: list[dict[str, Any]] = []

    def pages(words: dict[str, Any], start: Any) -> Iterable[bytes]:
        start("200 OK", [])

        def pieces() -> Iterable[bytes]:
            yield b"one"
            sent_before_the_second.append(len(told))
            yield b"two"

        return pieces()

    async def receive() -> dict[str, Any]:
        return part(b"")

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    asyncio.run(Pages(pages, threads=1)(SCOPE, receive, send))
    assert sent_before_the_second == [2]
    assert [m.get("body") for m in told] == [None, b"one", b"two", b""]


def test_every_answer_is_closed_also_where_it_breaks() -> None:
    made = []

    class Broken(Answer):
        streaming = True

        def __iter__(self) -> Any:
            raise ValueError("broken")

    def pages(words: dict[str, Any], start: Any) -> Answer:
        start("200 OK", [])
        made.append(Broken())
        return made[-1]

    with pytest.raises(ValueError, match="broken"):
        asked(pages, part(b""))
    assert made[0].closed


def test_pages_run_beside_each_other_and_never_on_the_line_of_the_streams() -> None:
    both = threading.Barrier(2, timeout=10)
    where = set()

    def pages(words: dict[str, Any], start: Any) -> Answer:
        start("200 OK", [])
        where.add(threading.current_thread())
        both.wait()
        return Answer([b"ok"])

    async def two() -> None:
        line = Pages(pages, threads=2)

        async def receive() -> dict[str, Any]:
            return part(b"")

        async def send(message: dict[str, Any]) -> None:
            pass

        await asyncio.gather(line(SCOPE, receive, send), line(SCOPE, receive, send))

    asyncio.run(two())
    assert len(where) == 2
    assert threading.main_thread() not in where


def test_the_environment_says_what_was_asked() -> None:
    words = environ(SCOPE, None)
    assert words["PATH_INFO"].encode("latin-1").decode() == "/客户/"
    assert (words["REQUEST_METHOD"], words["QUERY_STRING"]) == ("POST", "a=1")
    assert (words["SERVER_NAME"], words["SERVER_PORT"]) == ("yingbin.example", "443")
    assert (words["wsgi.url_scheme"], words["REMOTE_ADDR"]) == ("https", "10.0.0.7")
    assert words["HTTP_COOKIE"] == "a=1; b=2"


def test_a_header_with_an_underscore_passes_for_no_other() -> None:
    headers = [(b"x_forwarded_proto", b"https"), (b"content-type", b"text/plain")]
    words = environ(SCOPE | {"headers": headers}, None)
    assert "HTTP_X_FORWARDED_PROTO" not in words
    assert words["CONTENT_TYPE"] == "text/plain"
