"""Every address, every role: a role sees and does only what the table says, also by typed URL."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.gallery.conftest import Gallery
from yingbin.people import roles
from yingbin.people.models import Staff

# Fixed, so that several workers name their cases alike.
NOBODY = UUID("018f0000-0000-7000-8000-000000000000")
BACKEND = "yingbin.people.backends.AccountOrPhone"
CAST = {
    "sales_manager": "郑岚",
    "lead": "许诺",
    "receptionist": "苏晴",
    "salesperson": "林悦",
    "administrator": "顾北",
    "auditor": "秦明",
    "screen": "案场大屏",
}


def walk(patterns: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for item in patterns:
        if isinstance(item, URLResolver):
            yield from walk(item.url_patterns, prefix + str(item.pattern))
        elif isinstance(item, URLPattern):
            yield prefix + str(item.pattern), item.callback


def addresses() -> list[tuple[str, Any]]:
    """Every address of the product with its view, ids filled in."""
    found = []
    for route, view in walk(get_resolver().url_patterns):
        path = re.sub(r"<uuid:\w+>", str(NOBODY), route)
        path = re.sub(r"<(slug|str):\w+>", "x", path)
        path = re.sub(r"<int:\w+>", "1", path)
        path = re.sub(r"<path:\w+>|<\w+>", "x", path)
        found.append((f"/{path}", view))
    return found


ALL = addresses()
# One door stands before all methods of a page: whoever stays outside knocks once, some by reading, some by writing.
KNOCKS = (("get",), ("post",))


def test_every_address_says_who_may_enter() -> None:
    for path, view in ALL:
        assert hasattr(view, "access"), f"{path} ({view}) has no door"


def test_strangers_see_only_the_open_pages(client: Client, db: None) -> None:
    for path, view in ALL:
        for method in (client.get, client.post):
            answer = method(path)
            if view.access == "open":
                assert answer.status_code != 500, path
            elif view.access == "token":
                assert answer.status_code in (401, 405), path
            else:
                there = answer.headers.get("Location", "")
                assert (answer.status_code, there[:7]) == (302, "/login/"), (path, answer)


@pytest.mark.usefixtures("counted_once")
@pytest.mark.parametrize("role", CAST)
def test_a_role_enters_exactly_the_doors_of_the_table(role: str, gallery: Gallery) -> None:
    staff = Staff.objects.get(id=gallery.id(CAST[role]))
    allowed = roles.ROLES[role].allows
    browser, session = Client(raise_request_exception=False), ""
    key = settings.SESSION_COOKIE_NAME
    for number, (path, view) in enumerate(ALL):
        if not isinstance(view.access, tuple):
            continue
        is_let_in = bool(set(view.access) & allowed)
        for method in ("get", "post") if is_let_in else KNOCKS[(number + len(role)) % 2]:
            if key not in browser.cookies or browser.cookies[key].value != session:
                browser.force_login(staff, backend=BACKEND)  # that page ended the session
                session = browser.cookies[key].value
            answer = getattr(browser, method)(path)
            assert answer.status_code != 500, (role, method, path)
            assert not answer.headers.get("Location", "").startswith("/login/"), (role, path)
            assert is_let_in == (answer.status_code != 403), (role, method, path, answer)


def test_another_sites_rows_do_not_exist_here(client: Client, hall: Gallery) -> None:
    visit = hall.arrive(name="张伟")
    from yingbin.people.models import Assignment, Site

    other = Site.objects.create(kind="sales_centre", code="other", name="别处", short_name="别处")
    stranger = Staff.objects.create(account="stranger", name="外人", password="!")
    Assignment.objects.create(site=other, staff=stranger, role="sales_manager", since=hall.now)
    client.force_login(stranger, backend=BACKEND)
    for path in (f"/gallery/visit/{visit.id}/", f"/gallery/decisions/?day={hall.now:%Y-%m-%d}"):
        answer = client.get(path)
        assert answer.status_code == 404 or "林悦" not in answer.content.decode()
    for verb in ("undo", "finish", "leave", "anyone", "accept", "claim"):
        assert client.post(f"/gallery/visit/{visit.id}/{verb}/").status_code in (403, 404), verb
