"""Working time: the week, the public calendar, the site's own exceptions."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingbin.rules.calendar import MIDNIGHT, NeverOpen, Window, WorkingCalendar, windows

ZONE = ZoneInfo("Asia/Shanghai")
NINE_TO_SIX: tuple[Window, ...] = ((time(9), time(18)),)
OFFICE = dict.fromkeys(range(5), NINE_TO_SIX)
GOLDEN_WEEK = {date(2026, 10, d): False for d in range(1, 8)} | {date(2026, 10, 10): True}
office = WorkingCalendar(OFFICE, ZONE, public=GOLDEN_WEEK, announced=frozenset({2026}))
gallery = WorkingCalendar(dict.fromkeys(range(7), NINE_TO_SIX), ZONE)
LUNCH = ((time(8, 30), time(12)), (time(13, 30), time(17, 30)))
estate = WorkingCalendar(dict.fromkeys(range(5), LUNCH), ZONE)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_an_office_rests_at_weekends_and_in_the_golden_week() -> None:
    assert office.is_working_day(date(2026, 9, 30))
    assert not office.is_working_day(date(2026, 10, 1))
    assert not office.is_working_day(date(2026, 9, 27))


def test_a_saturday_worked_to_make_up_has_the_hours_of_a_monday() -> None:
    assert office.hours_on(date(2026, 10, 10)) == (time(9), time(18))
    assert not office.is_working_day(date(2026, 10, 11))


def test_a_gallery_that_doesnt_keep_public_holidays_works_every_day() -> None:
    assert gallery.is_working_day(date(2026, 10, 1))


def test_the_sites_own_exception_is_stronger_than_the_public_calendar() -> None:
    own = {date(2026, 10, 10): False, date(2026, 10, 1): True}
    site = WorkingCalendar(OFFICE, ZONE, public=GOLDEN_WEEK, exceptions=own)
    assert not site.is_working_day(date(2026, 10, 10))
    assert site.is_working_day(date(2026, 10, 1))


def test_half_an_hour_from_a_quarter_to_six_on_friday_ends_on_monday() -> None:
    assert office.add_working_time(at("2026-11-20T17:45"), 30) == at("2026-11-23T09:15")


def test_time_that_ends_at_closing_ends_at_closing() -> None:
    assert office.add_working_time(at("2026-11-20T17:30"), 30) == at("2026-11-20T18:00")


def test_time_that_starts_in_the_night_starts_at_opening() -> None:
    assert office.add_working_time(at("2026-11-21T22:00"), 60) == at("2026-11-23T10:00")


def test_time_across_the_golden_week_counts_none_of_it() -> None:
    assert office.add_working_time(at("2026-09-30T17:00"), 120) == at("2026-10-08T10:00")


def test_three_working_days_before_the_eighth_of_october_is_in_september() -> None:
    assert office.working_days_before(date(2026, 10, 8), 3) == date(2026, 9, 28)


def test_a_year_that_is_not_announced_is_read_by_the_week_and_says_so() -> None:
    assert office.year_announced(2026)
    assert not office.year_announced(2027)
    assert office.is_working_day(date(2027, 10, 1))


def test_over_lunch_no_working_time_passes() -> None:
    assert estate.add_working_time(at("2026-11-20T16:30"), 240) == at("2026-11-23T11:30")
    for early in ("2026-11-23T07:00", "2026-11-23T08:30"):
        assert estate.add_working_time(at(early), 210) == at("2026-11-23T12:00")
        assert estate.add_working_time(at(early), 211) == at("2026-11-23T13:31")
    assert not estate.is_open(at("2026-11-23T12:00"))
    assert estate.next_open(at("2026-11-23T12:10")) == at("2026-11-23T13:30")
    assert estate.between(at("2026-11-23T11:00"), at("2026-11-23T14:00")) == timedelta(minutes=90)
    assert estate.hours_on(date(2026, 11, 23)) == (time(8, 30), time(17, 30))


def test_a_window_may_last_until_midnight() -> None:
    late = WorkingCalendar({4: ((time(20), MIDNIGHT),), 5: ((time(0), time(1)),)}, ZONE)
    assert late.add_working_time(at("2026-11-20T23:30"), 60) == at("2026-11-21T00:30")
    assert late.add_working_time(at("2026-11-20T20:00"), 240) == at("2026-11-21T00:00")


def test_windows_of_a_day_are_put_in_order_and_never_overlap() -> None:
    assert windows(reversed(LUNCH)) == LUNCH
    for wrong in (
        [(time(12), time(9))],
        [(time(9), time(12)), (time(11), time(15))],
        [(time(9), MIDNIGHT), (time(10), time(11))],
    ):
        with pytest.raises(ValueError, match="overlap"):
            windows(wrong)


def test_closing_time_itself_is_no_longer_open() -> None:
    assert office.is_open(at("2026-11-20T17:59:59"))
    assert not office.is_open(at("2026-11-20T18:00"))
    assert office.next_open(at("2026-11-20T18:00")) == at("2026-11-23T09:00")


def test_a_calendar_without_hours_says_so_instead_of_searching_for_ever() -> None:
    nothing = WorkingCalendar({}, ZONE, exceptions={date(2026, 10, 1): True})
    with pytest.raises(NeverOpen):
        nothing.add_working_time(at("2026-09-30T09:00"), 1)
    with pytest.raises(NeverOpen):
        nothing.working_days_before(date(2026, 10, 8), 1)
    with pytest.raises(NeverOpen):
        nothing.next_open(at("2026-09-30T09:00"))


def test_time_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        office.add_working_time(at("2026-09-30T09:00"), -1)
    with pytest.raises(ValueError, match="negative"):
        office.working_days_after(date(2026, 9, 30), -1)


marks = st.lists(st.integers(0, 23), min_size=2, max_size=6, unique=True).map(sorted)
hours = marks.map(
    lambda m: tuple((time(a), time(b)) for a, b in zip(m[::2], m[1::2], strict=False))
)
weeks = st.dictionaries(st.integers(0, 6), hours, min_size=1)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
calendars = st.builds(
    WorkingCalendar,
    week=weeks,
    zone=st.just(ZONE),
    public=st.dictionaries(days, st.booleans(), max_size=8),
    exceptions=st.dictionaries(days, st.booleans(), max_size=8),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(
    lambda d: d.replace(tzinfo=ZONE, microsecond=0)
)
minutes = st.integers(0, 6000)


@given(calendars, moments, minutes, minutes)
def test_adding_twice_is_adding_the_sum(
    calendar: WorkingCalendar, start: datetime, first: int, second: int
) -> None:
    once = calendar.add_working_time(start, first + second)
    step = calendar.add_working_time(start, first)
    assert calendar.add_working_time(step, second) == once


@given(calendars, moments, minutes)
def test_what_was_added_is_what_has_passed(
    calendar: WorkingCalendar, start: datetime, added: int
) -> None:
    end = calendar.add_working_time(start, added)
    assert calendar.working_minutes(start, end) == added


@given(calendars, moments, minutes)
def test_due_times_fall_on_open_days_and_never_before_the_start(
    calendar: WorkingCalendar, start: datetime, added: int
) -> None:
    end = calendar.add_working_time(start, added)
    assert end >= start
    if added:
        assert calendar.is_open(end - timedelta(seconds=1))


@given(calendars, days, st.integers(0, 30))
def test_counting_working_days_back_and_forth_agrees(
    calendar: WorkingCalendar, day: date, count: int
) -> None:
    back = calendar.working_days_before(day, count)
    assert calendar.working_days_between(back, day) == count
    ahead = calendar.working_days_after(day, count)
    if count:
        assert calendar.is_working_day(back)
        assert calendar.is_working_day(ahead)
        assert calendar.working_days_between(day + timedelta(days=1), ahead) == count - 1


def walked(calendar: WorkingCalendar, start: datetime, minutes: int) -> datetime:
    """The same minute by minute, as one would count on a wall."""
    at_, left = start, minutes
    while left:
        left -= calendar.between(at_, at_ + timedelta(minutes=1)) == timedelta(minutes=1)
        at_ += timedelta(minutes=1)
    return at_


@pytest.mark.parametrize("minutes", [1, 59, 60, 61, 120, 180, 181, 599, 600])
def test_weeks_that_are_leapt_over_count_like_weeks_that_are_walked(minutes: int) -> None:
    """An hour a week, with a holiday and a make-up day on the way."""
    thin = WorkingCalendar(
        {1: ((time(9), time(10)),)},
        ZONE,
        public={date(2026, 10, 13): False, date(2026, 11, 7): True},
    )
    start = at("2026-09-28T07:00")
    assert thin.add_working_time(start, minutes) == walked(thin, start, minutes)


def test_ten_years_of_working_time_are_not_walked_day_by_day() -> None:
    looked: list[date] = []

    class Watched(WorkingCalendar):
        def windows_on(self, day: date) -> tuple[Window, ...]:
            looked.append(day)
            return super().windows_on(day)

    weekly = Watched({0: ((time(9), time(10)),)}, ZONE)
    assert weekly.add_working_time(at("2026-09-28T08:00"), 520 * 60) == at("2036-09-08T10:00")
    assert len(looked) < 20


def test_a_holiday_longer_than_two_years_ends_one_day() -> None:
    first = date(2026, 9, 28)
    off = {first + timedelta(days=n): False for n in range(900)}
    long = WorkingCalendar({0: ((time(9), time(10)),)}, ZONE, public=off)
    assert long.next_open(at("2026-09-28T08:00")) == at("2029-03-19T09:00")
    assert long.add_working_time(at("2026-09-28T08:00"), 60) == at("2029-03-19T10:00")
