"""The past of a demo's show flats and sales centre: every day of it, in order, today as far as it has come, and nothing after that."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from yingbin.approvals.models import Approval
from yingbin.duty import demo
from yingbin.duty.demo import DutyPast, marks, preparing
from yingbin.duty.demo_day import by_role
from yingbin.duty.demo_hall import ENOUGH, POSTS, turn
from yingbin.duty.demo_roster import ask_of_the_lead
from yingbin.duty.demo_when import When
from yingbin.duty.export import disagreements
from yingbin.duty.models import (
    CheckAnswer,
    DutyAlert,
    DutyLog,
    FaultReport,
    Handover,
    HandoverSignature,
    Incident,
    LineDetail,
    PostRule,
    ShiftSwap,
    ShowVisit,
    VisitReferral,
    VisitSheet,
)
from yingbin.duty.policies import SIGN_ON
from yingbin.duty.queries.facts import facts_of
from yingbin.duty.queries.picture import picture
from yingbin.duty.queries.visits import guests_here
from yingbin.duty.ticks import tick
from yingbin.files.models import StoredFile
from yingbin.gallery.actions.days import open_gallery
from yingbin.gallery.models import Visit
from yingbin.journal.action import Acting
from yingbin.journal.check import check_site
from yingbin.matters.models import Matter
from yingbin.people import site_code
from yingbin.people.calendar import ZONE
from yingbin.people.models import Assignment, Company, Post, Site, Staff
from yingbin.web.demo import build
from yingbin.web.demo.logins import logins

from .doors import BACKEND
from .flat import MONDAY

SATURDAY = MONDAY + timedelta(days=5)


@pytest.fixture
def flats(db: None, monkeypatch: pytest.MonkeyPatch) -> list[Site]:
    """The demo's two show flats on a Saturday afternoon."""
    monkeypatch.setattr(timezone, "now", lambda: SATURDAY.replace(hour=14, minute=33))
    build.found(SATURDAY - timedelta(days=30))
    build.found_further(SATURDAY - timedelta(days=30))
    assert Company.objects.get().is_demo
    return list(Site.objects.filter(kind="show_flat").order_by("code"))


@pytest.fixture
def hall(flats: list[Site]) -> Site:
    """Its sales centre then, whose gallery is open since the morning."""
    site, manager = Site.objects.get(kind="sales_centre"), Staff.objects.get(account="zhenglan")
    open_gallery(Acting(site.id, "opened", manager.id, SATURDAY.replace(hour=9)))
    return site


@pytest.fixture(autouse=True)
def past(monkeypatch: pytest.MonkeyPatch) -> DutyPast:
    """A past of two days: whatever the three weeks tell happened yesterday."""
    short = DutyPast(days=2)
    monkeypatch.setattr(demo, "PAST", short)
    return short


def played(site: Site, now: datetime, past: DutyPast) -> list[DutyLog]:
    """Days are played one by one; between two of them the worker looks at what is due."""
    for _ in range(past.days + 3):
        if past.progress(site.id).is_over:
            break
        past.play_next(site.id, now)
        tick(now)
    return list(DutyLog.objects.filter(site=site).order_by("day"))


def assert_lines_were_written(flat: Site) -> None:
    """A repair verified with photos, a damage, and a fault that nobody has confirmed yet."""
    handle = Matter.objects.get(title="主卧窗把手松动", site=flat)
    assert handle.closed_at is not None
    shown = StoredFile.objects.filter(about_id=handle.id).values_list("purpose", flat=True)
    assert sorted(shown) == ["after", "before"]
    assert LineDetail.objects.get(matter__title="玄关花瓶打碎", site=flat).value == 680
    assert FaultReport.objects.get(site=flat).state == "waiting"


def assert_visitors_came(flat: Site, now: datetime) -> None:
    """Groups on each of the days, some sent to the sales office; today one is inside and one waits to be met."""
    seen = ShowVisit.objects.filter(site=flat)
    assert {v.day for v in seen} == {now.date() - timedelta(days=n) for n in range(2)}
    assert {g.state for g in guests_here(flat.id, now)} == {"inside", "waiting"}
    assert VisitReferral.objects.filter(site=flat).exists()
    assert VisitSheet.objects.filter(site=flat).count() == 1
    assert facts_of(flat.id, seen[0].post_id) is not None


def assert_everything_has_its_hour(days: list[DutyLog]) -> None:
    """Nothing waits until the last round is over: whoever came early eats at noon, each round has its hour."""
    for log in days:
        meals = log.events.filter(event="break_start")
        assert {e.at.astimezone(ZONE).hour for e in meals} == {12}
    signed = days[0].events.filter(event="sign", facts__task__icontains="/round/")
    hours = [(int(e.facts["task"][-1]), e.at.astimezone(ZONE).hour) for e in signed]
    assert sorted(hours) == [(n, n + 9) for n in range(1, 9)]


