"""Two readings of one contract: they agree in everything but the sentences on random days."""

import copy
import json
from datetime import datetime
from typing import Any

import pytest

from tests.rules.duty.random_days import random_day, random_fault
from tests.rules.duty.second_opinion import replay as second
from yingbin.rules.duty.replay import replay
from yingbin.rules.malformed import Malformed

DAYS = 150


def plain(value: Any) -> Any:
    """Without sentences, and every time in one offset."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if k != "because"}
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, str) and value[4:5] == "-" and "T" in value:
        return datetime.fromisoformat(value).timestamp()
    return value


@pytest.mark.parametrize("start", range(0, DAYS, 30))
def test_two_readings_agree_on_random_days(start: int) -> None:
    for seed in range(start, start + 30):
        day = random_day(seed)
        one = replay(copy.deepcopy(day))
        assert all(entry["because"] for entry in one["log"])
        assert plain(one) == plain(second(day)), json.dumps(day, ensure_ascii=False)


def test_the_random_days_reach_every_decision_and_alert() -> None:
    seen: set[str] = set()
    refused: set[str] = set()
    accepted: set[str] = set()
    for seed in range(DAYS):
        day = random_day(seed)
        for entry in second(day)["log"]:
            seen.add(entry["what"])
            if entry["event"] is not None and entry["what"] in ("accepted", "refused"):
                where = accepted if entry["what"] == "accepted" else refused
                where.add(day["events"][entry["event"]]["event"])
    assert len(accepted) == 23
    assert len(refused) == 23
    assert len(seen) == 2 + 17


def test_a_single_fault_is_named_at_its_place() -> None:
    for seed in range(300):
        day, place = random_fault(seed)
        with pytest.raises(Malformed) as fault:
            replay(day)
        assert fault.value.place == place, json.dumps(day, ensure_ascii=False)
