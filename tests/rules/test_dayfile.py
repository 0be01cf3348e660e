"""The file of a day and the command that replays it: every fault is named with its place."""

from __future__ import annotations

import copy
import io
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from yingbin.rules import cli
from yingbin.rules.malformed import Malformed
from yingbin.rules.turns import dayfile, decide
from yingbin.rules.turns.policy import TurnsPolicy

ARRIVE = {"at": "2026-11-23T09:05:00+08:00", "event": "arrive", "visit": "v1"}
EVENTS: dict[str, dict[str, Any]] = {
    "arrive": {**ARRIVE, "kind": "customer", "named": "林", "registered_with": "周"},
    "finish": {"visit": "v1", "units_wanted": -3},
    "leave": {"visit": "v1"},
    "anyone": {"visit": "v1"},
    "away": {"who": "林", "reason": "business", "approved_by": "王"},
    "back": {"who": "林"},
    "sign_in": {"who": "陈"},
    "sign_out": {"who": "林"},
    "claim_unrelated": {"visit": "v1", "customer_confirmed": False, "confirmed_by": None},
    "override": {
        "visit": "v1",
        "to": "周",
        "by": "王",
        "reason": "客户要求",
        "counts": True,
        "gives_back": False,
    },
    "adjust": {"who": "林", "by": "王", "reason": "记错", "count": -1, "turns": -2},
}


def day(*events: dict[str, Any], **top: Any) -> dict[str, Any]:
    timed = [{"at": "2026-11-23T09:05:00+08:00", **event} for event in events]
    return {"queue": ["林", "周", "吴"], "events": timed, **top}


def whole(kind: str) -> dict[str, Any]:
    """An event of this kind with every field it may have."""
    return {"event": kind, **EVENTS[kind]}


def place_of(data: Any) -> str:
    """Where the fault is; the whole message must be one line."""
    with pytest.raises(Malformed) as caught:
        dayfile.check(data)
    assert len(str(caught.value).splitlines()) == 1
    assert str(caught.value).startswith(caught.value.place + ": ")
    return caught.value.place.split(":")[0]


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_with_all_its_fields_is_well_formed(kind: str):
    dayfile.check(day(whole(kind)))


@pytest.mark.parametrize(("kind", "name"), [(k, n) for k in EVENTS for n in whole(k)])
def test_a_field_of_a_wrong_type_is_malformed_wherever_it_is(kind: str, name: str):
    for wrong in ({}, [], 1.0, [1]):
        assert place_of(day(ARRIVE | {"visit": "v0"}, whole(kind) | {name: wrong})) == "event 1"


@pytest.mark.parametrize(("kind", "name"), [(k, n) for k in EVENTS for n in whole(k)])
def test_null_is_malformed_except_for_who_confirmed(kind: str, name: str):
    data = day(whole(kind) | {name: None})
    if name == "confirmed_by":
        dayfile.check(data)
    else:
        assert place_of(data) == "event 0"


@pytest.mark.parametrize(("kind", "name"), [(k, n) for k in EVENTS for n in whole(k)])
def test_an_empty_name_id_or_reason_is_malformed(kind: str, name: str):
    if isinstance(whole(kind)[name], str) or name == "confirmed_by":
        assert place_of(day(whole(kind) | {name: ""})) == "event 0"


OPTIONAL = {
    "kind",
    "named",
    "registered_with",
    "units_wanted",
    "approved_by",
    "gives_back",
    "count",
    "turns",
}


@pytest.mark.parametrize(("kind", "name"), [(k, n) for k in EVENTS for n in whole(k)])
def test_only_optional_fields_may_be_left_out(kind: str, name: str):
    event = whole(kind)
    data = day(event)
    del data["events"][0][name]
    if name in OPTIONAL:
        dayfile.check(data)
    else:
        assert place_of(data) == "event 0"


