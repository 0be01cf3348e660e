"""What the figures count: which days a period has, how long things took, into which band a wish falls."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from yingbin.gallery.models import Needs, Reception, Visit
from yingbin.reports.queries import (
    AREAS,
    BUDGETS,
    Figures,
    PersonLine,
    Times,
    _banded,
    _hours,
    _lasts,
    _mid,
    _times,
    _waits,
    _wishes,
    period,
)

NINE = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)  # nine o'clock on the wall


@pytest.mark.parametrize(
    ("kind", "day", "since", "until"),
    [
        ("day", date(2026, 11, 21), date(2026, 11, 21), date(2026, 11, 21)),
        ("week", date(2026, 11, 16), date(2026, 11, 16), date(2026, 11, 22)),
        ("week", date(2026, 11, 21), date(2026, 11, 16), date(2026, 11, 22)),
        ("week", date(2026, 11, 22), date(2026, 11, 16), date(2026, 11, 22)),
        ("week", date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 3)),
        ("month", date(2026, 11, 21), date(2026, 11, 1), date(2026, 11, 30)),
        ("month", date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        ("month", date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
        ("month", date(2027, 2, 1), date(2027, 2, 1), date(2027, 2, 28)),
    ],
)
def test_a_period_goes_from_its_first_to_its_last_day(
    kind: str, day: date, since: date, until: date
) -> None:
    assert period(kind, day) == (since, until)


@pytest.mark.parametrize("kind", ["day", "week", "month"])
def test_periods_follow_one_another_without_gap_or_overlap(kind: str) -> None:
    day = date(2026, 1, 1)
    for _ in range(60):
        _, until = period(kind, day)
        following, _ = period(kind, until + timedelta(days=1))
        assert following == until + timedelta(days=1)
        day = following


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        ([], Times()),
        ([12.0], Times(1, 12.0, 12.0)),
        ([10.0, 20.0, 60.0], Times(3, 20.0, 60.0)),
    ],
)
def test_how_long_things_took_is_the_middle_one_and_what_nine_in_ten_stay_under(
    minutes: list[float], told: Times
) -> None:
    assert _times(minutes) == told


def test_nine_in_ten_stay_under_and_never_over_the_longest() -> None:
    found = _times([float(n) for n in range(1, 101)])
    assert (found.n, found.middle) == (100, 50.5)
    assert 90 <= found.ninety <= 91
    assert _times([1.0, 2.0]).ninety == 2.0


def visit(**told: object) -> Visit:
    return Visit(id=uuid4(), arrived_at=NINE, group_size=1, **told)  # type: ignore[misc]


def reception(of: Visit, begins: float, lasts: float | None = None) -> Reception:
    began = NINE + timedelta(minutes=begins)
    ended = None if lasts is None else began + timedelta(minutes=lasts)
    return Reception(visit_id=of.id, receiver=UUID(int=1), began_at=began, ended_at=ended)


def test_a_wait_ends_with_the_first_reception_and_who_didnt_wait_counts_for_none() -> None:
    waited, handed, at_once, left = visit(), visit(), visit(), visit()
    found = _waits(
        [waited, handed, at_once, left],
        [
            reception(waited, 12),
            reception(handed, 30),
            reception(handed, 4),
            reception(at_once, 0),
        ],
    )
    assert found == Times(2, 8.0, 12.0)


def test_a_reception_that_goes_on_has_no_length_yet() -> None:
    one = visit()
    assert _lasts([reception(one, 0, 45), reception(one, 50)]) == Times(1, 45.0, 45.0)
    assert _lasts([reception(one, 0)]) == Times()


def test_hours_without_a_group_stand_between_those_that_had_one() -> None:
    came = [visit(), visit(), visit()]
    came[2].arrived_at = NINE + timedelta(hours=3, minutes=59)
    assert _hours(came) == {"9时": 2, "10时": 0, "11时": 0, "12时": 1}
    assert _hours([]) == {}


@pytest.mark.parametrize(
    ("low", "high", "middle"),
    [(89, 110, 99), (90, None, 90), (None, 120, 120), (None, None, None), (0, 0, None)],
)
def test_a_wish_from_to_is_counted_by_its_middle(
    low: int | None, high: int | None, middle: int | None
) -> None:
    assert _mid(low, high) == middle


@pytest.mark.parametrize(
    ("value", "word"),
    [(1, "90㎡以下"), (89, "90㎡以下"), (90, "90–119㎡"), (119, "90–119㎡"), (120, "120–143㎡"),
     (143, "120–143㎡"), (144, "144㎡以上"), (2000, "144㎡以上")],
)  # fmt: skip
def test_every_area_falls_into_one_band(value: int, word: str) -> None:
    assert {w for w, n in _banded([value], AREAS).items() if n} == {word}


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (199, "200万以下"),
        (200, "200–299万"),
        (299, "200–299万"),
        (300, "300万以上"),
        (100000, "300万以上"),
    ],
)
def test_every_budget_that_can_be_typed_falls_into_one_band(value: int, word: str) -> None:
    assert {w for w, n in _banded([value], BUDGETS).items() if n} == {word}


def test_bands_without_anybody_are_no_picture() -> None:
    assert _banded([None, None], AREAS) == {}
    assert _banded([], AREAS) == {}


def test_wishes_are_counted_in_words_rooms_in_their_order_and_the_rest_by_number() -> None:
    told = [
        Needs(rooms="4", source="friend", purpose="better", area_min=100, budget_max=250),
        Needs(rooms="3", source="friend", purpose="first"),
        Needs(rooms="3", source="", purpose=""),
    ]
    found = _wishes(told)
    assert list(found["rooms"].items()) == [("三房", 2), ("四房", 1)]
    assert found["sources"] == {"朋友介绍": 2}
    assert sum(found["purposes"].values()) == 2
    assert found["areas"]["90–119㎡"] == 1
    assert found["budgets"]["200–299万"] == 1


def test_who_got_more_turns_than_an_equal_part_gained() -> None:
    line = PersonLine("1", "林悦", 5, 1, 0, 1, share=3.5, by_queue=4)
    assert line.gain == pytest.approx(0.5)


def test_a_period_of_which_nothing_is_known_has_noughts_and_no_pictures() -> None:
    none = Figures(date(2026, 11, 21), date(2026, 11, 21))
    assert (none.groups, none.guests, none.left, none.waiting.n) == (0, 0, 0, 0)
    assert not none.people
    assert not none.hours
