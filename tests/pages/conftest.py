"""A request as a page gets it: somebody at a site, with a form in hand; nothing is read from a database."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory

SITE, SOMEBODY = UUID(int=7), UUID(int=3)


@dataclass(frozen=True)
class Here:
    """The site of the request, or its person, as far as a page asks."""

    id: UUID

    @property
    def pk(self) -> UUID:
        """A person's id."""
        return self.id


Posted = Callable[..., HttpRequest]


@pytest.fixture
def posted() -> Posted:
    """A form sent by somebody at a site: `posted(reason="…", next="/help/")`."""

    def send(referer: str = "", **told: str) -> HttpRequest:
        return _dressed(RequestFactory(headers={"Referer": referer}).post("/me/", told))

    return send


@pytest.fixture
def looked() -> HttpRequest:
    """A page that is only looked at."""
    return _dressed(RequestFactory().get("/me/"))


def _dressed(request: HttpRequest) -> HttpRequest:
    request.site, request.user = Here(SITE), Here(SOMEBODY)  # type: ignore[attr-defined, assignment]
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def told(request: HttpRequest) -> list[tuple[str, str]]:
    """What the person is told on the next page: how, and in which words."""
    return [(m.level_tag, m.message) for m in get_messages(request)]
