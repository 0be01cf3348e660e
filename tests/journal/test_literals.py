"""Literals are what the driver would write, whatever is in them and however the server reads strings."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DataError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from yingbin.journal.literals import literal
from yingbin.journal.trips import Statement, send

TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
SHARP = st.text("'\\%\"$;-/*E \n\t张𠮷", max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT | SHARP,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SHARP, inner, max_size=3),
    max_leaves=8,
)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(-timedelta(minutes=210))])
MANY = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def ours_only(value: Any) -> str:
    def quote(left: Any) -> str:
        raise AssertionError(f"{left!r} was left to the driver")

    return literal(value, quote)


def back(value: Any) -> Any:
    return send([Statement("select %s", (value,))])[0][0][0]


@pytest.mark.django_db
@pytest.mark.parametrize("conforming", ["on", "off"])
def test_any_text_comes_back_as_it_was(conforming: str) -> None:
    send([Statement(f"set local standard_conforming_strings = {conforming}")])

    @MANY
    @given(TEXT | SHARP)
    def check(text: str) -> None:
        ours_only(text)
        assert back(text) == text

    check()


@pytest.mark.django_db
@pytest.mark.parametrize("conforming", ["on", "off"])
def test_any_bytes_come_back_as_they_were(conforming: str) -> None:
    send([Statement(f"set local standard_conforming_strings = {conforming}")])
    for told in (b"", b"\\", b"'", bytes(range(256))):
        ours_only(told)
        assert bytes(back(told)) == told


@pytest.mark.django_db
@MANY
@given(JSON.filter(lambda value: value is not None and "\\u0000" not in json.dumps(value)))
def test_any_json_comes_back_as_it_was(value: Any) -> None:
    ours_only(Jsonb(value))
    sql = Statement("select (%s)::text", (Jsonb(value),))
    assert json.loads(send([sql])[0][0][0]) == value


@pytest.mark.django_db
@MANY
@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=ZONES))
def test_any_moment_comes_back_as_it_was(at: datetime) -> None:
    ours_only(at)
    assert back(at) == at


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value", [None, True, False, 0, -5, 2**40, -(2**40), date(2026, 2, 28), UUID(int=7), uuid4()]
)
def test_plain_values_come_back_as_they_were(value: Any) -> None:
    ours_only(value)
    assert back(value) == value
    assert type(back(value)) is type(value)


@pytest.mark.django_db
def test_a_minus_before_a_negative_number_begins_no_comment() -> None:
    assert send([Statement("select 1 -%s", (-2,))]) == [[(3,)]]


@pytest.mark.django_db
def test_what_is_not_listed_is_left_to_the_driver() -> None:
    class Odd(str):
        pass

    def quote(value: Any) -> str:
        return f"driver({value})"

    assert literal(Odd("x"), quote) == "driver(x)"
    assert literal([1], quote) == "driver([1])"
    assert literal(datetime(2026, 1, 1), quote) == "driver(2026-01-01 00:00:00)"
    told = ["张", "a'b\\"]
    assert send([Statement("select (%s)::text[]", (told,))]) == [[(told,)]]


@pytest.mark.django_db(transaction=True)
def test_a_nul_in_text_is_refused_as_by_the_driver() -> None:
    with pytest.raises(DataError, match="NUL"):
        back("a\x00b")
    assert connection.is_usable()
