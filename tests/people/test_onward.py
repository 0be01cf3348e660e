"""Where a page goes on to: a page of ours or home, whatever `next` says; and whose address a try has."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory

from tests import cast
from yingbin import people
from yingbin.pages.onward import is_ours
from yingbin.people.models import Site
from yingbin.people.signin import client_ip

from .conftest import post_login, sign_in

ELSEWHERE = [
    "foo",
    "people:me",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "https://evil.example/",
    "http:evil.example",
    "javascript:alert(1)",
    "/no/such/page/",
    " /me/",
    "http://[/",
    "/" + "x" * 600,
    "",
]


def test_what_no_address_can_hold_is_refused_before_any_page(hupan: Site, client: Client) -> None:
    assert post_login(client, "linyue", next="/me/\x00").status_code == 400


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_signing_in_goes_home_instead(hupan: Site, client: Client, wanted: str) -> None:
    answer = post_login(client, "linyue", next=wanted)
    assert (answer.status_code, answer.url) == (302, "/")
    looked = Client().get("/login/", {"next": wanted})
    assert looked.status_code == 200
    assert client.get("/login/", {"next": wanted}).url == "/"


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_a_button_goes_to_its_own_page_instead(hupan: Site, wanted: str) -> None:
    answer = sign_in("苏晴").post("/notices/seen/", {"next": wanted})
    assert (answer.status_code, answer.url) == (302, "/notices/")


@pytest.mark.parametrize("wanted", ["/me/", "/gallery/board/?x=1", "/me/#h-sites", "/"])
def test_a_page_of_ours_is_gone_on_to(hupan: Site, client: Client, wanted: str) -> None:
    assert is_ours(wanted)
    assert post_login(client, "linyue", next=wanted).url == wanted


@pytest.mark.parametrize(
    ("passed", "believed"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("203.0.113.9:5678", "203.0.113.9"),
        ("6.6.6.6, 203.0.113.9", "203.0.113.9"),
        ("6.6.6.6,203.0.113.9:443", "203.0.113.9"),
        ("2001:db8::7", "2001:db8::7"),
        ("[2001:db8::7]", "2001:db8::7"),
        ("[2001:db8::7]:5678", "2001:db8::7"),
        ('"[2001:db8::7]:5678"', "2001:db8::7"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("fe80::1%eth0", "fe80::1"),
        ("unknown", "127.0.0.1"),
        ("203.0.113.9, unknown", "127.0.0.1"),
        ("_hidden", "127.0.0.1"),
        ("", "127.0.0.1"),
        (",", "127.0.0.1"),
        ("[", "127.0.0.1"),
        ("1.2.3.4.5", "127.0.0.1"),
        ("x" * 5000, "127.0.0.1"),
    ],
)
def test_behind_the_proxy_only_the_last_address_counts(
    passed: str, believed: str, settings: Any, hupan: Site
) -> None:
    request = RequestFactory().get("/", headers={"X-Forwarded-For": passed})
    assert client_ip(request) == "127.0.0.1", "not behind a proxy nothing passed on is believed"
    settings.BEHIND_PROXY = True
    assert client_ip(request) == believed
    there = Client(headers={"X-Forwarded-For": passed})
    assert post_login(there, "linyue").status_code == 302
    assert (
        post_login(Client(headers={"X-Forwarded-For": passed}), "linyue", "no").status_code == 422
    )
    assert post_login(Client(REMOTE_ADDR=""), cast.ACCOUNTS["苏晴"]).status_code == 302


def test_no_page_asks_another_function_where_to_go_on() -> None:
    """`next` is read in one place; a second one would have to be right as well."""
    sources = [p for p in Path(people.__file__).parents[1].rglob("*.py") if p.name != "onward.py"]
    reading = re.compile(r"""(POST|GET)(\.get\(|\[)["']next["']|url_has_allowed_host""")
    assert [p.name for p in sources if reading.search(p.read_text())] == []
