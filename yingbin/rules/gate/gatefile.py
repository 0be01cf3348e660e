"""The file of a day at the gates, checked against the contract's form; raises Malformed with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from .. import times
from ..malformed import (
    Check,
    Fields,
    Malformed,
    allow,
    an_object,
    between,
    is_bool,
    is_text,
    objects,
    one_of,
    quote,
    require,
)

AREAS = (
    *("plant", "workshop", "logistics", "technology", "rnd"),
    *("finished_goods", "marketing", "laboratory", "other"),
)
MOST = 100_000


@dataclass(frozen=True)
class GatePolicy:
    """Minutes: a clock too far off, a list too old, how early one may enter, how long over one may stay."""

    clock_minutes: int = 5
    list_minutes: int = 720
    early_minutes: int = 15
    grace_minutes: int = 15


@dataclass(frozen=True)
class Revision:
    """What one revision of a pass says; it carries this itself, so that a gate off line can read it."""

    areas: frozenset[str]
    start: datetime
    end: datetime
    persons: int
    escort: str
    photo: bool


@dataclass(frozen=True)
class Gate:
    """A gate and the areas it leads to; by a `site` gate one enters and leaves the site."""

    name: str
    areas: frozenset[str]
    site: bool


@dataclass(frozen=True)
class Event:
    """Something at a gate or in the office, checked; `at` is the true time."""

    at: datetime
    kind: str
    fields: Fields

    def text(self, name: str) -> str:
        """A field that must be there."""
        return str(self.fields[name])

    def number(self, name: str, otherwise: int = 0) -> int:
        """A whole number that may be left out."""
        return int(self.fields.get(name, otherwise))

    @property
    def device(self) -> datetime:
        """The time on the device."""
        return times.read(self.fields["device"]) if "device" in self.fields else self.at


@dataclass(frozen=True)
class PassForm:
    """A pass as the file brings it: whose, and its first revision."""

    name: str
    visit: str
    first: Revision


@dataclass(frozen=True)
class GateFile:
    """A whole day as the file has it."""

    policy: GatePolicy
    visits: dict[str, int]
    passes: list[PassForm]
    gates: list[Gate]
    supervisors: frozenset[str]
    security: frozenset[str]
    events: list[Event]
    until: datetime | None


def read_gates(day: object) -> GateFile:
    """The day of a parsed file. Raises Malformed."""
    day = an_object("file", day)
    visits = _visits(day)
    passes = [_pass(row, visits) for row in objects(day, "passes")]
    _once("passes", [p.name for p in passes])
    gates = [_gate(row) for row in objects(day, "gates")]
    _once("gates", [g.name for g in gates])
    events = _events(day, {g.name for g in gates})
    return GateFile(
        _policy(day.get("policy", {})),
        visits,
        passes,
        gates,
        frozenset(_names(day, "supervisors")),
        frozenset(_names(day, "security")),
        events,
        times.until(day, events[-1].at if events else None),
    )


def is_number(least: int) -> Check:
    """A whole number from `least` to 100000."""
    return between(least, MOST)


def are_areas(least: int) -> Check:
    """A list of the nine areas, none twice, at least so many."""

    def check(value: object) -> str | None:
        if not isinstance(value, list):
            return f"应为数组，不是{quote(value)}"
        if any(not isinstance(area, str) or area not in AREAS for area in value):
            return "有不认识的区域"
        if len(set(value)) < len(value):
            return "有区域写了两次"
        return None if len(value) >= least else f"至少要有 {least} 个区域"

    return check


def _policy(given: object) -> GatePolicy:
    given = an_object("policy", given)
    names = [f.name for f in fields(GatePolicy)]
    for name in given:
        if name not in names:
            raise Malformed("policy", f"没有 {quote(name)} 这一项")
        require("policy", given, name, is_number(0))
    return GatePolicy(**given)


def _visits(day: Fields) -> dict[str, int]:
    if "visits" not in day:
        raise Malformed("visits", "缺少这一项")
    given = day["visits"]
    given = an_object("visits", given)
    for name in given:
        if not name:
            raise Malformed("visits", "编号不能为空")
        require("visits", given, name, is_number(1))
    return dict(given)


def _once(place: str, names: list[str]) -> None:
    if len(set(names)) < len(names):
        raise Malformed(place, "有名称写了两次")


def _names(day: Fields, name: str) -> list[str]:
    given = day.get(name, [])
    if not isinstance(given, list):
        raise Malformed(name, f"应为数组，不是{quote(given)}")
    for one in given:
        if fault := is_text(one):
            raise Malformed(name, f"姓名{fault}")
    _once(name, given)
    return list(given)


def _pass(row: Fields, visits: Mapping[str, int]) -> PassForm:
    place = "passes"
    for name in ("pass", "visit", "escort"):
        require(place, row, name, is_text)
    if row["visit"] not in visits:
        raise Malformed(place, f"没有 {quote(row['visit'])} 这次参访")
    require(place, row, "areas", are_areas(1))
    require(place, row, "persons", is_number(1))
    allow(place, row, "photo", is_bool)
    for name in ("from", "to"):
        require(place, row, name, times.is_time)
    start, end = times.read(row["from"]), times.read(row["to"])
    if end <= start:
        raise Malformed(place, "to 应在 from 之后")
    areas, photo = frozenset(row["areas"]), row.get("photo", False)
    revision = Revision(areas, start, end, row["persons"], row["escort"], photo)
    return PassForm(row["pass"], row["visit"], revision)


def _gate(row: Fields) -> Gate:
    require("gates", row, "gate", is_text)
    allow("gates", row, "site", is_bool)
    site = row.get("site", False)
    require("gates", row, "areas", are_areas(0 if site else 1))
    return Gate(row["gate"], frozenset(row["areas"]), site)


@dataclass(frozen=True)
class Form:
    """The fields of a kind of event: those that must be there and those that may."""

    must: Mapping[str, Check]
    may: Mapping[str, Check]


def _form(*texts: str, may: Mapping[str, Check] | None = None, **must: Check) -> Form:
    return Form({**dict.fromkeys(texts, is_text), **must}, may or {})


_THROUGH: dict[str, Check] = {"count": is_number(1), "device": times.is_time, "nonce": is_text}
_CHANGES: dict[str, Check] = {
    "areas": are_areas(1),
    "from": times.is_time,
    "to": times.is_time,
    "persons": is_number(1),
    "escort": is_text,
    "photo": is_bool,
}
EVENTS: dict[str, Form] = {
    "scan": _form(
        *("gate", "pass"),
        may={**_THROUGH, "led_by": is_text},
        revision=is_number(1),
        direction=one_of("in", "out"),
    ),
    "admit": _form("gate", "pass", "by", "reason", may=_THROUGH, revision=is_number(1)),
    "offline": _form("gate", may={"list_age": is_number(0)}),
    "online": _form("gate"),
    "revoke": _form("pass", "by", "reason"),
    "lost": _form("pass", "by"),
    "returned": _form("pass", "by"),
    "reissue": _form("pass", "by", "reason", may=_CHANGES),
    "breach": _form("breach", "leader", "by"),
    "confirm": _form("breach", "by"),
    "roll_start": _form("by", may={"drill": is_bool}),
    "roll_mark": _form("visit", "by", safe=is_number(0)),
    "roll_end": _form("by"),
    "day_end": _form("by"),
}


def _events(day: Fields, gates: set[str]) -> list[Event]:
    if not isinstance(day.get("events"), list):
        raise Malformed("events", "缺少这一项，或不是数组")
    breaches: set[str] = set()
    events: list[Event] = []
    for number, row in enumerate(day["events"]):
        place = f"event {number}"
        event = _event(place, row)
        if events and event.at < events[-1].at:
            raise Malformed(place, "比前一条早")
        if "gate" in EVENTS[event.kind].must and event.text("gate") not in gates:
            raise Malformed(place, f"没有 {quote(event.text('gate'))} 这个门岗")
        if event.kind == "breach":
            if event.text("breach") in breaches:
                raise Malformed(place, "这次违规报告过了")
            breaches.add(event.text("breach"))
        events.append(event)
    return events


def _event(place: str, row: object) -> Event:
    row = an_object(place, row)
    require(place, row, "at", times.is_time)
    require(place, row, "event", one_of(*EVENTS))
    form = EVENTS[row["event"]]
    _look(place, row, form.must, require)
    _look(place, row, form.may, allow)
    told = {name: value for name, value in row.items() if name in {*form.must, *form.may}}
    return Event(times.read(row["at"]), row["event"], told)


def _look(
    place: str,
    row: Fields,
    checks: Mapping[str, Check],
    how: Callable[[str, Fields, str, Check], None],
) -> None:
    for name, check in checks.items():
        how(place, row, name, check)
