"""Where there is no page to say it: a command that can't, a request nobody lets in, each told in a sentence."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import pytest
from django.db import DatabaseError

from yingbin.people.signin import NOWHERE
from yingbin.web.asking import address, cookie, header, known, refuse, session_key
from yingbin.web.cli.told import there, told
from yingbin.web.server.backup import NotRestored
from yingbin.web.server.postgres import CannotStart

A = TypeVar("A")


def raising(error: Exception) -> Callable[[], int]:
    """A command that ends in this."""

    def work() -> int:
        raise error

    return work


def by_state(kind: type[psycopg.Error]) -> DatabaseError:
    """What Django raises where the database says no in this way."""
    error = DatabaseError("words with an address in them: postgres://secret@host")
    error.__cause__ = kind("no")
    return error


def test_a_command_that_works_says_nothing_and_keeps_its_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert [told(lambda: 0), told(lambda: 2)] == [0, 2]
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("error", "chinese", "english"),
    [
        (NotRestored("这份备份不完整。"), "这份备份不完整。", ""),
        (CannotStart("端口 8000 已被占用。"), "端口 8000 已被占用。", ""),
        (PermissionError(13, "Permission denied", "/data"), "没有权限：/data", "Can't read or write /data"),
        (FileNotFoundError(2, "No such file", "/x"), "没有这个文件或文件夹：/x", "/x: No such file"),
        (NotADirectoryError(20, "Not a directory", "/x/y"), "路径里有一段不是文件夹", "/x/y"),
        (IsADirectoryError(21, "Is a directory", "/x"), "这是一个文件夹，不是文件", "/x"),
        (FileExistsError(17, "File exists", "/x"), "已经被别的文件占用", "/x"),
        (OSError(28, "No space left on device", "/x"), "系统不让读写：/x", "No space left"),
        (by_state(psycopg.errors.InsufficientPrivilege), "YINGBIN_OWNER_URL", "may not do this"),
        (by_state(psycopg.errors.UndefinedTable), "bin/yingbin upgrade", "no tables of this version"),
        (by_state(psycopg.errors.UndefinedColumn), "表还没有建好", "no tables of this version"),
        (by_state(psycopg.errors.ConnectionFailure), "数据库没有答复", "DATABASE_URL"),
        (psycopg.OperationalError("connection refused"), "数据库没有答复", "is it running"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_with_what_to_do_and_never_as_a_traceback(
    capsys: pytest.CaptureFixture[str], error: Exception, chinese: str, english: str
) -> None:
    assert told(raising(error)) == 1
    said = capsys.readouterr().err
    assert chinese in said
    assert english in said
    assert "Traceback" not in said
    assert "secret" not in said


def test_a_fault_of_ours_is_not_hidden_behind_a_sentence() -> None:
    with pytest.raises(ZeroDivisionError):
        told(lambda: 1 // 0)


def test_a_folder_without_our_data_says_how_to_name_the_right_one(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="没有迎宾的数据") as no:
        there(tmp_path)
    for way in ("YINGBIN_DATA", "--data", "DATABASE_URL", "bin/serve", str(tmp_path)):
        assert way in str(no.value)
    control = tmp_path / "pg" / "global" / "pg_control"
    control.parent.mkdir(parents=True)
    control.touch()
    there(tmp_path)


# A request before any view has it


def request(path: str = "/", **headers: str) -> dict[str, Any]:
    """A bare request with these headers, from a browser in the office."""
    pairs = [(k.replace("_", "-").encode(), v.encode("latin-1")) for k, v in headers.items()]
    return {"path": path, "headers": pairs, "client": ("192.168.1.7", 50000)}


def test_a_header_is_read_by_its_name_and_the_first_counts() -> None:
    asked = request(accept="text/html")
    asked["headers"].append((b"accept", b"*/*"))
    assert header(asked, b"accept") == "text/html"
    assert header(asked, b"host") == ""


@pytest.mark.parametrize(
    ("sent", "value"),
    [
        ("sessionid=abc; theme=dark", "abc"),
        ("theme=dark;sessionid=abc", "abc"),
        ("theme=dark", ""),
        ("", ""),
        ("sessionid", ""),
        ("\x00=;;;", ""),
        ("ses sionid=abc", ""),
    ],
)
def test_a_cookie_is_found_or_there_is_none(sent: str, value: str) -> None:
    assert cookie(request(cookie=sent), "sessionid") == value


def test_the_session_is_the_one_the_settings_name(settings: Any) -> None:
    settings.SESSION_COOKIE_NAME = "yb"
    assert session_key(request(cookie="yb=k1; sessionid=other")) == "k1"


@pytest.mark.parametrize(
    ("proxied", "passed", "seen"),
    [
        (False, "10.0.0.1", "192.168.1.7"),
        (True, "10.0.0.1", "10.0.0.1"),
        (True, "6.6.6.6, 10.0.0.1:5000", "10.0.0.1"),
        (True, "unknown", "192.168.1.7"),
        (True, "", "192.168.1.7"),
    ],
)
def test_who_asks_comes_from_where_our_own_line_ends_and_not_from_what_they_say(
    settings: Any, proxied: bool, passed: str, seen: str
) -> None:
    settings.BEHIND_PROXY = proxied
    assert address(request(x_forwarded_for=passed)) == seen


def test_a_request_from_nowhere_is_from_nowhere(settings: Any) -> None:
    settings.BEHIND_PROXY = False
    assert address({**request(), "client": None}) == NOWHERE


def waited(asked: Coroutine[Any, Any, A]) -> A:
    """The answer; asked in a thread, since a browser's loop may be running in this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, asked).result()


