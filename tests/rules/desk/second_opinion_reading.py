"""What a file says, or the place where it is malformed, for the second opinion."""

import json
import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import NoReturn

from .second_opinion_file import KINDS, SEVERITIES, Department, Event, File, People, Policy, Row
from .second_opinion_time import Hours, Windows, moment

CLOCK_FACE = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PLAIN = "respond accept withdraw take arrive start report tell resume"
FURTHER: dict[str, str] = {
    **dict.fromkeys(PLAIN.split(), ""),
    "record": "kind home subject source urgent? answer?",
    "offer": "to",
    "decline": "reason",
    "assign": "to reason as?",
    "quote": "amount",
    "agree": "agreed amount?",
    "done": "signed? amount?",
    "analyse": "note",
    "assess": "severity",
    "investigate": "note",
    "answer": "text",
    "conclude": "reason",
    "pause": "reason",
    "change": "reason kind? urgent?",
    "cancel": "reason of?",
    "reopen": "reason",
    "reduce": "amount approved_by",
    "call": "reached score? asked? remark?",
}
FLAGS = {"urgent", "agreed", "signed", "reached", "asked"}
LISTED: dict[str, Collection[str]] = {
    "kind": KINDS,
    "source": ["call", "visit", "letter", "guard", "online", "other"],
    "as": ["holder", "owner"],
    "severity": SEVERITIES,
    "score": ["satisfied", "fairly", "dissatisfied"],
    "pause reason": ["resident", "parts", "access", "third_party"],
    "cancel reason": ["withdrawn", "duplicate"],
}


class Malformed(Exception):
    """A file that is none; its text is the place."""


class Checks:
    """Checks on one place of a file: each gives the value in its type, or says where the file is malformed."""

    def __init__(self, place: str) -> None:
        self.place = place

    def fail(self) -> NoReturn:
        """The file is malformed here."""
        raise Malformed(self.place)

    def table(self, value: object, known: Collection[str] | None = None) -> Mapping[str, object]:
        """An object, with no key but the `known` ones."""
        if not isinstance(value, dict) or (known is not None and not set(value) <= set(known)):
            self.fail()
        return value

    def items(self, value: object) -> list[object]:
        """A list of anything."""
        if not isinstance(value, list):
            self.fail()
        return value

    def text(self, value: object, empty: bool = False) -> str:
        """A text, not empty unless said so, that can be written as UTF-8."""
        if not isinstance(value, str) or not (value or empty):
            self.fail()
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            self.fail()
        return value

    def texts(self, value: object) -> list[str]:
        """A list of texts."""
        return [self.text(item) for item in self.items(value)]

    def number(self, value: object, least: int, most: int | None = None) -> int:
        """A whole number in a range."""
        if type(value) is not int or value < least or (most is not None and value > most):
            self.fail()
        return value

    def flag(self, value: object) -> bool:
        """True or false."""
        if not isinstance(value, bool):
            self.fail()
        return value

    def listed(self, value: object, known: Collection[str]) -> str:
        """One of the known words."""
        if not isinstance(value, str) or value not in known:
            self.fail()
        return value

    def time(self, value: object) -> int:
        """A time of the right century."""
        found = moment(self.text(value))
        if found is None:
            self.fail()
        return found


def read(raw: bytes) -> File:
    """The file that the bytes are.

    Raises:
        Malformed: its first faulty place.
    """
    whole = _json(raw)
    hours = _hours(whole.get("calendar", {}))
    people = _people(whole.get("people"))
    policy = _policy(whole.get("policy", {}), people)
    events: list[Event] = []
    recorded: set[str] = set()
    for index, value in enumerate(Checks("events").items(whole.get("events"))):
        check = Checks(f"event {index}")
        event = read_event(check, value)
        if events and event.at < events[-1].at:
            check.fail()
        if event.name == "record":
            if event.matter in recorded:
                check.fail()
            recorded.add(event.matter)
        events.append(event)
    until = Checks("until").time(whole["until"]) if "until" in whole else None
    if until is not None and events and until < events[-1].at:
        Checks("until").fail()
    return File(hours, people, policy, events, until)


def _json(raw: bytes) -> Mapping[str, object]:
    check = Checks("file")

    def constant(_: str) -> NoReturn:
        check.fail()

    try:
        return check.table(json.loads(raw.decode("utf-8-sig"), parse_constant=constant))
    except (ValueError, RecursionError):
        check.fail()


def _hours(value: object) -> Hours:
    check = Checks("calendar")
    given = check.table(value, ["week", "holidays", "make_up"])
    hours = Hours()
    if "week" in given:
        hours.week = [_windows(check, day) for day in check.items(given["week"])]
        if len(hours.week) != 7 or not any(hours.week):
            check.fail()
    hours.holidays = {_day(check, text) for text in check.items(given.get("holidays", []))}
    hours.make_up = {_day(check, text) for text in check.items(given.get("make_up", []))}
    if hours.holidays & hours.make_up:
        check.fail()
    return hours


