"""A bad line, a clock set back, a restart, a job run twice, two posts, midnight, a holiday: what a day must stand."""

from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.gallery.test_reception import BACKEND
from yingbin.duty.actions import breaks, cases, incidents, lines, planning, presence
from yingbin.duty.cells import Cell
from yingbin.duty.export import disagreements
from yingbin.duty.hours import day_of
from yingbin.duty.models import DutyAlert, DutyEvent, DutyLog, Incident
from yingbin.duty.queries.picture import picture
from yingbin.duty.queries.roster import plan_of
from yingbin.duty.ticks import tick
from yingbin.matters.models import Matter
from yingbin.pages.doing import typed_at
from yingbin.people.calendar import ZONE
from yingbin.people.models import SiteHoliday, Staff
from yingbin.rules.decision import Refused

from .flat import MONDAY, Flat


@pytest.fixture
def day(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """叶 and 许 are there at ten; pages look at the flat's own clock."""
    flat.come(at="08:40")
    flat.now = flat.at("10:00")
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    return flat


def client(flat: Flat, name: str) -> Client:
    page = Client()
    page.force_login(Staff.objects.get(id=flat.people[name]), backend=BACKEND)
    return page


@pytest.mark.clause("SF-4.3.6")
def test_a_slip_sent_again_counts_once_and_keeps_when_it_was_typed(day: Flat) -> None:
    page, address = client(day, "叶"), f"/s/{day.place.code}/duty/line/new/"
    told = {"key": "k", "kind": "slip", "post": str(day.post), "title": "客户问学区"}
    late = {**told, "typed_at": day.at("09:52").isoformat()}
    for _ in range(3):
        assert page.post(address, late).status_code == 302
    assert Matter.objects.filter(title="客户问学区").count() == 1
    event = DutyEvent.objects.get(event="line_open")
    assert event.typed_at == day.at("09:52")
    assert event.made_at == day.at("10:00")
    assert list(disagreements(day.log)) == []


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ("2026-11-23T01:52:00.000Z", True),
        ("2026-11-23T09:52:00+08:00", True),
        ("2026-11-23T09:59:58+08:00", False),  # no wait worth keeping
        ("2026-11-23T10:30:00+08:00", False),  # a phone whose clock is ahead
        ("2026-11-21T09:52:00+08:00", False),  # or days behind
        ("2026-11-23T09:52:00", False),
        ("gestern", False),
        ("", False),
    ],
)
def test_what_a_phone_s_clock_says_is_kept_only_where_it_can_be_true(
    said: str, counts: bool
) -> None:
    now = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
    found = typed_at(said, now)
    assert (found is not None) == counts
    assert found is None or now - found == timedelta(minutes=8)


@pytest.mark.clause("SF-4.6")
def test_an_emergency_sent_twice_opens_one_and_alerts_once(day: Flat) -> None:
    page, address = client(day, "叶"), f"/s/{day.place.code}/duty/case/new/"
    for _ in range(2):
        page.post(address, {"key": "k", "post": str(day.post), "type": "跑水"})
    assert Incident.objects.count() == 1
    assert DutyAlert.objects.filter(what="escalated").count() == 3


def test_timers_stand_in_the_database_so_that_a_restart_loses_none(day: Flat) -> None:
    opened = day.do(cases.open_case, "叶", kind="disruption", post=day.post, at="10:01")
    # Nothing of a process is left: what falls due is found by the row alone.
    due = DutyLog.objects.filter(next_at__lte=day.at("10:06"))
    assert list(due) == [day.log]
    assert tick(day.at("10:06")) >= 1
    assert [a.facts["case"] for a in DutyAlert.objects.filter(what="escalated")] == [
        str(opened.case)
    ]


def test_a_worker_that_was_away_tells_all_in_the_order_in_which_it_fell_due(day: Flat) -> None:
    day.do(cases.open_case, "叶", kind="disruption", post=day.post, at="10:01")
    day.clock("10:30")
    steps = DutyAlert.objects.filter(what__in=("escalated", "again")).order_by("index")
    assert [(a.what, a.at) for a in steps][:3] == [
        ("escalated", day.at("10:06")),
        ("escalated", day.at("10:11")),
        ("again", day.at("10:16")),
    ]


