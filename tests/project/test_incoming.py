"""Whatever is posted to whatever page: refused in words, never a 500, and never in a log."""

import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client

from tests.gallery.conftest import Gallery
from yingbin.people import roles
from yingbin.people.models import Assignment, Staff

from .test_access import BACKEND, CAST, addresses

NAME = "欧阳明月"
LONG = NAME * 25_000
NUL = f"{NAME}\x00"
HALF = b"%E6%AC%A7%ED%A0%80"  # half of a pair, as no browser sends it
ODD = [NAME * 750, "-1", "2026-02-31T25:61"]
# 423: a session in the customer's hands takes nothing at all.
NO = (400, 423)
# Nothing stands there for a method: whatever else is sent by it meets the same answer.
NOT_THERE = (404, 405)
PAGES = [(path, view) for path, view in addresses() if not path.startswith("/api/")]
# The same door stands before each page; that no page has a way around it is seen with a zero byte at every one.
EVERY_SEVENTH = PAGES[::7]


class Read(QueryDict):
    """A form that remembers which of its fields were read."""

    names: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        Read.names.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        Read.names.add(key)
        return super().get(key, default)

    def getlist(self, key: str, default: Any = None) -> Any:
        Read.names.add(key)
        return super().getlist(key, default)


def someone(gallery: Gallery, view: Any) -> Client:
    """A browser of somebody whom the view lets in."""
    browser = Client(raise_request_exception=False)
    if view.access == "open":
        return browser
    wanted = set(view.access) if isinstance(view.access, tuple) else set()
    order = (
        "sales_manager",
        "administrator",
        "receptionist",
        "lead",
        "salesperson",
        "screen",
        "auditor",
    )
    fitting = [r for r in (*order, *_ELSEWHERE) if not wanted or wanted & roles.ROLES[r].allows]
    role = fitting[0]
    who = gallery.id(CAST[role]) if role in CAST else newcomer(gallery, role)
    browser.force_login(Staff.objects.get(id=who), backend=BACKEND)
    return browser


# Roles that nobody of the gallery's cast holds.
_ELSEWHERE = ("desk_manager", "department", "reception_department", "guard", "operations_manager")


def newcomer(gallery: Gallery, role: str) -> UUID:
    """Somebody who holds a role of another kind of place here."""
    staff = Staff.objects.create(account=role.replace("_", ""), name="新来的", pinyin="xinlaide")
    since = gallery.now - timedelta(days=1)
    Assignment.objects.create(site_id=gallery.site, staff=staff, role=role, since=since)
    return staff.id


def real(path: str, hall: Gallery) -> str:
    """The address with ids of things that are there."""
    visit = hall.arrive(name="张伟", phone="13812345678")
    known: dict[str, UUID | None] = {
        "/visit/": visit.id,
        "/entry/": visit.id,
        "/customers/": visit.customer_id,
        "/staff/": hall.id("林悦"),
    }
    parts = path.split("/")
    for mark, thing in known.items():
        if mark in path and thing is not None:
            parts = [str(thing) if len(p) == 36 and p.count("-") == 4 else p for p in parts]
            break
    return "/".join(parts)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of the fields that requests read from now on."""
    from django.http import request

    monkeypatch.setattr(request, "QueryDict", Read)
    monkeypatch.setattr("django.core.handlers.wsgi.QueryDict", Read)
    Read.names = set()
    return Read.names


def apart(names: list[str]) -> list[list[str]]:
    """Some of the names at a time, so that of any two each is once sent without the other."""
    bits = range(max(1, (len(names) - 1).bit_length()))
    halves = [
        [n for at, n in enumerate(names) if at >> bit & 1 == side]
        for bit in bits
        for side in (0, 1)
    ]
    return [half for half in halves if half]


def test_of_any_two_fields_each_is_once_sent_without_the_other() -> None:
    names = list("abcdefg")
    sent = [set(some) for some in apart(names)]
    assert all(any(a in s and b not in s for s in sent) for a in names for b in names if a != b)
    assert apart(["q"]) == [["q"]]


@pytest.mark.parametrize(("path", "view"), PAGES, ids=[p for p, _ in PAGES])
def test_no_page_breaks_whatever_is_posted(
    path: str, view: Any, hall: Gallery, read: set[str], caplog: pytest.LogCaptureFixture
) -> None:
    browser, address = someone(hall, view), real(path, hall)
    caplog.set_level(logging.INFO)
    taken = browser.post(address, {"anything": "1"}).status_code
    shown = browser.get(address).status_code
    names = sorted(read | {"q", "reason"})

    assert browser.post(address, dict.fromkeys(names, NUL)).status_code in NO
    for text in ODD:
        if shown not in NOT_THERE:
            assert browser.get(address, dict.fromkeys(names, text)).status_code != 500, text
        if taken not in NOT_THERE:
            assert browser.post(address, dict.fromkeys(names, text)).status_code != 500, text
    if taken not in NOT_THERE:
        files = {name: SimpleUploadedFile("x.txt", NAME.encode()) for name in names}
        assert browser.post(address, files).status_code != 500
        for some in apart(names):
            odd = dict.fromkeys(some, NAME * 750)
            assert browser.post(address, odd).status_code != 500, some
    assert NAME not in "\n".join(map(caplog.handler.format, caplog.records))


@pytest.mark.parametrize(("path", "view"), EVERY_SEVENTH, ids=[path for path, _ in EVERY_SEVENTH])
def test_what_no_browser_sends_stops_before_any_page(path: str, view: Any, hall: Gallery) -> None:
    browser, address = someone(hall, view), real(path, hall)
    names = ["q", "reason"]
    assert browser.post(address, dict.fromkeys(names, LONG)).status_code in NO
    assert browser.get(address, {"q": f"{NAME}\x01"}).status_code in NO
    body = b"&".join(n.encode() + b"=" + HALF for n in names)
    kind = "application/x-www-form-urlencoded"
    assert browser.generic("POST", address, body, kind).status_code != 500


@pytest.mark.parametrize("key", ["k" * 81, "k" * 100_000, "a\x00b", "a\nb", "a\u202eb", "\x7f"])
def test_a_key_that_cannot_be_one_is_refused_at_every_door(hall: Gallery, key: str) -> None:
    desk = someone(hall, type("View", (), {"access": ("arrivals.record",)}))
    answer = desk.post("/gallery/arrival/", {"kind": "enquirer", "key": key})
    assert answer.status_code == 400
    assert "提交编号不对" in answer.content.decode()
    assert desk.get("/gallery/arrival/", {"key": key}).status_code == 400
    if key.isprintable() or "\n" not in key:
        header = desk.post(
            "/gallery/arrival/", {"kind": "enquirer"}, headers={"Idempotency-Key": key}
        )
        assert header.status_code == 400


def test_the_longest_good_key_is_a_key(hall: Gallery) -> None:
    desk = someone(hall, type("View", (), {"access": ("arrivals.record",)}))
    for key in ("k" * 80, "k" * 79 + "键"):
        answer = desk.post("/gallery/arrival/", {"kind": "enquirer", "key": key})
        assert answer.status_code == 302, answer.content.decode()


@pytest.mark.parametrize("path", ["/manual/a%00b/", "/manual/%01/", "/a%7f/"])
def test_an_address_with_invisible_characters_is_no_page(hall: Gallery, path: str) -> None:
    assert someone(hall, type("View", (), {"access": "open"})).get(path).status_code in (400, 404)