def _windows(check: Checks, value: object) -> Windows:
    windows: Windows = []
    for item in check.items(value):
        pair = check.items(item)
        if len(pair) != 2:
            check.fail()
        opens = _face(check, pair[0])
        closes = 86_400 if pair[1] == "24:00" else _face(check, pair[1])
        if opens >= closes or (windows and opens < windows[-1][1]):
            check.fail()
        windows.append((opens, closes))
    return windows


def _face(check: Checks, value: object) -> int:
    found = CLOCK_FACE.fullmatch(check.text(value))
    if found is None:
        check.fail()
    return int(found[1]) * 3600 + int(found[2]) * 60


def _day(check: Checks, value: object) -> int:
    text = check.text(value)
    if DATE.fullmatch(text) is None:
        check.fail()
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        check.fail()


def _people(value: object) -> People:
    check = Checks("people")
    given = check.table(value, ["clerks", "guards", "supervisor", "manager", "departments"])
    people = People(
        clerks=check.texts(given.get("clerks")),
        guards=check.texts(given.get("guards", [])),
        supervisor=check.text(given.get("supervisor")),
        manager=check.text(given.get("manager")),
        departments={},
    )
    for name, inside in check.table(given.get("departments", {})).items():
        group = check.table(inside, ["head", "members"])
        people.departments[check.text(name)] = Department(
            check.text(group.get("head")), check.texts(group.get("members", []))
        )
    names = [*people.clerks, *people.guards, people.supervisor, people.manager, *people.departments]
    for department in people.departments.values():
        names += [department.head, *department.members]
    if not people.clerks or len(set(names)) != len(names):
        check.fail()
    return people


def _policy(value: object, people: People) -> Policy:
    check = Checks("policy")
    policy = Policy()
    given = check.table(value, vars(policy))
    rows = check.table(given.get("limits", {}), policy.limits)
    for name, row in rows.items():
        policy.limits[name] = _row(check, row, policy.limits[name])
    policy.warn_percent = check.number(given.get("warn_percent", 80), 50, 99)
    policy.pause_cap = check.number(given.get("pause_cap", 1350), 0, 100_000)
    policy.free_hand_offs = check.number(given.get("free_hand_offs", 2), 0)
    policy.repeat_days = check.number(given.get("repeat_days", 30), 0, 3650)
    policy.callback_tries = check.number(given.get("callback_tries", 3), 1, 10)
    policy.seed = check.text(given.get("seed", "yingbin"), empty=True)
    policy.urgent_subjects = check.texts(given.get("urgent_subjects", policy.urgent_subjects))
    for kind, percent in check.table(
        given.get("callback_percent", {}), policy.callback_percent
    ).items():
        policy.callback_percent[kind] = check.number(percent, 0, 100)
    for kind, within in check.table(
        given.get("callback_within", {}), policy.callback_within
    ).items():
        policy.callback_within[kind] = check.number(within, 1, 100_000)
    if "scope" in given:
        scope = check.table(given["scope"])
        policy.scope = {check.text(key): check.texts(names) for key, names in scope.items()}
        if not all(name in people.departments for names in policy.scope.values() for name in names):
            check.fail()
    return policy


def _row(check: Checks, value: object, row: Row) -> Row:
    given = check.table(value, vars(row))

    def minutes(name: str, old: int) -> int:
        return check.number(given.get(name, old), 1, 100_000)

    def perhaps(name: str, old: int | None) -> int | None:
        limit = given.get(name, old)
        return None if limit is None else check.number(limit, 1, 100_000)

    steps = [
        check.number(step, 0, 100_000)
        for step in check.items(given.get("ladder", list(row.ladder)))
    ]
    if len(steps) != 3 or steps != sorted(steps):
        check.fail()
    return Row(
        respond=perhaps("respond", row.respond),
        arrive=perhaps("arrive", row.arrive),
        solve=minutes("solve", row.solve),
        reply=minutes("reply", row.reply),
        accept=minutes("accept", row.accept),
        ladder=(steps[0], steps[1], steps[2]),
        always=check.flag(given.get("always", row.always)),
    )


def read_event(check: Checks, value: object) -> Event:
    """One event with its fields, whatever stands before it."""
    given = check.table(value)
    name = check.listed(given.get("event"), FURTHER)
    event = Event(
        check.time(given.get("at")),
        name,
        check.text(given.get("matter")),
        check.text(given.get("by")),
    )
    for further in FURTHER[name].split():
        key = further.rstrip("?")
        if key in given:
            _further(check, event, key, given[key])
        elif key == further:
            check.fail()
    if event.texts.get("reason") == "duplicate" and name == "cancel" and "of" not in event.texts:
        check.fail()
    if event.flags.get("reached") and not ("score" in event.texts and "asked" in event.flags):
        check.fail()
    return event


def _further(check: Checks, event: Event, key: str, value: object) -> None:
    words = LISTED.get(f"{event.name} {key}", LISTED.get(key))
    if key in FLAGS:
        event.flags[key] = check.flag(value)
    elif key == "amount":
        event.numbers[key] = check.number(value, 1 if event.name == "reduce" else 0)
    elif words is not None:
        event.texts[key] = check.listed(value, words)
    else:
        event.texts[key] = check.text(value)
