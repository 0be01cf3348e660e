"""Two readers of one contract, written apart, over odd registers: what they must agree on to the letter (TQ-3)."""

import re
from typing import Any

import pytest

from tests.gallery import odd_registers, second_reader
from yingbin.gallery.importing.book import read_book
from yingbin.tables import Unreadable

pytestmark = pytest.mark.clause("TQ-3")
AT_ONCE = 25
FIELDS = ("day", "phones", "receiver")
Rows = dict[tuple[str, int, str | None], dict[str, Any]]


def ours(seed: int) -> tuple[list[Any], Rows] | str:
    """What the product reads."""
    data, name = odd_registers.odd(seed)
    try:
        found = read_book(data, name, odd_registers.TODAY).to_json()
    except Unreadable:
        return "unreadable"
    return _parts(found)


def theirs(seed: int) -> tuple[list[Any], Rows] | str:
    """What the second reader reads."""
    data, name = odd_registers.odd(seed)
    try:
        return _parts(second_reader.read(data, name, odd_registers.TODAY))
    except second_reader.CannotRead:
        return "unreadable"


def _parts(found: Any) -> tuple[list[Any], Rows]:
    sheets = [(s["sheet"], s["taken"]) for s in found["sheets"]]
    return sheets, {(r["sheet"], r["line"], r.get("column")): r for r in found["rows"]}


@pytest.mark.parametrize("first", range(0, 300, AT_ONCE))
def test_both_take_refuse_and_skip_the_same_lines(first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        one, other = ours(seed), theirs(seed)
        assert isinstance(one, str) == isinstance(other, str), seed
        if isinstance(one, str) or isinstance(other, str):
            continue
        assert one[0] == other[0], f"file {seed}: sheets"
        states = [{at: row["state"] for at, row in rows.items()} for rows in (one[1], other[1])]
        assert states[0] == states[1], f"file {seed}: lines"
        for at, row in one[1].items():
            if row["state"] == "take":
                _same(seed, at, row["stored"], other[1][at]["stored"])


def _same(seed: int, at: object, one: dict[str, Any], other: dict[str, Any]) -> None:
    for name in FIELDS:
        values = [re.sub(r"\s", "", str(stored[name])) for stored in (one, other)]
        assert values[0] == values[1], f"file {seed}, {at}: {name}"
