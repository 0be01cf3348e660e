"""What one types to find somebody stands in no address: those end up in histories and in logs."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client

from tests.gallery.conftest import Gallery
from yingbin.people.models import Staff

from .test_access import BACKEND

ROOT = Path(__file__).resolve().parents[2] / "yingbin"
# Free words that are nobody's: a receipt's code, words of the procedures.
NOBODYS = {
    ("gallery/decisions.html", "code"),
    ("gallery/receipt.html", "code"),
    ("manual/index.html", "q"),
}
TYPED = {"text", "search", "tel", "email", "url", ""}
NAME, PHONE = "欧阳明月", "13812345678"


class Asked(HTMLParser):
    """The names of the fields one types words into, in forms whose fields land in the address."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.names = False, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = told.get("method", "get").lower() == "get"
        kind = told.get("type", "").lower()
        if self.inside and (tag == "textarea" or (tag == "input" and kind in TYPED)):
            self.names.append(told.get("name", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


def asked_by_get(html: str) -> list[str]:
    """Django's own marks are left out; both branches of a condition are looked at."""
    reader = Asked()
    reader.feed(re.sub(r"\{%.*?%\}|\{#.*?#\}", "", html, flags=re.DOTALL))
    return reader.names


def templates() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.rglob("templates/**/*.html")):
        yield str(path).partition("/templates/")[2], path.read_text()


def test_no_form_puts_typed_words_about_somebody_into_the_address() -> None:
    found = {(name, field) for name, html in templates() for field in asked_by_get(html)}
    assert found == NOBODYS


def test_a_form_that_would_is_found() -> None:
    field = '<input type="search" name="q">'
    for form in (
        '<form role="search">',
        '<form class="x"{% if a %} id="b"{% endif %} method="GET">',
    ):
        assert asked_by_get(f"{form}{field}<select name=s></select></form>{field}") == ["q"]
    assert asked_by_get(f'<form method="post">{field}</form>') == []


@pytest.mark.parametrize("page", ["/staff/", "/customers/new/", "/customers/", "/gallery/calls/"])
def test_a_name_or_number_in_an_address_is_taken_for_nothing(
    page: str, hall: Gallery, client: Client
) -> None:
    client.force_login(Staff.objects.get(id=hall.id("郑岚")), backend=BACKEND)
    answer = client.get(page, dict.fromkeys(("q", "name", "find"), NAME) | {"phone": PHONE})
    assert answer.status_code == 200
    for words in (NAME, PHONE):
        assert words not in answer.content.decode()
