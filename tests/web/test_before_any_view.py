"""Before any view: who asks, and text that can't be kept; told from the bare request, no database."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from yingbin.web.asking import cookie, header, refuse, session_key
from yingbin.web.crowd import Crowd
from yingbin.web.incoming import BROKEN, KEY, LONGEST, TOO_LONG, UNKEPT, incoming, is_key, is_text

# A crowd


def test_a_place_is_given_back_even_when_what_was_done_in_it_failed() -> None:
    here = Crowd(each=1, everybody=1)
    with pytest.raises(ValueError, match="broken"), here.place("a"):
        raise ValueError("broken")
    with here.place("b") as free:
        assert free


# Who asks


def scope(*headers: tuple[str, str], path: str = "/") -> dict[str, Any]:
    """A bare request with these headers."""
    return {"path": path, "headers": [(k.encode(), v.encode("latin-1")) for k, v in headers]}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sessionid=abc; other=1", "abc"),
        ("other=1", ""),
        ("", ""),
        ("sessionid", ""),
        ("sessionid=", ""),
        ("=;;sessionid=abc", ""),
        ('sessionid="a b"', "a b"),
    ],
)
def test_a_cookie_is_read_and_nonsense_is_none(text: str, value: str) -> None:
    assert cookie(scope(("cookie", text)), "sessionid") == value


def test_a_header_that_is_missing_is_empty_and_of_several_the_first_counts() -> None:
    asked = scope(("x-a", "1"), ("x-a", "2"))
    assert (header(asked, b"x-a"), header(asked, b"x-b")) == ("1", "")
    assert session_key(scope()) == ""


def refused(path: str, wait: int = 0) -> tuple[dict[bytes, bytes], int, str]:
    """An answer without a view: its headers, status, body."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    told = refuse(scope(path=path), send, 503, "现在人太多", "请过几秒再试。", wait=wait)
    with ThreadPoolExecutor(
        1
    ) as beside:  # in this thread the browser of a journey may have its loop
        beside.submit(asyncio.run, told).result()
    return dict(sent[0]["headers"]), sent[0]["status"], sent[1]["body"].decode()


def test_whoever_is_turned_away_reads_why_and_when_to_come_again() -> None:
    headers, status, body = refused("/login/", wait=7)
    assert (status, headers[b"retry-after"], headers[b"cache-control"]) == (503, b"7", b"no-store")
    assert "现在人太多" in body
    assert "请过几秒再试。" in body
    assert b"text/html" in headers[b"content-type"]
    assert b"retry-after" not in refused("/login/")[0]


def test_a_program_that_is_turned_away_gets_a_problem_it_can_read() -> None:
    headers, _, body = refused("/api/v1/arrivals")
    assert headers[b"content-type"] == b"application/problem+json"
    told = json.loads(body)
    assert (told["status"], told["title"], told["detail"]) == (503, "现在人太多", "请过几秒再试。")
    assert int(headers[b"content-length"]) == len(body.encode())


# Text that can be kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("王先生\n第二行\r\n\t缩进", True),
        ("👨‍👩‍👧 مرحبا", True),
        ("", True),
        ("零\u200b宽", True),
        ("a\x00b", False),
        ("a\x1bb", False),
        ("a\x7fb", False),
        ("a\ud800b", False),
    ],
)
def test_text_is_kept_unless_something_in_it_is_no_character(text: str, *, kept: bool) -> None:
    assert is_text(text) is kept


@pytest.mark.parametrize(
    ("key", "good"), [("k-1", True), ("", True), ("k" * 80, True), ("k" * 81, False), ("a\nb", False), ("a\u200b", False)]
)  # fmt: skip
def test_a_key_is_short_and_has_nothing_invisible(key: str, *, good: bool) -> None:
    assert is_key(key) is good


def why(request: HttpRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a page is refused with; empty where it goes on."""
    shown: list[str] = []

    def page(request: object, name: str, told: dict[str, str], status: int) -> HttpResponse:
        shown.append(told["why"])
        return HttpResponse(status=status)

    monkeypatch.setattr("yingbin.web.incoming.render", page)
    answer = incoming(lambda r: HttpResponse()).process_view(request, None, None, None)  # type: ignore[attr-defined]
    assert answer is None or answer.status_code == 400
    return "".join(shown)


SENT = RequestFactory()


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (SENT.get("/", {"q": "王先生"}), ""),
        (SENT.get("/", {"q": "a\x00b"}), BROKEN),
        (SENT.get("/", {"key": "k" * 81}), KEY),
        (SENT.post("/", {"note": "好\n的"}), ""),
        (SENT.post("/", {"note": "a\x00"}), BROKEN),
        (SENT.post("/", {"a\x1bb": "1"}), BROKEN),
        (SENT.post("/", {"note": "长" * (LONGEST - 3)}), TOO_LONG),
        (SENT.post("/", {"drawn": "1" * (LONGEST - 5)}), ""),
        (SENT.post("/", {"key": "k\nk"}), KEY),
        (SENT.post("/", {}, headers={"Idempotency-Key": "k" * 81}), KEY),
        (SENT.post("/", {"file": SimpleUploadedFile("名单.xlsx", b"x")}), ""),
    ],
    ids=["asked", "broken", "long key", "sent", "nothing", "name", "long", "ink", "key of two lines", "header", "file"],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_with_a_sentence_before_any_view_has_it(
    request_: HttpRequest, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert why(request_, monkeypatch) == said


def test_a_statement_that_the_database_could_not_keep_says_so_and_other_faults_are_left_alone() -> (
    None
):
    handler = incoming(lambda r: HttpResponse())
    asked = SENT.post("/api/v1/arrivals", {}, content_type="application/json")
    answer = handler.process_exception(asked, DataError("too long"))  # type: ignore[attr-defined]
    assert (answer.status_code, json.loads(answer.content)["detail"]) == (400, UNKEPT)
    assert handler.process_exception(asked, ValueError("x")) is None  # type: ignore[attr-defined]
