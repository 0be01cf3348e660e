"""The worked examples of the turn queue's page come out as they are told there."""

import re
from typing import Any

import pytest

from yingbin.manual.clauses import book, folder
from yingbin.rules.turns import decide as turns

PAGE = (folder() / book().procedures["TQ"].page).read_text(encoding="utf-8")
FOUR = ["林", "周", "吴", "郑"]


def told(example: str) -> list[list[str]]:
    """The orders the page gives in one example, from top to bottom."""
    section = PAGE.split(f"### 例{example} ")[1].split("\n## ")[0].split("\n### ")[0]
    return [row.split("、") for row in re.findall(r"^> 队列：(.+)$", section, re.M)]


def arrive(visit: str, **fields: Any) -> dict[str, Any]:
    return {"event": "arrive", "visit": visit, **fields}


def finish(visit: str) -> dict[str, Any]:
    return {"event": "finish", "visit": visit}


def away(who: str, reason: str, **fields: Any) -> dict[str, Any]:
    return {"event": "away", "who": who, "reason": reason, **fields}


def back(who: str) -> dict[str, Any]:
    return {"event": "back", "who": who}


def day(*events: dict[str, Any]) -> dict[str, Any]:
    """Replays a day that begins with the four, all free; no event may be refused."""
    dated = [{"at": "2026-11-21T10:00:00+08:00", **event} for event in events]
    played = turns.replay({"queue": FOUR, "events": dated})
    assert not [d for d in played["decisions"] if d.get("refused")]
    return played


def receivers(played: dict[str, Any]) -> list[str]:
    return [d["receiver"] for d in played["decisions"] if d.get("receiver")]


def orders(played: dict[str, Any], *visits: str) -> list[list[str]]:
    """The order after each of these visits was decided."""
    after = {d["visit"]: list(d["queue"]) for d in played["decisions"]}
    return [after[visit] for visit in visits]


@pytest.mark.clause("TQ-1.2")
def test_one_a_new_group_goes_to_the_head_who_then_stands_last() -> None:
    played = day(arrive("v1"))
    assert receivers(played) == ["林"]
    assert orders(played, "v1") == told("一")


@pytest.mark.clause("TQ-1.1")
def test_two_a_named_salesperson_owes_the_turn_and_pays_it_when_reached() -> None:
    played = day(
        arrive("named", named="吴"), arrive("a"), arrive("b"), finish("named"), arrive("c")
    )
    assert receivers(played) == ["吴", "林", "周", "郑"]
    assert orders(played, "named", "b", "c") == told("二")
    assert played["decisions"][-1]["passed_over"] == ["吴"]
    assert played["owes"] == {}


@pytest.mark.clause("TQ-1.2")
def test_three_those_ahead_who_are_receiving_keep_their_place() -> None:
    four = [arrive(v) for v in "abcd"]
    played = day(*four, finish("c"), arrive("e"))
    assert orders(played, "d") == [FOUR]
    assert receivers(played)[-1] == "吴"
    assert orders(played, "e") == told("三")


@pytest.mark.clause("TQ-7")
def test_four_approved_business_earns_one_turn_however_often_passed_over() -> None:
    gone = away("林", "business", approved_by="经理")
    played = day(gone, arrive("a"), back("林"), arrive("b"), arrive("c"))
    assert receivers(played) == ["周", "林", "吴"]
    assert orders(played, "a", "b") == told("四")
    thrice = day(gone, *[x for v in "abcdefg" for x in (arrive(v), finish(v))], back("林"))
    assert thrice["make_up"] == [{"who": "林", "clause": "TQ-7"}]


@pytest.mark.clause("TQ-7")
def test_five_a_meal_keeps_the_place() -> None:
    played = day(away("林", "meal"), arrive("a"), back("林"), arrive("b"))
    assert orders(played, "a") == told("五")
    assert receivers(played) == ["周", "林"]


@pytest.mark.clause("TQ-7")
@pytest.mark.parametrize("reason", ["private", "business"])
def test_six_private_leave_and_unapproved_business_earn_nothing(reason: str) -> None:
    played = day(away("林", reason), arrive("a"), back("林"))
    assert receivers(played) == ["周"]
    assert orders(played, "a") == told("六")
    assert played["make_up"] == []


@pytest.mark.clause("TQ-8")
def test_seven_the_last_free_helps_a_registered_customer_whose_receiver_is_away() -> None:
    played = day(away("林", "private"), arrive("a", registered_with="林"))
    assert receivers(played) == ["郑"]
    assert played["decisions"][0]["counted"] is False
    assert orders(played, "a") == told("七")


@pytest.mark.clause("TQ-4", "TQ-9")
def test_eight_peers_and_people_asking_the_way_move_nobody() -> None:
    played = day(arrive("peer", kind="peer"), arrive("lost", kind="enquirer"))
    assert receivers(played) == ["郑"]
    assert not any(played["counts"].values())
    assert orders(played, "lost") == told("八")


@pytest.mark.clause("TQ-5")
def test_nine_a_peer_who_keeps_silent_is_received_and_counted_as_a_new_customer() -> None:
    played = day(arrive("a"))
    (decision,) = played["decisions"]
    assert (decision["clause"], decision["counted"]) == ("TQ-1.2", True)
    assert played["counts"]["林"] == 1
    assert orders(played, "a") == told("九")


@pytest.mark.clause("TQ-6")
def test_nine_a_confirmed_claim_gives_the_chance_back() -> None:
    claim = {
        "event": "claim_unrelated",
        "visit": "a",
        "customer_confirmed": True,
        "confirmed_by": "经理",
    }
    played = day(arrive("a"), claim, finish("a"), arrive("b"))
    assert receivers(played) == ["林", "林", "林"]
    assert played["counts"]["林"] == 1
    assert [orders(played, v)[0] for v in "ab"] == told("九") * 2


@pytest.mark.clause("SC-4.3.2")
def test_ten_a_waiting_group_goes_to_the_first_who_becomes_free() -> None:
    played = day(*[arrive(v) for v in "abcde"], finish("c"))
    waited, served = played["decisions"][-2:]
    assert waited["waiting"] is True
    assert (served["visit"], served["receiver"]) == ("e", "吴")


@pytest.mark.clause("TQ-11")
def test_eleven_whoever_loses_a_visit_to_an_override_loses_nothing_else() -> None:
    given = {"event": "override", "visit": "a", "to": "郑", "by": "经理", "reason": "老邻居"}
    played = day(arrive("a"), {**given, "counts": True})
    assert receivers(played) == ["林", "郑"]
    assert played["counts"] == {"林": 0, "周": 0, "吴": 0, "郑": 1}
    assert played["owes"] == {"郑": 1}
    assert orders(played, "a") == told("十一")
