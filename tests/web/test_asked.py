"""What every page counts is put into SQL once, and says the same as when it is put into SQL each time."""

from datetime import datetime, timedelta

import pytest
from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from tests.gallery.conftest import Gallery
from yingbin.matters.models import Matter
from yingbin.people import roles
from yingbin.people.models import SiteKind, Staff
from yingbin.people.queries.badges import Badge, badge_with
from yingbin.people.queries.badges import badge as badge_of
from yingbin.web import shell
from yingbin.web.asked import ONE, OTHER, Asked, worded

ROLES = sorted(roles.ROLES)


def holding(*held: str) -> Badge:
    return badge_with(ONE.staff, ONE.site, frozenset(held), delegated=False)


@pytest.mark.parametrize("kind", SiteKind.values)
def test_what_any_role_counts_at_any_place_is_put_into_sql_once(kind: str, db: None) -> None:
    for role in ROLES:
        badge = holding(role)
        asked = shell._asked_for(badge, kind)[1]
        assert not asked or worded(shell._question(asked), badge), (role, kind)


NOTHING_WAITS = ("郑岚", "许诺")


@pytest.mark.parametrize("name", ["郑岚", "许诺", "苏晴", "林悦"])
def test_it_says_what_asking_anew_says(hall: Gallery, name: str) -> None:
    for n in range(9):
        hall.arrive(name=f"客户{n}")
    now = timezone.now()
    badge = badge_of(Staff.objects.get(id=hall.id(name)), hall.site, now)
    pages, asked = shell._asked_for(badge, "sales_centre")
    anew = shell._question(asked)(badge, now).first()
    assert anew is not None
    assert any(anew) or name in NOTHING_WAITS, "this test can't fail"
    assert list(shell.counts(badge, "sales_centre").pages.values()) == list(anew)[: len(pages)]


def since(badge: Badge, at: datetime) -> "QuerySet[Matter, tuple[object, ...]]":
    """Asks by who, where, a moment before now and the day."""
    rows = Matter.objects.filter(site_id=badge.here, owner_id=badge.staff_id)
    late = rows.filter(due_at__lt=at - timedelta(minutes=10), kind="alert")
    return late.annotate(day=TruncDate("opened_at")).filter(day=timezone.localdate(at)).values_list("id")  # fmt: skip


def test_a_value_is_known_again_by_the_examples(db: None) -> None:
    asked = worded(since, holding("lead"))
    assert isinstance(asked, Asked)
    at = datetime(2026, 5, 1, 23, 59, tzinfo=timezone.get_default_timezone())
    badge = OTHER.badge(holding("lead"))
    said = [slot(badge, at) for slot in asked.slots]
    sql, values = since(badge, at).query.sql_with_params()
    assert (asked.sql, said) == (sql, list(values))


def test_a_value_from_elsewhere_is_not_kept(db: None) -> None:
    def by_hour(badge: Badge, at: datetime) -> "QuerySet[Matter, tuple[object, ...]]":
        return Matter.objects.filter(number=at.hour).values_list("id")

    def sometimes(badge: Badge, at: datetime) -> "QuerySet[Matter, tuple[object, ...]]":
        rows = Matter.objects.filter(owner_id=badge.staff_id).values_list("id")
        return rows.filter(kind="alert") if at.hour == ONE.at.hour else rows

    def none(badge: Badge, at: datetime) -> "QuerySet[Matter, tuple[object, ...]]":
        return Matter.objects.none().values_list("id")

    for question in (by_hour, sometimes, none):
        assert worded(question, holding("lead")) is None
