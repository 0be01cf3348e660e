"""The file of the desk: every fault is named with its place, and nothing else is a fault."""

from __future__ import annotations

import copy
import io
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from yingbin.rules import cli
from yingbin.rules.desk.deskfile import read_desk
from yingbin.rules.desk.replay import replay
from yingbin.rules.malformed import Malformed

from .days import PEOPLE, t

ROOT = Path(__file__).resolve().parents[3]
HALF = "半\ud800"
EVENTS: list[dict[str, Any]] = [
    {"event": "record", "kind": "help", "home": "1-1", "subject": "water", "source": "call"},
    {"event": "assign", "to": "叶", "reason": "换班", "as": "owner"},
    {"event": "quote", "amount": 0},
    {"event": "agree", "agreed": True, "amount": 5},
    {"event": "done", "signed": True, "amount": 5},
    {"event": "assess", "severity": "minor"},
    {"event": "pause", "reason": "parts"},
    {"event": "change", "reason": "x", "kind": "paid", "urgent": True},
    {"event": "cancel", "reason": "duplicate", "of": "m2"},
    {"event": "reduce", "amount": 1, "approved_by": "林"},
    {"event": "call", "reached": True, "score": "fairly", "asked": False, "remark": "好"},
    {"event": "decline", "reason": "忙"},
    {"event": "answer", "text": "好"},
]
NUMBERS = {row["event"]: number for number, row in enumerate(EVENTS)}


def whole() -> dict[str, Any]:
    """A file with every kind of thing in it."""
    week = [[["08:30", "12:00"], ["13:30", "24:00"]], *[[] for _ in range(6)]]
    return {
        "calendar": {"week": week, "holidays": ["2026-10-01"], "make_up": ["2026-10-10"]},
        "people": copy.deepcopy(PEOPLE),
        "policy": {
            "limits": {"help": {"respond": None, "ladder": [0, 0, 5], "always": True}},
            "warn_percent": 50,
            "pause_cap": 0,
            "free_hand_offs": 0,
            "urgent_subjects": ["水"],
            "scope": {"water": ["工程"], "lift": []},
            "repeat_days": 0,
            "seed": "",
            "callback_percent": {"enquiry": 0},
            "callback_within": {"complaint": 1},
            "callback_tries": 1,
        },
        "events": [{"at": t("23 09:00"), "matter": "m1", "by": "苏", **row} for row in EVENTS],
        "until": t("23 09:00"),
        "more": None,
    }


def changed(path: str, value: Any) -> dict[str, Any]:
    """The whole file with one thing put in; value `...` takes it away; `events/quote/amount` by the event's name."""
    file = whole()
    spot: Any = file
    *way, last = path.split("/")
    for step in way:
        spot = (
            spot[NUMBERS.get(step, -1) if step in NUMBERS else int(step)]
            if isinstance(spot, list)
            else spot[step]
        )
    key: Any = int(last) if isinstance(spot, list) else last
    if value is ...:
        del spot[key]
    else:
        spot[key] = value
    return file


def place_of(file: Any) -> str:
    with pytest.raises(Malformed) as caught:
        read_desk(file)
    assert len(str(caught.value).splitlines()) == 1
    return caught.value.place


def test_the_whole_file_is_well_formed() -> None:
    assert len(replay(whole())["decisions"]) == len(EVENTS)  # type: ignore[arg-type]


