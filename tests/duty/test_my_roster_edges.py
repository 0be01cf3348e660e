"""One's own month, calendar address and setup pages: empty states, edges of time, what was typed is kept (SF-3.3, SC-3.3)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from yingbin.duty.actions import feeds, planning
from yingbin.duty.cells import Cell
from yingbin.duty.hours import clock_today, day_of
from yingbin.duty.ics import AHEAD, BEFORE
from yingbin.duty.models import Leave, PostRule, RosterFeed, ShiftKind, ShiftSwap
from yingbin.duty.queries.mine import my_roster
from yingbin.duty.queries.roster import shift_kinds, watched
from yingbin.people.calendar import ZONE
from yingbin.people.models import Assignment, Staff

from .doors import enter, here
from .flat import MONDAY, Flat
from .rosters import TUESDAY, cell, draft, publish

pytestmark = pytest.mark.clause("SF-3.3", "SC-3.3")


@pytest.fixture
def week(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """Today 叶 is early; pages look at the flat's own clock."""
    flat.roster(叶="早", 许="全")
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    return flat


def mine(flat: Flat, who: str = "叶", month: str = "") -> str:
    answer = enter(flat, who).get(here(flat, "roster/mine/"), {"month": month})
    assert answer.status_code == 200
    return answer.content.decode()


# One's own month


def test_whoever_has_nothing_published_reads_that_a_notice_will_come(week: Flat) -> None:
    draft(week, TUESDAY, 陈="晚")
    text = mine(week, "陈")
    assert "这个月还没有发布您的班。发布后会收到通知。" in text
    assert "上 0 天班" in text
    assert "12:00" not in text
    assert "换班和请假" not in text


def test_a_guard_without_shifts_opens_the_page_all_the_same(week: Flat) -> None:
    assert "这个月还没有发布您的班" in mine(week, "秦")


def test_a_draft_of_the_leads_changes_nothing_that_one_reads(week: Flat) -> None:
    draft(week, MONDAY.date(), 叶="休")
    day = my_roster(week.site, week.people["叶"], MONDAY.date(), week.now).days[22]
    assert (day.day, day.mark, day.is_today) == (MONDAY.date(), "早", True)


def test_where_one_stands_is_said_only_where_it_differs(db: None) -> None:
    flat = Flat(posts=("样板间A", "样板间B"))
    flat.roster(叶="早")
    kind = ShiftKind.objects.get(mark="早").id
    who = flat.people["叶"]
    assert not my_roster(flat.site, who, MONDAY.date(), flat.now).many_posts
    cells = (Cell(who, TUESDAY, kind, flat.posts["样板间B"]),)
    flat.do(planning.draft, "许", cells=cells)
    flat.do(planning.publish, "许", first=TUESDAY, last=TUESDAY)
    shown = my_roster(flat.site, who, MONDAY.date(), flat.now)
    assert shown.many_posts
    assert [d.post for d in shown.days if d.post] == ["样板间A", "样板间B"]


@pytest.mark.parametrize(
    ("month", "pad", "days", "before", "after"),
    [
        (date(2026, 11, 1), 6, 30, date(2026, 10, 1), date(2026, 12, 1)),
        (date(2026, 12, 31), 1, 31, date(2026, 11, 1), date(2027, 1, 1)),
        (date(2027, 2, 14), 0, 28, date(2027, 1, 1), date(2027, 3, 1)),
        (date(2028, 2, 1), 1, 29, date(2028, 1, 1), date(2028, 3, 1)),
    ],
)
def test_a_month_begins_under_its_weekday_and_leads_to_its_neighbours(
    flat: Flat, month: date, pad: int, days: int, before: date, after: date
) -> None:
    shown = my_roster(flat.site, flat.people["叶"], month, flat.now)
    assert (len(shown.pad), len(shown.days)) == (pad, days)
    assert (shown.before, shown.after) == (before, after)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"first": "", "last": "2026-11-25"}, "从哪天"),
        ({"first": "25.11.", "last": "2026-11-25"}, "日期写成 2026-12-01 这样。"),
        ({"first": "2026-11-25", "last": "2026-11-24"}, "结束不能早于开始"),
        ({"first": "2026-11-22", "last": "2026-11-24"}, "过去的日子不能再请假"),
        ({"first": "2026-11-25", "last": "2026-11-25", "sort": "holiday"}, "什么假"),
    ],
)
def test_leave_that_is_refused_keeps_what_was_typed_and_stays_open(
    week: Flat, told: dict[str, str], words: str
) -> None:
    sent = {"key": "k", "sort": "own", "words": "家里有事", **told}
    answer = enter(week, "叶").post(here(week, "roster/mine/leave/"), sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert 'value="家里有事"' in text
    assert 'id="leave" open' in text
    assert 'id="swap" open' not in text


def test_a_swap_with_somebody_of_another_place_is_no_choice(week: Flat) -> None:
    other = Flat()
    told = {"key": "k", "with_whom": str(other.people["陈"]), "day": "2026-11-24"}
    answer = enter(week, "叶").post(here(week, "roster/mine/swap/"), told)
    assert answer.status_code == 422
    assert not ShiftSwap.objects.exists()
    assert str(other.people["陈"]) not in mine(week)


# The calendar of a phone


def secret_of(flat: Flat, who: str = "叶") -> str:
    """A new address, as its owner gets it."""
    return flat.do(feeds.make_feed, who)


def events(secret: str) -> list[tuple[datetime, datetime, str]]:
    """What a calendar program reads."""
    answer = Client().get(f"/duty/feed/{secret}.ics")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]
    read = Calendar.from_ical(answer.content).walk("VEVENT")
    return [(e.decoded("dtstart"), e.decoded("dtend"), str(e["summary"])) for e in read]


