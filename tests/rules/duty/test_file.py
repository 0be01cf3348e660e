"""The file of a day on duty: every fault is named with its place, and nothing else is a fault."""

import copy
import io
import json
from typing import Any

import pytest

from yingbin.rules import cli
from yingbin.rules.duty.dayfile import read_day
from yingbin.rules.duty.replay import replay
from yingbin.rules.malformed import Malformed

from .days import Day, morning, t


def whole() -> dict[str, Any]:
    """A day with every kind of thing in it."""
    day = morning().line("L", "repair", "样板间A", "谁")
    day.at("10:00", "break_request", break_="b", who="陈", kind="meal", from_="12:00", to="12:30")
    day.at(
        "10:00",
        "handover_start",
        handover="h",
        post="展厅",
        giver="陈",
        receiver="吴",
        keys=["门"],
        stock=[{"item": "水", "count": 0}],
    )
    day.at("10:00", "case_open", case="c", kind="emergency", type="火警", who="叶", post="样板间A")
    day.at(
        "10:00",
        "handover_answer",
        handover="h",
        who="吴",
        kind="key",
        id="门",
        accepts=False,
        reason="没有",
    )
    day.until("18:00")
    return day.file


def changed(path: str, value: Any) -> dict[str, Any]:
    """The whole day with one thing put in; `events.-1.who`; value `...` takes it away."""
    file = copy.deepcopy(whole())
    spot: Any = file
    *way, last = path.split(".")
    for step in way:
        spot = spot[int(step)] if isinstance(spot, list) else spot[step]
    key: Any = int(last) if isinstance(spot, list) else last
    if value is ...:
        del spot[key]
    else:
        spot[key] = value
    return file


def place_of(file: Any) -> str:
    with pytest.raises(Malformed) as caught:
        read_day(file)
    assert len(str(caught.value).splitlines()) == 1
    return caught.value.place


LAST = len(whole()["events"]) - 1


@pytest.mark.parametrize(
    ("place", "path", "value"),
    [
        ("policy", "policy", None),
        ("policy", "policy.later", 3),
        ("policy", "policy.grace_minutes", 0),
        ("policy", "policy.grace_minutes", True),
        ("policy", "policy.repeats", 101),
        ("policy", "policy.round_minutes", 1441),
        ("posts", "posts", ...),
        ("posts", "posts", []),
        ("posts", "posts.0.kind", "office"),
        ("posts", "posts.0.minimum", 0),
        ("posts", "posts.0.minimum", None),
        ("posts", "posts.0.opens", "2026-11-28T09:00:30+08:00"),
        ("posts", "posts.0.opens", "2026-11-28T09:00:00"),
        ("posts", "posts.0.closes", "2026-11-29T09:01:00+08:00"),
        ("posts", "posts.0.items", {"noon": []}),
        ("posts", "posts.0.items", {"closing": ["gas"]}),
        ("posts", "posts.1.items", {"opening": ["guards"]}),
        ("posts", "posts.0.items", {"opening": ["沙盘", "沙盘"]}),
        ("posts", "posts.1.post", "样板间A"),
        ("people", "people", {}),
        ("people", "people.0.post", "没有"),
        ("people", "people.0.post", ...),
        ("people", "people.0.from", ...),
        ("people", "people.1.who", "叶"),
        ("people", "people.0.role", None),
        ("lines", "lines", None),
        ("lines", "lines.0.post", "没有"),
        ("lines", "lines.0.owner", ""),
        ("events", "events", ...),
        (f"event {LAST}", "events.-1.at", t("09:59")),
        (f"event {LAST}", "events.-1.event", "dance"),
        (f"event {LAST}", "events.-1.reason", ...),
        (f"event {LAST}", "events.-1.accepts", 0),
        (f"event {LAST - 1}", "events.-2.type", ""),
        (f"event {LAST - 2}", "events.-3.keys", ["门", "门"]),
        (f"event {LAST - 2}", "events.-3.stock", [{"item": "水", "count": -1}]),
        (f"event {LAST - 2}", "events.-3.keys", None),
        (f"event {LAST - 3}", "events.-4.to", t("12:00")),
        ("until", "until", t("09:00")),
        ("until", "until", None),
    ],
)
def test_a_fault_is_named_with_its_place(place: str, path: str, value: Any) -> None:
    assert place_of(changed(path, value)) == place


def test_an_id_is_opened_once_refused_or_carried_ones_count_too() -> None:
    day = Day().post("A").person("叶", "A").line("L", "slip", "A", "叶")
    asks = {"who": "谁", "kind": "rest", "from_": "12:00", "to": "12:10"}
    day.at("10:00", "break_request", break_="b", **asks).at(
        "10:00", "break_request", break_="b", **asks
    )
    assert place_of(day.file) == "event 1"
    day.file["events"] = []
    day.at("10:00", "line_open", line="L", kind="slip", who="叶", post="A")
    assert place_of(day.file) == "event 0"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("colour", "red"),
        ("posts.0.colour", None),
        ("people.5.post", 3),  # a head has none: it means nothing
        ("people.4.post", None),  # nor a lead
        ("events.0.reason", None),
        ("events.0.at", "2026-11-28T00:28:59.5Z"),
        ("until", ...),
        ("lines", ...),
        ("policy", ...),
    ],
)
def test_what_is_not_asked_for_is_ignored(path: str, value: Any) -> None:
    read_day(changed(path, value))


def test_the_command_prints_one_object_or_one_line(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    class Standard:
        buffer = io.BytesIO(json.dumps(whole()).encode())

    monkeypatch.setattr("sys.stdin", Standard)
    assert cli.run_rules("-", replay) == 0
    assert set(json.loads(capsysbinary.readouterr().out)) == {
        *("log", "posts", "breaks", "tasks", "lines", "handovers", "cases"),
    }
    Standard.buffer = io.BytesIO(b"{")
    assert cli.run_rules("-", replay) == 2
    said = capsysbinary.readouterr()
    assert said.out == b""
    assert said.err.startswith(b"file: ")
    assert said.err.count(b"\n") == 1
