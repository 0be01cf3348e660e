"""Whom dispatch proposes: who knows the work, is on shift and has least in hand; nobody who is off (SD-4.2.2)."""

from datetime import datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingbin.rules.desk.dispatch import (
    Call,
    Hand,
    Here,
    Knows,
    Shift,
    Week,
    Why,
    proposed,
    ranked,
    said,
    when,
)

pytestmark = pytest.mark.clause("SD-4.2.2")

BEIJING = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=BEIJING)  # a Monday
HOUR = timedelta(hours=1)
WATER = Call(NOW, ("水工",), None)
SCOPED = Call(NOW, ("水工",), ("工程部",))


def shift(begins: int, ends: int, title: str = "早班") -> Shift:
    """From so many hours to so many after now."""
    return Shift(title, NOW + begins * HOUR, NOW + ends * HOUR)


ON, OFF = (shift(-2, 6),), (shift(6, 14, "晚班"),)


def hand(who: str = "孙", **told: Any) -> Hand:
    """Somebody of the works."""
    return Hand(who, **{"department": "工程部", "shifts": ON, "by": "按排班", **told})


def first(*hands: Hand) -> str:
    """Who is proposed where the works serve it, "" nobody."""
    found = proposed(SCOPED, {"工程部": hands}).hand
    return found.who if found else ""


PLUMBER = {"skill": "水工", "said": True}


def test_who_knows_it_goes_before_who_has_less_in_hand_and_that_before_who_did_most() -> None:
    qian, sun = hand("钱", said=True, solved=9), hand("孙", **PLUMBER, open=5)
    assert first(qian, sun) == "孙"
    assert first(hand("钱", **PLUMBER, open=1), hand("孙", **PLUMBER, open=2)) == "钱"
    two = hand("钱", **PLUMBER, solved=3), hand("孙", **PLUMBER, solved=4)
    assert first(*two) == "孙"


def test_whose_shift_is_on_goes_before_whose_isnt_known_and_who_is_off_is_never_proposed() -> None:
    off = hand("钱", **PLUMBER, shifts=OFF)
    assert first(off, hand("孙", said=True, open=40)) == "孙"
    assert first(off, hand("孙", shifts=None)) == "孙"
    assert first(hand("钱", **PLUMBER, shifts=None), hand("孙", **PLUMBER, open=3)) == "孙"
    assert first(hand("钱", shifts=None, seen=True), hand("孙", shifts=None)) == "钱"
    assert first(off) == ""
    assert first(hand("钱", shifts=())) == "", "a day off is known to be one"


def test_where_nobody_is_on_shift_it_is_said_who_comes_first() -> None:
    found = proposed(
        WATER,
        {"工程部": [hand("钱", **PLUMBER, shifts=(shift(9, 17),)), hand("孙", shifts=OFF)]},
    )
    assert (found.department, found.hand, found.next and found.next.who) == ("工程部", None, "孙")
    nobody = proposed(WATER, {"工程部": [hand("钱", **PLUMBER, shifts=())]})
    assert (nobody.hand, nobody.next) == (None, None)


@pytest.mark.parametrize(
    ("told", "call", "sentence"),
    [
        ({**PLUMBER, "open": 2}, WATER, "会水工，今天早班在岗（按排班），手上 2 件"),
        ({"said": True, "solved": 3}, WATER, "没写会水工，今天早班在岗（按排班），手上 0 件，办过 3 件这类的事"),
        ({"shifts": None, "seen": True, "by": ""}, Call(NOW), "今天在办事（班次没写），手上 0 件"),
        ({"shifts": None, "by": ""}, Call(NOW), "班次没写，手上 0 件"),
        ({**PLUMBER, "shifts": OFF}, WATER, "会水工，现在不在班（按排班），今天晚班 15:00上班，手上 0 件"),
        ({"shifts": ()}, Call(NOW), "现在不在班（按排班），手上 0 件"),
    ],
)  # fmt: skip
def test_the_reason_is_one_sentence(told: dict[str, Any], call: Call, sentence: str) -> None:
    assert said(call, hand(**told)) == sentence