def test_a_night_shift_ends_on_the_next_day_in_the_calendar(week: Flat) -> None:
    told = {"mark": "夜", "title": "夜班", "begins": time(18), "ends": time(2)}
    week.do(planning.keep_shift, "许", **told)
    publish(week, TUESDAY, 叶="夜")
    begins, ends, what = events(secret_of(week))[1]
    assert begins == datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert ends == datetime(2026, 11, 24, 18, tzinfo=UTC)
    assert what == "夜班 · 样板间A"


def test_a_leads_shift_names_no_post(week: Flat) -> None:
    assert [what for _, _, what in events(secret_of(week, "许"))] == ["全天"]


def test_a_calendar_looks_a_month_back_and_three_ahead(week: Flat) -> None:
    today = week.now.date()
    edges = [today + AHEAD, today + AHEAD + timedelta(days=1)]
    week.do(planning.draft, "许", cells=tuple(cell(week, "叶", day, "早") for day in edges))
    for day in edges:
        week.do(planning.publish, "许", first=day, last=day)
    secret = secret_of(week)
    assert [b.astimezone(ZONE).date() for b, _, _ in events(secret)] == [today, edges[0]]
    week.now += BEFORE
    assert today in {b.astimezone(ZONE).date() for b, _, _ in events(secret)}
    week.now += timedelta(days=1)
    assert today not in {b.astimezone(ZONE).date() for b, _, _ in events(secret)}


def test_drafts_and_days_off_are_in_no_calendar(week: Flat) -> None:
    draft(week, TUESDAY, 叶="晚")
    publish(week, TUESDAY + timedelta(days=1), 叶="休")
    assert len(events(secret_of(week))) == 1


@pytest.mark.parametrize("secret", ["x", "a" * 43, "..", "叶"])
def test_a_guessed_address_opens_nothing(week: Flat, secret: str) -> None:
    secret_of(week)
    assert Client().get(f"/duty/feed/{secret}.ics").status_code == 404


def test_an_address_is_only_read_and_never_written_to(week: Flat) -> None:
    assert Client().post(f"/duty/feed/{secret_of(week)}.ics").status_code == 405


def test_somebody_whose_account_was_switched_off_is_read_no_more(week: Flat) -> None:
    secret = secret_of(week)
    Staff.objects.filter(id=week.people["叶"]).update(is_active=False)
    assert Client().get(f"/duty/feed/{secret}.ics").status_code == 404


def test_the_old_press_again_after_it_was_revoked_says_why_there_is_no_address(week: Flat) -> None:
    page = enter(week, "叶")
    assert (
        "/duty/feed/" in page.post(here(week, "roster/mine/feed/"), {"key": "f"}).content.decode()
    )
    page.post(here(week, "roster/mine/feed/end/"), {"key": "e"})
    answer = page.post(here(week, "roster/mine/feed/"), {"key": "f"})
    assert answer.status_code == 422
    assert "这个订阅地址已经停用，请刷新页面重新做一个。" in answer.content.decode()
    assert not RosterFeed.objects.filter(revoked_at=None).exists()


def test_revoking_without_an_address_says_that_there_is_none(week: Flat) -> None:
    page = enter(week, "叶")
    answer = page.post(here(week, "roster/mine/feed/end/"), {"key": "e"}, follow=True)
    assert "没有在用的订阅地址，可能已经停用。" in answer.content.decode()


def test_one_persons_address_stays_when_a_colleague_revokes_theirs(week: Flat) -> None:
    ye = secret_of(week)
    secret_of(week, "陈")
    week.do(feeds.revoke_feed, "陈")
    assert len(events(ye)) == 1


# Setting up


