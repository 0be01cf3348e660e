"""All places somebody leads: every post for a lead, only what is wrong for a project head (SF-3.3, SC-3.3)."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.gallery.test_reception import BACKEND
from yingbin.duty.actions import breaks, cases, presence
from yingbin.duty.export import disagreements
from yingbin.duty.live import TOPICS
from yingbin.duty.models import DutyLog
from yingbin.duty.queries.places import every_post, exceptions, places_led
from yingbin.people.live import Viewer
from yingbin.people.models import Assignment, Staff
from yingbin.people.queries import badge

from .flat import MONDAY, Flat


def leads(first: Flat, other: Flat, who: str, role: str) -> None:
    """Somebody of the first place has a role at the other one too."""
    Assignment.objects.create(
        site=other.place, staff_id=first.people[who], role=role, since=MONDAY - timedelta(days=9)
    )


@pytest.fixture
def two(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> tuple[Flat, Flat]:
    """Two show flats with one lead and one head over both; in the second nobody has come. It is ten."""
    other = Flat(posts=("样板间B",))
    leads(flat, other, "许", "lead")
    leads(flat, other, "程", "project_head")
    for one in (flat, other):
        one.roster(叶="全", 许="全")
    flat.sign_on("叶", "许", at="08:20")
    flat.clock("10:00")
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    return flat, other


def rows(flat: Flat, who: str = "程") -> list[tuple[str, str]]:
    led = places_led(flat.people[who], flat.now)
    return [(x.post, x.words) for x in exceptions(led, flat.now).rows]


@pytest.mark.clause("SF-3.3")
def test_a_gap_elsewhere_comes_first_then_who_is_absent_then_checks(two: tuple[Flat, Flat]) -> None:
    found = rows(two[0])
    assert found[0] == ("样板间B", "缺人")
    assert ("样板间B", "叶未到") in found
    assert ("样板间A", "开门检查一直没有做") in found
    assert found.index(("样板间B", "叶未到")) < found.index(("样板间A", "开门检查一直没有做"))


@pytest.mark.clause("SF-3.3", "SF-4.6")
def test_an_emergency_stands_before_everything_by_its_type(two: tuple[Flat, Flat]) -> None:
    flat = two[0]
    flat.do(cases.open_case, "叶", kind="emergency", post=flat.post, type="停电", at="10:05")
    led = places_led(flat.people["程"], flat.now)
    first = exceptions(led, flat.now).rows[0]
    assert (first.words, first.post, first.burns) == ("停电", "样板间A", True)
    assert first.link.startswith(f"/s/{flat.place.code}/duty/incident/")


@pytest.mark.clause("SF-4.3.7")
def test_a_lead_sees_who_is_on_each_post_and_who_is_back_when(two: tuple[Flat, Flat]) -> None:
    flat, other = two
    stand = {"begins": flat.at("10:00"), "ends": flat.at("11:00")}
    flat.do(breaks.stand_in, "许", who=flat.people["许"], post=flat.post, **stand)
    rest = flat.ask("叶", 30, at="10:10").rest
    flat.do(breaks.start_break, "叶", rest=rest)
    places = every_post(places_led(flat.people["许"], flat.now), flat.now)
    posts = {post.name: post for place in places for post in place.posts}
    assert posts["样板间A"].on == (("许", 0),)
    assert posts["样板间A"].resting == (("叶", "用餐", flat.at("10:40")),)
    assert posts["样板间B"].on == ()
    assert posts["样板间B"].gap == other.at("09:00")


@pytest.mark.clause("SF-3.3")
def test_what_is_mended_is_gone_from_the_page(two: tuple[Flat, Flat]) -> None:
    flat, other = two
    other.sign_on("叶", at="10:01")
    assert ("样板间B", "缺人") not in rows(flat)


@pytest.mark.clause("SF-3.3", "SF-4.3.7")
def test_who_is_late_and_who_has_not_come_stand_beside_their_names_everywhere(
    two: tuple[Flat, Flat],
) -> None:
    """The second place: 叶, due at half past eight, comes at 10:12; 许, due with 叶, doesn't."""
    flat, other = two
    flat.now = other.now = flat.at("10:11")
    lead = Client()
    lead.force_login(Staff.objects.get(id=flat.people["许"]), backend=BACKEND)

    def said(path: str, place: Flat = other) -> str:
        text = lead.get(f"/s/{place.place.code}/duty/{path}").content.decode()
        return re.sub(r"<[^>]*>|\s", "", text)

    places = said("places/", flat)
    assert re.search("叶.{0,30}未到", said("posts/"))
    assert places.count("叶未到") == 2, "in the list of what is wrong, and at the post"
    other.sign_on("叶", at="10:12")
    late = other.log.standing["late"][str(other.people["叶"])]
    word = f"迟到{late}分"
    flat.now = other.now
    assert late == 102
    for path in ("posts/", "places/", ""):
        assert word in said(path), path
    assert "许未到" in said("places/")
    other.do(presence.taken_away, "许", who=other.people["叶"], at="10:20")
    other.sign_on("叶", at="10:40")
    assert other.log.standing["late"] == {str(other.people["叶"]): late}, "coming back adds none"
    assert flat.log.standing["late"] == {}
    assert not list(disagreements(other.log))
    DutyLog.objects.filter(id=other.log.id).update(
        standing={k: v for k, v in other.log.standing.items() if k != "late"}
    )
    assert not list(disagreements(other.log)), "a day of before knows nobody who was late"