@pytest.mark.parametrize(
    "wrong",
    [
        {"event": "vanish"},
        whole("arrive") | {"kind": "guest"},
        whole("away") | {"reason": "holiday"},
        whole("finish") | {"units_wanted": True},
        whole("adjust") | {"count": False},
        whole("adjust") | {"turns": "1"},
        whole("adjust") | {"turns": 1_000_001},
        whole("override") | {"counts": 1},
        whole("claim_unrelated") | {"customer_confirmed": 0},
        whole("back") | {"at": "nine"},
        whole("back") | {"at": "2026-11-23T09:05:00"},
        whole("back") | {"at": "2026-11-23"},
        whole("back") | {"at": "2026-13-23T09:05:00+08:00"},
        whole("back") | {"at": "2026-11-23T09:04:59+08:00"},
        whole("back") | {"at": "2026-11-23T10:04:00+09:00"},
        ARRIVE,
    ],
    ids=json.dumps,
)
def test_what_an_event_may_not_be(wrong: dict[str, Any]):
    assert place_of(day(ARRIVE, wrong)) == "event 1"


@pytest.mark.parametrize("wrong", [None, 1, "arrive", [], True])
def test_an_event_must_be_an_object(wrong: Any):
    assert place_of({"queue": [], "events": [wrong]}) == "event 0"


def test_times_are_compared_as_instants_and_may_stand_still():
    same = [ARRIVE, whole("leave") | {"at": "2026-11-23T01:05:00Z"}]
    dayfile.check(day(*same, whole("back") | {"at": "2026-11-23T00:05:00-01:00"}))


def test_times_at_the_ends_of_the_calendar_are_times():
    first, last_ = "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"
    dayfile.check(day(whole("back") | {"at": first}, whole("back") | {"at": last_}))


def test_a_field_that_an_event_does_not_have_is_ignored():
    dayfile.check(day(whole("back") | {"note": None, "visit": 7}, undone=None, extra=[1]))
    dayfile.check(day({"event": "away", "who": "林", "reason": "meal", "approved_by": None}))


@pytest.mark.parametrize(
    ("top", "place"),
    [
        ({"queue": None}, "queue"),
        ({"queue": "林周"}, "queue"),
        ({"queue": ["林", 1]}, "queue"),
        ({"queue": ["林", ""]}, "queue"),
        ({"queue": ["林", "周", "林"]}, "queue"),
        ({"queue": [["林"]]}, "queue"),
        ({"events": None}, "events"),
        ({"events": {}}, "events"),
        ({"make_up": None}, "make_up"),
        ({"make_up": {}}, "make_up"),
        ({"make_up": ["林"]}, "make_up"),
        ({"make_up": [{"who": "林"}]}, "make_up"),
        ({"make_up": [{"clause": "TQ-7"}]}, "make_up"),
        ({"make_up": [{"who": "", "clause": "TQ-7"}]}, "make_up"),
        ({"make_up": [{"who": "林", "clause": ""}]}, "make_up"),
        ({"make_up": [{"who": "林", "clause": None}]}, "make_up"),
        ({"owes": None}, "owes"),
        ({"owes": []}, "owes"),
        ({"owes": {"": 1}}, "owes"),
        ({"owes": {"林": "1"}}, "owes"),
        ({"owes": {"林": True}}, "owes"),
        ({"owes": {"林": 1.0}}, "owes"),
        ({"owes": {"林": -1}}, "owes"),
        ({"owes": {"林": 1}, "make_up": [{"who": "林", "clause": "TQ-7"}]}, "owes"),
        ({"policy": None}, "policy"),
        ({"policy": []}, "policy"),
        ({"policy": {"opening": "carry"}}, "policy"),
        ({"policy": {"receiver_busy": "help"}}, "policy"),
        ({"policy": {"receiver_busy": None}}, "policy"),
        ({"policy": {"named_turn": []}}, "policy"),
        ({"policy": {"own_customer_counts": 1}}, "policy"),
        ({"policy": {"makeup_per_absence": -1}}, "policy"),
        ({"policy": {"makeup_per_absence": True}}, "policy"),
        ({"policy": {"makeup_per_absence": 1.0}}, "policy"),
        ({"policy": {"passed_over": None}}, "policy"),
        ({"policy": {"passed_over": {"sick": "keep"}}}, "policy"),
        ({"policy": {"passed_over": {"meal": "skip"}}}, "policy"),
        ({"policy": {"passed_over": {"meal": None}}}, "policy"),
    ],
    ids=str,
)
def test_what_the_top_of_a_day_may_not_be(top: dict[str, Any], place: str):
    assert place_of(day(**top)) == place


