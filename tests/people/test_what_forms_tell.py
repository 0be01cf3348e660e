"""What a filled-in form about places and people comes to, before any action looks at it."""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tests import cast
from yingbin.people.forms.places import (
    USUAL_DEPARTMENTS,
    USUAL_POSTS,
    DelegationForm,
    HoursForm,
    PostsForm,
    SiteForm,
    this_evening,
)
from yingbin.people.forms.staff import PersonForm, RoleForm, role_choices
from yingbin.people.models import Department, Site, SiteKind
from yingbin.people.roles import COMPANY_ROLES, MANAGING, ROLES

ZONE = ZoneInfo("Asia/Shanghai")
NINE, NOON, TWO, SIX = time(9), time(12), time(14), time(18)
DAY = {"open_0": "on", "opens_0": "09:00", "closes_0": "18:00"}


@pytest.mark.parametrize(
    ("told", "windows"),
    [
        ({}, {0: ((NINE, SIX),)}),
        ({"break_from": "12:00", "break_until": "14:00"}, {0: ((NINE, NOON), (TWO, SIX))}),
        ({"break_from": "08:00", "break_until": "09:00"}, {0: ((NINE, SIX),)}),
        ({"break_from": "17:30", "break_until": "18:00"}, {0: ((NINE, SIX),)}),
        ({"break_from": "09:00", "break_until": "12:00"}, {0: ((NINE, SIX),)}),
        ({"opens_1": "10:00", "closes_1": "20:00"}, {0: ((NINE, SIX),)}),
        (
            {"open_5": "on", "opens_5": "13:00", "closes_5": "20:00", "break_from": "12:00", "break_until": "14:00"},
            {0: ((NINE, NOON), (TWO, SIX)), 5: ((time(13), time(20)),)},
        ),
    ],
)  # fmt: skip
def test_a_break_splits_the_days_it_lies_inside_and_no_others(
    told: dict[str, str], windows: dict[int, object]
) -> None:
    form = HoursForm(DAY | told)
    assert form.is_valid(), form.errors
    assert form.hours() == windows


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        ({"opens_0": ""}, "opens_0", "周一要填开始和结束时间"),
        ({"closes_0": ""}, "closes_0", "周一要填开始和结束时间"),
        ({"open_6": "on"}, "opens_6", "周日要填开始和结束时间"),
        ({"opens_0": "九点"}, "opens_0", "周一的时间请填成 09:00 这样"),
        ({"break_from": "12:00"}, "break_from", "午休要填开始和结束"),
        ({"break_until": "14:00"}, "break_from", "午休要填开始和结束"),
        ({"break_from": "14:00", "break_until": "12:00"}, "break_from", "结束晚于开始"),
        ({"break_from": "12:00", "break_until": "12:00"}, "break_from", "结束晚于开始"),
        ({"break_from": "中午", "break_until": "14:00"}, "break_from", "12:00 这样"),
    ],
)
def test_hours_that_can_not_be_are_said_at_their_field(
    told: dict[str, str], field: str, words: str
) -> None:
    form = HoursForm(DAY | told)
    assert not form.is_valid()
    assert any(words in said for said in form.errors[field])


def test_every_weekday_stands_in_its_row() -> None:
    rows = HoursForm(DAY).days()
    assert [row["word"] for row in rows] == ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
    assert [str(row["opens"].value() or "") for row in rows[:2]] == ["09:00", ""]  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", SiteKind)
def test_every_kind_of_site_has_its_usual_posts_and_departments_ticked(kind: SiteKind) -> None:
    form = PostsForm(kind=kind)
    assert form["posts"].initial == USUAL_POSTS[kind]
    assert form["departments"].initial == USUAL_DEPARTMENTS[kind]


