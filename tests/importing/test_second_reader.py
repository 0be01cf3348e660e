"""Two readers of one contract, written apart, over odd registers: they agree in everything but the wording (TQ-3)."""

import re
import unicodedata
from typing import Any

import pytest

from tests.importing import odd_registers, second
from yingbin.gallery.importing.book import read_book
from yingbin.tables import Unreadable

pytestmark = pytest.mark.clause("TQ-3")
AT_ONCE = 25
FIXED = range(0, 100, AT_ONCE)
PLAIN = ("day", "time", "names", "titles", "phones", "people", "first", "receiver", "source")
Rows = dict[tuple[str, int, str | None], dict[str, Any]]


def ours(seed: int) -> Any:
    """What the product reads; None for a file that can't be read."""
    data, name = odd_registers.odd(seed)
    try:
        return read_book(data, name, odd_registers.TODAY).to_json()
    except Unreadable:
        return None


def theirs(seed: int) -> Any:
    """What the second reader reads."""
    data, name = odd_registers.odd(seed)
    try:
        return second.read(data, name, odd_registers.TODAY)
    except second.CannotRead:
        return None


def rows(read: Any) -> Rows:
    return {(r["sheet"], r["line"], r.get("column")): r for r in read["rows"]}


def spelled(value: object) -> object:
    """A text without full width and blanks."""
    if isinstance(value, str):
        return re.sub(r"\s+", "", unicodedata.normalize("NFKC", value))
    return value


def words(text: object) -> set[str]:
    """The words of a note, whatever stands before and between them."""
    parts = re.split(r"[；;,、：:()（）\s]+", unicodedata.normalize("NFKC", str(text or "")))
    return {part for part in parts if part}


def differences(seed: int) -> list[str]:
    """In what the two readers differ over one file."""
    one, other = ours(seed), theirs(seed)
    if one is None or other is None:
        return [] if one is other else [f"{seed}: one reads the file, one doesn't"]
    found = []
    for part, keys in (("sheets", ("sheet", "taken")), ("columns", ("sheet", "heading", "as"))):
        sides = [
            [tuple(spelled(x[key]) for key in keys) for x in read[part]] for read in (one, other)
        ]
        found += [f"{seed}: {part} {sides}"] if sides[0] != sides[1] else []
    left, right = rows(one), rows(other)
    labels = {word for column in other["columns"] for word in words(column["heading"])}
    if left.keys() != right.keys():
        return [*found, f"{seed}: lines {sorted(map(str, left.keys() ^ right.keys()))}"]
    return found + [
        f"{seed} {at}: {d}" for at in left for d in _of_row(left[at], right[at], labels)
    ]


def _of_row(one: dict[str, Any], other: dict[str, Any], labels: set[str]) -> list[str]:
    if one["state"] != other["state"]:
        return [f"{one['state']} {one['told']}, {other['state']} {other['told']}"]
    found = []
    if bool(one["told"]) != bool(other["told"]):
        found.append(f"told {one['told']}, {other['told']}")
    if one["state"] == "take":
        a, b = one["stored"], other["stored"]
        found += [f"{n} {a[n]}, {b[n]}" for n in PLAIN if spelled(str(a[n])) != spelled(str(b[n]))]
        wishes = words(b["needs"]) - words(a["needs"])
        found += [f"needs {a['needs']}, {b['needs']}"] if wishes else []
        lost = words(b["note"]) ^ words(a["note"])
        found += [f"note {a['note']}, {b['note']}"] if lost - _BESIDE - labels else []
    return found


# What a reader writes before what it keeps, and what says that there is nothing.
_BESIDE = {"批注", "姓名", "时间", "人数", "电话", "无", "-", "未留", "未知", "暂无"}


@pytest.mark.parametrize("first", FIXED)
def test_two_readings_agree_on_odd_registers(first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        assert not differences(seed)


def test_they_agree_on_registers_that_nobody_has_seen(fresh_seeds: list[int]) -> None:
    for seed in fresh_seeds:
        assert not differences(seed)


def test_the_odd_registers_hold_every_kind_of_line_and_file() -> None:
    states: set[str] = set()
    unreadable, beside, hidden = 0, 0, 0
    for seed in range(FIXED.stop):
        read = theirs(seed)
        if read is None:
            unreadable += 1
            continue
        states |= {row["state"] for row in read["rows"]}
        beside += any(row["column"] for row in read["rows"])
        hidden += any(not sheet["taken"] for sheet in read["sheets"])
    assert states == {"take", "refuse", "skip"}
    assert all((unreadable, beside, hidden))