@pytest.mark.parametrize("top", ["queue", "events"])
def test_queue_and_events_must_be_there(top: str):
    data = day()
    del data[top]
    assert place_of(data) == top


@pytest.mark.parametrize("wrong", [None, [], "day", 1, True])
def test_a_day_must_be_an_object(wrong: Any):
    assert place_of(wrong) == "file"


def test_an_empty_day_is_a_day():
    out = decide.replay({"queue": [], "events": []})
    assert out == {
        "decisions": [],
        "queue": [],
        "counts": {},
        "make_up": [],
        "owes": {},
        "waiting": [],
        "notices": [],
    }


def test_who_owes_nought_does_not_owe():
    assert decide.replay(day(owes={"林": 0}))["owes"] == {}


@pytest.mark.clause("TQ-1.1", "TQ-7", "TQ-9")
def test_a_policy_keeps_the_defaults_of_what_it_leaves_out():
    policy = TurnsPolicy.from_json({"passed_over": {"meal": "lose"}, "makeup_per_absence": 3})
    assert policy.to_json() == {
        "receiver_busy": "wait",
        "own_customer_counts": True,
        "named_turn": "owed",
        "makeup_per_absence": 3,
        "passed_over": {"business": "make_up", "meal": "lose", "private": "lose"},
    }
    assert TurnsPolicy.from_json(policy.to_json()) == policy
    assert TurnsPolicy.from_json({}) == TurnsPolicy()


def test_replaying_leaves_the_day_as_it_was():
    data = day(ARRIVE, whole("finish"), make_up=[{"who": "周", "clause": "TQ-7"}], owes={"吴": 1})
    before = copy.deepcopy(data)
    assert decide.replay(data) == decide.replay(data)
    assert data == before


# The command


def run(capfdbinary: Any, *argv: str) -> tuple[int, bytes, bytes]:
    code = cli.main(["turns", *argv])
    out, err = capfdbinary.readouterr()
    return code, out, err


def test_the_command_prints_one_json_object(tmp_path: Path, capfdbinary: Any):
    path = tmp_path / "day.json"
    path.write_text(json.dumps(day(ARRIVE)))
    code, out, err = run(capfdbinary, "replay", str(path))
    assert (code, err) == (0, b"")
    assert json.loads(out) == decide.replay(day(ARRIVE))
    assert "林" in out.decode()


