"""Files at the edges of the contract: one small file each, in which one thing is just right or just wrong."""

import copy
from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from typing import Any, TypeAlias

from .second_opinion_file import KINDS

File: TypeAlias = dict[
    str, Any
]  # whatever JSON can hold: half of these files hold what they must not
AT = "2026-11-23T09:05:00+08:00"
MATTER = {"event": "record", "matter": "m1", "home": "1", "subject": "door", "source": "call"}
PLAIN: File = {
    "people": {
        "clerks": ["苏"],
        "supervisor": "林",
        "manager": "顾",
        "departments": {"工程": {"head": "赵", "members": ["钱"]}},
    },
    "events": [{"at": AT, "by": "苏", "kind": "help", **MATTER}],
}
NUMBERS: dict[str, list[Any]] = {
    "warn_percent": [49, 50, 99, 100, 80.0, True],
    "pause_cap": [-1, 0, 100_000, 100_001, 1.0],
    "free_hand_offs": [-1, 0, 10**20, 1e3],
    "repeat_days": [-1, 0, 3650, 3651],
    "callback_tries": [0, 1, 10, 11, "3"],
    "seed": ["", "\ud800", "\U0001f600", 1],
    "urgent_subjects": [[], ["a", "a"], [""], "water", [1]],
    "scope": [
        {},
        {"": []},
        {"door": []},
        {"door": ["工程", "工程"]},
        {"door": ["赵"]},
        {"\udc00": []},
        None,
        [],
    ],
    "limits": [{}, {"complaint": {}}, {"help": None}, []],
    "callback_percent": [
        {},
        {"complaint": 10},
        {"help": -1},
        {"help": 0},
        {"help": 100},
        {"help": 101},
    ],
    "callback_within": [
        {},
        {"x": 1},
        *[{"complaint": minutes} for minutes in (0, 1, 100_000, 100_001)],
    ],
    "colour": [1],
}
ROW: dict[str, list[Any]] = {
    name: [0, 1, 100_000, 100_001, None, True, 5.0]
    for name in ["respond", "arrive", "solve", "reply", "accept"]
}
ROW |= {
    "ladder": [
        [0, 0, 0],
        [0, 2, 1],
        [0, 1],
        [0, 1, 2, 3],
        [0, 0, 100_001],
        [-1, 0, 0],
        [0, True, 2],
        None,
        5,
    ]
}
ROW |= {"always": [True, 1, None], "late": [1]}
WEEKS: list[Any] = [
    [],
    [["00:00", "24:00"]],
    [["24:00", "24:00"]],
    [["09:00", "09:00"]],
    [["09:00", "10:00"], ["10:00", "11:00"]],
    [["09:00", "10:00"], ["09:59", "11:00"]],
    [["09:00", "24:00"], ["00:00", "01:00"]],
    [["9:00", "10:00"]],
    [["09:00"]],
    [["09:00", "10:00", "11:00"]],
    None,
]
DAYS: list[Any] = [
    {},
    {"holidays": ["2026-11-23", "2026-11-23"]},
    {"holidays": ["2026-11-23"], "make_up": ["2026-11-23"]},
    {"holidays": ["0001-01-01"], "make_up": ["9999-12-31"]},
    {"holidays": ["2026-11-31"]},
    {"make_up": ["2026-1-1"]},
    {"make_up": None},
    {"hours": []},
    None,
]
GROUPS: list[Any] = [
    {},
    {"": {"head": "周"}},
    {"苏": {"head": "周"}},
    {"周": {"head": "周"}},
    {"保洁": {"head": "周", "members": ["周"]}},
    {"保洁": {"members": ["周"]}},
    {"保洁": {"head": "林"}},
    {"保洁": {"head": "周", "guards": []}},
    {"\ud800": {"head": "周"}},
    None,
]
PARTS: list[File] = [{"guards": []}, {"guards": None}, {"guards": ["苏"]}]
PARTS += [{"clerks": []}, {"manager": "林"}, {"x": 1}]
TIMES = [
    "2026-11-23T09:04:59+08:00",
    "2026-11-23T01:05:00Z",
    "2099-12-31T23:59:59+08:00",
    "2099-12-31T16:00:00Z",
]
TIMES += [
    "2026-11-23T24:00:00Z",
    "2026-11-24T09:60:00Z",
    "2026-11-24T09:05:00+24:00",
    "2026-11-24T09:05Z",
    "x",
]
SECOND: list[tuple[str, File]] = [
    *[("call", {"reached": True, **more}) for more in ({}, {"score": "fairly"}, {"score": "fairly", "asked": True})],
    *[("call", {"reached": False, **more}) for more in ({}, {"score": None}, {"score": "x"}, {"asked": 1}, {"remark": ""})],
    ("call", {"reached": True, "score": "dissatisfied", "asked": True}),
    *[("cancel", {"reason": "duplicate", **more}) for more in ({}, {"of": "m1"}, {"of": "m9"}, {"of": ""})],
    *[("cancel", {"reason": "withdrawn", **more}) for more in ({}, {"of": "m9"}, {"of": None}, {"of": ""})],
    *[("agree", {"agreed": True, "amount": amount}) for amount in (None, 0, -1, 1.0, True)],
    *[("done", more) for more in ({}, {"signed": None}, {"signed": 1}, {"amount": -1}, {"amount": 0})],
    *[("reduce", {"amount": amount, "approved_by": "林"}) for amount in (0, 1)],
    *[("assign", {"to": to, "reason": "换班"}) for to in ("工程", "谁", "钱", "苏", "")],
    *[("assign", {"to": "林", "reason": "换班", "as": role}) for role in ("owner", "holder", "head", None)],
    *[("offer", {"to": to}) for to in ("工程", "钱", "谁", None)],
    *[("change", {"reason": "错", **more}) for more in ({}, {"kind": None}, {"kind": "x"}, {"urgent": 0}, {"urgent": True})],
    *[("pause", {"reason": reason}) for reason in ("parts", "lunch", "")],
    *[("assess", {"severity": severity}) for severity in ("grave", "urgent")],
    *[(name, {}) for name in ("record", "respond", "take", "withdrawn", "accept", "decline", "answer", "tell")],
]  # fmt: skip
WHOLE: list[Any] = [
    {},
    [],
    None,
    {"events": []},
    {"people": None, "events": None},
    {"calendar": 1, "policy": 1},
    {"policy": 1, "people": PLAIN["people"]},
    {"people": PLAIN["people"]},
    {"people": PLAIN["people"], "events": [None]},
    {"people": PLAIN["people"], "events": {}},
    {"people": PLAIN["people"], "events": [], "until": "x"},
    {"people": PLAIN["people"], "events": [], "calender": None},
]


