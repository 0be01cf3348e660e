"""What an address asks for is read once the same way; nonsense is nothing, never an error."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.http import QueryDict

from yingbin.pages import asked

NONSENSE = ["", None, "昨天", "2026-13-40", "1' or '1'='1", "\x00", "９" * 40]


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_in_an_address_asks_for_nothing(text: str | None) -> None:
    assert asked.day(text) is None
    assert asked.moment(text) is None
    assert asked.uid(text) is None
    assert asked.number(text, low=1, high=9, otherwise=4) == 4


def test_a_day_is_read_with_or_without_a_time_behind_it() -> None:
    assert asked.day("2026-11-21") == asked.day(" 2026-11-21T08:30 ") == date(2026, 11, 21)


def test_a_moment_without_a_zone_is_on_our_sites_clocks() -> None:
    read = asked.moment("2026-11-21T08:30")
    assert read is not None
    assert read.utcoffset() == timedelta(hours=8)
    assert asked.moment("2026-11-21T00:30Z") == read


def test_ids_are_read_in_their_order_and_what_is_none_is_left_out() -> None:
    one, two = UUID(int=1), UUID(int=2)
    assert asked.uids([str(two), "x", "", str(one)]) == [two, one]


def test_a_number_is_kept_within_its_bounds() -> None:
    assert asked.number("600", low=1, high=60, otherwise=24) == 60
    assert asked.number("0", low=1, high=60, otherwise=24) == 1
    assert asked.number("-5", low=1, high=60, otherwise=24) == 24


def test_a_page_beyond_the_last_is_the_last() -> None:
    rows = list(range(120))
    assert asked.paged(QueryDict("page=2"), rows).object_list == rows[50:100]
    assert asked.paged(QueryDict("page=99"), rows).object_list == rows[100:]
    assert asked.paged(QueryDict("page=x"), rows, a_page=10).object_list == rows[:10]
