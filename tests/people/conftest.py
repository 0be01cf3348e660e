"""The cast at the gallery, a second site, and short words for signing in."""

from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import Any, Protocol, TypeVar
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.worlds import begin
from yingbin.journal.action import Acting
from yingbin.people import actions
from yingbin.people.models import Site, Staff


@pytest.fixture
def now() -> datetime:
    """The moment of the test."""
    return timezone.now()


@pytest.fixture
def hupan(db: None) -> Site:
    """湖畔雅居 with its people, of a real company: what a demo waives holds here."""
    begin("company", lambda: cast.gallery(demo=False))
    return cast.hupan()


@pytest.fixture
def office(hupan: Site) -> Site:
    """The company's headquarters, a second site."""
    return Site.objects.create(
        kind="headquarters", code="zongbu", name="澄湖置业总部", short_name="总部"
    )


R = TypeVar("R")
COMPANY = UUID(int=0)  # in place of a site: the company as a whole


class Act(Protocol):
    """Runs an action at 湖畔雅居 as someone by name: `act(actions.add_staff, "郑岚", person=…)`."""

    def __call__(
        self,
        action: Callable[..., R],
        by: str,
        *,
        site_id: UUID | None = None,
        key: str = "",
        at: datetime | None = None,
        **told: Any,
    ) -> R: ...


@pytest.fixture
def act(hupan: Site, now: datetime) -> Act:
    """Everything is done at the moment of the test, each time under another key."""
    keys = count()

    def run(
        action: Callable[..., R],
        by: str,
        *,
        site_id: UUID | None = None,
        key: str = "",
        at: datetime | None = None,
        **told: Any,
    ) -> R:
        here = actions.company_id() if site_id == COMPANY else site_id or hupan.id
        acting = Acting(here, key or f"key-{next(keys)}", cast.person(by).id, at or now)
        return action(acting, **told)

    return run


def sign_in(name: str, client: Client | None = None) -> Client:
    """A browser in which this person has signed in by password."""
    browser = client or Client()
    account = cast.ACCOUNTS.get(name, name)
    answer = browser.post("/login/", {"login": account, "password": cast.PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return browser


def give_totp(staff: Staff) -> str:
    """Sets up a second factor and returns its secret."""
    secret = generate_totp_secret()
    actions.set_up_second_factor(
        staff_id=staff.id, secret=secret, code=code(secret, 0), at=timezone.now()
    )
    row = Authenticator.objects.get(user=staff, type="totp")
    row.data["last_counter"] = 0
    row.save()
    return secret


def code(secret: str, offset: int = 0) -> str:
    """What the phone shows for this secret, `offset` half minutes from now."""
    middle = list(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(secret, middle + offset))


def post_login(client: Client, login: str, password: str = cast.PASSWORD, **more: str) -> Any:
    return client.post("/login/", {"login": login, "password": password, **more})


def signed_in_as(client: Client) -> str:
    answer = client.get("/me/")
    if answer.status_code != 200:
        return ""
    return str(answer.context["me"].name)