def plain(**more: object) -> File:
    """The plain file with other parts."""
    return copy.deepcopy(PLAIN) | more


def of_policy() -> Iterator[File]:
    """Each key of the policy and of a row at its bounds and beyond."""
    for key, values in NUMBERS.items():
        yield from (plain(policy={key: value}) for value in values)
    for name, limits in ROW.items():
        for row in ("help", "enquiry"):
            yield from (plain(policy={"limits": {row: {name: limit}}}) for limit in limits)


def of_calendar_and_people() -> Iterator[File]:
    """Windows, days, names."""
    yield from (plain(calendar={"week": [[], windows, [], [], [], [], []]}) for windows in WEEKS)
    yield from (plain(calendar={"week": [[["09:00", "10:00"]]] * days}) for days in (0, 6, 7, 8))
    yield from (plain(calendar=days) for days in DAYS)
    yield from (plain(people=PLAIN["people"] | {"departments": groups}) for groups in GROUPS)
    for part in PARTS:
        yield plain(people=PLAIN["people"] | part)


def closed_at_once(kind: str, drawn: int) -> File:
    """A matter that is closed, and whose number of the draw for a call-back is this one."""
    names = (f"m{n}" for n in count())
    name = next(
        m for m in names if int(sha256(f"yingbin:{m}".encode()).hexdigest()[:8], 16) % 100 == drawn
    )
    way = {
        "help": "arrive done tell",
        "suggestion": "analyse answer tell",
        "enquiry": "answer tell",
    }
    way["paid"] = "arrive quote agree start done tell"
    more = {"note": "看过", "text": "已办", "amount": 5, "agreed": True, "signed": True}
    verbs = ["record", *way[kind].split()]
    event = {**PLAIN["events"][0], "kind": kind, "matter": name}
    return plain(
        events=[event | ({} if verb == "record" else more) | {"event": verb} for verb in verbs]
    )


def of_events() -> Iterator[File]:
    """A matter recorded in every way, a second event on it, and the end of the file."""
    first = PLAIN["events"][0]
    for kind in [*KINDS, "visit"]:
        for more in (
            {},
            {"urgent": True},
            {"urgent": None},
            {"answer": "一楼"},
            {"answer": ""},
            {"by": "赵"},
        ):
            yield plain(events=[first | {"kind": kind} | more])
    for subject in ("water", "power", "lift", "gas", "Water", ""):
        yield plain(events=[first | {"subject": subject}])
    for name, fields in SECOND:
        yield plain(events=[first, {"at": AT, "event": name, "matter": "m1", "by": "苏", **fields}])
    for at in TIMES:
        yield plain(until=at)
        yield plain(events=[first, {"at": at, "event": "respond", "matter": "m1", "by": "苏"}])
    for by in ("苏", "赵"):
        yield plain(events=[first | {"by": by}, first | {"kind": "paid"}])
    for kind in ("help", "paid", "suggestion"):
        yield from (closed_at_once(kind, drawn) for drawn in (29, 30))
    yield from (closed_at_once("enquiry", drawn) for drawn in (9, 10))
    yield from WHOLE
