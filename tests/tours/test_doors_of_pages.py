"""Every address of visits: who opens it, and what somebody of another headquarters finds there."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.urls.resolvers import RoutePattern, URLPattern

from tests.customers.office import Office, as_
from yingbin.journal.models import Ledger
from yingbin.people.models import Assignment, Site
from yingbin.tours.links import digest_of
from yingbin.tours.models import TourEvent, TourVisit
from yingbin.tours.urls import GUESTS, HOSTING, PUBLIC, SETTINGS, VISITS

from .headquarters import Headquarters

SECRET = "a-secret-that-only-they-have-1234567"
MADE: dict[str, Any] = {}


def lived(house: Headquarters) -> None:
    """A visit here, whose visitor has a private link; another headquarters with people of each role."""
    MADE["visit"] = house.planned()
    TourVisit.objects.filter(id=MADE["visit"]).update(key_digest=digest_of(SECRET))
    other = MADE["other"] = Office("xihu", "西湖总部")
    Site.objects.filter(id=other.site).update(kind="headquarters")
    Assignment.objects.filter(site=other.place).update(role="reception_department")
    Assignment.objects.filter(staff=other.staff["林悦"]).update(role="senior")


def route(one: URLPattern) -> str:
    assert isinstance(one.pattern, RoutePattern)
    return one.pattern._route


def stored(house: Headquarters) -> tuple[object, ...]:
    """What nobody from outside may change."""
    rows = list(TourVisit.objects.order_by("id").values())
    return rows, TourEvent.objects.count(), Ledger.objects.get(site_id=house.site).seq


OF_ROWS = [one for one in (*VISITS, *HOSTING, *GUESTS) if "<uuid:" in route(one)]


@pytest.mark.parametrize("who", ["郑岚", "林悦"])
@pytest.mark.parametrize("door", OF_ROWS, ids=lambda one: one.name)
def test_a_visit_of_another_headquarters_is_not_there(
    kept: Headquarters, door: URLPattern, who: str
) -> None:
    known = {
        "visit_id": MADE["visit"],
        "event": "withdraw",
        "task": "analysis",
        "ask": 0,
        "move": "up",
    }
    args = {n: known[n] for n in re.findall(r"<\w+:(\w+)>", route(door))}
    address, before = reverse(f"tours:{door.name}", kwargs=args), stored(kept)
    browser = as_(MADE["other"], who)
    for answer in (
        browser.get(address, follow=True),
        browser.post(address, {"key": "k"}, follow=True),
    ):
        assert answer.status_code in (403, 404, 405)
        assert "长丰" not in answer.content.decode()
    assert stored(kept) == before


@pytest.mark.clause("CV-4.2")
def test_another_headquarters_address_opens_no_private_link(kept: Headquarters) -> None:
    browser, before = Client(), stored(kept)
    assert browser.get(f"/visit/zongbu/{SECRET}/").status_code == 200
    for tail in ("", "change/", "guests/", "withdraw/"):
        answer = browser.post(f"/visit/xihu/{SECRET}/{tail}", {"key": "k"})
        assert answer.status_code in (404, 405)
    assert stored(kept) == before


def test_every_public_address_is_open_and_says_nothing_without_its_secret(
    kept: Headquarters,
) -> None:
    for door in PUBLIC:
        args = {"code": "zongbu", "secret": "x" * 32}
        names = re.findall(r"<\w+:(\w+)>", route(door))
        address = reverse(f"tours:{door.name}", kwargs={n: args[n] for n in names})
        assert door.callback.access == "open"  # type: ignore[attr-defined]
        html = Client().get(address).content.decode()
        for word in ("长丰", "许文博", "13800138000", str(MADE["visit"]), "生产部", "江"):
            assert word not in html, (address, word)


EVERYBODY = "江叶白严罗韩贺秦何"
OPENS = {
    "index": EVERYBODY, "mine": EVERYBODY, "new": EVERYBODY, "board": "江叶", "day": "江叶白严罗", "settings": "江叶何",
    "hosting": "江叶白严罗韩贺", "hosting_paper": "江叶白严罗韩贺", "visit": "江叶白严罗韩贺何", "paper": "江叶白严罗韩贺何", "edit": "江叶",
}  # fmt: skip


@pytest.mark.clause("CV-2")
@pytest.mark.parametrize("who", EVERYBODY + "孟")
def test_each_opens_what_their_work_needs_and_nothing_else(kept: Headquarters, who: str) -> None:
    browser, rows = as_(kept, who), ("hosting", "hosting_paper", "visit", "paper", "edit")
    args: dict[str, list[UUID]] = {page: [MADE["visit"]] for page in rows}
    opened = {
        page
        for page in OPENS
        if browser.get(
            f"/s/zongbu{reverse(f'tours:{page}', args=args.get(page, []))}", follow=True
        ).status_code
        == 200
    }
    assert opened == {page for page, people in OPENS.items() if who in people}


@pytest.mark.parametrize("name", ["settle", "pack"])
@pytest.mark.parametrize("who", "白严韩孟")
def test_settings_are_changed_by_those_who_may(kept: Headquarters, name: str, who: str) -> None:
    assert name in {one.name for one in SETTINGS}
    answer = as_(kept, who).post(f"/s/zongbu{reverse(f'tours:{name}')}", {"key": "k"})
    assert answer.status_code == 403