def test_without_cookie_and_token_nobody_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yingbin.web.asking._is_known", lambda *_: pytest.fail("asked"))
    assert waited(known(request())) is False
    assert waited(known(request(cookie="theme=dark"))) is False


@pytest.mark.parametrize("headers", [{"cookie": "{name}=k1"}, {"authorization": "Bearer yb_1"}])
def test_who_brings_a_session_or_a_token_is_looked_up_once(
    monkeypatch: pytest.MonkeyPatch, settings: Any, headers: dict[str, str]
) -> None:
    seen: list[tuple[str, str]] = []
    monkeypatch.setattr("yingbin.web.asking._is_known", lambda *who: bool(seen.append(who)) or True)
    named = {k: v.format(name=settings.SESSION_COOKIE_NAME) for k, v in headers.items()}
    assert waited(known(request(**named))) is True
    assert seen == [("k1", "") if "cookie" in headers else ("", "yb_1")]


def refused(path: str, **more: Any) -> tuple[int, dict[str, str], str]:
    """Status, headers and words of an answer without a view."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    waited(refuse(request(path), send, 413, "文件太大", "最多 20 MB，请分几次上传。", **more))
    start, body = sent
    headers = {k.decode(): v.decode() for k, v in start["headers"]}
    assert int(headers["content-length"]) == len(body["body"])
    return start["status"], headers, body["body"].decode()


def test_people_are_refused_by_a_page_that_says_why() -> None:
    status, headers, words = refused("/gallery/register/import/")
    assert (status, headers["content-type"]) == (413, "text/html; charset=utf-8")
    assert "文件太大" in words
    assert "最多 20 MB，请分几次上传。" in words
    assert headers["cache-control"] == "no-store"
    assert headers["connection"] == "close"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "retry-after" not in headers


def test_programs_are_refused_by_a_problem() -> None:
    status, headers, words = refused("/api/v1/arrivals", wait=3)
    assert (status, headers["content-type"]) == (413, "application/problem+json")
    assert json.loads(words) == {
        "type": "about:blank", "title": "文件太大", "status": 413, "clause": None,
        "detail": "最多 20 MB，请分几次上传。",
    }  # fmt: skip
    assert headers["retry-after"] == "3"
