"""The rules of hosting without a database: ways, tables, companions, what is done again, what is warned of."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingbin.rules.decision import Refused
from yingbin.rules.times import written
from yingbin.rules.tours.visit import Asked, Window
from yingbin.tours.actions.hosting_warnings import HEAD, MINORS, SENIOR, missing
from yingbin.tours.hosting import ROOM, Hosting, Stop, explains
from yingbin.tours.hosting_limits import HostingLimits
from yingbin.tours.hosting_rules import Table, check_table, check_way, reopened
from yingbin.tours.models import TourVisit
from yingbin.tours.queries.hosting import companion_state, meal_kind, meal_state, misfit
from yingbin.tours.queries.routes import moved, proposed
from yingbin.tours.timeline import Prepared, faults_of_route
from yingbin.tours.words import AREA_WORDS

from .hosting_made import AREAS, COMPANY, NINE, asks, at, facts, stops, visit, way

TWO = Window(at(0), at(120))


# The way


def why_not(one: Any, asked: Sequence[Stop]) -> str:
    """The field at which a way is refused; nothing where it may be gone."""
    return refused_at(lambda: check_way(one, COMPANY, asked), "CV-3.2.1")


def refused_at(tried: Callable[[], None], clause: str) -> str:
    """The field at which something is refused, in a sentence and under its clause; nothing where it isn't."""
    try:
        tried()
    except Refused as no:
        return no.about if (no.clause, no.message[-1:]) == (clause, "。") else "in no sentence"
    return ""


@pytest.mark.clause("CV-3.2.1")
@given(stops, st.integers(1, 40), st.sets(st.sampled_from(AREAS)), st.booleans())
def test_a_way_may_be_gone_just_where_all_of_it_is_open_once_and_in_time(
    asked: list[Stop], fives: int, opened: set[str], has_room: bool
) -> None:
    one = visit(long=5 * fives, open=opened, room="一号会客室" if has_room else None)
    areas = [s.area for s in asked if s.area != ROOM]
    lawful = (
        {*areas} <= opened
        and len(areas) == len({*areas})
        and (has_room or all(s.area != ROOM for s in asked))
        and all(not s.who or s.who in explains(COMPANY, s.area) for s in asked)
        and sum(s.minutes for s in asked) <= 5 * fives
    )
    assert (why_not(one, asked) == "") is lawful
    if lawful:
        timed = way(*asked).route.timed(one.window.start)  # type: ignore[union-attr]
        ends = [one.window.start, *(w.end for _, w in timed)]
        assert [w.start for _, w in timed] == ends[:-1], "each part begins where the last ended"
        assert ends[-1] <= one.window.end
        said = faults_of_route(Prepared(one, way(*asked)), AREA_WORDS)
        left = opened - {*areas}
        assert all("还没有排进路线" in words for words in said)
        assert bool(said) is bool(left)


@pytest.mark.parametrize(
    ("asked", "about"),
    [
        ((Stop("plant", 60), Stop("workshop", 60)), ""),
        ((Stop("plant", 61), Stop("workshop", 60)), "minutes"),
        ((Stop("rnd", 30),), "area"),
        ((Stop(ROOM, 30),), "area"),
        ((Stop("plant", 4),), "minutes"),
        ((Stop("plant", 481),), "minutes"),
        ((Stop("plant", 30, "韩"),), "who"),
        ((Stop("workshop", 30, "韩"), Stop("plant", 30, "江")), ""),
        ((Stop("workshop", 30, "严"),), "who"),
        ((Stop("plant", 30), Stop("plant", 30)), "area"),
        ((), ""),
    ],
)
def test_ways_that_may_be_gone_and_ways_that_may_not(asked: tuple[Stop, ...], about: str) -> None:
    assert why_not(visit(), asked) == about


@given(st.integers(1, 2000), st.sets(st.sampled_from(AREAS)), st.booleans())
def test_the_way_that_is_proposed_may_always_be_gone(
    minutes: int, opened: set[str], has_room: bool
) -> None:
    one = visit(long=minutes, open=opened, room="一号会客室" if has_room else None)
    asked = proposed(one)
    assert why_not(one, asked) == ""
    if minutes >= 5 * len(opened) + 20:
        assert {s.area for s in asked} - {ROOM} == opened


@given(stops, st.integers(-1, 5))
def test_a_part_that_moves_up_and_down_again_leaves_the_way_as_it_was(
    asked: list[Stop], n: int
) -> None:
    up = moved(asked, "up", n)
    assert sorted(map(repr, up)) == sorted(map(repr, asked))
    if 0 < n < len(asked):
        assert moved(up, "down", n - 1) == tuple(asked)
    assert len(moved(asked, "remove", n)) == len(asked) - (0 <= n < len(asked))
    assert moved(asked, "add", n, Stop("rnd", 5)) == (*asked, Stop("rnd", 5))
    changed = moved(asked, "change", n, Stop("nowhere", 7, "江"))
    assert [s.area for s in changed] == [s.area for s in asked], "a change leaves the area"


