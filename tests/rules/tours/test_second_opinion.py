"""Two readings of one contract agree: everything but the sentences, and where a fault is."""

from __future__ import annotations

import copy
import json
import random
import re
from typing import Any

import pytest

from tests.rules.tours.random_files import random_fault, random_file
from tests.rules.tours.second_opinion import run as second
from yingbin.rules.malformed import Malformed
from yingbin.rules.tours.decide import decide
from yingbin.rules.tours.visitfile import EVENTS
from yingbin.rules.turns import dayfile

pytestmark = pytest.mark.clause(
    "CV-2", "CV-3.1", "CV-3.2.1", "CV-3.2.2", "CV-3.3.1", "CV-3.4.1", "CV-4.1"
)
FIXED = 50
CODE = re.compile("[a-z_]3")  # a word of the contract, not of the house


def first(source: str) -> tuple[int, Any]:
    """What the product makes of a file: exit code, and the answer or the place."""
    try:
        return 0, decide(dayfile.parse(source.encode()))
    except Malformed as fault:
        return 2, fault.place


def wordless(value: Any) -> Any:
    """Without the sentences, which each writes in its own words."""
    if isinstance(value, dict):
        return {key: wordless(one) for key, one in value.items() if key != "because"}
    return [wordless(one) for one in value] if isinstance(value, list) else value


def agree(seed: int) -> None:
    source = json.dumps(random_file(seed), ensure_ascii=False)
    code, answer = first(source)
    assert code == 0, (seed, answer)
    for row in answer["decisions"]:
        assert row["because"].endswith("。"), (seed, row)
        assert not CODE.search(row["because"]), (seed, row)
    assert (code, wordless(json.loads(json.dumps(answer)))) == second(source), (seed, source)


def agree_on_a_fault(seed: int) -> None:
    source = random_fault(seed)
    code, said = first(source)
    expected, places = second(source)
    assert code == expected, (seed, said, places, source)
    if code == 2:
        assert said in places, (seed, source)


@pytest.mark.parametrize("start", range(0, FIXED, 25))
def test_two_readings_agree_on_weeks_of_visits(start: int) -> None:
    for seed in range(start, start + 25):
        agree(seed)
        agree_on_a_fault(seed)


def test_two_readings_agree_on_weeks_nobody_has_seen_before() -> None:
    seed = random.SystemRandom().randrange(10**9)
    for one in range(seed, seed + FIXED):
        agree(one)
        agree_on_a_fault(one)


def test_the_random_weeks_reach_every_event_and_most_answers() -> None:
    events: set[str] = set()
    codes: set[str] = set()
    for seed in range(FIXED):
        file = random_file(seed)
        for row in second(json.dumps(file))[1]["decisions"]:  # type: ignore[index]
            codes |= {row.get("code") or row["warning"], row.get("status", "refused")}
            codes |= {f"conflict {one['code']}" for one in row.get("conflicts", [])}
            if row.get("code") == "ok":
                events.add(file["events"][row["event"]]["event"])
    assert len(events) == 12
    assert len(codes) >= 30, sorted(codes)


def test_a_field_that_is_none_of_its_event_changes_nothing() -> None:
    own = {kind: {"visit", *must, *may} for kind, (must, may) in EVENTS.items()}
    own["task"] |= {"who", "serve"}
    names = sorted(set().union(*own.values()))
    for seed in range(20):
        file = random_file(seed)
        more = copy.deepcopy(file)
        for event in more["events"]:
            for name in names:
                if name not in own[event["event"]]:
                    event[name] = event["by"] if name == "asked_by" and "by" in event else [[]]
        assert decide(more) == decide(file), seed