def assert_nothing_is_late(flat: Site, now: datetime) -> None:
    """What is open is of today or yesterday, and has its time still."""
    waiting = Matter.objects.filter(site=flat, closed_at=None)
    assert waiting.count() >= 3
    assert not [m.title for m in waiting if m.due_at and m.due_at < now - timedelta(hours=1)]


def test_no_day_is_left_out_and_today_is_as_of_its_own_hours(
    flats: list[Site], room: Path, past: DutyPast
) -> None:
    now = timezone.now()
    for flat in flats:
        days = played(flat, now, past)
        assert [d.day for d in days] == [now.date() - timedelta(days=n) for n in (1, 0)]
        assert past.progress(flat.id).is_over
        assert preparing(flat.id) is None
        first = days[-1].events.order_by("index").first()
        assert first is not None
        assert first.at.astimezone(ZONE).hour == 8
        assert [fault for d in days for fault in disagreements(d)] == []
        assert not [p for p in picture(flat.id, now).posts if p.gap]
        answers = CheckAnswer.objects.filter(site=flat)
        assert answers.filter(photos=1).values("log").distinct().count() == len(days)
        assert answers.filter(number=28, result="failed").count() == 1
        assert answers.filter(sent_back__isnull=False, result="ok").count() == 1
        assert_lines_were_written(flat)
        assert_the_journal_agrees(flat)
        assert_visitors_came(flat, now)
        assert_everything_has_its_hour(days)
        assert_nothing_is_late(flat, now)
        found = Incident.objects.filter(site=flat, notes__what="report", over_at__isnull=False)
        assert {(i.kind, i.drill) for i in found} == {("disruption", False), ("emergency", True)}


def test_a_place_of_one_receptionist_has_a_shorter_past(flats: list[Site]) -> None:
    three_weeks = DutyPast()
    assert [three_weeks.progress(flat.id).days for flat in flats] == [22, 8]


@pytest.mark.parametrize("day", range(22))
def test_a_flat_of_three_is_never_without_an_early_and_a_late_one_and_all_rest_two_days(
    day: int,
) -> None:
    assert sorted(mark for mark in marks(day, 3) if mark) in (["早", "晚"], ["全", "早", "晚"])
    week = [marks(n, 3) for n in range(day, day + 7)]
    assert [sum(not one[place] for one in week) for place in range(3)] == [2, 2, 2]
    assert marks(21, 3).count("") == 0  # today everybody is there
    assert sorted(mark for mark in marks(day, 2) if mark) in (["早", "晚"], ["全"])
    assert marks(day, 1) == ["全"]


def test_what_the_rules_refuse_is_not_asked_of_the_lead(
    flats: list[Site], room: Path, past: DutyPast
) -> None:
    """Nothing is published: no swap can be asked, and the rest of the day goes on."""
    now = timezone.now()
    people = by_role(flats[0].id, "receptionist")
    ask_of_the_lead(Acting(flats[0].id, "asked", people[0], now), people, now.date())
    assert not ShiftSwap.objects.exists()
    assert Approval.objects.filter(site=flats[0]).count() == 1


def test_three_receptionists_eat_in_turns_at_the_first_flat(
    flats: list[Site], room: Path, past: DutyPast
) -> None:
    days = played(flats[0], timezone.now(), past)
    all_there = days[0]  # on the next, the third is off
    begun = [e.at.astimezone(ZONE) for e in all_there.events.filter(event="break_start")]
    assert [f"{at:%H:%M}" for at in begun] == ["12:12", "12:43"]
    assert all_there.events.filter(event="sign_on").count() >= 4


def test_a_demo_without_a_past_says_so_where_it_is_empty(
    flats: list[Site], settings: Any, past: DutyPast
) -> None:
    settings.YINGBIN_DEMO_PAST = False
    tang = Client()
    tang.force_login(Staff.objects.get(account="tangwan"), backend=BACKEND)
    here = "/s/hupan-yangfang/duty/"
    assert "--demo-weeks 0" in tang.get(here).content.decode()
    past.play_next(flats[0].id, timezone.now())
    assert preparing(flats[0].id) is None
    assert "--demo-weeks 0" not in tang.get(here).content.decode()


@pytest.mark.parametrize(("days", "told"), [(22, 5), (3, 2), (1, 0)])
def test_a_shorter_past_tells_the_same_closer_together(days: int, told: int) -> None:
    assert [n for n in range(days) if When(n, days).falls(5)] == [days - 1 - told]


@pytest.mark.parametrize("hour", [1, 5])
def test_at_night_it_ends_too(
    flats: list[Site], monkeypatch: pytest.MonkeyPatch, hour: int
) -> None:
    now, past = SATURDAY.replace(hour=hour), DutyPast(days=1)
    monkeypatch.setattr(timezone, "now", lambda: now)
    monkeypatch.setattr(demo, "PAST", past)
    assert len(played(flats[0], now, past)) == 1
    assert past.progress(flats[0].id).is_over


