"""What a file of the turn queue may not be, and the small checks that say so.

A check takes a value and returns the fault in one short phrase, or None. `Malformed` carries the
place (`event 7`, `policy`, ...) and the fault; its text is one line, whatever the file contains.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Fields = Mapping[str, Any]  # an object of JSON from outside, read field by field once checked
Check = Callable[[object], str | None]
STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")  # breaks a line or steers a terminal


class Malformed(ValueError):
    """The input is not of the contract's form: `place` says where, `fault` what."""

    def __init__(self, place: str, fault: str) -> None:
        self.place = place
        self.fault = STEERING.sub(lambda found: found[0].encode("unicode_escape").decode(), fault)
        super().__init__(f"{place}: {self.fault}")


def quote(value: object) -> str:
    """The value as one printable line of at most 40 characters, for a fault."""
    if isinstance(value, str):
        return repr(value[:37] + "…" if len(value) > 38 else value)
    names = {dict: "对象", list: "数组", bool: "布尔值", int: "整数", float: "小数"}
    return "null" if value is None else names.get(type(value), type(value).__name__)


def is_text(value: object) -> str | None:
    """A name, an id or a reason: a text with something in it."""
    if not isinstance(value, str):
        return f"应为文字，不是{quote(value)}"
    return None if value else "不能为空"


def is_whole_text(value: object) -> str | None:
    """A text with something in it and no half of a surrogate pair, so that it can be written down anywhere."""
    if isinstance(value, str) and any("\ud800" <= c <= "\udfff" for c in value):
        return "含有写不出的半个字符"
    return is_text(value)


def is_text_or_null(value: object) -> str | None:
    """A name, or null where the contract says so."""
    return None if value is None else is_text(value)


def is_bool(value: object) -> str | None:
    """true or false; 0 and 1 are numbers."""
    return None if isinstance(value, bool) else f"应为 true 或 false，不是{quote(value)}"


def is_int(value: object) -> str | None:
    """A whole number written as one; true, false and 1.0 are not."""
    return None if type(value) is int else f"应为整数，不是{quote(value)}"


def is_count(value: object) -> str | None:
    """A whole number that is not negative."""
    if type(value) is not int:
        return is_int(value)
    return None if value >= 0 else "不能为负数"


def between(least: int, most: int) -> Check:
    """A whole number in a range."""

    def check(value: object) -> str | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return is_int(value)
        return None if least <= value <= most else f"应在 {least} 到 {most} 之间"

    return check


def one_of(*values: str) -> Check:
    """One of the texts named."""

    def check(value: object) -> str | None:
        if isinstance(value, str) and value in values:
            return None
        return f"应为 {'、'.join(values)} 之一，不是{quote(value)}"

    return check


def an_object(place: str, value: object) -> Fields:
    """The value where it is an object; Malformed at this place otherwise."""
    if not isinstance(value, dict):
        raise Malformed(place, f"应为对象，不是{quote(value)}")
    return value


def listed(fields: Fields, name: str) -> list[Any]:
    """A top-level array that must be there."""
    if name not in fields:
        raise Malformed(name, "缺少这一项")
    if not isinstance(fields[name], list):
        raise Malformed(name, f"应为数组，不是{quote(fields[name])}")
    return list(fields[name])


def objects(fields: Fields, name: str) -> list[Fields]:
    """A top-level array of objects that must be there."""
    return [an_object(name, row) for row in listed(fields, name)]


def require(place: str, fields: Fields, name: str, check: Check) -> None:
    """The field must be there and pass the check."""
    if name not in fields:
        raise Malformed(place, f"缺少 {name}")
    allow(place, fields, name, check)


def allow(place: str, fields: Fields, name: str, check: Check) -> None:
    """The field may be left out; if there, it must pass the check."""
    if name in fields and (fault := check(fields[name])):
        raise Malformed(place, f"{name} {fault}")
