"""The demo is a company: its further places with their people, and their past played afterwards, a day at a time."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import SATURDAY, gallery
from yingbin.duty.wing import WING as DUTY
from yingbin.pages.wing import Progress, Wing
from yingbin.people.models import Assignment, Company, Site, SiteKind, Staff
from yingbin.people.queries import Badge, sites_of
from yingbin.people.roles import OFFERED, ROLES
from yingbin.web.demo import build, cast, further
from yingbin.web.demo.logins import logins
from yingbin.web.navigation import landing

BACKEND = "yingbin.people.backends.AccountOrPhone"
DAYS = 2
OFFICES = ("management_office", "headquarters")


@dataclass
class Played:
    """A wing's past that only counts."""

    done: dict[UUID, int] = field(default_factory=dict)
    order: list[UUID] = field(default_factory=list)

    def progress(self, site_id: UUID) -> Progress:
        return Progress(self.done.get(site_id, 0), DAYS)

    def play_next(self, site_id: UUID, at: datetime) -> None:
        self.done[site_id] = self.done.get(site_id, 0) + 1
        self.order.append(site_id)


PAST = Played()


@pytest.fixture
def company(db: None, monkeypatch: pytest.MonkeyPatch) -> Played:
    """The demo's company with all its places; the offices have a past of two days."""
    gallery()
    build.found_further(SATURDAY)
    wings: tuple[Wing, ...] = (
        replace(DUTY, at=OFFICES, demo=("tests.web.test_demo_places.PAST",)),
    )
    monkeypatch.setattr(further, "all_wings", lambda: wings)
    monkeypatch.setattr(further, "_over", [])
    PAST.done.clear()
    PAST.order.clear()
    return PAST


def test_the_company_has_a_place_of_every_kind(company: Played) -> None:
    kinds = list(Site.objects.values_list("kind", flat=True))
    assert set(kinds) == set(SiteKind.values)
    assert kinds.count("show_flat") == 2


STARTS = {
    "show_flat": ("duty:now",),
    "management_office": ("desk:mine", "desk:watch"),
    "headquarters": ("now", "tours:mine", "tours:board", "tours:gates"),
}


def test_everyone_has_a_role_that_their_kind_of_place_offers_and_a_page_to_start_on(
    company: Played,
) -> None:
    for place in cast.FURTHER:
        for role in [*(m.role for m in place.people), *(role for _, role in place.also)]:
            assert role in OFFERED[place.kind], (place.name, role)
            me = Badge(UUID(int=1), None, frozenset({role}), ROLES[role].allows)
            assert landing(me, place.kind) in STARTS[place.kind]


def test_who_works_at_several_places_starts_at_the_gallery(company: Played) -> None:
    lead = Staff.objects.get(account=cast.LEAD.account)
    assert [s.code for s in sites_of(lead, SATURDAY)] == ["hupan", "hupan-yangfang", "hupan-yunqi"]
    admin = Staff.objects.get(account=cast.ADMINISTRATOR.account)
    assert sites_of(admin, SATURDAY)[0].code == "hupan"


def test_nobody_of_the_cast_shares_an_account_or_a_phone() -> None:
    everyone = [*cast.EVERYONE, *cast.ON_DUTY, *(m for place in cast.FURTHER for m in place.people)]
    assert len({m.account for m in everyone}) == len({m.phone for m in everyone}) == len(everyone)


def test_the_logins_name_every_place_and_person(company: Played) -> None:
    said = logins("http://127.0.0.1:8000")
    for place in cast.FURTHER:
        assert place.name in said
        assert all(m.account in said for m in place.people)
    assert all(m.account in said for m in cast.ON_DUTY)


def test_the_worker_plays_where_most_is_left_so_that_no_place_stays_empty_and_then_nothing(
    company: Played,
) -> None:
    offices = [Site.objects.get(code=code) for code in ("hupan-wuye", "zongbu")]
    assert [further.tick() for _ in range(6)] == [1, 1, 1, 1, 0, 0]
    assert company.order == [offices[0].id, offices[1].id] * DAYS
    further._over.clear()
    assert further.tick() == 0  # another worker, the same demo


def test_the_gallery_s_days_on_duty_are_played_among_the_further_places(
    company: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    wing = replace(
        DUTY, at=("sales_centre", "headquarters"), demo=("tests.web.test_demo_places.PAST",)
    )
    monkeypatch.setattr(further, "all_wings", lambda: (wing,))
    while further.tick():
        pass
    names = [Site.objects.get(id=one).code for one in company.order]
    assert names == ["zongbu", "hupan"] * DAYS


def test_the_turn_queue_of_the_demo_goes_without_the_others_on_duty(company: Played) -> None:
    added = Assignment.objects.filter(
        site__code="hupan", staff__account__in=[m.account for m in cast.ON_DUTY]
    )
    assert sorted(added.values_list("role", flat=True)) == ["guard", *["receptionist"] * 5]
    assert not set(cast.ON_DUTY) & set(cast.RECEPTIONISTS)


def test_a_real_company_is_played_nothing(company: Played) -> None:
    Company.objects.update(is_demo=False)
    assert further.tick() == 0
    assert company.order == []


def test_a_demo_without_a_past_plays_nothing_and_nobody_is_told_to_wait(
    company: Played, settings: Any
) -> None:
    settings.YINGBIN_DEMO_PAST = False
    assert further.tick() == 0
    office = Site.objects.get(code="zongbu")
    assert (company.order, further.progress_of(office)) == ([], None)
    settings.YINGBIN_DEMO_PAST = True
    assert further.tick() == 1


@pytest.mark.parametrize(
    ("account", "page"),
    [
        ("jiangnan", "/s/zongbu/tours/"), ("jiangnan", "/s/zongbu/tours/board/"),
        ("luojing", "/s/hupan-wuye/desk/mine/"), ("shenyi", "/s/hupan-wuye/desk/"),
    ],
)  # fmt: skip
def test_where_the_past_was_left_out_the_pages_say_so_and_nobody_waits(
    company: Played, settings: Any, account: str, page: str
) -> None:
    browser = Client()
    browser.force_login(Staff.objects.get(account=account), backend=BACKEND)
    assert "--demo-weeks 0" not in browser.get(page, follow=True).content.decode()
    settings.YINGBIN_DEMO_PAST = False
    html = browser.get(page, follow=True).content.decode()
    assert "--demo-weeks 0" in html
    assert "正在准备" not in html


def test_whoever_opens_the_place_meanwhile_sees_how_far_it_is(company: Played) -> None:
    for _ in range(3):  # the first of its days comes after those of the estate
        further.tick()
    browser = Client()
    browser.force_login(Staff.objects.get(account="jiangnan"), backend=BACKEND)
    page = "/s/zongbu/now/"
    assert "正在准备" in (html := browser.get(page).content.decode())
    assert '<progress value="1" max="2"' in html
    further.tick()
    assert "正在准备" not in browser.get(page).content.decode()


def test_a_place_without_a_past_of_its_own_is_not_being_prepared(company: Played) -> None:
    assert further.progress_of(Site.objects.get(code="hupan-yunqi")) is None
    assert Assignment.objects.filter(site__code="zongbu").count() == 9
