"""The file of a day: read from bytes and checked against the contract's form, field by field.

Everything that is not of that form raises Malformed with its place: `file`, `policy`, `queue`,
`make_up`, `owes`, `events` or `event N` (0-based).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple, NoReturn

from yingbin.rules.malformed import (
    Check,
    Fields,
    Malformed,
    allow,
    an_object,
    is_bool,
    is_count,
    is_int,
    is_text,
    is_text_or_null,
    listed,
    one_of,
    quote,
    require,
)
from yingbin.rules.turns.policy import REASONS, TurnsPolicy

MOST_TURNS = 1_000_000  # make-up turns are listed one by one: more could not be written down


def _is_turns(value: object) -> str | None:
    """Turns earned or owed by an adjustment."""
    if isinstance(value, int) and value > MOST_TURNS:
        return is_int(value) or f"不能超过 {MOST_TURNS}"
    return is_int(value)


class Form(NamedTuple):
    """The fields of one kind of event: those that must be there and those that may."""

    must: Mapping[str, Check]
    may: Mapping[str, Check] = {}


_VISIT = Form({"visit": is_text})
_WHO = Form({"who": is_text})
EVENTS: dict[str, Form] = {
    "arrive": Form(
        {"visit": is_text},
        {
            "kind": one_of("customer", "peer", "enquirer"),
            "named": is_text,
            "registered_with": is_text,
        },
    ),
    "finish": Form({"visit": is_text}, {"units_wanted": is_int}),
    "leave": _VISIT,
    "anyone": _VISIT,
    "away": Form({"who": is_text, "reason": one_of(*REASONS)}),
    "back": _WHO,
    "sign_in": _WHO,
    "sign_out": _WHO,
    "claim_unrelated": Form(
        {"visit": is_text, "customer_confirmed": is_bool, "confirmed_by": is_text_or_null}
    ),
    "override": Form(
        {"visit": is_text, "to": is_text, "by": is_text, "reason": is_text, "counts": is_bool},
        {"gives_back": is_bool},
    ),
    "adjust": Form(
        {"who": is_text, "by": is_text, "reason": is_text},
        {"count": is_int, "turns": _is_turns},
    ),
}
_BUSINESS = Form(EVENTS["away"].must, {"approved_by": is_text})
_IS_EVENT = one_of(*EVENTS)


def parse(raw: bytes, place: str = "file") -> Any:
    """JSON in UTF-8, with or without a byte order mark, without NaN and Infinity. Raises Malformed."""

    def no_constant(name: str) -> NoReturn:
        raise Malformed(place, f"不是 JSON（{name}）")

    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=no_constant)
    except Malformed:
        raise
    except UnicodeDecodeError as fault:
        raise Malformed(place, f"不是 UTF-8 文本（第 {fault.start} 字节）") from fault
    except json.JSONDecodeError as fault:
        raise Malformed(place, f"不是 JSON（第 {fault.lineno} 行第 {fault.colno} 列）") from fault
    except (ValueError, RecursionError) as fault:
        raise Malformed(place, "不是可读的 JSON（数字过长或嵌套过深）") from fault


def check(day: object) -> Fields:
    """Check a whole day; the day. Raises Malformed for the first fault found."""
    day = an_object("file", day)
    if "policy" in day:
        TurnsPolicy.from_json(day["policy"])
    _check_queue(listed(day, "queue"))
    _check_accounts(day)
    _check_events(listed(day, "events"))
    return day


def _check_queue(queue: list[object]) -> None:
    seen = set()
    for place, who in enumerate(queue):
        if fault := is_text(who):
            raise Malformed("queue", f"第 {place} 项{fault}")
        if who in seen:
            raise Malformed("queue", f"{quote(who)} 出现两次")
        seen.add(who)


def _check_accounts(day: Fields) -> None:
    """Turns carried over: nobody has both earned and owed ones."""
    earned = listed(day, "make_up") if "make_up" in day else []
    for place, turn in enumerate(earned):
        if not isinstance(turn, dict):
            raise Malformed("make_up", f"第 {place} 项应为对象，不是{quote(turn)}")
        for name in ("who", "clause"):
            require(f"make_up: 第 {place} 项", turn, name, is_text)
    owes = day.get("owes", {})
    owes = an_object("owes", owes)
    for who, turns in owes.items():
        if fault := is_text(who) or is_count(turns):
            raise Malformed("owes", f"{quote(who)} {fault}")
    for turn in earned:
        if turn["who"] in owes:
            raise Malformed("owes", f"{quote(turn['who'])} 同时出现在 make_up 里")


def _check_events(events: list[Any]) -> None:
    """Every event by itself, then what holds between them: arrivals once, time forward."""
    arrived: set[str] = set()
    last: datetime | None = None
    for index, event in enumerate(events):
        place = f"event {index}"
        at = check_event(event, place)
        if last is not None and at < last:
            raise Malformed(place, "at 早于前一个事件")
        last = at
        if event["event"] != "arrive":
            continue
        if event["visit"] in arrived:
            raise Malformed(place, f"visit {quote(event['visit'])} 已经到访过")
        arrived.add(event["visit"])


def check_event(event: object, place: str) -> datetime:
    """Check the form of one event and return its time, with offset. Raises Malformed."""
    event = an_object(place, event)
    at = _time(event, place)
    require(place, event, "event", _IS_EVENT)
    form = EVENTS[event["event"]]
    for name, must in form.must.items():
        require(place, event, name, must)
    if event.get("reason") == "business":
        form = _BUSINESS if event["event"] == "away" else form
    for name, may in form.may.items():
        allow(place, event, name, may)
    return at


def _time(event: Fields, place: str) -> datetime:
    """ISO 8601 with its offset."""
    require(place, event, "at", is_text)
    try:
        at = datetime.fromisoformat(event["at"])
    except ValueError as fault:
        raise Malformed(place, f"at 不是时间：{quote(event['at'])}") from fault
    if at.tzinfo is None:
        raise Malformed(place, f"at 没有时区偏移：{quote(event['at'])}")
    return at
