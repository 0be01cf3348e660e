"""One or two faults put into a well-formed file of the desk, wherever and whatever they are.

Nothing is expected of them: two readers of the contract must only say the same of the outcome.
"""

import copy
import json
import random
from typing import TypeAlias

from .second_opinion_days import random_days
from .second_opinion_reading import FURTHER

Where: TypeAlias = dict[str, object] | list[object]
VALUES: list[object] = [
    None,
    True,
    False,
    0,
    1,
    -1,
    1.0,
    2.5,
    100_000,
    100_001,
    10**30,
    "",
    "x",
    "0",
    [],
    {},
]
VALUES += [
    "\ud800",
    "\ud83d\ude00",
    "\udc00\ud800",
    " ",
    "苏",
    "林",
    "工程",
    [[]],
    [None],
    ["x"],
    {"": 1},
    50,
]
VALUES += [
    99,
    100,
    101,
    3650,
    3651,
    10,
    11,
    [0, 0, 0],
    [1, 0, 2],
    [0, 1],
    [0, 1, 100_001],
    ["08:00", "09:00"],
]
VALUES += [
    "complaint",
    "enquiry",
    "grave",
    "owner",
    "resident",
    "duplicate",
    "withdrawn",
    "dissatisfied",
]
TIMES = [
    "2026-11-23T09:05:00",
    "2026-11-23T09:05:00z",
    "2026-11-23 09:05:00Z",
    "2026-02-29T09:05:00Z",
]
TIMES += [
    "2026-11-23T24:00:00Z",
    "2026-11-23T09:60:00Z",
    "2026-11-23T09:05:60Z",
    "2026-11-23T09:05Z",
]
TIMES += [
    "2099-12-31T23:59:59+08:00",
    "2099-12-31T16:00:00Z",
    "2099-12-31T15:59:59Z",
    "2100-01-01T00:00:00+23:00",
]
TIMES += [
    "2000-01-01T00:00:00+08:00",
    "1999-12-31T16:00:00Z",
    "1999-12-31T23:59:59+08:00",
    "0000-01-01T00:00:00Z",
]
TIMES += [
    "2026-11-23T09:05:00+24:00",
    "2026-11-23T09:05:00+08:60",
    "2026-11-23T09:05:00+0800",
    "9999-12-31T23:59:59-23:59",
]
TIMES += [
    "0001-01-01T00:00:00+23:59",
    "2026-11-23T09:05:00Z\n",
    "２026-11-23T09:05:00Z",
    "2026-11-23T09:05:00.0Z",
    "2026-1-23T09:05:00Z",
]
TIMES += [
    "2027-11-23T09:05:00-00:00",
    "2026-11-23T09:05:00+23:59",
    "2026-W48-1T09:05:00Z",
    "+2026-11-23T09:05:00Z",
]
FACES = [
    "24:00",
    "00:00",
    "23:59",
    "24:01",
    "8:30",
    "08:60",
    "25:00",
    "0８:30",
    "08:30:00",
    "08:30\n",
    "12:00",
    "13:30",
]
DATES = [
    "2026-11-23",
    "2026-02-30",
    "2028-02-29",
    "20261123",
    "2026-W48-1",
    "0000-01-01",
    "9999-12-31",
    "2026-11-23\n",
    "0001-01-01",
]
WORDS: list[object] = [*VALUES, *TIMES, *FACES, *DATES]
KEYS = "week holidays make_up clerks guards supervisor manager departments head members limits warn_percent scope"
KEYS += " seed pause_cap callback_percent callback_within complaint help respond arrive solve ladder always until"
KEYS += " calendar policy people events at by matter event urgent answer as amount signed of score asked remark x "


def places(value: object) -> list[tuple[Where, int | str]]:
    """Every place of a file: what holds it and under which key."""
    found: list[tuple[Where, int | str]] = []
    if isinstance(value, dict):
        for key in value:
            found += [(value, key), *places(value[key])]
    elif isinstance(value, list):
        for index, inside in enumerate(value):
            found += [(value, index), *places(inside)]
    return found


def spoil(chance: random.Random, file: dict[str, object]) -> None:
    """Change one place: another value, none, one more, two changed round."""
    top = chance.choice(list(file))
    within = [(file, top), *places(file[top])] if chance.random() < 0.9 else places(file)
    where, key = chance.choice(within)
    way = chance.random()
    new = copy.deepcopy(chance.choice(WORDS))
    if isinstance(where, dict):
        if way < 0.2:
            del where[str(key)]
        elif way < 0.35:
            where[chance.choice(KEYS.split(" "))] = new
        else:
            where[str(key)] = new
    else:
        assert isinstance(key, int)
        if way < 0.2:
            del where[key]
        elif way < 0.4:
            where.insert(key, copy.deepcopy(chance.choice(where)))
        elif way < 0.5:
            where.reverse()
        else:
            where[key] = new


def spoil_event(chance: random.Random, file: dict[str, object]) -> None:
    """A field of an event: a value of its own sort, or another event with the fields of this one."""
    events = file["events"]
    assert isinstance(events, list)
    event = chance.choice(events)
    way = chance.random()
    if way < 0.3:
        event["at"] = chance.choice(TIMES)
    elif way < 0.5:
        event["event"] = chance.choice([*FURTHER, "closed"])
    elif way < 0.8:
        event[chance.choice(list(event))] = copy.deepcopy(chance.choice(VALUES))
    else:
        event[chance.choice(KEYS.split(" "))] = copy.deepcopy(chance.choice(VALUES))


def spoil_text(chance: random.Random, raw: bytes) -> bytes:
    """The bytes of a file: cut, with something before or behind them, or no UTF-8."""
    cut = chance.randrange(len(raw))
    return chance.choice(
        [
            raw[:cut],
            b"\xef\xbb\xbf" + raw,
            raw.decode().encode("utf-16"),
            raw + b" \n",
            raw + b"{}",
            raw.replace(b'"people"', b'"x": NaN, "people"', 1),
            raw.replace(b'"people"', b'"x": -Infinity, "people"', 1),
            raw.replace(b'"people"', b'"x": 1e999, "people"', 1),
            raw.replace(b'"people"', b'"people": 3, "people"', 1),
            raw.replace(b'"people"', b'"x": ' + b"9" * 5000 + b', "people"', 1),
            raw.replace(b'"people"', b'"x": ' + b"[" * 99_999 + b"]" * 99_999 + b', "people"', 1),
            raw.replace(b'"people"', b'"x": "\xff", "people"', 1),
            raw.replace(b'"people"', b'"x": "\t", "people"', 1),
            raw.replace(b'"people"', b'"x\\ud800": "\\udfff", "people"', 1),
            b"[" + raw + b"]",
            b"",
            b"null",
        ]
    )


def random_fault(seed: int | str, events: int = 12) -> bytes:
    """A file with something wrong, most often; the same for the same seed."""
    chance = random.Random(f"fault {seed}")
    file: dict[str, object] = copy.deepcopy(random_days(seed, events))
    for _ in range(chance.choice([1, 1, 1, 2])):
        if file.get("events") and isinstance(file["events"], list) and chance.random() < 0.4:
            if all(isinstance(event, dict) for event in file["events"]):
                spoil_event(chance, file)
        elif file:
            spoil(chance, file)
    raw = json.dumps(file).encode()
    return spoil_text(chance, raw) if chance.random() < 0.05 else raw