@pytest.mark.parametrize("file", [[], "x", 1, None, True])
def test_what_is_no_object_is_no_file(file: object) -> None:
    assert place_of(file) == "file"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("calendar", None),
        ("calendar", []),
        ("calendar/weeks", []),
        ("calendar/week", None),
        ("calendar/week", [[]] * 7),
        ("calendar/week", [[["08:00", "09:00"]]] * 6),
        ("calendar/week", [[["08:00", "09:00"]]] * 8),
        ("calendar/week/0", None),
        ("calendar/week/0/0", ["08:30"]),
        ("calendar/week/0/0", ["08:30", "09:00", "10:00"]),
        ("calendar/week/0/0", ["08:30", "08:30"]),
        ("calendar/week/0/0", ["08:30", "08:00"]),
        ("calendar/week/0/0", ["8:30", "12:00"]),
        ("calendar/week/0/0", ["24:00", "24:00"]),
        ("calendar/week/0/0", ["08:30", "00:00"]),
        ("calendar/week/0/0", ["08:60", "12:00"]),
        ("calendar/week/0/0", [830, "12:00"]),
        ("calendar/week/0/0", "08:30-12:00"),
        ("calendar/week/0/0", ["08:30", "13:31"]),
        ("calendar/week/0/0", ["08:30", "24:00"]),
        ("calendar/week/0/0", ["14:00", "15:00"]),
        ("calendar/holidays", "2026-10-01"),
        ("calendar/holidays", None),
        ("calendar/holidays/0", "2026-02-29"),
        ("calendar/holidays/0", "20261001"),
        ("calendar/holidays/0", 20261001),
        ("calendar/holidays/0", "2026-10-10"),
        ("calendar/make_up/0", "2026-13-01"),
    ],
)
def test_a_fault_of_the_calendar(path: str, value: Any) -> None:
    assert place_of(changed(path, value)) == "calendar"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("people", ...),
        ("people", None),
        ("people", []),
        ("people/others", []),
        ("people/clerks", ...),
        ("people/clerks", []),
        ("people/clerks", None),
        ("people/clerks", "苏"),
        ("people/clerks/0", ""),
        ("people/clerks/0", HALF),
        ("people/clerks/0", 7),
        ("people/clerks/0", "叶"),
        ("people/clerks/0", "石"),
        ("people/clerks/0", "工程"),
        ("people/guards", None),
        ("people/guards/0", "林"),
        ("people/supervisor", ...),
        ("people/supervisor", None),
        ("people/supervisor", "顾"),
        ("people/manager", ""),
        ("people/manager", ["顾"]),
        ("people/departments", None),
        ("people/departments", []),
        ("people/departments/", {"head": "吴"}),
        ("people/departments/" + HALF, {"head": "吴"}),
        ("people/departments/绿化", None),
        ("people/departments/绿化", {}),
        ("people/departments/绿化", {"head": "钱"}),
        ("people/departments/绿化", {"head": "吴", "boss": "吴"}),
        ("people/departments/绿化", {"head": "吴", "members": ["吴"]}),
        ("people/departments/绿化", {"head": "吴", "members": None}),
        ("people/departments/绿化", {"head": "吴", "members": [""]}),
    ],
)
def test_a_fault_of_the_people(path: str, value: Any) -> None:
    assert place_of(changed(path, value)) == "people"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("", None),
        ("", []),
        ("/colour", 1),
        ("/limits", None),
        ("/limits/complaint", {}),
        ("/limits/help", None),
        ("/limits/help/walk", 5),
        ("/limits/help/respond", 0),
        ("/limits/help/respond", 100_001),
        ("/limits/help/arrive", "5"),
        ("/limits/help/solve", None),
        ("/limits/help/solve", True),
        ("/limits/help/reply", 1.0),
        ("/limits/help/accept", None),
        ("/limits/help/always", 1),
        ("/limits/help/always", None),
        ("/limits/help/ladder", None),
        ("/limits/help/ladder", [0, 0]),
        ("/limits/help/ladder", [0, 0, 0, 0]),
        ("/limits/help/ladder", [5, 4, 6]),
        ("/limits/help/ladder", [-1, 0, 0]),
        ("/limits/help/ladder", [0, 0, 100_001]),
        ("/limits/help/ladder", [0, False, 5]),
        ("/limits/help/ladder", [0, None, 5]),
        ("/warn_percent", 49),
        ("/warn_percent", 100),
        ("/warn_percent", 80.0),
        ("/pause_cap", -1),
        ("/pause_cap", 100_001),
        ("/free_hand_offs", -1),
        ("/free_hand_offs", None),
        ("/urgent_subjects", None),
        ("/urgent_subjects", [""]),
        ("/urgent_subjects", [HALF]),
        ("/urgent_subjects", {"water": True}),
        ("/scope", None),
        ("/scope", []),
        ("/scope/", ["工程"]),
        ("/scope/water", None),
        ("/scope/water", ["电梯公司"]),
        ("/scope/water", [["工程"]]),
        ("/scope/water", "工程"),
        ("/repeat_days", -1),
        ("/repeat_days", 3651),
        ("/seed", None),
        ("/seed", 5),
        ("/seed", HALF),
        ("/callback_percent", None),
        ("/callback_percent/enquiry", 101),
        ("/callback_percent/enquiry", -1),
        ("/callback_percent/complaint", 50),
        ("/callback_percent/calls", 50),
        ("/callback_within/complaint", 0),
        ("/callback_within/help", 100_001),
        ("/callback_within/calls", 5),
        ("/callback_tries", 0),
        ("/callback_tries", 11),
    ],
)
def test_a_fault_of_the_policy(path: str, value: Any) -> None:
    assert place_of(changed("policy" + path, value)) == "policy"