def test_what_does_not_fit_any_more_is_said() -> None:
    asked = way(Stop(ROOM, 20), Stop("plant", 60), Stop("workshop", 60))
    one = visit(long=120, open=("plant", "rnd"))
    assert faults_of_route(Prepared(one, asked), AREA_WORDS) == [
        "车间不再对这批客人开放，请从路线里去掉。",
        "这次来访没有房间了，会客请从路线里去掉。",
        "批准的时间是 120 分钟，路线多出 20 分钟，请缩短。",
        "研发可以参观，还没有排进路线。",
    ]
    assert faults_of_route(Prepared(one, Hosting()), AREA_WORDS) == []


# The table


@pytest.mark.clause("CV-3.3.4")
@given(
    st.integers(-2000, 2000), st.integers(-1, 14), st.integers(-1, 3), st.integers(-1, 1_000_001),
    st.sampled_from(["湖畔厅", " ", ""]),
)  # fmt: skip
def test_a_table_is_on_the_day_with_a_seat_for_no_more_than_come_and_one_of_ours(
    minutes: int, guests: int, ours: int, fen: int, place: str
) -> None:
    table = Table(at(minutes), guests, ours, fen, place)
    fits = (
        at(minutes).date() == NINE.date()
        and 1 <= guests <= 12
        and ours >= 1
        and 0 < fen <= 1_000_000
        and place == "湖畔厅"
    )
    about = refused_at(lambda: check_table(TWO, 12, table), "CV-3.3.4")
    assert about in ("", "time", "place", "guests", "ours", "per_head")
    assert (about == "") is fits


def test_a_visit_over_midnight_may_dine_on_either_day() -> None:
    window = Window(at(14 * 60), at(16 * 60))
    for day in (0, 1):
        check_table(window, 12, Table(at(24 * 60 * day), 1, 1, 1, "湖畔厅"))
    with pytest.raises(Refused, match="来访那一天"):
        check_table(window, 12, Table(at(24 * 60 * 2), 1, 1, 1, "湖畔厅"))


MEAL = {"at": written(at(195)), "guests": 12, "ours": 4, "per_head": 15_000}


@pytest.mark.clause("CV-3.3.4")
@pytest.mark.parametrize(
    ("approval", "waits", "said"),
    [
        ("", "", "订好了"),
        ("a", "asked", "超标，等领导批准"),
        ("a", "declined", "超标没有批准，请改订"),
        ("a", "", "超标，已批准"),
    ],
)
def test_a_table_above_the_limit_says_what_it_waits_for(
    approval: str, waits: str, said: str
) -> None:
    meal = facts(("meal", {**MEAL, "approval": approval}, {"place": "湖畔厅"})).meal
    assert meal is not None
    assert meal_state(meal, waits)[0] == said
    assert (meal.total, meal.place, meal.diet) == (240_000, "湖畔厅", "")


@pytest.mark.parametrize(
    ("days", "heads", "said"),
    [(0, 12, ""), (1, 12, "别的日子"), (0, 10, "客人座位多 2 个"), (0, 15, "有 3 位没有座位")],
)
def test_a_table_that_does_not_fit_the_visit_any_more_says_so(
    days: int, heads: int, said: str
) -> None:
    meal = facts(("meal", MEAL, {})).meal
    assert meal is not None
    start = at(24 * 60 * days)
    row = TourVisit(starts_at=start, ends_at=start + timedelta(hours=2), headcount=heads)
    assert said in misfit(meal, row)
    assert bool(said) is bool(misfit(meal, row))


@pytest.mark.parametrize(("minutes", "kind"), [(180, "午餐"), (359, "午餐"), (360, "晚餐")])
def test_dinner_begins_at_three(minutes: int, kind: str) -> None:
    assert meal_kind(at(minutes)) == kind


# Companions


deeds = st.lists(
    st.tuples(st.sampled_from(["ask", "yes", "no", "drop"]), st.sampled_from("严罗")), max_size=12
)


@pytest.mark.clause("CV-3.3.3")
@given(deeds)
def test_who_accompanies_is_told_by_the_last_fact_of_each_and_their_task_by_who_said_yes(
    told: list[tuple[str, str]],
) -> None:
    """Against a plain model: of each leader the fact they were last asked by, and what they said since."""
    stands: dict[str, tuple[int, str]] = {}
    events: list[tuple[str, dict[str, Any], dict[str, str]]] = []
    dropped: set[str] = set()
    for deed, who in told:
        if deed == "ask" and who not in stands:
            stands[who] = (len(events), "asked")
            events.append(asks(who, TWO))
        elif deed in ("yes", "no") and who in stands:
            number, answer = stands[who][0], "confirmed" if deed == "yes" else "declined"
            stands[who] = (number, answer)
            events.append(("answer", {"ask": number, "answer": answer}, {"reason": "出差"}))
        elif deed == "drop" and who in stands:
            events.append(("drop", {"ask": stands.pop(who)[0]}, {}))
            dropped.add(who)
    found = facts(*events)
    assert {c.who: (c.number, c.answer) for c in found.companions} == stands
    assert {c.who for c in found.unconfirmed(TWO)} == {
        who for who, (_, answer) in stands.items() if answer == "asked"
    }
    agreed = [who for who, (_, answer) in stands.items() if answer == "confirmed"]
    for who in "严罗":
        again = "senior" in reopened(found, TWO, {"senior": who})
        assert again is (not agreed and (who in stands or who in dropped))
    moved_on = Window(at(5), at(125))
    assert len(found.unconfirmed(moved_on)) == sum(a != "declined" for _, a in stands.values())
    assert reopened(found, moved_on, {}) == {}, "what isn't done isn't done again"


