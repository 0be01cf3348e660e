"""The certificate holds on whatever the rules decide, and each of its checks can fail."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.days import random_day
from yingbin.rules.certificate import CHECKS, certify, fair_share, trace
from yingbin.rules.turns.decide import apply
from yingbin.rules.turns.policy import TurnsPolicy
from yingbin.rules.turns.state import State


def decided(day: dict[str, Any]) -> dict[int, list[dict[str, Any]]]:
    policy = TurnsPolicy.from_json(day.get("policy", {}))
    state = State.opening(day["queue"], day.get("make_up", ()), day.get("owes", {}), policy)
    return {n: [d.to_json() for d in apply(state, e, index=n)] for n, e in enumerate(day["events"])}


@settings(max_examples=150)
@given(seed=st.integers(0, 10**9))
def test_every_check_holds_on_whatever_the_rules_decide(seed: int) -> None:
    day = random_day(seed)
    for finding in certify(day, decided(day)):
        assert finding.holds, (finding.id, finding.broken, seed)


def at(minute: int) -> str:
    return f"2026-11-21T09:{minute:02d}:00+08:00"


def quiet() -> dict[str, Any]:
    """Four people, six groups, a peer, a correction and a confirmed claim."""
    events: list[dict[str, Any]] = [
        {"event": "arrive", "at": at(1), "visit": "a", "kind": "customer"},
        {"event": "arrive", "at": at(2), "visit": "b", "kind": "customer"},
        {"event": "arrive", "at": at(3), "visit": "p", "kind": "peer"},
        {"event": "arrive", "at": at(4), "visit": "c", "kind": "customer"},
        {"event": "arrive", "at": at(5), "visit": "d", "kind": "customer"},
        {"event": "arrive", "at": at(6), "visit": "e", "kind": "customer"},
        {"event": "finish", "at": at(7), "visit": "a"},
        {"event": "finish", "at": at(8), "visit": "b"},
        {"event": "claim_unrelated", "at": at(9), "visit": "a", "customer_confirmed": True,
         "confirmed_by": "经理"},
        {"event": "adjust", "at": at(10), "who": "周", "by": "经理", "reason": "漏记", "count": 1},
    ]  # fmt: skip
    return {"queue": ["林", "周", "吴", "陈"], "events": events, "policy": {}}


def broken(check: str, made: dict[int, list[dict[str, Any]]], day: dict[str, Any]) -> str:
    return next(f.broken for f in certify(day, made) if f.id == check)


def test_the_quiet_day_is_certified() -> None:
    assert all(f.holds for f in certify(quiet(), decided(quiet())))


def spoil(check: str, day: dict[str, Any], made: dict[int, list[dict[str, Any]]]) -> None:
    """Changes one decision or event so that this check must fail."""
    if check == "one_at_a_time":
        made[1][0]["receiver"] = "林"
    elif check == "on_the_floor":
        day["events"].insert(0, {"event": "away", "at": at(0), "who": "林", "reason": "meal"})
        moved = {n + 1: d for n, d in made.items()}
        made.clear()
        made.update({0: [], **moved})
    elif check == "to_the_tail":
        made[0][0]["queue"] = ["林", "周", "吴", "陈"]
    elif check == "stays":
        made[2][0]["queue"] = list(reversed(made[2][0]["queue"]))
    elif check == "nobody_skipped":
        made[0][0]["receiver"] = "吴"
        made[0][0]["queue"] = ["林", "周", "陈", "吴"]
    elif check == "line_in_order":
        first, second = made[6][0], made[7][0]
        first["visit"], second["visit"] = second["visit"], first["visit"]
    elif check == "accounts":
        day["make_up"], day["owes"] = [{"who": "林", "clause": "TQ-7"}], {}
        day["spoilt"] = True
    elif check == "confirmed":
        day["events"][8]["confirmed_by"] = made[8][0]["receiver"]
    elif check == "supervised":
        day["events"][9]["reason"] = " "
    else:
        made[3][0]["clause"] = "TQ-4"


@pytest.mark.parametrize("check", [c.id for c in CHECKS if c.id != "accounts"])
def test_each_check_can_fail(check: str) -> None:
    day = quiet()
    made = copy.deepcopy(decided(day))
    spoil(check, day, made)
    assert broken(check, made, day)


def test_the_check_of_accounts_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    from yingbin.rules import certificate

    class Both:
        make_up, owed = ("TQ-7",), 1

    monkeypatch.setattr(certificate.State, "account", lambda self, who: Both())
    assert broken("accounts", decided(quiet()), quiet())


def test_a_fair_share_is_an_equal_part_of_every_turn_given_while_present() -> None:
    day = {"queue": ["林", "周"], "policy": {}, "events": [
        {"event": "arrive", "at": at(1), "visit": "a", "kind": "customer"},
        {"event": "arrive", "at": at(2), "visit": "b", "kind": "customer"},
        {"event": "finish", "at": at(3), "visit": "a"},
        {"event": "away", "at": at(4), "who": "周", "reason": "private"},
    ]}  # fmt: skip
    share = fair_share(trace(day, decided(day)))
    assert share == {"林": (1.0, 1), "周": (1.0, 1)}