@pytest.mark.parametrize("value", [..., None, {}, "x"])
def test_a_fault_of_the_events_as_a_whole(value: Any) -> None:
    assert place_of(changed("events", value)) == "events"


@pytest.mark.parametrize(
    ("event", "field", "value"),
    [
        ("record", "at", "2026-11-23T09:00:00"),
        ("record", "at", "2026-11-23 09:00:00+08:00"),
        ("record", "at", "2026-11-23T24:00:00+08:00"),
        ("record", "at", "2026-11-23T09:00:60+08:00"),
        ("record", "at", "2026-11-23T09:00:00.0+08:00"),
        ("record", "at", "2026-11-23T09:00:00+0800"),
        ("record", "at", "2026-11-23T09:00:00+24:00"),
        ("record", "at", "2026-11-31T09:00:00Z"),
        ("record", "at", "1999-12-31T15:59:59Z"),
        ("record", "at", "2099-12-31T16:00:00Z"),
        ("record", "at", "0000-01-01T00:00:00Z"),
        ("record", "at", None),
        ("quote", "at", t("23 08:59:59")),
        ("record", "event", "ring"),
        ("record", "event", ["record"]),
        ("record", "event", ...),
        ("record", "matter", ...),
        ("record", "matter", ""),
        ("record", "matter", 1),
        ("record", "by", HALF),
        ("record", "kind", "praise"),
        ("record", "kind", None),
        ("record", "source", "fax"),
        ("record", "source", ...),
        ("record", "home", ""),
        ("record", "subject", ...),
        ("record", "urgent", 1),
        ("record", "urgent", None),
        ("record", "answer", ""),
        ("assign", "to", None),
        ("assign", "reason", ...),
        ("assign", "as", "both"),
        ("assign", "as", None),
        ("quote", "amount", -1),
        ("quote", "amount", 1.0),
        ("quote", "amount", True),
        ("quote", "amount", ...),
        ("agree", "agreed", ...),
        ("agree", "agreed", 0),
        ("agree", "amount", -1),
        ("agree", "amount", None),
        ("done", "signed", "yes"),
        ("done", "amount", "5"),
        ("assess", "severity", "mild"),
        ("pause", "reason", "holiday"),
        ("change", "reason", ""),
        ("change", "kind", "praise"),
        ("change", "kind", None),
        ("change", "urgent", None),
        ("cancel", "reason", "mistake"),
        ("cancel", "of", None),
        ("cancel", "of", ...),
        ("cancel", "of", ""),
        ("reduce", "amount", 0),
        ("reduce", "amount", ...),
        ("reduce", "approved_by", ...),
        ("call", "reached", "yes"),
        ("call", "score", "fine"),
        ("call", "score", ...),
        ("call", "asked", None),
        ("call", "asked", ...),
        ("call", "remark", ""),
        ("decline", "reason", ...),
        ("answer", "text", HALF),
    ],
)
def test_a_fault_of_one_event(event: str, field: str, value: Any) -> None:
    file = changed(f"events/{event}/{field}", value)
    assert place_of(file) == f"event {NUMBERS[event]}"


@pytest.mark.parametrize("row", [None, [], "record"])
def test_an_event_is_an_object(row: Any) -> None:
    assert place_of(changed("events/3", row)) == "event 3"


def test_a_matter_is_recorded_once_accepted_or_not() -> None:
    file = whole()
    file["events"].append({**file["events"][0], "by": "nobody"})
    assert place_of(file) == f"event {len(EVENTS)}"
    file["events"] = [{**file["events"][0], "by": "nobody"}, file["events"][0]]
    assert place_of(file) == "event 1"


