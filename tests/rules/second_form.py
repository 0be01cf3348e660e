"""The form of a contract's file, read a second time: every place at which something is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

Row = dict[str, Any]
Test = Callable[[Any], bool]
BEIJING = timezone(timedelta(hours=8))
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(DAY.pattern + "T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-5][0-9])")
AREAS = (
    *("plant", "workshop", "logistics", "technology", "rnd"),
    *("finished_goods", "marketing", "laboratory", "other"),
)


def seconds(text: str) -> int:
    """The time as seconds since 1970, whatever its offset."""
    return int(datetime.fromisoformat(text).timestamp())


def written(moment: int) -> str:
    """The time as every output writes it."""
    since = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=moment)
    return since.astimezone(BEIJING).isoformat()


@lru_cache(maxsize=4096)
def day_of(moment: int) -> date:
    """The day at +08:00."""
    return datetime.fromtimestamp(moment, BEIJING).date()


class Misshapen(Exception):
    """The file is malformed: the places of all its faults."""

    def __init__(self, places: set[str]) -> None:
        super().__init__(", ".join(sorted(places)))
        self.places = places


def text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def flag(value: Any) -> bool:
    return isinstance(value, bool)


def whole(least: int = 0, most: int = 100_000) -> Test:
    return lambda value: type(value) is int and least <= value <= most


def one_of(*values: str) -> Test:
    return lambda value: isinstance(value, str) and value in values


def list_of(test: Test, least: int = 0) -> Test:
    """A list whose items all pass, none of them twice."""

    def check(value: Any) -> bool:
        if not isinstance(value, list) or len(value) < least:
            return False
        return all(test(item) for item in value) and len(set(value)) == len(value)

    return check


def moment(value: Any) -> bool:
    if not isinstance(value, str) or not MOMENT.fullmatch(value):
        return False
    try:
        return 2000 <= datetime.fromisoformat(value).year <= 2999
    except ValueError:
        return False


def day(value: Any) -> bool:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def has_form(row: Any, must: Mapping[str, Test], may: Mapping[str, Test] | None = None) -> bool:
    """An object with every field that must be there, and all of them of their form."""
    if not isinstance(row, dict) or any(name not in row for name in must):
        return False
    tests = {**must, **(may or {})}
    return all(test(row[name]) for name, test in tests.items() if name in row)


def obj(must: Mapping[str, Test], may: Mapping[str, Test] | None = None) -> Test:
    return lambda value: has_form(value, must, may)


def closed(tests: Mapping[str, Test]) -> Test:
    """An object with no other keys than these, each optional."""
    return lambda value: has_form(value, {}, tests) and all(key in tests for key in value)


def named_once(rows: Any, name: str, test: Test) -> bool:
    """A list of objects of this form, no two of one name."""
    if not isinstance(rows, list) or not all(test(row) for row in rows):
        return False
    names = [row[name] for row in rows]
    return len(set(names)) == len(names)


def loaded(source: str) -> Row:
    """The object that a file holds."""
    try:
        value = json.loads(source)
    except ValueError:
        raise Misshapen({"file"}) from None
    if not isinstance(value, dict):
        raise Misshapen({"file"})
    return value


def order_faults(file: Row) -> set[str]:
    """Times that run back, and an `until` before the last event."""
    places: set[str] = set()
    last: int | None = None
    events = file.get("events")
    for n, event in enumerate(events if isinstance(events, list) else []):
        if not isinstance(event, dict) or not moment(event.get("at")):
            places.add(f"event {n}")
            continue
        at = seconds(event["at"])
        if last is not None and at < last:
            places.add(f"event {n}")
        last = at if last is None else max(last, at)
    if "until" in file:
        until = file["until"]
        if not moment(until) or (last is not None and seconds(until) < last):
            places.add("until")
    return places