def test_a_department_is_named_by_the_scope_by_what_it_did_or_by_who_knows_it() -> None:
    green = Hand("周", "绿化部", shifts=ON)
    works = [hand(**PLUMBER)]
    scoped = Call(NOW, ("水工",), ("绿化部",))
    assert proposed(scoped, {"工程部": works, "绿化部": [green]}).department == "绿化部"
    by_skill = proposed(WATER, {"工程部": works, "绿化部": [green]})
    assert (by_skill.department, by_skill.why) == ("工程部", Why.SKILL)
    did = Hand("周", "绿化部", shifts=ON, solved=2)
    assert proposed(WATER, {"工程部": works, "绿化部": [did]}).why == Why.SOLVED
    assert proposed(Call(NOW), {"工程部": [hand()], "绿化部": [green]}).department == ""
    assert proposed(Call(NOW, (), ()), {"工程部": works}).department == "", "nobody serves it"


def test_hours_over_midnight_belong_to_the_day_they_begin_on() -> None:
    night = Week("夜班", time(22), time(6), frozenset({6}))  # Sundays
    early = datetime(2026, 11, 23, 5, 59, tzinfo=BEIJING)
    assert [one.covers(early) for one in night.around(early)].count(True) == 1
    assert not any(one.covers(early + timedelta(minutes=1)) for one in night.around(early))
    round_the_clock = Week("", time(8), time(8), frozenset(range(7)))
    assert any(one.covers(early) for one in round_the_clock.around(early))


def test_when_a_shift_begins_is_said_as_people_say_it() -> None:
    assert when(shift(3, 8), NOW) == "今天早班 12:00"
    assert when(shift(22, 30, ""), NOW) == "明天 07:00"
    assert when(shift(24 * 5, 24 * 5 + 8), NOW) == "11月28日早班 09:00"


# Whatever there is

SPANS = st.tuples(st.integers(-30, 30), st.integers(1, 12)).map(lambda t: shift(t[0], t[0] + t[1]))
PEOPLE = st.builds(
    Hand, who=st.sampled_from("甲乙丙丁戊己庚辛"), department=st.just("工程部"),
    skill=st.sampled_from(["", "水工"]), said=st.booleans(),
    shifts=st.none() | st.lists(SPANS, max_size=3).map(tuple),
    seen=st.booleans(), open=st.integers(0, 5), solved=st.integers(0, 5),
)  # fmt: skip
TEAMS = st.lists(PEOPLE, min_size=1, max_size=6, unique_by=lambda one: one.who)


@given(TEAMS)
def test_nobody_off_shift_is_proposed_and_somebody_is_where_one_could_be(team: list[Hand]) -> None:
    found = proposed(SCOPED, {"工程部": team}).hand
    could = [one for one in team if one.here(NOW) is not Here.OFF]
    assert bool(found) == bool(could)
    assert found is None or found in could
    order = [one.here(NOW) is Here.OFF for one in ranked(SCOPED, team)]
    assert order == sorted(order), "whoever is off comes after all others"


@given(TEAMS)
def test_nobody_else_is_better_in_one_and_as_good_in_all(team: list[Hand]) -> None:
    def merits(one: Hand) -> tuple[Knows, Here, int]:
        return one.knows(SCOPED.asked), one.here(NOW), one.open

    found = proposed(SCOPED, {"工程部": team}).hand
    if found is not None:
        mine = merits(found)
        for one in team:
            theirs = merits(one)
            beats = all(a <= b for a, b in zip(theirs, mine, strict=True)) and theirs != mine
            assert one.here(NOW) is Here.OFF or not beats


@given(TEAMS, st.randoms(use_true_random=False), PEOPLE)
def test_neither_the_order_nor_whoever_is_off_changes_who_is_proposed(
    team: list[Hand], luck: Any, more: Hand
) -> None:
    found = proposed(SCOPED, {"工程部": team}).hand
    other = list(team)
    luck.shuffle(other)
    assert proposed(SCOPED, {"工程部": other}).hand == found
    if more.here(NOW) is Here.OFF and more.who not in {one.who for one in team}:
        assert proposed(SCOPED, {"工程部": [*team, more]}).hand == found


@given(
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.integers(0, 7 * 24 * 60 - 1),
)
def test_a_week_of_hours_says_of_every_minute_whether_one_works(
    begins: time, ends: time, days: frozenset[int], minute: int
) -> None:
    at = NOW.replace(hour=0) + timedelta(minutes=minute)
    covered = any(one.covers(at) for one in Week("", begins, ends, days).around(at))
    clock, day = at.time(), at.weekday()
    if begins < ends:
        expected = day in days and begins <= clock < ends
    else:
        expected = (day in days and clock >= begins) or ((day - 1) % 7 in days and clock < ends)
    assert covered == expected
