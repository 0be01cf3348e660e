"""The contract's file of a stretch of days at the desk, checked; raises Malformed with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from .. import times
from ..calendar import WorkingCalendar
from ..malformed import (
    Check,
    Fields,
    Malformed,
    allow,
    an_object,
    is_bool,
    is_count,
    is_int,
    is_whole_text,
    listed,
    one_of,
    quote,
    require,
)
from .desk import Event
from .kinds import PAUSES
from .office import Office
from .officefile import read_calendar, read_people
from .policy import KINDS, SEVERITIES, DeskPolicy
from .policyfile import read_policy

SOURCES = ("call", "visit", "letter", "guard", "online", "other")
SCORES = ("satisfied", "fairly", "dissatisfied")
FIRST_YEAR, LAST_YEAR = 2000, 2099


@dataclass(frozen=True)
class DeskFile:
    """A whole file."""

    calendar: WorkingCalendar
    office: Office
    policy: DeskPolicy
    events: list[Event]
    until: datetime | None


def read_desk(given: object) -> DeskFile:
    """A parsed file. Raises Malformed for the first fault, in the order of the places."""
    file = an_object("file", given)
    calendar, office = read_calendar(file), read_people(file)
    policy = read_policy(file, office.departments)
    events = _events(listed(file, "events"))
    until = None
    if "until" in file:
        require("until", file, "until", is_time)
        until = times.read_any(file["until"])
        if events and until < events[-1].at:
            raise Malformed("until", "比最后一条早")
    return DeskFile(calendar, office, policy, events, until)


def is_time(value: object) -> str | None:
    """A time such as `2026-11-23T09:05:00+08:00`, in Beijing of the years 2000 to 2099."""
    if not isinstance(value, str):
        return f"应为时间，不是{quote(value)}"
    try:
        year = times.read_any(value).year
    except (ValueError, OverflowError):
        return f"应为 2026-11-23T09:05:00+08:00 这样的时间，不是{quote(value)}"
    return None if FIRST_YEAR <= year <= LAST_YEAR else "应在 2000 到 2099 年之间"


@dataclass(frozen=True)
class Form:
    """The fields of a kind of event: those that must be there and those that may."""

    must: Mapping[str, Check]
    may: Mapping[str, Check]


def _form(*texts: str, may: Mapping[str, Check] | None = None, **must: Check) -> Form:
    return Form({**dict.fromkeys(texts, is_whole_text), **must}, may or {})


def _at_least_one(value: object) -> str | None:
    return is_int(value) or is_count(value) or (None if value else "至少为 1")


_AMOUNT: dict[str, Check] = {"amount": is_count}
EVENTS: dict[str, Form] = {
    "record": _form(
        *("home", "subject"),
        kind=one_of(*KINDS),
        source=one_of(*SOURCES),
        may={"urgent": is_bool, "answer": is_whole_text},
    ),
    "respond": _form(),
    "offer": _form("to"),
    "accept": _form(),
    "decline": _form("reason"),
    "withdraw": _form(),
    "assign": _form("to", "reason", may={"as": one_of("holder", "owner")}),
    "take": _form(),
    "arrive": _form(),
    "quote": _form(amount=is_count),
    "agree": _form(agreed=is_bool, may=_AMOUNT),
    "start": _form(),
    "done": _form(may={"signed": is_bool, **_AMOUNT}),
    "analyse": _form("note"),
    "report": _form(),
    "assess": _form(severity=one_of(*SEVERITIES)),
    "investigate": _form("note"),
    "answer": _form("text"),
    "tell": _form(),
    "conclude": _form("reason"),
    "pause": _form(reason=one_of(*PAUSES)),
    "resume": _form(),
    "change": _form("reason", may={"kind": one_of(*KINDS), "urgent": is_bool}),
    "cancel": _form(reason=one_of("withdrawn", "duplicate"), may={"of": is_whole_text}),
    "reopen": _form("reason"),
    "reduce": _form("approved_by", amount=_at_least_one),
    "call": _form(
        reached=is_bool,
        may={"score": one_of(*SCORES), "asked": is_bool, "remark": is_whole_text},
    ),
}


def _events(rows: list[object]) -> list[Event]:
    events: list[Event] = []
    recorded: set[str] = set()
    for number, row in enumerate(rows):
        place = f"event {number}"
        event = read_event(place, row)
        if events and event.at < events[-1].at:
            raise Malformed(place, "比前一条早")
        if event.kind == "record":
            if event.matter in recorded:
                raise Malformed(place, f"{quote(event.matter)} 已经登记过")
            recorded.add(event.matter)
        events.append(event)
    return events


def read_event(place: str, row: object) -> Event:
    """One event by itself, with the form of its kind. Raises Malformed."""
    fields = an_object(place, row)
    require(place, fields, "at", is_time)
    require(place, fields, "event", one_of(*EVENTS))
    for name in ("matter", "by"):
        require(place, fields, name, is_whole_text)
    kind = fields["event"]
    for name, check in EVENTS[kind].must.items():
        require(place, fields, name, check)
    for name, check in EVENTS[kind].may.items():
        allow(place, fields, name, check)
    for name in _needed(fields):
        if name not in fields:
            raise Malformed(place, f"缺少 {name}")
    return Event(times.read_any(fields["at"]), kind, fields["matter"], fields["by"], fields)


def _needed(fields: Fields) -> tuple[str, ...]:
    """What this event can't do without although others of its kind can."""
    if fields["event"] == "cancel" and fields["reason"] == "duplicate":
        return ("of",)
    if fields["event"] == "call" and fields["reached"]:
        return ("score", "asked")
    return ()