def test_the_command_reads_standard_input(monkeypatch: Any, capfdbinary: Any):
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(day(ARRIVE)).encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    code, out, _ = run(capfdbinary, "replay", "-")
    assert (code, json.loads(out)["counts"]["林"]) == (0, 1)


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"", b"file: "),
        (b"{", b"file: "),
        (b"[]", b"file: "),
        ('{"queue": ["林"], "events": []}'.encode("gb18030"), b"file: "),
        ('{"queue": [], "events": []}'.encode("utf-16"), b"file: "),
        (b'{"queue": [], "events": [], "x": NaN}', b"file: "),
        (b'{"queue": [], "events": [], "x": -Infinity}', b"file: "),
        (b'{"queue": [], "events": [], "x": ' + b"9" * 5000 + b"}", b"file: "),
        (b"[" * 200_000, b"file: "),
        (b'{"queue": ["\\u2028\\n\\u0085", "\\u2028\\n\\u0085"], "events": []}', b"queue: "),
        (b'{"queue": ["\\ud800", "\\ud800"], "events": []}', b"queue: "),
        (b'{"queue": [], "events": [{"at": "\\ud800"}]}', b"event 0: "),
        (b'{"queue": [], "events": [], "policy": {"\\ud800": 1}}', b"policy: "),
    ],
    ids=range(13),
)
def test_a_bad_file_exits_2_with_one_line(
    raw: bytes, place: bytes, tmp_path: Path, capfdbinary: Any
):
    path = tmp_path / "day.json"
    path.write_bytes(raw)
    code, out, err = run(capfdbinary, "replay", str(path))
    assert (code, out) == (2, b"")
    assert err.startswith(place)
    assert err.endswith(b"\n")
    assert len(err.decode().splitlines()) == 1


@pytest.mark.parametrize("path", ["no/such.json", ".", "\0"])
def test_a_file_that_cannot_be_read_exits_2(path: str, capfdbinary: Any):
    code, out, err = run(capfdbinary, "replay", path)
    assert (code, out, err[:6]) == (2, b"", b"file: ")
    assert len(err.decode().splitlines()) == 1


def test_odd_but_well_formed_texts_are_names(tmp_path: Path, capfdbinary: Any):
    raw = b'{"queue": ["\\ud800", " ", "a\\n<b>"], "events": [], "queue2": 1, "events": [%s]}'
    path = tmp_path / "day.json"
    path.write_bytes(raw % json.dumps(ARRIVE | {"named": "a\n<b>"}).encode())
    code, out, _ = run(capfdbinary, "replay", str(path))
    assert code == 0
    assert json.loads(out)["queue"] == ["\ud800", " ", "a\n<b>"]
    assert json.loads(out)["owes"] == {"a\n<b>": 1}


def test_huge_numbers_are_numbers(tmp_path: Path, capfdbinary: Any):
    huge = 10**4299
    event = whole("adjust") | {"count": huge, "turns": -huge}
    path = tmp_path / "day.json"
    path.write_text(json.dumps(day(*[event] * 12)))
    code, out, _ = run(capfdbinary, "replay", str(path))
    assert code == 0
    assert out.count(b"12" + b"0" * 4299) == 2  # the count, and the turns owed


def test_the_module_runs_by_itself_with_the_standard_library_alone(tmp_path: Path):
    path = tmp_path / "day.json"
    path.write_text(json.dumps(day(ARRIVE)))
    root = Path(cli.__file__).parents[2]
    command = [sys.executable, "-I", "-S", "-c", _ALONE, str(root), str(path)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["queue"] == ["周", "吴", "林"]


_ALONE = """
import sys
sys.path.insert(0, sys.argv[1])
from yingbin.rules.cli import main
code = main(["turns", "replay", sys.argv[2]])
own = {name for name in sys.modules if name.split(".")[0] not in sys.stdlib_module_names}
assert all(name.split(".")[0] in ("yingbin", "__main__") for name in own), own
sys.exit(code)
"""


def test_two_thousand_events_take_less_than_a_fifth_of_a_second():
    people = [f"顾问{number}" for number in range(30)]
    events: list[dict[str, Any]] = []
    for number in range(500):
        events += [
            {"event": "arrive", "visit": f"v{number}"},
            {"event": "away", "who": people[number % 30], "reason": "private"},
            {"event": "back", "who": people[number % 30]},
            {"event": "finish", "visit": f"v{number - 20 if number > 20 else 0}"},
        ]
    data = day(*events, queue=people)
    took = []
    for _ in range(3):
        began = time.perf_counter()
        decide.replay(data)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.2


def test_a_byte_order_mark_is_no_part_of_the_day():
    assert dayfile.parse(b'\xef\xbb\xbf{"queue": []}') == {"queue": []}
