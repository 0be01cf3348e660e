"""The calendar and the people of the contract's file, checked; raises Malformed with `calendar` or `people`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time

from ..calendar import MIDNIGHT, Window, WorkingCalendar
from ..malformed import Fields, Malformed, an_object, is_whole_text, quote, require
from ..times import HERE
from .office import Department, Office

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_OFFICE_HOURS: tuple[Window, ...] = (
    (time(8, 30), time(12)),
    (time(13, 30), time(17, 30)),
)


def read_calendar(file: Fields) -> WorkingCalendar:
    """The estate's working time; what isn't given is Monday to Friday, without holidays. Raises Malformed."""
    given = an_object("calendar", file.get("calendar", {}))
    known_keys("calendar", given, ("week", "holidays", "make_up"))
    week = dict.fromkeys(range(5), _OFFICE_HOURS)
    if "week" in given:
        week = _week(an_array("calendar", "week", given["week"]))
    off, worked = _dates(given, "holidays"), _dates(given, "make_up")
    if off & worked:
        raise Malformed("calendar", f"{min(off & worked)} 又是假日又是补班日")
    return WorkingCalendar(
        week, HERE, public={**dict.fromkeys(off, False), **dict.fromkeys(worked, True)}
    )


def known_keys(place: str, given: Fields, known: Iterable[str]) -> None:
    """Nothing but these keys. Raises Malformed."""
    for name in given:
        if name not in known:
            raise Malformed(place, f"没有 {quote(name)} 这一项")


def an_array(place: str, name: str, value: object) -> list[object]:
    """The value where it is an array. Raises Malformed."""
    if not isinstance(value, list):
        raise Malformed(place, f"{name} 应为数组，不是{quote(value)}")
    return value


def texts(place: str, name: str, value: object) -> tuple[str, ...]:
    """An array of texts. Raises Malformed."""
    for one in an_array(place, name, value):
        if fault := is_whole_text(one):
            raise Malformed(place, f"{name} {fault}")
    return tuple(map(str, an_array(place, name, value)))


def _week(given: list[object]) -> dict[int, tuple[Window, ...]]:
    if len(given) != 7:
        raise Malformed("calendar", f"week 应有七天，不是 {len(given)} 天")
    week = {n: _windows(an_array("calendar", "week", day)) for n, day in enumerate(given)}
    if not any(week.values()):
        raise Malformed("calendar", "week 里一个时段也没有")
    return week


def _windows(given: list[object]) -> tuple[Window, ...]:
    windows: list[Window] = []
    for pair in given:
        opens, closes = _window(an_array("calendar", "week", pair))
        if windows and (windows[-1][1] == MIDNIGHT or opens < windows[-1][1]):
            raise Malformed("calendar", "week 里有时段没有按先后排好，或者重叠")
        windows.append((opens, closes))
    return tuple(windows)


def _window(pair: list[object]) -> Window:
    """`["08:30", "12:00"]`; `24:00` may be the second."""
    if len(pair) != 2:
        raise Malformed("calendar", "week 的时段应为两个时刻")
    opens = _clock(pair[0])
    closes = MIDNIGHT if pair[1] == "24:00" else _clock(pair[1])
    if pair[1] != "24:00" and closes <= opens:
        raise Malformed("calendar", "week 里有时段的开始不早于结束")
    return opens, closes


def _clock(value: object) -> time:
    if not isinstance(value, str) or _CLOCK.fullmatch(value) is None:
        raise Malformed("calendar", f"week 的时刻应为 08:30 这样，不是{quote(value)}")
    return time.fromisoformat(value)


def _dates(given: Fields, name: str) -> set[date]:
    return {_date(one) for one in an_array("calendar", name, given.get(name, []))}


def _date(value: object) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise Malformed("calendar", f"应为 2026-10-01 这样的日期，不是{quote(value)}")


def read_people(file: Fields) -> Office:
    """Who works for the desk. Raises Malformed."""
    place = "people"
    if place not in file:
        raise Malformed(place, "缺少这一项")
    given = an_object(place, file[place])
    known_keys(place, given, ("clerks", "guards", "supervisor", "manager", "departments"))
    require(place, given, "clerks", lambda value: None if value else "至少要有一位前台同事")
    clerks = texts(place, "clerks", given["clerks"])
    for name in ("supervisor", "manager"):
        require(place, given, name, is_whole_text)
    departments = an_object(place, given.get("departments", {}))
    office = Office(
        clerks,
        given["supervisor"],
        given["manager"],
        texts(place, "guards", given.get("guards", [])),
        {name: _department(name, row) for name, row in departments.items()},
    )
    _once(office)
    return office


def _department(name: str, row: object) -> Department:
    if fault := is_whole_text(name):
        raise Malformed("people", f"部门名称{fault}")
    given = an_object("people", row)
    known_keys("people", given, ("head", "members"))
    require("people", given, "head", is_whole_text)
    return Department(given["head"], texts("people", "members", given.get("members", [])))


def _once(office: Office) -> None:
    """Nobody and no department is named twice."""
    seen: set[str] = set()
    people = [one.people for one in office.departments.values()]
    own = (office.supervisor, office.manager)
    for name in (*office.clerks, *office.guards, *own, *sum(people, ()), *office.departments):
        if name in seen:
            raise Malformed("people", f"{quote(name)} 写了两次")
        seen.add(name)