@pytest.mark.parametrize(
    ("answer", "later", "said"),
    [
        ("asked", 0, "等答复"), ("confirmed", 0, "能陪同"), ("confirmed", 5, "时间改过，要再请"),
        ("declined", 5, "没空"),
    ],
)  # fmt: skip
def test_a_yes_holds_for_the_time_it_was_given_for(answer: str, later: int, said: str) -> None:
    events = [
        asks("严", TWO),
        *([("answer", {"ask": 0, "answer": answer}, {})] if answer != "asked" else []),
    ]
    (one,) = facts(*events).companions  # type: ignore[arg-type]
    row = TourVisit(starts_at=at(later), ends_at=at(120 + later))
    assert companion_state(one, row)[0] == said


# Rehearsals, and what the clock warns of


def rehearsal(*, passed: bool) -> tuple[str, dict[str, Any], dict[str, str]]:
    """叶 explained; it was signed, or wasn't."""
    return "rehearsal", {"held_at": written(NINE), "passed": passed, "guide": "叶"}, {}


@pytest.mark.clause("CV-3.3.2")
def test_a_rehearsal_that_was_signed_and_then_has_to_be_mended_is_done_again() -> None:
    done = {"rehearsal": ""}
    assert reopened(facts(rehearsal(passed=True)), TWO, done) == {}
    again = facts(rehearsal(passed=True), rehearsal(passed=False))
    assert reopened(again, TWO, done) == {"rehearsal": "叶"}
    assert reopened(again, TWO, {}) == {}


@pytest.mark.clause("CV-3.3.2", "CV-3.3.3")
@given(
    st.integers(1, 72), st.integers(1, 72), st.integers(1, 240), st.integers(0, 40), st.booleans(),
    st.booleans(), st.lists(st.sampled_from(["asked", "confirmed", "declined"]), max_size=2),
)  # fmt: skip
def test_each_warning_has_a_moment_of_its_own_and_none_is_of_what_is_done(
    head: int, senior: int, companion: int, days: int, rehearsed: bool, unlisted: bool, answers: list[str]
) -> None:  # fmt: skip
    one = visit(start=24 * 60 * days + 60)
    if rehearsed:
        one.done["rehearsal"] = ""
    events = []
    for n, answer in enumerate(answers):
        events.append(asks("严罗"[n], one.window))
        if answer != "asked":
            ask = len(events) - 1
            events.append(("answer", {"ask": ask, "answer": answer}, {}))
    limits = HostingLimits(head, senior, companion, list_hours=senior)
    found = list(missing(one, COMPANY, facts(*events), limits, unlisted=unlisted))
    assert len({m.mark for m in found}) == len(found), "each is told once"
    assert all(m.since <= m.due or m.companion for m in found)
    assert ({HEAD, SENIOR} <= {m.what for m in found}) is not rehearsed
    assert (MINORS in {m.what for m in found}) is unlisted
    waiting = [m for m in found if m.companion]
    assert [m.companion.answer for m in waiting] == ["asked"] * answers.count("asked")  # type: ignore[union-attr]
    assert all(m.since <= one.window.start for m in waiting), "never after they have come"


@pytest.mark.clause("CV-3.3.2")
def test_a_visit_that_moves_has_another_warning_and_one_that_is_not_approved_no_list() -> None:
    one = visit(start=24 * 60 * 5)
    limits = HostingLimits()
    before = {m.mark for m in missing(one, COMPANY, Hosting(), limits, unlisted=True)}
    assert before == {
        "minors/2026-11-28T09:00:00+08:00",
        "rehearsal_head/2026-11-27T18:00:00+08:00",
        "rehearsal_senior/2026-11-27T18:00:00+08:00",
    }
    later = replace(one, window=Window(at(24 * 60 * 6), at(24 * 60 * 6 + 60)))
    assert not before & {m.mark for m in missing(later, COMPANY, Hosting(), limits, unlisted=True)}
    waits = replace(one, areas={"plant": Asked("asked", NINE)})
    assert MINORS not in {m.what for m in missing(waits, COMPANY, Hosting(), limits, unlisted=True)}