def test_nobody_sees_a_place_they_don_t_lead(two: tuple[Flat, Flat]) -> None:
    flat, other = two
    Assignment.objects.filter(staff_id=flat.people["许"], site=other.place).update(until=MONDAY)
    assert {post for post, _ in rows(flat, "许")} == {"样板间A"}
    assert places_led(flat.people["叶"], flat.now) == []


def test_a_head_s_page_is_about_what_is_wrong_and_shows_every_post_when_asked(
    two: tuple[Flat, Flat],
) -> None:
    flat, _ = two

    def page(who: str, path: str) -> str:
        client = Client()
        client.force_login(Staff.objects.get(id=flat.people[who]), backend=BACKEND)
        answer = client.get(f"/s/{flat.place.code}/duty/{path}")
        assert answer.status_code == 200
        return answer.content.decode()

    assert "至少 1 人" not in page("程", "places/")
    assert "至少 1 人" in page("程", "places/all/")
    assert "至少 1 人" in page("许", "places/")
    held = badge(Staff.objects.get(id=flat.people["程"]), flat.site, flat.now)
    piece = TOPICS["duty-places"].render(Viewer(held, "duty-places"))["places"]
    assert "缺人" in piece
    assert "至少 1 人" not in piece


def test_a_receptionist_has_no_such_page(two: tuple[Flat, Flat]) -> None:
    client = Client()
    client.force_login(Staff.objects.get(id=two[0].people["叶"]), backend=BACKEND)
    assert client.get(f"/s/{two[0].place.code}/duty/places/").status_code == 403


def test_the_questions_do_not_grow_with_places(two: tuple[Flat, Flat]) -> None:
    flat, _ = two

    def count(work: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as asked:
            work()
        return len(asked)

    def both() -> None:
        led = places_led(flat.people["程"], flat.now)
        exceptions(led, flat.now)
        every_post(led, flat.now)

    before = count(both)
    for _ in range(3):
        more = Flat()
        leads(flat, more, "程", "project_head")
        more.roster(叶="全")
        more.sign_on("许", at="08:30")
        more.clock("10:00")
    assert count(both) == before


def test_a_day_of_before_without_a_note_of_trouble_is_left_out(two: tuple[Flat, Flat]) -> None:
    DutyLog.objects.update(trouble=None)
    assert rows(two[0]) == []
