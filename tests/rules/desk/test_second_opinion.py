"""Two readings of one contract agree on random files: everything but the sentences, and where a fault is."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

from yingbin.rules.desk.kinds import CLAUSES
from yingbin.rules.desk.replay import replay
from yingbin.rules.malformed import Malformed
from yingbin.rules.turns import dayfile

from . import second_opinion_reading as reading
from .random_files import random_file
from .second_opinion import replay as second
from .second_opinion_allowed import ALLOWED
from .second_opinion_days import random_days
from .second_opinion_edges import of_calendar_and_people, of_events, of_policy
from .second_opinion_faults import random_fault

Files = Callable[[], Iterator[Any]]
pytestmark = pytest.mark.clause(
    *("SD-4.1", "SD-4.2.1", "SD-4.2.2", "SD-4.2.3", "SD-4.2.4", "SD-4.2.5", "SD-4.3", "SD-4.4")
)
FRESH = random.SystemRandom().randrange(10**9)
NOTICES = [
    "repeat",
    "grave",
    "offered",
    "accepted",
    "declined",
    "ended",
    "assigned",
    "changed",
    "withdrawn",
    "solved",
    "not_agreed",
    "asked",
    "reopened",
    "warn",
    "late",
    "level",
    "pause_over",
]


def first(raw: bytes) -> Any:
    """What the product makes of a file, without the sentences; or the place where it is malformed."""
    try:
        answer = json.loads(json.dumps(replay(dayfile.parse(raw))))
    except Malformed as fault:
        return fault.place
    for decision in answer["decisions"]:
        assert decision.pop("because").endswith("。")
    return answer


def other(raw: bytes) -> Any:
    """The same of the second opinion."""
    try:
        return json.loads(json.dumps(second(raw)))
    except reading.Malformed as fault:
        return str(fault)


def agree(raw: bytes, *seed: object) -> Any:
    """Both say the same of a file, and what that is."""
    one, two = first(raw), other(raw)
    assert one == two, (seed, raw)
    return two


@cache
def lived(seed: int) -> tuple[Any, Any]:
    """A file of the second opinion's own, and what both make of it."""
    file = random_days(seed)
    return file, agree(json.dumps(file).encode(), seed)


@pytest.mark.parametrize("start", range(0, 60, 20))
def test_two_readings_agree_on_days_that_know_only_the_contract(start: int) -> None:
    for seed in range(start, start + 20):
        assert lived(seed)[1]["decisions"]


@pytest.mark.parametrize("start", range(1000, 1030, 15))
def test_two_readings_agree_on_days_that_live_deep_in_the_rules(start: int) -> None:
    for seed in range(start, start + 15):
        assert agree(json.dumps(random_file(seed)).encode(), seed)["matters"]


def test_two_readings_agree_on_days_that_nobody_has_seen() -> None:
    for seed in range(FRESH, FRESH + 10):
        assert lived(seed)[1]["decisions"]
        agree(json.dumps(random_file(seed)).encode(), seed)


@pytest.mark.parametrize("start", [0, FRESH], ids=["fixed", "fresh"])
def test_two_readings_find_a_file_malformed_at_the_same_place(start: int) -> None:
    said = Counter(type(agree(random_fault(seed), seed)) for seed in range(start, start + 100))
    assert said[str] > 45


@pytest.mark.parametrize("files", [of_policy, of_calendar_and_people, of_events])
def test_two_readings_agree_on_what_is_just_right_and_what_is_just_wrong(files: Files) -> None:
    said = Counter(type(agree(json.dumps(file).encode())) for file in files())
    assert min(said[str], said[dict]) > 5


def test_the_days_try_every_event_with_and_against_the_rules_and_tell_every_notice() -> None:
    accepted: set[str] = set()
    refused: set[str] = set()
    clauses: set[str | None] = set()
    told: set[str] = set()
    for seed in range(60):
        file, answer = lived(seed)
        for event, decision in zip(file["events"], answer["decisions"], strict=True):
            (refused if decision["refused"] else accepted).add(event["event"])
            clauses.add(decision["clause"])
        told |= {notice["notice"] for notice in answer["notices"]}
    assert accepted == refused == {"record", *ALLOWED}
    assert clauses == {None, "SD-4.1", *CLAUSES.values(), "SD-4.3", "SD-4.4"}
    assert told == set(NOTICES)


def test_a_file_may_begin_with_a_byte_order_mark_but_with_nothing_else() -> None:
    raw = json.dumps(random_days(1, 5)).encode()
    assert agree(b"\xef\xbb\xbf" + raw) == agree(raw)
    assert agree(b"\xef\xbb\xbf\xef\xbb\xbf" + raw) == agree(b"," + raw) == "file"