def test_whoever_comes_to_work_meanwhile_ends_it(flats: list[Site]) -> None:
    now = timezone.now()
    begun: Any = {"began_at": now, "opening": {}, "last_at": now}
    post = Post.objects.create(site=flats[0], name="门厅")
    PostRule.objects.create(site=flats[0], post=post, seq=1)
    DutyLog.objects.create(site=flats[0], day=now.date() - timedelta(days=1), **begun)
    assert preparing(flats[0].id) is not None
    DutyLog.objects.create(site=flats[0], day=now.date(), **begun)
    assert preparing(flats[0].id) is None


def test_a_newcomer_finds_the_code_that_signing_on_asks_for(
    flats: list[Site], past: DutyPast
) -> None:
    """Where two receptionists work; the printed logins and 岗位 lead to the screen it stands on."""
    now = timezone.now()
    asked = {}
    for flat in flats:
        past.play_next(flat.id, now)
        asked[flat.code] = SIGN_ON.in_force(flat.id, now).values.code
    assert asked == {"hupan-yangfang": True, "hupan-yunqi": False}
    assert "到岗要签到码：xunuo 打开「岗位 → 签到码大屏」" in logins("http://demo")
    lead = Client()
    lead.force_login(Staff.objects.get(account="xunuo"), backend=BACKEND)
    assert "签到码大屏" in lead.get("/s/hupan-yangfang/duty/posts/").content.decode()
    ning = Client()
    ning.force_login(Staff.objects.get(account="ningan"), backend=BACKEND)
    here = "/s/hupan-yangfang/duty/"
    assert "签到码不对" in ning.post(f"{here}sign-on/", {"key": "a"}, follow=True).content.decode()
    told = {"key": "b", "code": site_code.current(flats[0].id, now)}
    assert "宁安到岗" in ning.post(f"{here}sign-on/", told, follow=True).content.decode()


def assert_the_journal_agrees(site: Site) -> None:
    """Whatever stands in the rows stands in the journal, drafts nobody published and the gallery's hours beside."""
    assert [f"{x.what}: {found}" for x in check_site(site.id) for found in x.found] == []


def assert_no_post_was_short(hall: Site, days: list[DutyLog]) -> None:
    """Five were there at two posts, three of them ate one after the other, and nothing was refused or missing."""
    for log in days:
        events = log.events.all()
        assert events.filter(event="sign_on").count() == 7  # five, the lead and the guard
        begun = [e.at.astimezone(ZONE) for e in events.filter(event="break_start")]
        assert [f"{at:%H:%M}" for at in begun] == ["10:31", "12:05", "12:10", "12:41"]
        assert events.filter(event="break_end").count() == len(begun)
        assert not events.filter(accepted=False).exists()
        assert not log.events.filter(event="stand_in_cancel").exists()
    said = set(DutyAlert.objects.filter(site=hall).values_list("what", flat=True))
    assert said == {"chase", "lines_left"}, said  # of a repair that takes until tomorrow


def assert_the_day_was_closed(day: DutyLog) -> None:
    """Handed over at both posts and to the guard, both closing checks signed by both sides, everybody gone."""
    signed = Handover.objects.filter(log=day)
    assert [signed.filter(post__name=name).count() for name, _ in POSTS] == [3, 1]
    assert HandoverSignature.objects.filter(handover__in=signed.values("id")).count() == 8
    stands = day.standing
    assert (stands["tasks"], stands["signed_on"], stands["handovers"]) == ([], {}, 0)


@pytest.mark.parametrize("back", [-20, 0, 1, 7])
def test_five_of_the_sales_centre_s_seven_work_every_day(back: int) -> None:
    turns = [turn(place, back) for place in range(ENOUGH + 1)]
    working = [("全", "前台"), ("早", "前台"), ("早", "洽谈区"), ("晚", "前台"), ("晚", "洽谈区")]
    assert sorted(one for one in turns if one[0]) == working
    assert turns[-1] == ("", "")  # one too many


def test_where_fewer_work_than_its_posts_need_nothing_is_played(hall: Site) -> None:
    assert not DutyPast().progress(hall.id).is_over
    Assignment.objects.filter(site=hall, staff__account="wenjing").delete()
    assert DutyPast().progress(hall.id).is_over


@pytest.mark.clause("SC-4.3.9")
def test_a_sales_centre_s_five_eat_in_turns_hand_over_and_close(
    hall: Site, room: Path, past: DutyPast
) -> None:
    now = timezone.now()
    days = played(hall, now, past)
    assert [d.day for d in days] == [now.date() - timedelta(days=n) for n in (1, 0)]
    assert [fault for d in days for fault in disagreements(d)] == []
    assert_no_post_was_short(hall, days)
    assert_the_day_was_closed(days[0])
    assert_the_journal_agrees(hall)
    assert_nothing_is_late(hall, now)
    assert not Visit.objects.filter(site=hall).exists()  # its guests are the gallery's to record
    assert not ShowVisit.objects.filter(site=hall).exists()
    shown = picture(hall.id, now)
    assert {p.name: len(p.on) for p in shown.posts} == {"前台": 2, "洽谈区": 1}
