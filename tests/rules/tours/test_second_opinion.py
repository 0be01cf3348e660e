"""Two readings of one contract agree: everything but the sentences, and where a fault is."""

from __future__ import annotations

import copy
import json
import random

import pytest

from tests.rules.tours.random_files import random_fault, random_file
from tests.rules.tours.second_opinion import run as second
from tests.rules.two_readings import TwoReadings
from yingbin.rules.tours.decide import decide
from yingbin.rules.tours.visitfile import EVENTS

pytestmark = pytest.mark.clause(
    "CV-2", "CV-3.1", "CV-3.2.1", "CV-3.2.2", "CV-3.3.1", "CV-3.4.1", "CV-4.1"
)
FIXED = 50
BOTH = TwoReadings(decide, second, random_file, random_fault)


@pytest.mark.parametrize("start", range(0, FIXED, 25))
def test_two_readings_agree_on_weeks_of_visits(start: int) -> None:
    for seed in range(start, start + 25):
        BOTH.agree(seed)
        BOTH.agree_on_a_fault(seed)


def test_two_readings_agree_on_weeks_nobody_has_seen_before() -> None:
    seed = random.SystemRandom().randrange(10**9)
    for one in range(seed, seed + FIXED):
        BOTH.agree(one)
        BOTH.agree_on_a_fault(one)


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
