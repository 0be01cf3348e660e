"""An id names one thing: no page of any role says one twice, and no label points at nothing."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from tests.journeys.world import lived_in
from tests.project.test_access import ALL, BACKEND, CAST
from yingbin.people import roles
from yingbin.people.models import Staff

LINK = re.compile(r'<a\b[^>]*?href="(/[^"#]*)')
POINTERS = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "form")


class Ids(HTMLParser):
    """The ids of a page, and the ids that it points at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.there: list[str] = []
        self.wanted: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if (own := told.get("id")) is not None:
            self.there.append(own)
        for name in POINTERS:
            self.wanted.update((told.get(name) or "").split())

    @property
    def faults(self) -> list[str]:
        """Ids said twice, empty ones, and pointers at nothing."""
        twice = [f"#{one} {many} times" for one, many in Counter(self.there).items() if many > 1]
        lost = [f"nothing is #{one}" for one in sorted(self.wanted - set(self.there))]
        return twice + lost + (["an empty id"] if "" in self.there else [])


def route_of(path: str) -> str:
    try:
        return str(resolve(path.split("?", maxsplit=1)[0]).route)
    except Resolver404:
        return ""


def starts_of(role: str) -> list[str]:
    """Addresses without ids that the role may open."""
    allowed = roles.ROLES[role].allows
    return [
        path
        for path, view in ALL
        if "-0000-" not in path
        and "/x/" not in path
        and "logout" not in path
        and (view.access in ("open", "signed_in") or set(view.access) & allowed)
    ]


def walked(name: str, starts: list[str]) -> dict[str, list[str]]:
    """Every kind of page this person can come to, with its faults."""
    browser = Client()
    browser.force_login(Staff.objects.get(name=name), backend=BACKEND)
    found: dict[str, list[str]] = {}
    todo, known = list(starts), set(starts)
    while todo:
        path = todo.pop(0)
        route = route_of(path)
        if not route or route in found:
            continue
        answer = browser.get(path)
        if answer.streaming or "text/html" not in answer.headers.get("Content-Type", ""):
            continue
        text = answer.content.decode()
        if answer.status_code == 302 and (there := answer.headers["Location"]) not in known:
            known.add(there)
            todo.append(there)
        if answer.status_code != 200:
            continue
        found[route] = Ids(text).faults
        new = [href for href in LINK.findall(text) if href not in known]
        known.update(new)
        todo += new
    return found


def test_the_reader_sees_what_is_wrong() -> None:
    page = '<p id="a"><label for="b"></label><input id="a"><i aria-describedby="a c"></i><b id="">'
    assert Ids(page).faults == ["#a 2 times", "nothing is #b", "nothing is #c", "an empty id"]
    assert Ids('<label for="a"></label><input id="a">').faults == []


@pytest.mark.usefixtures("counted_once")
def test_no_page_of_any_role_says_an_id_twice(db: None) -> None:
    lived_in()
    seen, wrong = set[str](), list[str]()
    for role, name in CAST.items():
        found = walked(name, starts_of(role))
        seen |= set(found)
        wrong += [f"{role} {route}: {one}" for route, faults in found.items() for one in faults]
    assert {
        "gallery/cases/<uuid:dispute_id>/",
        "gallery/agencies/",
        "gallery/supervision/",
    } <= seen, seen
    assert len(seen) > 60, sorted(seen)
    assert not wrong, "\n".join(sorted(wrong))
