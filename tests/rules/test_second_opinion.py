"""Two implementations, one contract: they agree in every field but `because` on thousands of random days."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.rules.days import random_day
from tests.rules.second_opinion import second_opinion
from yingbin.rules.turns.decide import replay


def without_sentences(output: dict[str, Any]) -> dict[str, Any]:
    """The output in the fields that the contract names, but for the sentences."""
    told = copy.deepcopy(output)
    for decision in told["decisions"]:
        assert decision.pop("because")
    return told


def shrink(day: dict[str, Any], bad: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Drops events as long as the difference stays."""
    small, n = copy.deepcopy(day), 0
    while n < len(small["events"]):
        tried = {**small, "events": small["events"][:n] + small["events"][n + 1 :]}
        small, n = (tried, n) if bad(tried) else (small, n + 1)
    return small


def differ(day: dict[str, Any]) -> bool:
    return without_sentences(replay(day)) != second_opinion(day)


@pytest.mark.parametrize("block", range(15))
@pytest.mark.clause("TQ-1.1", "TQ-1.2", "TQ-4", "TQ-6", "TQ-7", "TQ-8", "TQ-9", "TQ-11")
def test_both_decide_alike(block: int) -> None:
    for seed in range(block * 100, block * 100 + 100):
        day = random_day(seed)
        if differ(day):
            small = shrink(day, differ)
            ours, theirs = without_sentences(replay(small)), second_opinion(small)
            pytest.fail(
                f"seed {seed}\n{json.dumps(small, ensure_ascii=False)}\n"
                f"product: {json.dumps(ours, ensure_ascii=False)}\n"
                f"second opinion: {json.dumps(theirs, ensure_ascii=False)}"
            )


def test_the_random_days_reach_the_rare_cases() -> None:
    seen: set[str] = set()
    for seed in range(300):
        day = random_day(seed)
        out = second_opinion(day)
        for d in out["decisions"]:
            kind = day["events"][d["event"]]["event"]
            state = "refused" if d.get("refused") else d.get("turn", "waits")
            seen.add(f"{kind}:{d['clause']}:{state}{':over' if d.get('passed_over') else ''}")
    for wanted in (
        "arrive:TQ-7:make_up",
        "arrive:TQ-8:none",
        "arrive:TQ-9:owed",
        "arrive:TQ-4:none",
        "arrive:TQ-1.2:queue:over",
        "finish:TQ-1.1:owed",
        "finish:TQ-8:none",
        "back:TQ-7:make_up",
        "override:TQ-11:owed",
        "override:TQ-11:queue",
        "override:TQ-11:none",
        "override:TQ-11:refused",
        "claim_unrelated:TQ-6:none",
        "claim_unrelated:TQ-6:refused",
        "finish:TQ-1.1:queue",
        "anyone:TQ-1.1:queue",
    ):
        assert any(s.startswith(wanted) for s in seen), (wanted, sorted(seen))