@pytest.mark.parametrize(
    ("path", "told", "words"),
    [
        ("post/", {"name": "水吧", "minimum": "0"}, "水吧"),
        ("post/", {"name": "水吧", "minimum": "viele"}, "水吧"),
        ("post/", {"name": "水吧", "minimum": "1", "opens": "09:00"}, "要一起填"),
        ("post/", {"name": "水吧", "minimum": "1", "kind": "garage"}, "水吧"),
        ("shift/", {"mark": "休", "begins": "09:00", "ends": "12:00"}, "“休”留给休息"),
        ("shift/", {"mark": "早", "begins": "09:00", "ends": "09:00"}, "不能一样"),
        ("shift/", {"mark": "早", "begins": "25:00", "ends": "09:00"}, "早"),
    ],
)
def test_a_post_or_shift_that_is_refused_keeps_what_was_typed(
    flat: Flat, monkeypatch: pytest.MonkeyPatch, path: str, told: dict[str, str], words: str
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    answer = enter(flat, "许").post(
        here(flat, f"setup/{path}"), {"key": "k", "kind": "show_flat", **told}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    kept = {name: value for name, value in told.items() if name != "kind"}
    assert [v for v in kept.values() if f'value="{v}"' not in text] == []
    assert len(watched(flat.site)) == 1
    assert shift_kinds(flat.site) == []


def test_a_place_without_shifts_leads_the_planner_to_where_they_are_set_up(
    flat: Flat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    text = enter(flat, "许").get(here(flat, "roster/")).content.decode()
    assert "还没有班次" in text
    assert here(flat, "setup/") in text
    PostRule.objects.update(given_up_at=flat.now)
    setup = enter(flat, "许").get(here(flat, "setup/")).content.decode()
    assert "还没有岗位。加一个" in setup
    assert "还没有班次。加两个" in setup


# Many people


def test_the_month_asks_as_many_questions_for_thirty_people_as_for_six(week: Flat) -> None:
    page = enter(week, "许")

    def count() -> int:
        page.get(here(week, "roster/"))
        with CaptureQueriesContext(connection) as asked:
            assert page.get(here(week, "roster/")).status_code == 200
        return len(asked)

    before, since = count(), MONDAY - timedelta(days=400)
    new = [Staff(account=f"n{n}", name=f"新{n}", pinyin=f"x{n:02}") for n in range(30)]
    Staff.objects.bulk_create(new)
    told = {"site": week.place, "role": "receptionist", "since": since}
    Assignment.objects.bulk_create(Assignment(staff=one, **told) for one in new)
    for one in new:
        week.people[one.name] = one.id
    draft(week, TUESDAY, **{one.name: "早" for one in new})
    Leave.objects.bulk_create(
        Leave(site_id=week.site, staff=one, first=TUESDAY, last=TUESDAY, approval_id=one.id, seq=1)
        for one in new
    )
    assert count() == before
    first, second = (
        page.get(here(week, "roster/"), {"people": n}).content.decode() for n in (1, 2)
    )
    assert "第 2 组" in first
    shown = {name for name in week.people if f'aria-label="{name} 11月24日"' in first}
    rest = {name for name in week.people if f'aria-label="{name} 11月24日"' in second}
    assert (len(shown), len(rest), shown & rest) == (25, 9, set())


# When a day is


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-11-23T00:00+08:00", date(2026, 11, 22)),
        ("2026-11-23T03:59:59+08:00", date(2026, 11, 22)),
        ("2026-11-23T04:00+08:00", date(2026, 11, 23)),
        ("2026-11-23T23:59:59+08:00", date(2026, 11, 23)),
        ("2026-11-22T19:59:59+00:00", date(2026, 11, 22)),
        ("2026-11-22T20:00+00:00", date(2026, 11, 23)),
        ("2027-01-01T01:00+08:00", date(2026, 12, 31)),
    ],
)
def test_a_day_on_duty_turns_at_four_on_the_places_own_clock(at: str, day: date) -> None:
    assert day_of(datetime.fromisoformat(at)) == day


@pytest.mark.parametrize(
    ("now", "clock", "meant"),
    [
        ("2026-11-23T22:00+08:00", time(23), "2026-11-23T23:00+08:00"),
        ("2026-11-23T22:00+08:00", time(1, 30), "2026-11-24T01:30+08:00"),
        ("2026-11-24T01:00+08:00", time(23), "2026-11-23T23:00+08:00"),
        ("2026-11-24T01:00+08:00", time(3, 59), "2026-11-24T03:59+08:00"),
        ("2026-11-24T04:00+08:00", time(4), "2026-11-24T04:00+08:00"),
    ],
)
def test_an_hour_typed_after_midnight_is_of_the_day_that_is_not_over(
    now: str, clock: time, meant: str
) -> None:
    assert clock_today(datetime.fromisoformat(now), clock) == datetime.fromisoformat(meant)
