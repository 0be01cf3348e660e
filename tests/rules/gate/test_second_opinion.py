"""Two readings of one contract agree: everything but the sentences, and where a fault is."""

from __future__ import annotations

import copy
import json
import random

import pytest

from tests.rules.gate.random_files import random_fault, random_file
from tests.rules.gate.second_opinion import run as second
from tests.rules.two_readings import TwoReadings
from yingbin.rules.gate.gatefile import EVENTS
from yingbin.rules.gate.replay import replay

pytestmark = pytest.mark.clause("CV-4.1", "CV-4.2", "CV-4.3")
FIXED = 100
BOTH = TwoReadings(replay, second, random_file, random_fault)


@pytest.mark.parametrize("start", range(0, FIXED, 25))
def test_two_readings_agree_on_hours_at_the_gates(start: int) -> None:
    for seed in range(start, start + 25):
        BOTH.agree(seed)
        BOTH.agree_on_a_fault(seed)


def test_two_readings_agree_on_hours_nobody_has_seen_before() -> None:
    seed = random.SystemRandom().randrange(10**9)
    for one in range(seed, seed + FIXED):
        BOTH.agree(one)
        BOTH.agree_on_a_fault(one)


def test_the_random_hours_reach_every_event_and_most_answers() -> None:
    events: set[str] = set()
    codes: set[str] = set()
    for seed in range(FIXED):
        file = random_file(seed)
        for row in second(json.dumps(file))[1]["decisions"]:  # type: ignore[index]
            codes |= {row.get("code") or row["warning"]}
            codes |= {f"conflict {one['code']}" for one in row.get("conflicts", [])}
            if row["event"] is not None:
                events.add(file["events"][row["event"]]["event"])
    assert len(events) == 14
    assert len(codes) >= 30, sorted(codes)


def test_a_field_that_is_none_of_its_event_changes_nothing() -> None:
    own = {kind: {*form.must, *form.may} for kind, form in EVENTS.items()}
    names = sorted(set().union(*own.values()))
    for seed in range(20):
        file = random_file(seed)
        more = copy.deepcopy(file)
        for event in more["events"]:
            for name in names:
                if name not in own[event["event"]]:
                    event[name] = "out" if name == "direction" else [[]]
        assert replay(more) == replay(file), seed
