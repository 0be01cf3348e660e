"""The content security policy stands on every answer, in the library's own words."""

import pytest
from csp.constants import HEADER
from csp.decorators import csp_update
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from yingbin.web.middleware import ContentPolicy


def answered(view: object, middleware: type[CSPMiddleware] = ContentPolicy) -> str:
    return str(middleware(view)(RequestFactory().get("/"))[HEADER])


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/login/", "/", "/healthz", "/nowhere/", "/gallery/arrival/"])
def test_every_answer_says_the_policy(client: Client, address: str) -> None:
    said = client.get(address)[HEADER]
    for rule in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'"):
        assert rule in said
    assert "unsafe" not in said


def test_it_is_what_the_library_would_say() -> None:
    assert "yingbin.web.middleware.ContentPolicy" in settings.MIDDLEWARE
    assert answered(plain) == answered(plain, CSPMiddleware)


def test_a_page_with_a_wish_of_its_own_gets_it_and_no_other_does() -> None:
    wish = csp_update({"img-src": ["https://maps.example"]})(plain)
    assert "https://maps.example" in answered(wish)
    assert answered(wish) == answered(wish, CSPMiddleware)
    assert "maps" not in answered(plain)


def test_a_policy_set_by_the_page_itself_is_left_alone() -> None:
    def own(request: HttpRequest) -> HttpResponse:
        return HttpResponse("ok", headers={HEADER: "sandbox"})

    assert answered(own) == "sandbox"
