"""A database that goes away at any statement of a request: 503 and "not saved", never a 500."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in


class Lost:
    """Fails one statement of a request, as if the line broke just there and the database came back at once.

    for_good: it doesn't come back, so that the page of an error can't ask it anything either.
    """

    def __init__(self, which: int, for_good: bool) -> None:
        self.which, self.for_good, self.seen = which, for_good, 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.seen += 1
        if self.seen == self.which or (self.for_good and self.seen > self.which):
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, params, many, context)


def asked(
    page: Client, path: str, sent: dict[str, str] | None, which: int, for_good: bool = False
) -> tuple[int, bool]:
    """The status, and whether the statement that was to fail came at all."""
    lost = Lost(which, for_good)
    with connection.execute_wrapper(lost):
        answer = page.post(path, sent) if sent else page.get(path)
    if answer.status_code == 503:
        assert answer["Retry-After"] == "2"
    return answer.status_code, lost.seen >= which


@pytest.mark.parametrize(
    ("path", "sent", "good"),
    [
        ("/gallery/arrival/", None, 200),
        ("/gallery/arrival/", {"kind": "enquirer", "key": "a"}, 302),
        ("/gallery/board/", None, 200),
        ("/matters/", None, 200),
    ],
)
def test_every_statement_may_be_the_last(
    client: Client, hall: Gallery, path: str, sent: dict[str, str] | None, good: int
) -> None:
    page = signed_in(client, hall, "苏晴")
    page.raise_request_exception = False
    told = []
    for which in range(1, 60):
        status, happened = asked(page, path, sent and {**sent, "key": f"k{which}"}, which)
        if not happened:
            assert status == good
            break
        told.append(status)
    assert len(told) >= 4
    assert set(told) <= {503, good}, told
    assert told[0] == 503, "already reading the session"


@pytest.mark.parametrize("path", ["/gallery/arrival/", "/gallery/board/", "/matters/"])
def test_a_database_that_stays_away_is_said_to_be_away(
    client: Client, hall: Gallery, path: str
) -> None:
    page = signed_in(client, hall, "苏晴")
    page.raise_request_exception = False
    told = []
    for which in range(1, 60):
        status, happened = asked(page, path, None, which, for_good=True)
        if not happened:
            break
        told.append(status)
    assert len(told) >= 4
    assert set(told) == {503}


def test_a_fault_of_ours_is_still_a_500(
    client: Client, hall: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = signed_in(client, hall, "苏晴")
    page.raise_request_exception = False
    monkeypatch.setattr("yingbin.gallery.live.arrival_context", lambda *_: 1 / 0)
    assert page.get("/gallery/arrival/").status_code == 500
