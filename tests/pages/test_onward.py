"""A page goes on to a page of ours, whatever the address says."""

import pytest
from django.http import HttpRequest

from tests.pages.conftest import Posted
from yingbin.pages.onward import LONGEST, is_ours, onward


@pytest.mark.parametrize("path", ["/", "/me/", "/me/?page=2", "/login/?next=/me/"])
def test_a_page_of_ours_is_gone_on_to(path: str) -> None:
    assert is_ours(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "me/",
        "//example.org/",
        "/\\example.org/",
        "https://example.org/me/",
        "/no/such/page/",
        "/me/\n",
        "/me/?" + "a" * LONGEST,
        "http:/me/",
    ],
)
def test_what_is_no_page_of_ours_is_not(path: str) -> None:
    assert not is_ours(path)


def test_the_form_comes_before_the_address(posted: Posted, looked: HttpRequest) -> None:
    assert onward(posted(next="/me/"), "/help/") == "/me/"
    assert onward(looked, "/help/") == "/help/"
