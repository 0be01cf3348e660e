"""The policy of corporate visits: dated packs, each value with its default at every depth (CV-2 to CV-4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from itertools import pairwise
from typing import Any, Literal, get_args

from ..malformed import (
    Check,
    Fields,
    Malformed,
    an_object,
    between,
    is_bool,
    is_text,
    one_of,
    quote,
    require,
)

Klass = Literal["general", "important", "key_account", "institution"]
Task = Literal[
    "analysis",
    "rehearsal",
    "guide",
    "senior",
    "direction",
    "refreshments",
    "souvenirs",
    "meal",
    "passes",
]
CLASSES: tuple[Klass, ...] = get_args(Klass)
TASKS: tuple[Task, ...] = get_args(Task)
GROUNDS = ("small_group", "late")
SENDERS = ("company", "office", "school", "association", "official", "celebrity", "company_head")
RANKED = ("key_account", "institution", "important")
MOST = 100_000


@dataclass(frozen=True)
class Hospitality:
    """What a class of visitors is offered (CV-3)."""

    serve: str = "none"
    souvenirs: bool = False
    senior: bool = False
    meal: bool = False
    prepare: bool = False


def _hospitality() -> dict[str, Hospitality]:
    return {
        "general": Hospitality(),
        "important": Hospitality("tea_snacks", souvenirs=True),
        "key_account": Hospitality("as_directed", True, True, True, True),
        "institution": Hospitality("tea_snacks"),
    }


def _task_days() -> dict[str, int]:
    none = ("refreshments", "souvenirs")
    return {"analysis": 2, **{t: 0 if t in none else 1 for t in TASKS if t != "analysis"}}


@dataclass(frozen=True)
class Pack:
    """One version of the policy, in force from a day on. Days, hours and minutes as their names say."""

    version: str
    since: date
    class_order: tuple[str, ...] = RANKED
    general_min: int = 6
    lead_days: Mapping[str, int] = field(
        default_factory=lambda: {"general": 0, "important": 5, "key_account": 0, "institution": 0}
    )
    days: str = "calendar"
    grounds: Mapping[str, str] = field(
        default_factory=lambda: {"small_group": "decline", "late": "exception"}
    )
    key_closed_to: tuple[str, ...] = ("general",)
    company_approval: tuple[str, ...] = CLASSES
    reception_alone: tuple[str, ...] = ("office", "school")
    hospitality: Mapping[str, Hospitality] = field(default_factory=_hospitality)
    souvenirs: str = "group"
    capacity: str = "stop"
    room_buffer: int = 30
    rival_buffer: int = 60
    window_slack: int = 30
    area_hours: int = 24
    company_hours: int = 24
    task_days: Mapping[str, int] = field(default_factory=_task_days)
    due_hour: int = 18
    blocking: tuple[str, ...] = ("rehearsal", "passes")


def is_number(least: int, most: int = MOST) -> Check:
    """A whole number in a range."""
    return between(least, most)


def is_day(value: object) -> str | None:
    """A day, `YYYY-MM-DD`."""
    try:
        if isinstance(value, str) and date.fromisoformat(value).isoformat() == value:
            return None
    except ValueError:
        pass
    return f"应为 2026-01-31 这样的日期，不是{quote(value)}"


def list_of(check: Check, least: int = 0) -> Check:
    """A list without anything twice."""

    def look(value: object) -> str | None:
        if not isinstance(value, list):
            return f"应为数组，不是{quote(value)}"
        faults = [fault for one in value if (fault := check(one))]
        if faults:
            return f"中有一项{faults[0]}"
        if len(set(value)) < len(value):
            return "中有一项写了两次"
        return None if len(value) >= least else f"至少要有 {least} 项"

    return look


def _order(value: object) -> str | None:
    if isinstance(value, list) and len(value) == len(RANKED) and {*map(str, value)} == {*RANKED}:
        return None
    return f"应是 {'、'.join(RANKED)} 的一种排列"


_SIMPLE: dict[str, Check] = {
    "general_min": is_number(0),
    "days": one_of("calendar", "working"),
    "souvenirs": one_of("group", "person"),
    "capacity": one_of("stop", "warn"),
    "room_buffer": is_number(0),
    "rival_buffer": is_number(0),
    "window_slack": is_number(0),
    "area_hours": is_number(0),
    "company_hours": is_number(0),
    "due_hour": is_number(0, 23),
}
_LISTS: dict[str, Check] = {
    "class_order": _order,
    "key_closed_to": list_of(one_of(*CLASSES)),
    "company_approval": list_of(one_of(*CLASSES)),
    "reception_alone": list_of(one_of(*SENDERS)),
    "blocking": list_of(one_of(*TASKS)),
}
_MAPS: dict[str, tuple[tuple[str, ...], Check]] = {
    "lead_days": (CLASSES, is_number(0)),
    "grounds": (GROUNDS, one_of("decline", "exception")),
    "task_days": (TASKS, is_number(0)),
}
_OFFERED: dict[str, Check] = {
    "serve": one_of("none", "tea_snacks", "as_directed"),
    **{f.name: is_bool for f in fields(Hospitality) if f.name != "serve"},
}
PLACE = "packs"


def read_packs(given: object) -> list[Pack]:
    """The packs of a file, in order. Raises Malformed."""
    if not isinstance(given, list) or not given:
        raise Malformed(PLACE, "应为数组，至少一项")
    packs = [_pack(one) for one in given]
    for before, after in pairwise(packs):
        if after.since <= before.since:
            raise Malformed(PLACE, "应按 from 的先后排，不能有两个同一天")
    if len({pack.version for pack in packs}) < len(packs):
        raise Malformed(PLACE, "有 version 写了两次")
    return packs


def _pack(given: object) -> Pack:
    fields_ = an_object(PLACE, given)
    require(PLACE, fields_, "version", is_text)
    require(PLACE, fields_, "from", is_day)
    pack = Pack(fields_["version"], date.fromisoformat(fields_["from"]))
    changes: dict[str, Any] = {}  # each of its field's type, as `_value` reads it
    for name in fields_.keys() - {"version", "from"}:
        changes[name] = _value(pack, name, fields_)
    return replace(pack, **changes)


def _value(pack: Pack, name: str, given: Fields) -> object:
    """One value of a pack, what it leaves out kept as it is by default."""
    if name in _SIMPLE:
        require(PLACE, given, name, _SIMPLE[name])
        return given[name]
    if name in _LISTS:
        require(PLACE, given, name, _LISTS[name])
        return tuple(given[name])
    if name in _MAPS:
        return _map(name, getattr(pack, name), given[name])
    if name == "hospitality":
        return _offers(pack.hospitality, given[name])
    raise Malformed(PLACE, f"没有 {quote(name)} 这一项")


def _map(name: str, default: Fields, given: object) -> dict[str, object]:
    keys, check = _MAPS[name]
    told = an_object(PLACE, given)
    for key in told:
        _known(key, keys)
        require(PLACE, told, key, check)
    return {**default, **told}


def _known(key: str, keys: tuple[str, ...] | Mapping[str, Check]) -> None:
    if key not in keys:
        raise Malformed(PLACE, f"没有 {quote(key)} 这一项")


def _offers(default: Mapping[str, Hospitality], given: object) -> dict[str, Hospitality]:
    offers = dict(default)
    for klass, told in an_object(PLACE, given).items():
        _known(klass, CLASSES)
        for key in an_object(PLACE, told):
            _known(key, _OFFERED)
            require(PLACE, told, key, _OFFERED[key])
        offers[klass] = replace(default[klass], **told)
    return offers