def test_posts_are_the_ticked_ones_and_each_line_below_them() -> None:
    told = {"posts": ["前台"], "more_posts": "水吧\n停车场\n", "departments": []}
    form = PostsForm(told, kind="sales_centre")
    assert form.is_valid(), form.errors
    assert form.all_of("posts") == ["前台", "水吧", "停车场"]
    assert form.all_of("departments") == []
    other = PostsForm({"posts": ["治安岗"]}, kind="sales_centre")
    assert not other.is_valid()


@pytest.mark.parametrize(
    ("code", "fits"),
    [("hupan", True), ("flat-2", True), ("", True), ("h", False), ("Hupan", False),
     ("湖畔", False), ("a b", False), ("x" * 33, False)],
)  # fmt: skip
def test_a_sites_code_is_short_and_can_be_typed(code: str, fits: bool) -> None:
    form = SiteForm({"kind": "sales_centre", "name": "湖畔雅居销售中心", "code": code})
    assert form.is_valid() is fits
    if fits:
        assert form.site()["code"] == code


@pytest.mark.parametrize("kind", SiteKind)
def test_managing_roles_are_offered_to_the_administrator_alone(db: None, kind: SiteKind) -> None:
    site = Site(kind=kind, code="x", name="x", short_name="x")
    offered = {r for r, _ in role_choices(site, administrator=False)}
    all_of_them = {r for r, _ in role_choices(site, administrator=True)}
    assert not offered & MANAGING
    assert all_of_them - offered <= MANAGING
    assert not all_of_them & COMPANY_ROLES
    assert all(title == ROLES[r].title for r, title in role_choices(site, administrator=True))


def test_without_a_site_the_companys_roles_are_offered() -> None:
    assert {r for r, _ in role_choices(None, administrator=True)} == COMPANY_ROLES


def test_a_department_is_asked_for_where_there_is_one() -> None:
    desk = Department(id=UUID(int=7), name="客服部")
    choices = [("receptionist", "接待员")]
    assert "department" not in RoleForm(choices=choices, departments=[]).fields
    told = {"role": "receptionist", "department": str(desk.id)}
    form = RoleForm(told, choices=choices, departments=[desk])
    assert form.is_valid(), form.errors
    assert form.department_id == desk.id
    none = RoleForm(told | {"department": ""}, choices=choices, departments=[desk])
    assert none.is_valid()
    assert none.department_id is None
    other = RoleForm(told | {"department": str(UUID(int=8))}, choices=choices, departments=[desk])
    assert not other.is_valid()


def test_a_new_colleague_is_told_whole() -> None:
    choices = [("receptionist", "接待员"), ("lead", "接待领班")]
    told = {"name": " 余安 ", "roles": ["lead", "receptionist"], "phone": "", "account": ""}
    form = PersonForm(told, choices=choices, departments=[])
    assert form.is_valid(), form.errors
    person = form.person()
    assert (person["name"], set(person["roles"])) == ("余安", {"lead", "receptionist"})
    assert (person["phone"], person["account"], person["department_id"]) == ("", "", None)


@pytest.mark.parametrize(
    ("until", "fits"),
    [("2026-11-21T18:00", True), ("2026-11-21 18:00", True), ("今天下班", False), ("", False)],
)
def test_until_when_is_a_day_with_an_hour(until: str, fits: bool) -> None:
    told = {"to": "lin", "until": until, "reason": "出差"}
    assert DelegationForm(told, people=[("lin", "林悦")]).is_valid() is fits


@pytest.mark.parametrize(
    ("hour", "minute", "ends"),
    [(8, 30, (21, 18, 0)), (17, 59, (21, 18, 0)), (18, 0, (21, 20, 0)), (22, 41, (22, 0, 41))],
)
def test_a_delegation_usually_ends_at_closing_or_in_two_hours(
    monkeypatch: pytest.MonkeyPatch, hour: int, minute: int, ends: tuple[int, int, int]
) -> None:
    now = cast.SATURDAY.replace(hour=hour, minute=minute)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    end = this_evening()
    assert (end.day, end.hour, end.minute) == ends
    assert timedelta(0) < end - now <= timedelta(hours=10)
    assert isinstance(end, datetime)