def test_a_clock_set_back_undoes_nothing_and_tells_nothing_twice(day: Flat) -> None:
    day.do(cases.open_case, "叶", kind="disruption", post=day.post, at="10:01")
    day.clock("10:07")
    before = list(DutyAlert.objects.values_list("index", "at"))
    day.clock("10:02")
    day.do(lines.open_line, "叶", kind="slip", post=day.post, title="钟慢了", at="10:03")
    assert list(DutyAlert.objects.values_list("index", "at")) == before
    event = DutyEvent.objects.get(event="line_open")
    assert (event.at, event.made_at) == (day.at("10:07"), day.at("10:03"))
    assert list(disagreements(day.log)) == []


def test_a_job_that_runs_twice_acts_once(day: Flat) -> None:
    day.do(cases.open_case, "叶", kind="disruption", post=day.post, at="10:01")
    drill = day.do(incidents.open_drill, "许", type="停电", post=day.post).incident
    day.clock("10:08")
    many = DutyAlert.objects.count()
    assert tick(day.now) == 0
    assert DutyAlert.objects.count() == many
    assert Incident.objects.get(id=drill).notes.filter(what="again").count() == 1


@pytest.mark.clause("SF-4.3.7")
def test_whoever_goes_to_another_post_stands_at_that_one_alone(db: None) -> None:
    flat = Flat(posts=("样板间A", "样板间B"))
    flat.roster(叶="全", 陈="全", 许="全")
    flat.sign_on("叶", "陈", "许", at="08:40")
    second = flat.posts["样板间B"]
    flat.do(presence.sign_on, "陈", post=second, at="08:50")
    flat.clock("09:01")
    with pytest.raises(Refused):  # the first post would stand empty
        flat.do(presence.sign_on, "叶", post=second, at="09:05")
    posts = {p.name: [x.name for x in p.on] for p in picture(flat.site, flat.now).posts}
    assert posts == {"样板间A": ["叶"], "样板间B": ["陈"]}
    stand = {"who": flat.people["许"], "post": flat.post}
    flat.do(breaks.stand_in, "许", **stand, begins=flat.at("09:10"), ends=flat.at("10:00"))
    flat.do(presence.sign_on, "叶", post=second, at="09:12")
    posts = {p.name: [x.name for x in p.on] for p in picture(flat.site, flat.now).posts}
    assert posts == {"样板间A": ["许"], "样板间B": ["叶", "陈"]}


@pytest.mark.clause("SF-3.2")
def test_a_shift_over_midnight_belongs_to_the_day_it_began_on(flat: Flat) -> None:
    night = flat.do(
        planning.keep_shift, "许", mark="夜", title="夜班", begins=time(18), ends=time(2)
    )
    day = flat.now.date()
    cells = (Cell(flat.people["叶"], day, night, flat.post),)
    flat.do(planning.draft, "许", cells=cells)
    flat.do(planning.publish, "许", first=day, last=day)
    flat.sign_on("叶", at="17:55")
    flat.now = flat.at("23:59") + timedelta(minutes=61)
    assert day_of(flat.now) == day
    flat.do(presence.sign_off, "叶")
    log = DutyLog.objects.get(site_id=flat.site)
    assert (log.day, log.events.count()) == (day, 2)
    shift = picture(flat.site, flat.now).people[str(flat.people["叶"])].shift
    assert shift is not None
    assert shift[1] - shift[0] == timedelta(hours=8)
    assert list(disagreements(log)) == []


@pytest.mark.clause("SF-3.2")
def test_on_a_holiday_nobody_is_missed_and_the_page_says_that_nothing_is_open(
    flat: Flat, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = date(2026, 11, 23)
    SiteHoliday.objects.create(site=flat.place, day=day, works=False, name="店休")
    flat.clock("11:00")
    assert not DutyLog.objects.filter(site_id=flat.site).exists()
    assert plan_of(flat.site, day, flat.now).posts == ()
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    text = client(flat, "叶").get(f"/s/{flat.place.code}/duty/").content.decode()
    assert "今天没有开放的岗位" in text
    with pytest.raises(Refused, match="没有开放的岗位"):
        flat.do(presence.sign_on, "叶")


def test_the_day_after_a_holiday_begins_by_itself(flat: Flat) -> None:
    SiteHoliday.objects.create(site=flat.place, day=MONDAY.date(), works=False, name="店休")
    flat.clock("11:00")
    flat.next_day()
    flat.clock("08:45")
    assert DutyLog.objects.get(site_id=flat.site).day == MONDAY.date() + timedelta(days=1)
