"""What a roster breaks, as the people who write one would say it (SF-3.2, SF-4.3.7)."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yingbin.rules.duty.roster import (
    NeedOfPost,
    Turn,
    lacks,
    repeated,
    rest_before,
    row_at,
    swapped,
    worse_cover,
    worse_rest,
)

pytestmark = pytest.mark.clause("SF-3.2", "SF-4.3.7")
MONDAY = date(2026, 11, 23)


def at(day: date, clock: float) -> datetime:
    return datetime.combine(day, datetime.min.time()) + timedelta(hours=clock)


def turn(day: date, begins: float, ends: float, post: str = "A") -> Turn:
    return Turn((at(day, begins), at(day, ends)), post)


def need(day: date = MONDAY, minimum: int = 1) -> NeedOfPost:
    return NeedOfPost("A", (at(day, 9), at(day, 18)), minimum)


@pytest.mark.parametrize(
    ("ended", "begins", "short"),
    [(22, 8, 10), (21, 8, None), (26, 12, 10), (26, 13, None)],
    ids=["late then early", "eleven hours are enough", "after a night", "after a night, later"],
)
def test_less_than_eleven_hours_are_too_short(ended: int, begins: int, short: int | None) -> None:
    tuesday = MONDAY + timedelta(days=1)
    days = {MONDAY: turn(MONDAY, 14, ended), tuesday: turn(tuesday, begins, 18)}
    assert rest_before(days, tuesday) == (timedelta(hours=short) if short else None)


def test_a_day_off_ends_a_row() -> None:
    days = {MONDAY + timedelta(days=n): turn(MONDAY, 9, 18) for n in range(7)}
    assert row_at(days, MONDAY + timedelta(days=6)) == 7
    days[MONDAY + timedelta(days=3)] = Turn()
    assert row_at(days, MONDAY + timedelta(days=6)) == 3
    assert row_at(days, MONDAY + timedelta(days=3)) == 0


def test_a_post_lacks_somebody_where_no_shift_runs_and_only_there() -> None:
    there = [turn(MONDAY, 8.5, 12), turn(MONDAY, 14, 18.5), turn(MONDAY, 12, 14, post="B")]
    assert lacks(need(), there) == [(at(MONDAY, 12), at(MONDAY, 14))]
    assert lacks(need(minimum=2), there) == [(at(MONDAY, 9), at(MONDAY, 18))]
    assert lacks(need(), [turn(MONDAY, 9, 18)]) == []


HOURS = st.integers(min_value=0, max_value=24)
TURNS = st.lists(
    st.tuples(HOURS, HOURS, st.sampled_from("AB")).map(
        lambda t: turn(MONDAY, min(t[:2]), max(t[:2]), t[2]) if t[0] != t[1] else Turn()
    ),
    max_size=5,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(TURNS, st.integers(min_value=1, max_value=3))
def test_every_minute_is_either_manned_or_said_to_lack_somebody(
    there: list[Turn], minimum: int
) -> None:
    said = lacks(need(minimum=minimum), there)
    for half in range(18, 36):
        moment = at(MONDAY, half / 2)
        runs = sum(t.hours[0] <= moment < t.hours[1] for t in there if t.hours and t.post == "A")
        assert (runs < minimum) == any(a <= moment < b for a, b in said)


def test_a_swap_that_shortens_a_rest_or_a_post_is_seen_and_one_that_was_short_before_is_not() -> (
    None
):
    tuesday = MONDAY + timedelta(days=1)
    late, early = turn(MONDAY, 14, 22), turn(tuesday, 8, 14)
    ye = {MONDAY: Turn(), tuesday: early}
    chen = {MONDAY: late, tuesday: turn(tuesday, 14, 22)}
    ye_after, chen_after = swapped(ye, chen, [MONDAY])
    assert ye_after[MONDAY] == late
    assert chen_after[MONDAY] == Turn()
    assert worse_rest(ye, ye_after) == [tuesday]
    assert worse_rest(ye_after, ye_after) == []
    lead = Turn((at(MONDAY, 9), at(MONDAY, 18)), None)
    assert worse_cover(need(), [turn(MONDAY, 9, 18)], [lead]) == (at(MONDAY, 9), at(MONDAY, 18))
    assert worse_cover(need(), [late], [late]) is None


def test_a_pattern_begins_again_and_the_next_person_a_place_later() -> None:
    last = MONDAY + timedelta(days=4)
    assert "".join(repeated("早中休休", MONDAY, last).values()) == "早中休休早"
    assert "".join(repeated("早中休休", MONDAY, last, 1).values()) == "中休休早中"
    assert repeated("", MONDAY, last) == {}
    assert repeated("早", last, MONDAY) == {}
