"""A show flat's sheet beside the gallery's register: named days, and what holds of every day (SF-4.3.2)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingbin.rules.matching import NEAR, Guest, Pair, match

pytestmark = pytest.mark.clause("SF-4.3.2")
TEN = datetime(2026, 11, 23, 10)
WANG, LI = frozenset({"+8613812341234"}), frozenset({"+8613900002222"})


def guest(
    name: str = "",
    minutes: int = 0,
    phones: frozenset[str] = frozenset(),
    sent: str = "",
    id: str = "",
) -> Guest:
    return Guest(id or f"{name}{minutes}", TEN + timedelta(minutes=minutes), name, phones, sent)


NAMED = {
    "the same number is the same customer, whatever they were called": (
        guest("王建国", phones=WANG), guest("王先生", 300, WANG), "both", "电话相同",
    ),
    "who was sent over is the one who came, without name or number": (
        guest("", sent="v"), guest("", 25, id="v"), "both", "由样板间转介",
    ),
    "the same name is likely the same, though the numbers differ": (
        guest("王建国", phones=WANG), guest("王建国", 240, LI), "likely", "姓名相同",
    ),
    "a surname within two hours is likely the same": (
        guest("王"), guest("王建国", 90, WANG), "likely", "姓相同，时间相近",
    ),
    "a surname in the morning and one in the evening are two": (
        guest("王"), guest("王建国", 480), "only", "",
    ),
    "a surname with another number is somebody else": (
        guest("王", phones=LI), guest("王建国", 30, WANG), "only", "",
    ),
    "the same surname twice, at two hours exactly, is still near": (
        guest("王"), guest("王", 120), "likely", "姓相同，时间相近",
    ),
    "without name and number nobody is anybody": (guest(""), guest("", 5), "only", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", NAMED.values(), ids=NAMED.keys())
def test_two_groups(case: tuple[Guest, Guest, str, str]) -> None:
    here, there, kind, why = case
    found = match([here], [there])
    if kind == "only":
        assert sorted(p.kind for p in found) == ["only_here", "only_there"]
    else:
        assert found == (Pair(kind, here.id, there.id, why),)  # type: ignore[arg-type]


def test_the_surest_pair_wins_and_the_other_is_left_alone() -> None:
    here = [guest("王建国", 0, WANG), guest("王", 10)]
    there = [guest("王", 20, WANG)]
    assert [p.kind for p in match(here, there)] == ["both", "only_here"]


def test_of_two_as_sure_the_nearer_in_time_is_taken() -> None:
    here = [guest("张", 0, id="a"), guest("张", 60, id="b")]
    assert match(here, [guest("张三", 70, id="x")]) == (
        Pair("only_here", "a", None),
        Pair("likely", "b", "x", "姓相同，时间相近"),
    )


def test_a_day_without_visitors_has_nothing_to_settle() -> None:
    assert match([], []) == ()


_guests = st.builds(
    Guest,
    id=st.uuids().map(str),
    at=st.integers(0, 600).map(lambda m: TEN + timedelta(minutes=m)),
    name=st.sampled_from(["", "王", "王建国", "张", "张三", "李四"]),
    phones=st.sets(st.sampled_from(["1", "2", "3"]), max_size=2).map(frozenset),
)
_lists = st.lists(_guests, max_size=7, unique_by=lambda g: g.id)


@given(_lists, _lists, st.randoms())
def test_everybody_stands_in_it_once_and_the_order_of_writing_does_not_matter(
    here: list[Guest], there: list[Guest], luck: object
) -> None:
    found = match(here, there)
    assert sorted(p.here for p in found if p.here) == sorted(g.id for g in here)
    assert sorted(p.there for p in found if p.there) == sorted(g.id for g in there)
    mixed = list(here), list(there)
    for one in mixed:
        luck.shuffle(one)  # type: ignore[attr-defined]
    assert match(*mixed) == found


@given(_lists, _lists)
def test_seen_from_the_other_side_it_is_the_same(here: list[Guest], there: list[Guest]) -> None:
    turned = {"only_here": "only_there", "only_there": "only_here"}
    seen = {(p.kind, p.here, p.there, p.why) for p in match(here, there)}
    other = {(turned.get(p.kind, p.kind), p.there, p.here, p.why) for p in match(there, here)}
    assert seen == other


@given(_lists, _lists)
def test_nothing_likely_is_overlooked_and_a_surname_never_overrules_two_numbers(
    here: list[Guest], there: list[Guest]
) -> None:
    found = match(here, there)
    one = {g.id: g for g in here}
    two = {g.id: g for g in there}
    left = [one[p.here] for p in found if p.kind == "only_here" and p.here]
    right = [two[p.there] for p in found if p.kind == "only_there" and p.there]
    for a in left:
        for b in right:
            assert not a.phones & b.phones
            assert not (a.name == b.name and len(a.name) > 1)
    for p in found:
        if p.why == "姓相同，时间相近" and p.here and p.there:
            a, b = one[p.here], two[p.there]
            assert not (a.phones and b.phones)
            assert abs(a.at - b.at) <= NEAR
