"""Working days are counted, not walked: the same as day by day, and at once however far a visit lies ahead (CV-3.2.1)."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingbin.rules.tours.judging import days_before
from yingbin.rules.tours.pack import Pack
from yingbin.rules.tours.visitfile import Company, read_visits

from .files import IMPORTANT, KEY, Visits, t

DAYS = st.dates(date(2026, 9, 1), date(2026, 10, 31))
HOUSE = read_visits(Visits().apply(KEY).file).company
WEEK = Pack("1", date(2026, 1, 1), days="working")


def works(house: Company, day: date) -> bool:
    """As the contract says it of one day."""
    return (day.weekday() < 5 or day in house.work) and day not in house.off


@pytest.mark.clause("CV-3.2.1")
@given(
    DAYS,
    DAYS,
    st.integers(0, 40),
    st.frozensets(DAYS, max_size=12),
    st.frozensets(DAYS, max_size=6),
)
def test_they_are_as_many_as_day_by_day(
    first: date, until: date, number: int, off: frozenset[date], work: frozenset[date]
) -> None:
    house = replace(HOUSE, off=off, work=work)
    between = (first + timedelta(days=n) for n in range((until - first).days))
    assert house.working_days(first, until) == sum(works(house, day) for day in between)
    day, left = first, number
    while left:
        day -= timedelta(days=1)
        left -= works(house, day)
    assert days_before(WEEK, house, first, number) == day


@pytest.mark.clause("CV-3.2.1")
def test_a_visit_centuries_ahead_with_the_longest_lead_is_judged_at_once() -> None:
    far = {"from_": "2999-01-01T10:00:00+08:00", "to": "2999-01-01T11:00:00+08:00"}
    house = Visits(days="working", lead_days={"important": 100_000}, task_days={"guide": 100_000})
    house.apply(IMPORTANT, **far)
    for n in range(20):
        house.at(22, "edit", headcount=9 + n)
    house.file["until"] = t(23)
    began = time.process_time()
    assert house.visit()["status"] == "awaiting"
    assert time.process_time() - began < 2
