"""The file of corporate visits, checked against the contract's form; raises Malformed with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from .. import times
from ..gate.gatefile import AREAS
from ..malformed import (
    Check,
    Fields,
    Malformed,
    allow,
    an_object,
    is_bool,
    is_text,
    one_of,
    quote,
    require,
)
from .pack import (
    CLASSES,
    GROUNDS,
    SENDERS,
    TASKS,
    Pack,
    is_day,
    is_number,
    list_of,
    read_packs,
)

RECEPTION, ADMINISTRATION = "reception", "administration"
RELATIONS = ("none", "frequent", "partner")
PURPOSES = ("business", "products", "production", "management", "alliance", "survey")
SERVED = ("pastries", "coffee", "cold_drinks", "other")


@dataclass(frozen=True)
class Area:
    """One of the nine: who decides, how many at a time (None: no limit), to whom it is closed."""

    department: str
    capacity: int | None = None
    key: bool = False
    closed_to: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Room:
    """A room for guests."""

    name: str
    capacity: int


@dataclass(frozen=True)
class Company:
    """The house that receives: departments with those who act for them, approvers, areas, rooms, days off."""

    departments: Mapping[str, frozenset[str]]
    approvers: frozenset[str]
    seniors: frozenset[str]
    areas: Mapping[str, Area]
    rooms: tuple[Room, ...]
    souvenirs: int
    off: frozenset[date]
    work: frozenset[date]

    def belongs(self, who: str, department: str) -> bool:
        """Whether somebody may act for a department."""
        return who in self.departments.get(department, frozenset())

    def working_days(self, first: date, until: date) -> int:
        """How many working days there are from a day, included, until another, not included."""
        whole, rest = divmod(max((until - first).days, 0), 7)
        found = 5 * whole + sum((first.weekday() + n) % 7 < 5 for n in range(rest))
        found += sum(first <= day < until for day in self.work if day.weekday() >= 5)
        return found - sum(
            first <= day < until for day in self.off if day.weekday() < 5 or day in self.work
        )


@dataclass(frozen=True)
class Event:
    """Something that happened or was asked for, checked."""

    at: datetime
    kind: str
    visit: str
    fields: Fields

    def text(self, name: str) -> str:
        """A field that must be there."""
        return str(self.fields[name])

    def time(self, name: str) -> datetime:
        """A time that must be there."""
        return times.read(self.fields[name])

    def areas(self) -> list[str]:
        """Its areas, in the order of the nine."""
        return [area for area in AREAS if area in self.fields["areas"]]


@dataclass(frozen=True)
class VisitFile:
    """A whole file."""

    packs: list[Pack]
    company: Company
    events: list[Event]
    until: datetime | None


def read_visits(given: object) -> VisitFile:
    """A parsed file. Raises Malformed."""
    given = an_object("file", given)
    for name in ("packs", "company", "events"):
        if name not in given:
            raise Malformed(name, "缺少这一项")
    packs, company = read_packs(given["packs"]), _company(given["company"])
    events = _events(given["events"], company)
    if events and packs[0].since > events[0].at.date():
        raise Malformed("packs", "第一个版本晚于第一件事")
    return VisitFile(packs, company, events, times.until(given, events[-1].at if events else None))


def _company(given: object) -> Company:
    place = "company"
    fields = an_object(place, given)
    for name in ("departments", "approvers", "areas"):
        if name not in fields:
            raise Malformed(place, f"缺少 {name}")
    departments = _departments(fields["departments"])
    require(place, fields, "approvers", list_of(is_text, 1))
    for name, check in (("seniors", is_text), ("off", is_day), ("work", is_day)):
        allow(place, fields, name, list_of(check))
    allow(place, fields, "souvenirs", is_number(0))
    return Company(
        departments,
        frozenset(fields["approvers"]),
        frozenset(fields.get("seniors", [])),
        _areas(fields["areas"], departments),
        _rooms(fields.get("rooms", [])),
        fields.get("souvenirs", 0),
        frozenset(map(date.fromisoformat, fields.get("off", []))),
        frozenset(map(date.fromisoformat, fields.get("work", []))),
    )


def _departments(given: object) -> dict[str, frozenset[str]]:
    place = "company"
    found = an_object(place, given)
    for name in (RECEPTION, ADMINISTRATION, *found):
        if not name:
            raise Malformed(place, "部门名称不能为空")
        require(place, found, name, list_of(is_text, 1))
    return {name: frozenset(people) for name, people in found.items()}


def _areas(given: object, departments: Mapping[str, frozenset[str]]) -> dict[str, Area]:
    place = "company"
    found = {}
    for name, told in an_object(place, given).items():
        if name not in AREAS:
            raise Malformed(place, f"没有 {quote(name)} 这个区域")
        require(place, an_object(place, told), "department", one_of(*departments))
        allow(place, told, "capacity", is_number(1))
        allow(place, told, "key", is_bool)
        allow(place, told, "closed_to", list_of(one_of(*CLASSES)))
        closed_to = frozenset(told.get("closed_to", []))
        found[name] = Area(
            told["department"], told.get("capacity"), told.get("key", False), closed_to
        )
    return {area: found[area] for area in AREAS if area in found}


def _rooms(given: object) -> tuple[Room, ...]:
    place = "company"
    if not isinstance(given, list):
        raise Malformed(place, f"rooms 应为数组，不是{quote(given)}")
    for row in given:
        require(place, an_object(place, row), "room", is_text)
        require(place, row, "capacity", is_number(1))
    rooms = tuple(Room(row["room"], row["capacity"]) for row in given)
    if len({room.name for room in rooms}) < len(rooms):
        raise Malformed(place, "有房间写了两次")
    return rooms


# Events

_WINDOW: dict[str, Check] = {"from": times.is_time, "to": times.is_time}
_ARE_AREAS = list_of(one_of(*AREAS))
_GROUP: dict[str, Check] = {**_WINDOW, "headcount": is_number(1), "areas": _ARE_AREAS}
_GUEST: dict[str, Check] = {"visitor": is_text, "contact": is_text, **_GROUP}


def _answers(value: object) -> str | None:
    if not isinstance(value, dict):
        return f"应为对象，不是{quote(value)}"
    asked = {"sender": SENDERS, "relation": RELATIONS, "purpose": PURPOSES}
    for name, choices in asked.items():
        if name not in value:
            return f"缺少 {name}"
        if fault := one_of(*choices)(value[name]):
            return f"的 {name} {fault}"
    return None


_BY: dict[str, Check] = {"by": is_text}
_ASKED: dict[str, Check] = {**_BY, "asked_by": is_text, "reason": is_text}
_WHY: dict[str, Check] = {"reason": is_text}
# Of each kind of event the fields that must be there, and those that may.
EVENTS: dict[str, tuple[dict[str, Check], dict[str, Check]]] = {
    "apply": ({**_GUEST, "answers": _answers}, {"applied_by": is_text, "rivals": is_text}),
    "word": ({**_GUEST, "department": is_text, **_BY}, {"rivals": is_text}),
    "reclass": ({"to": one_of(*CLASSES), **_BY, **_WHY}, {}),
    "area": ({"area": one_of(*AREAS), **_BY, "answer": one_of("open", "refused")}, _WHY),
    "company": ({**_BY, "answer": one_of("approved", "refused")}, _WHY),
    "exception": ({"ground": one_of(*GROUNDS), **_ASKED}, {}),
    "edit": ({}, _GROUP),
    "withdraw": ({}, {}),
    "task": ({"task": one_of(*(t for t in TASKS if t != "passes")), **_BY}, {}),
    "send_plan": (_BY, {}),
    "permit_photo": (_ASKED, {}),
    "issue": (
        {
            **{"pass": is_text, "areas": list_of(one_of(*AREAS), 1), "persons": is_number(1)},
            **_BY,
            "escort": is_text,
        },
        {"photo": is_bool},
    ),
}


def _events(given: object, company: Company) -> list[Event]:
    if not isinstance(given, list):
        raise Malformed("events", f"应为数组，不是{quote(given)}")
    opened: set[str] = set()
    issued: set[str] = set()
    events: list[Event] = []
    for number, row in enumerate(given):
        place = f"event {number}"
        event = _event(place, row, company)
        if events and event.at < events[-1].at:
            raise Malformed(place, "比前一条早")
        if event.kind in ("apply", "word"):
            _once(place, event.visit, opened)
        if event.kind == "issue":
            _once(place, event.text("pass"), issued)
        events.append(event)
    return events


def _once(place: str, name: str, known: set[str]) -> None:
    if name in known:
        raise Malformed(place, f"{quote(name)} 已经用过")
    known.add(name)


def _event(place: str, row: object, company: Company) -> Event:
    fields = an_object(place, row)
    require(place, fields, "at", times.is_time)
    require(place, fields, "event", one_of(*EVENTS))
    require(place, fields, "visit", is_text)
    must, may = EVENTS[fields["event"]]
    for name, check in must.items():
        require(place, fields, name, check)
    for name, check in may.items():
        allow(place, fields, name, check)
    _together(place, fields)
    own = {*must, *may, *_OF_TASKS} if fields["event"] == "task" else {*must, *may}
    told = {name: value for name, value in fields.items() if name in own}
    if set(told.get("areas", [])) - set(company.areas):
        raise Malformed(place, "有公司没有的区域")
    return Event(times.read(fields["at"]), fields["event"], fields["visit"], told)


_OF_TASKS = ("who", "serve")  # each with some tasks only


def _together(place: str, row: Fields) -> None:
    """Fields that are asked for only together with others."""
    kind = row["event"]
    if kind in ("apply", "word") and times.read(row["to"]) <= times.read(row["from"]):
        raise Malformed(place, "to 应在 from 之后")
    if kind in ("area", "company") and row["answer"] == "refused":
        require(place, row, "reason", is_text)
    if kind == "edit" and not _GROUP.keys() & row.keys():
        raise Malformed(place, "没有写改什么")
    if kind == "task" and row["task"] in ("guide", "senior"):
        require(place, row, "who", is_text)
    if kind == "task" and row["task"] == "direction":
        require(place, row, "serve", one_of(*SERVED))
