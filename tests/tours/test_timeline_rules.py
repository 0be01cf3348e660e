"""A day's time line against a plain count of its minutes: who is in two places, what overflows, how near competitors come."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given

from yingbin.rules.tours.visit import Visit, Window
from yingbin.tours.hosting import Hosting, Stop
from yingbin.tours.timeline import Lane, Prepared, gap, lanes, meetings, rivals_of_day

from .hosting_made import COMPANY, NINE, at, days, visit, way

FIVES = [NINE + timedelta(minutes=5 * n + 2) for n in range(-80, 280)]  # between the steps


def day_of(found: Sequence[tuple[Visit, Hosting]]) -> tuple[Lane, ...]:
    return lanes(Prepared(one, hosted) for one, hosted in found)


def at_once(lane: Lane, around: int = 0) -> set[frozenset[str]]:
    """The pairs of visits that have a part of this lane at one moment, each part so many minutes longer."""
    more, pairs = timedelta(minutes=around), set()
    for moment in FIVES:
        there = [b for b in lane.blocks if b.window.start - more < moment < b.window.end + more]
        names = {b.visit.name for b in there}
        pairs |= {frozenset({a, b}) for a in names for b in names if a != b}
    return pairs


@pytest.mark.clause("CV-3.4.1")
@given(days())
def test_somebody_meets_just_where_two_groups_have_them_at_one_moment(
    found: Sequence[tuple[Visit, Hosting]],
) -> None:
    for lane in day_of(found):
        said = {
            frozenset(m.visits)
            for m in meetings([lane], COMPANY)
            if m.code == "person" and len(set(m.visits)) == 2
        }
        assert said == (at_once(lane) if lane.kind == "person" else set())


@pytest.mark.clause("CV-3.2.2")
@given(days())
def test_an_area_is_full_just_where_more_are_in_it_at_one_moment_than_it_holds(
    found: Sequence[tuple[Visit, Hosting]],
) -> None:
    for lane in day_of(found):
        over = set()
        for moment in FIVES if lane.key == "workshop" else ():
            there = {
                b.visit.name: b.visit.headcount
                for b in lane.blocks
                if b.window.start < moment < b.window.end
            }
            if sum(there.values()) > 30:
                over.add(frozenset(there))
        said = [m for m in meetings([lane], COMPANY) if m.code == "full"]
        assert {frozenset(m.visits) for m in said} <= over
        assert bool(said) is bool(over), "whoever overflows is named"
        assert all(m.window.start < m.window.end for m in said)


@pytest.mark.clause("CV-3.2.1")
@given(days())
def test_competitors_meet_just_where_less_than_the_buffer_lies_between_them_in_an_area(
    found: Sequence[tuple[Visit, Hosting]],
) -> None:
    every = day_of(found)
    pairs = {frozenset({a.name, b.name}): (a, b) for a, b in rivals_of_day(_prepared(found))}
    met = {frozenset(m.visits) for m in meetings(every, COMPANY) if m.code == "rivals"}
    near = {p for p, (a, b) in pairs.items() if (g := gap(a, b, every)) is not None and g < 60}
    assert met == near
    for a, b in pairs.values():
        assert gap(a, b, every) == gap(b, a, every)


def _prepared(found: Sequence[tuple[Visit, Hosting]]) -> list[Prepared]:
    return [Prepared(one, hosted) for one, hosted in found]


@given(days())
def test_every_open_area_of_a_visit_is_on_the_line_once_and_a_part_never_leaves_its_lane(
    found: Sequence[tuple[Visit, Hosting]],
) -> None:
    every = day_of(found)
    assert len({(lane.kind, lane.key) for lane in every}) == len(every)
    for one, hosted in found:
        placed = Counter(s.area for s in hosted.route.stops) if hosted.route else Counter()
        for lane in every:
            own = [b for b in lane.blocks if b.visit is one]
            if lane.kind == "area":
                assert len(own) == (placed[lane.key] or one.is_open(lane.key))
        starts = [[b.window.start for b in lane.blocks] for lane in every]
        assert all(s == sorted(s) for s in starts)


@pytest.mark.parametrize(
    ("apart", "meets"), [(0, True), (29, True), (30, False), (31, False), (-10, True)]
)
def test_a_room_has_its_buffer_between_two_groups(apart: int, meets: bool) -> None:
    one, two = visit(room="一号会客室"), visit("V2", 120 + apart, room="一号会客室")
    (lane,) = (x for x in day_of([(one, Hosting()), (two, Hosting())]) if x.kind == "room")
    assert bool(meetings([lane], COMPANY)) is meets


@pytest.mark.parametrize(("apart", "meets"), [(59, True), (60, False)])
def test_competitors_are_an_hour_apart_to_the_minute(apart: int, meets: bool) -> None:
    one = visit(rivals="家电", open=("plant",))
    two = visit("V2", 120 + apart, rivals="家电", open=("plant",))
    every = day_of([(one, Hosting()), (two, Hosting())])
    assert gap(one, two, every) == apart
    assert [m.code for m in meetings(every, COMPANY)] == (["rivals"] if meets else [])


def test_two_ways_that_cross_after_each_other_meet_nowhere() -> None:
    one = visit(headcount=20), way(Stop("plant", 60), Stop("workshop", 60))
    two = visit("V2", headcount=20), way(Stop("workshop", 60), Stop("plant", 60))
    assert meetings(day_of([one, two]), COMPANY) == ()
    late = visit("V2", 30, headcount=20), two[1]
    (met,) = meetings(day_of([one, late]), COMPANY)
    assert (met.code, met.window) == ("full", Window(at(60), at(90)))
    assert gap(one[0], late[0], day_of([one, late])) == 0