@pytest.mark.parametrize("value", [None, 5, "2026", t("23 08:59"), "2100-01-01T00:00:00+08:00"])
def test_a_fault_of_until(value: Any) -> None:
    assert place_of(changed("until", value)) == "until"


@pytest.mark.parametrize(
    ("event", "field", "value"),
    [
        ("record", "at", "2000-01-01T00:00:00+08:00"),
        ("record", "at", "1999-12-31T16:00:00Z"),
        ("record", "answer", "好"),
        ("record", "urgent", False),
        ("assign", "as", ...),
        ("agree", "amount", ...),
        ("done", "signed", ...),
        ("change", "kind", ...),
        ("change", "urgent", ...),
        ("call", "remark", ...),
        ("record", "score", 7),
        ("record", "amount", -7),
        ("record", "note", HALF),
        ("record", "matter", "一件\n事"),
        ("quote", "amount", 10**40),
    ],
)
def test_what_is_no_fault(event: str, field: str, value: Any) -> None:
    read_desk(changed(f"events/{event}/{field}", value))


@pytest.mark.parametrize("field", ["score", "asked"])
def test_a_call_that_reaches_nobody_needs_no_score_but_a_given_one_must_be_right(
    field: str,
) -> None:
    file = changed("events/call/reached", False)
    del file["events"][NUMBERS["call"]][field]
    read_desk(file)
    file["events"][NUMBERS["call"]][field] = "?"
    assert place_of(file) == f"event {NUMBERS['call']}"


def test_a_withdrawal_needs_no_other_matter_but_a_given_one_must_be_right() -> None:
    file = changed("events/cancel/reason", "withdrawn")
    del file["events"][NUMBERS["cancel"]]["of"]
    read_desk(file)
    file["events"][NUMBERS["cancel"]]["of"] = 7
    assert place_of(file) == f"event {NUMBERS['cancel']}"


@pytest.mark.parametrize(
    "path",
    [
        "calendar",
        "policy",
        "until",
        "people/guards",
        "people/departments",
        "policy/scope",
        "calendar/week",
    ],
)
def test_what_may_be_left_out(path: str) -> None:
    file = changed(path, ...)
    file.pop("policy" if path.startswith("people") else "more", None)
    read_desk(file)


def test_of_several_faults_the_first_place_is_named() -> None:
    file = whole()
    order = [
        ("until", 1),
        ("events", [*file["events"], 5]),
        ("policy", 1),
        ("people", 1),
        ("calendar", 1),
    ]
    seen = []
    for name, value in order:
        file[name] = value
        seen.append(place_of(file))
    assert seen == ["until", f"event {len(EVENTS)}", "policy", "people", "calendar"]
    file["events"] = 5
    for name, place in (("calendar", "people"), ("people", "policy"), ("policy", "events")):
        file[name] = whole()[name]
        assert place_of(file) == place


# The command


def command(text: bytes) -> subprocess.CompletedProcess[bytes]:
    run = [str(ROOT / "bin" / "yingbin"), "desk", "replay", "-"]
    return subprocess.run(
        run, input=text, capture_output=True, cwd="/", env=dict(os.environ), check=False
    )


def test_the_command_prints_one_object_and_needs_no_database() -> None:
    done = command(json.dumps({"people": PEOPLE, "events": []}).encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == {"decisions": [], "matters": [], "notices": []}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (b"", "file"),
        (b"{", "file"),
        (b"[]", "file"),
        (b'{"people": NaN}', "file"),
        (b"\xff", "file"),
        (b"{}", "people"),
        (b'{"people": {}, "events": []}', "people"),
    ],
)
def test_a_malformed_file_exits_two_with_one_line_and_nothing_printed(
    text: bytes,
    place: str,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert cli.main(["desk", "replay", "-"]) == 2
    out, err = capfdbinary.readouterr()
    assert out == b""
    assert err.decode().startswith(f"{place}: ")
    assert len(err.splitlines()) == 1


def test_a_file_that_is_not_there_is_said_so(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.main(["desk", "replay", str(tmp_path / "none.json")]) == 2
    assert capfd.readouterr().err.startswith("file: ")
