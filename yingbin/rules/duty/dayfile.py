"""The file of a day on duty: checked against the contract's form, then made into its things.

What is not of that form raises Malformed with its place: `file`, `policy`, `posts`, `people`, `lines`,
`events`, `event N` (0-based) or `until`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from ..malformed import (
    Check,
    Fields,
    Malformed,
    allow,
    an_object,
    is_bool,
    is_count,
    is_text,
    listed,
    objects,
    one_of,
    quote,
    require,
)
from . import moments
from .moments import LONGEST_SPAN, Moment
from .terms import (
    MAY_BE_ZERO,
    POLICY_NAMES,
    STANDARD_ITEMS,
    DutyPolicy,
    Line,
    Person,
    Post,
    Span,
    standard_items,
)

T = TypeVar("T")
ROLES = ("receptionist", "lead", "head", "guard")
POST_KINDS = ("show_flat", "sales_centre")
LINE_KINDS = ("slip", "repair")
MOST = 1440


@dataclass(frozen=True)
class Event:
    """Something that happened or was asked, checked; times of its fields are moments."""

    at: Moment
    kind: str
    fields: Fields

    def text(self, name: str) -> str:
        """A field that must be there."""
        return str(self.fields[name])

    def maybe(self, name: str) -> str | None:
        """A field that may be left out."""
        found = self.fields.get(name)
        return None if found is None else str(found)

    @property
    def span(self) -> Span:
        """Its `from` and `to`."""
        return Span(self.fields["from"], self.fields["to"])


@dataclass(frozen=True)
class DayFile:
    """A whole day as the file has it."""

    policy: DutyPolicy
    posts: list[Post]
    people: list[Person]
    lines: list[Line]
    events: list[Event]
    until: Moment | None


def read_day(day: object) -> DayFile:
    """The day of a parsed file. Raises Malformed for the first fault, in the order of the places."""
    day = an_object("file", day)
    policy = read_policy(day["policy"]) if "policy" in day else DutyPolicy()
    posts = _each(day, "posts", _post)
    if not posts:
        raise Malformed("posts", "不能为空")
    _no_twice("posts", [post.name for post in posts])
    names = {post.name for post in posts}
    people = _each(day, "people", lambda place, row: _person(place, row, names))
    _no_twice("people", [person.name for person in people])
    lines = (
        _each(day, "lines", lambda place, row: _line(place, row, names)) if "lines" in day else []
    )
    _no_twice("lines", [line.id for line in lines])
    events = _events(listed(day, "events"), {line.id for line in lines})
    return DayFile(policy, posts, people, lines, events, _until(day, events))


def is_moment(value: object) -> str | None:
    """A time with offset."""
    return _is_time(value, moments.read)


def is_minute(value: object) -> str | None:
    """A whole minute with offset."""
    return _is_time(value, moments.read_minute)


def _is_time(value: object, read: Callable[[str], Moment]) -> str | None:
    if not isinstance(value, str):
        return f"应为时间，不是{quote(value)}"
    try:
        read(value)
    except (ValueError, OverflowError):
        return f"应为带时区的时间，该为整分的要整分，不是{quote(value)}"
    return None


def _each(day: Fields, name: str, made: Callable[[str, Fields], T]) -> list[T]:
    return [made(name, row) for row in objects(day, name)]


def _no_twice(place: str, names: Sequence[str]) -> None:
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise Malformed(place, f"{quote(twice)} 写了两次")


def read_policy(given: object) -> DutyPolicy:
    """The numbers of a policy. Raises Malformed for an unknown one or one out of its range."""
    given = an_object("policy", given)
    for name, value in given.items():
        if name not in POLICY_NAMES:
            raise Malformed("policy", f"没有 {quote(name)} 这一项")
        low, high = 0 if name in MAY_BE_ZERO else 1, 100 if name == "repeats" else MOST
        if type(value) is not int or not low <= value <= high:
            raise Malformed("policy", f"{name} 应为 {low} 到 {high} 的整数")
    return DutyPolicy(**given)


def _span(place: str, row: Fields, first: str = "from", last: str = "to") -> Span:
    require(place, row, first, is_minute)
    require(place, row, last, is_minute)
    span = Span(moments.read(row[first]), moments.read(row[last]))
    if not 0 < span.end - span.start <= LONGEST_SPAN:
        raise Malformed(place, f"{first} 应在 {last} 之前，相差不超过 24 小时")
    return span


def _at_least_one(value: object) -> str | None:
    return is_count(value) or ("至少为 1" if value == 0 else None)


def _post(place: str, row: Fields) -> Post:
    require(place, row, "post", is_text)
    require(place, row, "kind", one_of(*POST_KINDS))
    span = _span(place, row, "opens", "closes")
    allow(place, row, "minimum", _at_least_one)
    items = _items(place, row["items"], row["kind"]) if "items" in row else {}
    return Post(row["post"], row["kind"], span, row.get("minimum", 1), items)


def _items(place: str, given: object, kind: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(given, dict) or set(given) - set(STANDARD_ITEMS):
        raise Malformed(place, "items 只能有 opening、round、closing")
    for task, items in given.items():
        _texts(place, f"items.{task}", items)
        _no_twice(place, [*standard_items(kind, task), *items])
    return {task: tuple(items) for task, items in given.items()}


def _texts(place: str, name: str, given: object) -> None:
    if not isinstance(given, list):
        raise Malformed(place, f"{name} 应为数组，不是{quote(given)}")
    for text in given:
        if fault := is_text(text):
            raise Malformed(place, f"{name} {fault}")


def _person(place: str, row: Fields, posts: set[str]) -> Person:
    require(place, row, "who", is_text)
    allow(place, row, "role", one_of(*ROLES))
    role = row.get("role", "receptionist")
    if role in ("head", "guard"):
        return Person(row["who"], role)
    home = None
    if role == "receptionist":
        require(place, row, "post", is_text)
        home = _known(place, row["post"], posts)
    return Person(row["who"], role, home, _span(place, row))


def _known(place: str, post: str, posts: set[str]) -> str:
    if post not in posts:
        raise Malformed(place, f"没有 {quote(post)} 这个岗位")
    return post


def _line(place: str, row: Fields, posts: set[str]) -> Line:
    for name in ("line", "post", "owner"):
        require(place, row, name, is_text)
    require(place, row, "kind", one_of(*LINE_KINDS))
    return Line(row["line"], row["kind"], _known(place, row["post"], posts), row["owner"])


@dataclass(frozen=True)
class Form:
    """The fields of a kind of event; `opens`: the field whose id it opens; `spans`: it has from and to."""

    must: Mapping[str, Check]
    may: Mapping[str, Check]
    opens: str | None = None
    spans: bool = False


def _form(
    *must: str,
    may: Sequence[str] = (),
    opens: str | None = None,
    spans: bool = False,
    **more: Check,
) -> Form:
    """Names are texts that must be there, those of `may` can be left out; `more` have checks of their own."""
    named = dict.fromkeys(must, is_text)
    return Form({**named, **more}, dict.fromkeys(may, is_text), opens, spans)


EVENTS: dict[str, Form] = {
    "sign_on": _form("who", may=["post"]),
    "sign_off": _form("who", may=["relieved_by"]),
    "taken_away": _form("who"),
    "shift": _form("who", spans=True),
    "break_request": _form("break", "who", opens="break", spans=True, kind=one_of("meal", "rest")),
    "break_start": _form("break"),
    "break_end": _form("break"),
    "break_cancel": _form("break"),
    "stand_in": _form("stand_in", "who", "post", opens="stand_in", spans=True),
    "stand_in_cancel": _form("stand_in"),
    "answer": _form("task", "who", "item", result=one_of("ok", "failed", "na")),
    "sign": _form("task", "who"),
    "line_open": _form(
        "line", "who", "post", may=["task", "item"], opens="line", kind=one_of(*LINE_KINDS)
    ),
    "line_close": _form("line", "who"),
    "handover_start": _form("handover", "post", "giver", "receiver", opens="handover"),
    "handover_answer": _form(
        "handover", "who", "id", kind=one_of("line", "key", "stock"), accepts=is_bool
    ),
    "handover_sign": _form("handover", "who"),
    "case_open": _form("case", "who", "post", opens="case", kind=one_of("disruption", "emergency")),
    "case_escalate": _form("case", "who"),
    "case_acknowledge": _form("case", "who"),
    "case_end": _form("case", "who"),
    "farewell": _form("who"),
    "ready": _form("who"),
}


def _events(rows: list[object], carried: set[str]) -> list[Event]:
    opened: dict[str, set[str]] = {"line": set(carried)}
    events: list[Event] = []
    for number, row in enumerate(rows):
        place = f"event {number}"
        event = read_event(row, place)
        if events and event.at < events[-1].at:
            raise Malformed(place, "比前一条早")
        _opens_once(place, event, opened)
        events.append(event)
    return events


def read_event(row: object, place: str = "event") -> Event:
    """One event. Raises Malformed."""
    row = an_object(place, row)
    require(place, row, "at", is_moment)
    require(place, row, "event", one_of(*EVENTS))
    form = EVENTS[row["event"]]
    for name, check in form.must.items():
        require(place, row, name, check)
    for name, check in form.may.items():
        allow(place, row, name, check)
    _more(place, row)
    span = _span(place, row) if form.spans else None
    fields = {**row, "from": span.start, "to": span.end} if span else row
    return Event(moments.read(row["at"]), row["event"], fields)


def _more(place: str, row: Fields) -> None:
    """Fields that are asked for only together with others."""
    kind = row["event"]
    if kind == "answer" and row["result"] == "na":
        require(place, row, "reason", is_text)
    if kind == "handover_answer" and row["accepts"] is False:
        require(place, row, "reason", is_text)
    if kind == "case_open" and row["kind"] == "emergency":
        require(place, row, "type", is_text)
    if kind == "line_open" and ("task" in row) != ("item" in row):
        raise Malformed(place, "task 和 item 要一起写")
    if kind == "handover_start":
        _belongings(place, row)


def _belongings(place: str, row: Fields) -> None:
    if "keys" in row:
        _texts(place, "keys", row["keys"])
        _no_twice(place, row["keys"])
    if "stock" in row:
        if not isinstance(row["stock"], list):
            raise Malformed(place, f"stock 应为数组，不是{quote(row['stock'])}")
        for one in row["stock"]:
            if not isinstance(one, dict):
                raise Malformed(place, f"stock 应为对象，不是{quote(one)}")
            require(place, one, "item", is_text)
            require(place, one, "count", is_count)
        _no_twice(place, [one["item"] for one in row["stock"]])


def _opens_once(place: str, event: Event, opened: dict[str, set[str]]) -> None:
    name = EVENTS[event.kind].opens
    if name is None:
        return
    known = opened.setdefault(name, set())
    if event.text(name) in known:
        raise Malformed(place, f"{name} {quote(event.text(name))} 已经用过")
    known.add(event.text(name))


def _until(day: Fields, events: list[Event]) -> Moment | None:
    if "until" not in day:
        return None
    require("until", day, "until", is_moment)
    until = moments.read(day["until"])
    if events and until < events[-1].at:
        raise Malformed("until", "比最后一条早")
    return until
