"""Whose turn is it: a named example for each row and each sentence of the turn queue's rules."""

from __future__ import annotations

from typing import Any

import pytest

from yingbin.rules.turns.decide import apply, replay, would
from yingbin.rules.turns.state import State

LIN, ZHOU, WU, CHEN, MANAGER = "林", "周", "吴", "陈", "王"
THREE = [LIN, ZHOU, WU]


def event(what: str, /, **fields: Any) -> dict[str, Any]:
    return {"event": what, **fields}


def arrive(visit: str, **fields: Any) -> dict[str, Any]:
    return event("arrive", visit=visit, **fields)


def finish(visit: str, **fields: Any) -> dict[str, Any]:
    return event("finish", visit=visit, **fields)


def business(who: str, approved_by: str = MANAGER) -> dict[str, Any]:
    return event("away", who=who, reason="business", approved_by=approved_by)


def away(who: str, reason: str) -> dict[str, Any]:
    return event("away", who=who, reason=reason)


def back(who: str) -> dict[str, Any]:
    return event("back", who=who)


def sign_out(who: str) -> dict[str, Any]:
    return event("sign_out", who=who)


def sign_in(who: str) -> dict[str, Any]:
    return event("sign_in", who=who)


def claim(visit: str, confirmed_by: str | None = MANAGER, customer: bool = True) -> dict[str, Any]:
    return event(
        "claim_unrelated", visit=visit, customer_confirmed=customer, confirmed_by=confirmed_by
    )


def override(visit: str, to: str, counts: bool = True, **fields: Any) -> dict[str, Any]:
    return event(
        "override",
        visit=visit,
        to=to,
        counts=counts,
        reason="客户要求",
        **{"by": MANAGER, **fields},
    )


def adjust(who: str, **fields: Any) -> dict[str, Any]:
    return event("adjust", who=who, reason="记错了", **{"by": MANAGER, **fields})


def play(queue: list[str], *events: dict[str, Any], **top: Any) -> dict[str, Any]:
    """Replay a day with one event a minute."""
    timed = [
        {"at": f"2026-11-23T{9 + minute // 60:02}:{minute % 60:02}:00+08:00", **one}
        for minute, one in enumerate(events)
    ]
    return replay({"queue": queue, "events": timed, **top})


def last(out: dict[str, Any]) -> dict[str, Any]:
    return out["decisions"][-1]


def told(decision: dict[str, Any]) -> tuple[Any, ...]:
    """Receiver, counted, turn and clause of a group that is received."""
    return tuple(decision[name] for name in ("receiver", "counted", "turn", "clause"))


def refusal(out: dict[str, Any], clause: str | None = None) -> str:
    """The sentence of the last decision, which must be a refusal under this clause."""
    decision = last(out)
    assert decision["refused"] is True
    assert decision["clause"] == clause
    return decision["because"]


# The table of arrivals


@pytest.mark.clause("TQ-1.2")
def test_a_new_customer_goes_to_the_head_of_the_queue_who_then_stands_last():
    out = play(THREE, arrive("v1"))
    assert told(last(out)) == (LIN, True, "queue", "TQ-1.2")
    assert last(out)["passed_over"] == []
    assert out["queue"] == [ZHOU, WU, LIN]
    assert out["counts"] == {LIN: 1, ZHOU: 0, WU: 0}
    assert last(out)["because"] == "轮到林：排在最前且空闲。"


@pytest.mark.clause("TQ-1.1", "TQ-9")
def test_the_named_salesperson_receives_keeps_the_place_and_owes_a_turn():
    out = play(THREE, arrive("v1", named=ZHOU))
    assert told(last(out)) == (ZHOU, True, "owed", "TQ-1.1")
    assert out["queue"] == THREE
    assert out["owes"] == {ZHOU: 1}


@pytest.mark.clause("TQ-1.1")
def test_under_the_policy_tail_the_named_salesperson_goes_to_the_tail_at_once():
    out = play(THREE, arrive("v1", named=LIN), policy={"named_turn": "tail"})
    assert told(last(out)) == (LIN, True, "queue", "TQ-1.1")
    assert last(out)["passed_over"] == []
    assert (out["queue"], out["owes"]) == ([ZHOU, WU, LIN], {})


@pytest.mark.clause("TQ-1.1")
def test_a_group_waits_for_its_named_salesperson_who_is_receiving():
    out = play(THREE, arrive("v1"), arrive("v2", named=LIN))
    assert last(out) | {"because": ""} == {
        "event": 1,
        "visit": "v2",
        "clause": "TQ-1.1",
        "because": "",
        "queue": [ZHOU, WU, LIN],
        "receiver": None,
        "waiting": True,
    }
    assert out["waiting"] == ["v2"]
    out = play(THREE, arrive("v1"), arrive("v2", named=LIN), finish("v1"))
    assert (last(out)["event"], last(out)["visit"]) == (2, "v2")
    assert told(last(out)) == (LIN, True, "owed", "TQ-1.1")
    assert out["waiting"] == []


@pytest.mark.clause("TQ-1.1")
def test_under_the_policy_assist_the_last_free_person_helps_the_named_ones_group():
    out = play(THREE, arrive("v1"), arrive("v2", named=LIN), policy={"receiver_busy": "assist"})
    assert told(last(out)) == (WU, False, "none", "TQ-1.1")
    assert out["queue"] == [ZHOU, WU, LIN]


@pytest.mark.clause("TQ-1.1", "TQ-9")
@pytest.mark.parametrize("tie", ["named", "registered_with"])
def test_under_assist_a_person_who_is_free_receives_their_own_group(tie: str):
    out = play(THREE, arrive("v1", **{tie: LIN}), policy={"receiver_busy": "assist"})
    assert told(last(out))[:3] == (LIN, True, "owed")


@pytest.mark.clause("TQ-1.1")
def test_a_named_reception_counts_also_where_own_customers_do_not():
    out = play(THREE, arrive("v1", named=LIN), policy={"own_customer_counts": False})
    assert told(last(out)) == (LIN, True, "owed", "TQ-1.1")


@pytest.mark.clause("TQ-1.1")
@pytest.mark.parametrize("named", [ZHOU, "无此人"])
def test_a_named_person_who_is_not_on_the_floor_or_unknown_means_by_queue(named: str):
    out = play(THREE, away(ZHOU, "meal"), arrive("v1", named=named))
    assert told(last(out)) == (LIN, True, "queue", "TQ-1.1")


@pytest.mark.clause("TQ-9")
def test_an_own_customer_is_received_by_the_receiver_of_record_and_counted():
    out = play(THREE, arrive("v1", registered_with=WU))
    assert told(last(out)) == (WU, True, "owed", "TQ-9")
    assert out["owes"] == {WU: 1}


@pytest.mark.clause("TQ-9")
def test_an_own_customer_is_uncounted_where_the_policy_says_so():
    out = play(THREE, arrive("v1", registered_with=WU), policy={"own_customer_counts": False})
    assert told(last(out)) == (WU, False, "none", "TQ-9")
    assert (out["owes"], out["counts"][WU]) == ({}, 0)


@pytest.mark.clause("TQ-9")
def test_a_registered_group_waits_for_its_busy_receiver_under_its_own_row():
    day = [arrive("v1"), arrive("v2", registered_with=LIN)]
    assert last(play(THREE, *day))["clause"] == "TQ-9"
    assert told(last(play(THREE, *day, finish("v1")))) == (LIN, True, "owed", "TQ-9")


@pytest.mark.clause("TQ-8")
def test_under_assist_the_last_free_person_helps_a_registered_group_uncounted():
    assist = {"receiver_busy": "assist"}
    out = play(THREE, arrive("v1"), arrive("v2", registered_with=LIN), policy=assist)
    assert told(last(out)) == (WU, False, "none", "TQ-8")


@pytest.mark.clause("TQ-8")
@pytest.mark.parametrize("receiver", [LIN, "无此人"])
def test_the_last_free_person_assists_when_the_receiver_of_record_is_absent(receiver: str):
    out = play(THREE, away(LIN, "meal"), arrive("v1", registered_with=receiver))
    assert told(last(out)) == (WU, False, "none", "TQ-8")
    assert (out["queue"], out["counts"][WU]) == (THREE, 0)


@pytest.mark.clause("TQ-8", "TQ-9")
def test_the_receiver_of_record_outranks_the_named_one():
    out = play(THREE, arrive("v1", named=LIN, registered_with=WU))
    assert told(last(out)) == (WU, True, "owed", "TQ-9")


@pytest.mark.clause("TQ-4")
def test_a_declared_peer_goes_to_the_last_free_person_uncounted():
    out = play(THREE, arrive("v1", kind="peer", named=LIN, registered_with=LIN))
    assert told(last(out)) == (WU, False, "none", "TQ-4")
    assert out["queue"] == THREE


@pytest.mark.clause("TQ-4")
def test_a_peer_waits_when_nobody_is_free_and_is_then_received_uncounted():
    out = play([LIN], arrive("v1"), arrive("v2", kind="peer"))
    assert (last(out)["waiting"], last(out)["clause"]) == (True, "TQ-4")
    out = play([LIN], arrive("v1"), arrive("v2", kind="peer"), finish("v1"))
    assert told(last(out)) == (LIN, False, "none", "TQ-4")


@pytest.mark.clause("TQ-5")
def test_an_undeclared_peer_is_a_new_customer():
    assert told(last(play(THREE, arrive("v1", kind="customer")))) == (LIN, True, "queue", "TQ-1.2")


@pytest.mark.clause("TQ-9")
def test_someone_who_asks_the_way_takes_nobodys_turn():
    out = play(THREE, arrive("v1", kind="enquirer", named=LIN))
    assert told(last(out)) == (None, False, "none", "TQ-9")
    assert last(out)["passed_over"] == []
    assert (out["queue"], out["waiting"]) == (THREE, [])


# By queue


@pytest.mark.clause("TQ-1.2")
def test_a_busy_head_is_stepped_over_and_keeps_the_place():
    out = play(THREE, arrive("v1", named=LIN), arrive("v2"))
    assert told(last(out)) == (ZHOU, True, "queue", "TQ-1.2")
    assert out["queue"] == [LIN, WU, ZHOU]
    assert last(out)["because"] == (
        "轮到周：前面的人这次轮不到，周是第一位空闲且不欠轮的；林正在接待，位置保留。"
    )


@pytest.mark.clause("TQ-9")
def test_a_free_person_who_owes_pays_one_turn_and_goes_to_the_tail():
    out = play(THREE, arrive("v1"), owes={LIN: 2})
    assert told(last(out)) == (ZHOU, True, "queue", "TQ-1.2")
    assert last(out)["passed_over"] == [LIN]
    assert (out["queue"], out["owes"]) == ([WU, LIN, ZHOU], {LIN: 1})


@pytest.mark.clause("TQ-9")
def test_if_every_free_person_owes_the_first_receives_and_goes_on_owing():
    out = play([LIN, ZHOU], arrive("v1"), owes={LIN: 1, ZHOU: 1})
    assert told(last(out)) == (LIN, True, "queue", "TQ-1.2")
    assert (out["queue"], out["owes"]) == ([ZHOU, LIN], {LIN: 1, ZHOU: 1})


@pytest.mark.clause("TQ-9")
def test_someone_receiving_who_owes_is_stepped_over_without_paying():
    out = play(THREE, arrive("v1", named=LIN), arrive("v2"))
    assert out["owes"] == {LIN: 1}
    assert last(out)["passed_over"] == []


@pytest.mark.clause("TQ-7")
def test_meal_keeps_the_place_private_loses_it_and_business_is_marked():
    four = [LIN, ZHOU, WU, CHEN]
    out = play(four, away(LIN, "meal"), away(ZHOU, "private"), business(WU), arrive("v1"))
    assert last(out)["receiver"] == CHEN
    assert last(out)["passed_over"] == [ZHOU, WU]
    assert out["queue"] == [LIN, ZHOU, WU, CHEN]
    assert last(out)["because"] == (
        "轮到陈：前面的人这次轮不到，陈是第一位空闲且不欠轮的；林用餐，位置保留；"
        "周私事外出，错过这一轮，排到队尾；吴公事外出，记一次轮空，排到队尾。"
    )


@pytest.mark.clause("TQ-7")
@pytest.mark.parametrize("reason", ["business", "private"])
def test_someone_away_who_owes_pays_instead_of_being_marked(reason: str):
    gone = event("away", who=LIN, reason=reason, approved_by=MANAGER)
    out = play([LIN, ZHOU], gone, arrive("v1"), back(LIN), owes={LIN: 1})
    assert last(out)["passed_over"] == [LIN]
    assert (out["owes"], out["make_up"]) == ({}, [])


@pytest.mark.clause("TQ-7")
def test_someone_at_a_meal_who_owes_is_stepped_over_without_paying():
    out = play([LIN, ZHOU], away(LIN, "meal"), arrive("v1"), owes={LIN: 1})
    assert (last(out)["passed_over"], out["owes"]) == ([], {LIN: 1})
    assert out["queue"] == [LIN, ZHOU]


@pytest.mark.clause("TQ-1.2")
def test_those_behind_the_receiver_are_left_alone():
    out = play(THREE, away(WU, "private"), arrive("v1"))
    assert (last(out)["passed_over"], out["queue"]) == ([], [ZHOU, WU, LIN])


@pytest.mark.clause("TQ-1.2", "SC-4.3.2")
def test_when_nobody_is_free_the_group_waits_and_nothing_moves():
    out = play([LIN, ZHOU], business(LIN), away(ZHOU, "private"), arrive("v1"), back(LIN))
    waits, served = out["decisions"]
    assert (waits["waiting"], waits["clause"], waits["queue"]) == (True, "TQ-1.2", [LIN, ZHOU])
    assert told(served) == (LIN, True, "queue", "TQ-1.2")
    assert out["make_up"] == []


# Make-up turns


@pytest.mark.clause("TQ-7")
def test_passed_over_on_business_the_first_group_after_the_return_is_theirs():
    out = play(THREE, business(LIN), arrive("v1"), back(LIN), arrive("v2"))
    assert told(last(out)) == (LIN, True, "make_up", "TQ-7")
    assert last(out)["passed_over"] == []
    assert last(out)["queue"] == out["decisions"][0]["queue"] == [WU, LIN, ZHOU]
    assert out["make_up"] == []
    assert (
        last(out)["because"]
        == "先由林补接：因公事外出时被轮空得过一次补接，现在用掉；接待顺序不变。"
    )


@pytest.mark.clause("TQ-7")
@pytest.mark.parametrize(("most", "earned"), [(0, 0), (1, 1), (2, 2), (5, 2)])
def test_an_absence_earns_at_most_what_the_policy_allows(most: int, earned: int):
    day = [business(LIN), arrive("v1"), finish("v1"), arrive("v2"), back(LIN)]
    out = play([LIN, ZHOU], *day, policy={"makeup_per_absence": most})
    assert [one["passed_over"] for one in out["decisions"]] == [[LIN], [LIN]]
    assert out["make_up"] == [{"who": LIN, "clause": "TQ-7"}] * earned


@pytest.mark.clause("TQ-7")
@pytest.mark.parametrize("approver", [{}, {"approved_by": ZHOU}])
def test_business_that_nobody_or_a_salesperson_approved_is_private(approver: dict[str, str]):
    gone = event("away", who=LIN, reason="business", **approver)
    out = play(THREE, gone, arrive("v1"), back(LIN))
    assert last(out)["passed_over"] == [LIN]
    assert out["make_up"] == []
    assert "外出未获经理批准（按私事算）" in last(out)["because"]


@pytest.mark.clause("TQ-7")
def test_someone_who_signed_in_earlier_and_left_is_still_a_salesperson():
    day = [sign_in(CHEN), sign_out(CHEN), business(LIN, approved_by=CHEN), arrive("v1"), back(LIN)]
    assert play(THREE, *day)["make_up"] == []


@pytest.mark.clause("TQ-7")
def test_no_make_up_turn_without_being_passed_over():
    assert play(THREE, business(LIN), back(LIN))["make_up"] == []


@pytest.mark.clause("TQ-7")
def test_the_policy_may_treat_the_reasons_otherwise():
    policy = {"passed_over": {"meal": "make_up", "business": "lose"}}
    out = play(THREE, away(LIN, "meal"), arrive("v1"), back(LIN), policy=policy)
    assert out["make_up"] == [{"who": LIN, "clause": "TQ-7"}]
    out = play(THREE, business(LIN), arrive("v1"), back(LIN), policy=policy)
    assert out["make_up"] == []


@pytest.mark.clause("TQ-7", "TQ-6")
def test_the_earliest_earned_make_up_turn_whose_holder_is_free_is_used():
    carried = [
        {"who": WU, "clause": "TQ-7"},
        {"who": LIN, "clause": "TQ-6"},
        {"who": ZHOU, "clause": "TQ-7"},
    ]
    out = play(THREE, away(WU, "meal"), arrive("v1"), make_up=carried)
    assert told(last(out)) == (LIN, True, "make_up", "TQ-6")
    assert out["make_up"] == [carried[0], carried[2]]


@pytest.mark.clause("TQ-7")
def test_a_make_up_turn_takes_a_group_whose_named_one_is_absent_under_its_own_clause():
    carried = [{"who": WU, "clause": "TQ-7"}]
    out = play(THREE, away(LIN, "meal"), arrive("v1", named=LIN), make_up=carried)
    assert told(last(out)) == (WU, True, "make_up", "TQ-7")


@pytest.mark.clause("TQ-4", "TQ-8")
def test_a_make_up_turn_is_not_used_for_what_does_not_come_by_queue():
    carried = [{"who": LIN, "clause": "TQ-7"}]
    out = play(THREE, arrive("v1", kind="peer"), make_up=carried)
    assert (last(out)["receiver"], out["make_up"]) == (WU, carried)


# The account


@pytest.mark.clause("TQ-9")
def test_to_owe_uses_up_the_latest_earned_make_up_turn_first():
    carried = [
        {"who": LIN, "clause": "TQ-6"},
        {"who": ZHOU, "clause": "TQ-6"},
        {"who": LIN, "clause": "TQ-7"},
    ]
    out = play(THREE, arrive("v1", named=LIN), make_up=carried)
    assert told(last(out)) == (LIN, True, "owed", "TQ-1.1")
    assert (out["make_up"], out["owes"]) == (carried[:2], {})


@pytest.mark.clause("TQ-6", "TQ-9")
def test_to_earn_pays_an_owed_turn_first():
    out = play(THREE, arrive("v1", named=LIN), claim("v1"))
    assert (out["make_up"], out["owes"]) == ([], {})


@pytest.mark.clause("TQ-9")
def test_an_account_outlives_the_sign_out_and_may_belong_to_someone_not_there():
    out = play([LIN, ZHOU], arrive("v1", named=LIN), finish("v1"), sign_out(LIN), owes={CHEN: 2})
    assert out["owes"] == {LIN: 1, CHEN: 2}
    assert out["counts"] == {LIN: 1, ZHOU: 0}
    assert out["queue"] == [ZHOU]


# Waiting


@pytest.mark.clause("SC-4.3.2")
def test_the_freed_person_first_serves_who_waits_for_them_then_the_earliest():
    day = [arrive("v1"), arrive("v2"), arrive("v3"), arrive("v4", named=LIN)]
    out = play([LIN, ZHOU], *day, finish("v1"), finish("v2"))
    served = [(one["visit"], one["receiver"]) for one in out["decisions"][4:]]
    assert served == [("v4", LIN), ("v3", ZHOU)]


@pytest.mark.clause("SC-4.3.2")
def test_one_event_may_let_several_groups_be_received_each_with_its_own_order():
    day = [arrive("v1"), arrive("v2", named=LIN), arrive("v3"), arrive("v4")]
    out = play([LIN, ZHOU], *day, sign_in(WU), finish("v1"))
    assert [(one["event"], one["visit"], one["receiver"]) for one in out["decisions"][4:]] == [
        (4, "v4", WU),
        (5, "v2", LIN),
    ]
    assert out["queue"] == [LIN, ZHOU, WU]


@pytest.mark.clause("SC-4.3.2")
def test_a_waiting_group_that_leaves_is_no_longer_served():
    out = play([LIN], arrive("v1"), arrive("v2"), event("leave", visit="v2"), finish("v1"))
    assert len(out["decisions"]) == 2
    assert out["waiting"] == []


@pytest.mark.clause("TQ-1.1")
def test_anyone_moves_a_waiting_group_to_the_row_of_not_on_the_floor():
    out = play(THREE, arrive("v1"), arrive("v2", named=LIN), event("anyone", visit="v2"))
    assert (last(out)["event"], *told(last(out))) == (2, ZHOU, True, "queue", "TQ-1.1")
    registered = arrive("v2", registered_with=LIN)
    out = play(THREE, arrive("v1"), registered, event("anyone", visit="v2"))
    assert told(last(out)) == (WU, False, "none", "TQ-8")


@pytest.mark.clause("TQ-1.1")
def test_anyone_with_nobody_free_decides_nothing_yet():
    day = [arrive("v1"), arrive("v2", named=LIN), arrive("v3"), event("anyone", visit="v2")]
    assert len(play([LIN], *day)["decisions"]) == 3
    out = play([LIN], *day, finish("v1"))
    assert (last(out)["visit"], *told(last(out))) == ("v2", LIN, True, "queue", "TQ-1.1")


@pytest.mark.clause("TQ-1.1", "TQ-8")
def test_when_the_awaited_person_leaves_the_floor_the_row_is_not_on_the_floor():
    day = [arrive("v1"), arrive("v2", named=LIN), arrive("v3", registered_with=LIN)]
    out = play(THREE, *day, away(LIN, "meal"), finish("v1"))
    assert [told(one) for one in out["decisions"][3:]] == [
        (ZHOU, True, "queue", "TQ-1.1"),
        (WU, False, "none", "TQ-8"),
    ]


@pytest.mark.clause("TQ-1.1")
def test_a_group_that_waits_for_another_goes_on_waiting():
    day = [arrive("v1"), arrive("v2"), arrive("v3", named=ZHOU), away(LIN, "meal"), finish("v1")]
    out = play(THREE, *day)
    assert out["waiting"] == ["v3"]
    assert told(last(play(THREE, *day, finish("v2")))) == (ZHOU, True, "owed", "TQ-1.1")


@pytest.mark.clause("TQ-1.1")
def test_the_row_stays_when_the_one_who_was_absent_comes_back():
    day = [away(LIN, "meal"), arrive("v1"), arrive("v2", named=LIN), back(LIN)]
    out = play([ZHOU, LIN], *day)
    assert told(last(out)) == (LIN, True, "queue", "TQ-1.1")


@pytest.mark.clause("TQ-8")
def test_the_row_under_assist_stays_that_of_the_last_free_person():
    day = [arrive("v1"), arrive("v2", registered_with=LIN), finish("v1")]
    out = play([LIN], *day, policy={"receiver_busy": "assist"})
    assert told(last(out)) == (LIN, False, "none", "TQ-8")


# Coming and going


@pytest.mark.clause("TQ-7")
def test_a_leave_that_follows_happens_before_waiting_groups_are_served():
    out = play([LIN, ZHOU], arrive("v1"), arrive("v2"), arrive("v3"), sign_out(LIN), finish("v1"))
    assert out["queue"] == [ZHOU]
    assert out["waiting"] == ["v3"]


@pytest.mark.clause("TQ-7")
def test_a_later_leave_replaces_the_one_that_was_to_follow():
    day = [arrive("v1"), sign_out(LIN), away(LIN, "private"), away(LIN, "meal"), finish("v1")]
    out = play([LIN, ZHOU], *day, arrive("v2"), arrive("v3"))
    assert out["queue"] == [LIN, ZHOU]
    assert last(out)["waiting"] is True


@pytest.mark.clause("TQ-7")
def test_back_while_receiving_takes_back_the_leave():
    out = play([LIN], arrive("v1"), sign_out(LIN), back(LIN), finish("v1"), arrive("v2"))
    assert last(out)["receiver"] == LIN


@pytest.mark.clause("TQ-7")
def test_back_earns_first_and_then_serves_who_waits():
    day = [business(LIN), arrive("v1"), arrive("v2"), back(LIN)]
    out = play([LIN, ZHOU], *day)
    assert told(last(out)) == (LIN, True, "make_up", "TQ-7")
    assert last(out)["queue"] == [LIN, ZHOU]


@pytest.mark.clause("TQ-7")
def test_an_absence_that_ends_by_signing_out_earns_nothing():
    out = play(THREE, business(LIN), arrive("v1"), sign_out(LIN), sign_in(LIN))
    assert out["make_up"] == []
    assert out["queue"] == [WU, ZHOU, LIN]


@pytest.mark.clause("TQ-7")
def test_whoever_signs_in_again_after_an_absence_is_on_the_floor():
    out = play([LIN], away(LIN, "private"), sign_out(LIN), sign_in(LIN), arrive("v1"))
    assert last(out)["receiver"] == LIN


@pytest.mark.clause("TQ-1")
def test_whoever_signs_in_joins_at_the_tail_and_is_counted_from_then():
    out = play([LIN], sign_in(CHEN))
    assert (out["queue"], out["counts"]) == ([LIN, CHEN], {LIN: 0, CHEN: 0})


# Claims


@pytest.mark.clause("TQ-6")
def test_an_accepted_claim_takes_the_count_back_and_earns_a_turn():
    out = play(THREE, arrive("v1"), claim("v1"))
    decision = last(out)
    assert told(decision) == (LIN, False, "none", "TQ-6")
    assert (decision["event"], decision["visit"]) == (1, "v1")
    assert out["counts"][LIN] == 0
    assert out["make_up"] == [{"who": LIN, "clause": "TQ-6"}]
    assert out["queue"] == [ZHOU, WU, LIN]


@pytest.mark.clause("TQ-6")
def test_a_claim_may_come_after_the_reception_has_ended():
    out = play(THREE, arrive("v1"), finish("v1"), sign_out(LIN), claim("v1"))
    assert out["make_up"] == [{"who": LIN, "clause": "TQ-6"}]


@pytest.mark.clause("TQ-6")
@pytest.mark.parametrize(
    ("by", "customer", "word"),
    [(None, True, "还没有确认"), (MANAGER, False, "来意"), (ZHOU, True, "也是置业顾问")],
)
def test_an_unproven_claim_changes_nothing(by: str | None, customer: bool, word: str):
    out = play(THREE, arrive("v1"), claim("v1", by, customer))
    assert word in refusal(out, "TQ-6")
    assert (out["counts"][LIN], out["make_up"]) == (1, [])


@pytest.mark.clause("TQ-6")
def test_a_second_claim_an_uncounted_visit_and_an_unknown_one_are_refused():
    assert "不能再补" in refusal(play(THREE, arrive("v1"), claim("v1"), claim("v1")), "TQ-6")
    assert "没有计入" in refusal(play(THREE, arrive("v1", kind="peer"), claim("v1")), "TQ-6")
    assert "没有这批" in refusal(play(THREE, claim("v9")), "TQ-6")
    assert "等候" in refusal(play([LIN], arrive("v1"), arrive("v2"), claim("v2")), "TQ-6")


@pytest.mark.clause("TQ-6", "TQ-11")
def test_a_new_receiver_may_claim_a_visit_that_the_former_one_claimed():
    out = play(THREE, arrive("v1"), claim("v1"), override("v1", ZHOU), claim("v1"))
    assert told(last(out)) == (ZHOU, False, "none", "TQ-6")
    assert out["counts"] == {LIN: 0, ZHOU: 0, WU: 0}


# Overrides


@pytest.mark.clause("TQ-11")
def test_an_override_gives_the_place_and_the_count_back():
    out = play(THREE, arrive("v1"), override("v1", WU))
    assert told(last(out)) == (WU, True, "owed", "TQ-11")
    assert last(out)["passed_over"] == []
    assert out["queue"] == THREE
    assert (out["counts"], out["owes"]) == ({LIN: 0, ZHOU: 0, WU: 1}, {WU: 1})


@pytest.mark.clause("TQ-11")
def test_the_place_given_back_is_the_one_before_the_walk_counted_from_the_head():
    four = [LIN, ZHOU, WU, CHEN]
    day = [away(LIN, "private"), away(ZHOU, "private"), arrive("v1"), override("v1", CHEN)]
    out = play(four, *day)
    # 吴 stood third; 林 and 周 stay passed over at the tail
    assert out["queue"] == [CHEN, LIN, WU, ZHOU]


@pytest.mark.clause("TQ-11")
def test_the_place_given_back_is_at_most_the_tail():
    day = [away(LIN, "meal"), away(ZHOU, "meal"), arrive("v1"), sign_out(LIN), sign_out(ZHOU)]
    out = play([LIN, ZHOU, WU], *day, sign_in(CHEN), override("v1", CHEN))
    assert out["queue"] == [CHEN, WU]


@pytest.mark.clause("TQ-11")
def test_the_place_is_given_back_also_where_the_policy_tail_took_it():
    tail = {"named_turn": "tail"}
    out = play(THREE, arrive("v1", named=ZHOU), override("v1", LIN), policy=tail)
    assert told(last(out)) == (LIN, True, "queue", "TQ-11")
    assert out["queue"] == [ZHOU, WU, LIN]


@pytest.mark.clause("TQ-11")
def test_an_override_gives_a_make_up_turn_back_ahead_of_all_others():
    carried = [{"who": LIN, "clause": "TQ-6"}, {"who": ZHOU, "clause": "TQ-7"}]
    out = play(THREE, arrive("v1"), override("v1", WU, counts=False), make_up=carried)
    assert told(last(out)) == (WU, False, "none", "TQ-11")
    assert (out["make_up"], out["counts"][LIN]) == (carried, 0)


@pytest.mark.clause("TQ-11")
def test_a_make_up_turn_given_back_to_someone_who_owes_by_now_pays_one():
    carried = [{"who": LIN, "clause": "TQ-6"}]
    day = [arrive("v1"), adjust(LIN, turns=-2), override("v1", WU, counts=False)]
    out = play(THREE, *day, make_up=carried)
    assert (out["make_up"], out["owes"]) == ([], {LIN: 1})


@pytest.mark.clause("TQ-11", "TQ-4")
def test_an_uncounted_reception_has_nothing_to_give_back():
    out = play(THREE, arrive("v1", kind="peer"), override("v1", LIN))
    assert (out["queue"], out["make_up"], out["counts"][WU]) == (THREE, [], 0)
    assert "原由吴接待，本来不计；" in last(out)["because"]


@pytest.mark.clause("TQ-11", "TQ-6")
def test_the_sentences_tell_what_came_of_claim_and_override():
    said = last(play(THREE, arrive("v1", named=LIN), claim("v1")))["because"]
    assert said == "王已向客户核实是无关来访：林这次不计，抵掉一次欠轮。"
    said = last(play(THREE, arrive("v1"), claim("v1")))["because"]
    assert said == "王已向客户核实是无关来访：林这次不计，补接一次。"
    said = last(play(THREE, arrive("v1"), override("v1", WU)))["because"]
    assert said == (
        "王指定由吴接待；原由林接待，退回一次计数，回到原来的位置；计一次接待，欠一轮，位置不动。"
    )
    said = last(play(THREE, arrive("v1"), sign_out(LIN), override("v1", WU)))["because"]
    assert "退回一次计数；" in said
    said = last(play([LIN, ZHOU], arrive("v1"), override("v1", ZHOU, counts=False)))["because"]
    assert said == "王指定由周接待；原由林接待，退回一次计数，回到原来的位置；这次不计。"
    said = last(play(THREE, adjust(LIN, count=-1, turns=-2)))["because"]
    assert said == "王更正林的账：接待次数-1，记欠2轮。"


@pytest.mark.clause("TQ-11")
def test_an_override_pays_the_turn_that_a_named_reception_made_owed():
    out = play(THREE, arrive("v1", named=LIN), override("v1", ZHOU, counts=False))
    assert (out["owes"], out["make_up"], out["counts"][LIN]) == ({}, [], 0)
    carried = [{"who": LIN, "clause": "TQ-7"}]
    day = [arrive("v1", named=LIN), override("v1", ZHOU, counts=False)]
    out = play(THREE, *day, make_up=carried)
    assert out["make_up"] == [{"who": LIN, "clause": "TQ-11"}]


@pytest.mark.clause("TQ-11")
def test_an_override_that_gives_nothing_back_leaves_count_and_place_as_they_are():
    out = play(THREE, arrive("v1"), override("v1", WU, gives_back=False))
    assert out["queue"] == [ZHOU, WU, LIN]
    assert out["counts"] == {LIN: 1, ZHOU: 0, WU: 1}


@pytest.mark.clause("TQ-11", "TQ-6")
def test_whoever_claimed_the_visit_gets_nothing_back_twice():
    out = play(THREE, arrive("v1"), claim("v1"), override("v1", WU, counts=False))
    assert (out["counts"][LIN], out["queue"]) == (0, [ZHOU, WU, LIN])
    assert out["make_up"] == [{"who": LIN, "clause": "TQ-6"}]


@pytest.mark.clause("TQ-11")
def test_a_waiting_group_may_be_given_to_someone_free():
    out = play(THREE, arrive("v1"), arrive("v2", named=LIN), override("v2", WU))
    assert told(last(out)) == (WU, True, "owed", "TQ-11")
    assert out["waiting"] == []


@pytest.mark.clause("TQ-11")
def test_an_override_frees_the_receiver_for_those_who_wait():
    out = play(THREE, arrive("v1"), arrive("v2", named=LIN), override("v1", ZHOU))
    given, served = out["decisions"][2:]
    assert (given["visit"], given["receiver"], given["queue"]) == ("v1", ZHOU, THREE)
    assert (served["event"], served["visit"], *told(served)) == (
        2,
        "v2",
        LIN,
        True,
        "owed",
        "TQ-1.1",
    )


@pytest.mark.clause("TQ-11")
def test_a_leave_that_was_to_follow_happens_when_an_override_ends_the_reception():
    out = play(THREE, arrive("v1"), sign_out(LIN), override("v1", WU))
    assert out["queue"] == [ZHOU, WU]
    assert out["counts"][LIN] == 0
    day = [arrive("v1"), arrive("v2", named=LIN), away(LIN, "meal"), override("v1", WU)]
    out = play(THREE, *day)
    assert out["queue"] == [LIN, WU, ZHOU]
    assert (last(out)["visit"], last(out)["receiver"]) == ("v2", ZHOU)


@pytest.mark.clause("TQ-11")
def test_an_override_is_refused_unless_all_three_conditions_hold():
    one = arrive("v1")
    assert "置业顾问" in refusal(play(THREE, one, override("v1", WU, by=ZHOU)), "TQ-11")
    assert "正在接待" in refusal(play(THREE, one, override("v1", LIN)), "TQ-11")
    assert "外出" in refusal(play(THREE, one, away(WU, "meal"), override("v1", WU)), "TQ-11")
    assert "没有签到" in refusal(play(THREE, one, override("v1", CHEN)), "TQ-11")
    assert "已经结束" in refusal(play(THREE, one, finish("v1"), override("v1", WU)), "TQ-11")
    assert "没有这批" in refusal(play(THREE, override("v9", WU)), "TQ-11")
    asks = arrive("v1", kind="enquirer")
    assert "找人或问路" in refusal(play(THREE, asks, override("v1", WU)), "TQ-11")


# Adjustments and notices


@pytest.mark.clause("TQ-11")
def test_the_manager_corrects_count_and_turns():
    out = play(THREE, adjust(LIN, count=-1, turns=2), adjust(ZHOU, turns=-1))
    assert [(one["receiver"], one["visit"], one["clause"]) for one in out["decisions"]] == [
        (LIN, None, "TQ-11"),
        (ZHOU, None, "TQ-11"),
    ]
    assert out["counts"] == {LIN: -1, ZHOU: 0, WU: 0}
    assert out["make_up"] == [{"who": LIN, "clause": "TQ-11"}] * 2
    assert out["owes"] == {ZHOU: 1}


@pytest.mark.clause("TQ-11")
def test_an_adjustment_crosses_from_owed_to_earned_and_back():
    assert play(THREE, adjust(LIN, turns=3), owes={LIN: 2})["make_up"] == [
        {"who": LIN, "clause": "TQ-11"}
    ]
    carried = [{"who": LIN, "clause": "TQ-6"}]
    assert play(THREE, adjust(LIN, turns=-3), make_up=carried)["owes"] == {LIN: 2}


@pytest.mark.clause("TQ-11")
def test_an_adjustment_is_for_salespeople_and_by_none_of_them():
    assert "不是当天的置业顾问" in refusal(play(THREE, adjust(CHEN, turns=1)), "TQ-11")
    out = play(THREE, adjust(LIN, turns=1, by=ZHOU))
    assert "不能指定或更正" in refusal(out, "TQ-11")
    assert last(out)["visit"] is None
    assert out["make_up"] == []


@pytest.mark.clause("TQ-10")
def test_three_units_or_more_are_reported_when_the_reception_ends():
    day = [arrive("v1"), arrive("v2"), finish("v1", units_wanted=2), finish("v2", units_wanted=3)]
    assert play(THREE, *day)["notices"] == [{"clause": "TQ-10", "visit": "v2", "event": 3}]


@pytest.mark.clause("TQ-10")
def test_only_a_finish_reports_units():
    out = play([LIN], arrive("v1"), arrive("v2"), event("leave", visit="v2", units_wanted=9))
    assert out["notices"] == []


@pytest.mark.clause("TQ-10")
def test_a_refused_finish_reports_nothing():
    out = play([LIN], arrive("v1"), finish("v1"), finish("v1", units_wanted=5))
    assert out["notices"] == []


# Refusals


@pytest.mark.clause("TQ-1")
@pytest.mark.parametrize(
    ("events", "visit"),
    [
        ([finish("v9")], "v9"),
        ([arrive("v1"), finish("v1"), finish("v1")], "v1"),
        ([arrive("v1"), event("leave", visit="v1")], "v1"),
        ([event("leave", visit="v9")], "v9"),
        ([arrive("v1"), event("anyone", visit="v1")], "v1"),
        ([arrive("v1", named=LIN), event("anyone", visit="v1")], "v1"),
        ([event("anyone", visit="v9")], "v9"),
        ([away(LIN, "meal"), away(LIN, "private")], None),
        ([away(CHEN, "meal")], None),
        ([back(LIN)], None),
        ([back(CHEN)], None),
        ([sign_out(LIN), back(LIN)], None),
        ([sign_in(LIN)], None),
        ([arrive("v1"), sign_out(LIN), sign_in(LIN)], None),
        ([sign_out(CHEN)], None),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    events: list[dict[str, Any]], visit: str | None
):
    out = play(THREE, *events)
    assert refusal(out).endswith("。")
    assert last(out)["visit"] == visit
    assert (last(out)["event"], last(out)["queue"]) == (len(events) - 1, out["queue"])
    before = play(THREE, *events[:-1])
    unchanged = ("queue", "counts", "make_up", "owes", "waiting", "notices")
    assert [out[name] for name in unchanged] == [before[name] for name in unchanged]


def test_a_refusal_names_no_visit_where_the_event_has_none():
    assert last(play(THREE, event("back", who=LIN, visit="v1")))["visit"] is None
    assert last(play(THREE, adjust(CHEN, visit="v1")))["visit"] is None


def test_a_group_leaves_once():
    gone = event("leave", visit="v2")
    assert "已经离开" in refusal(play([LIN], arrive("v1"), arrive("v2"), gone, gone))


def test_anyone_of_a_group_that_waits_for_nobody_in_particular_is_refused():
    out = play([LIN], arrive("v1"), arrive("v2"), event("anyone", visit="v2"))
    assert "请稍候" in refusal(out)


# The state


def busy_state() -> State:
    """A gallery with something of everything in it."""
    state = State.opening([LIN, ZHOU, WU, CHEN], [{"who": ZHOU, "clause": "TQ-6"}], {WU: 1})
    events = [
        business(LIN),
        arrive("v1", named=WU),
        arrive("v2"),
        arrive("v3"),
        arrive("v4", registered_with=WU),
        away(WU, "meal"),
        arrive("v5"),
        finish("v3"),
        sign_in("郑"),
        sign_out("郑"),
        arrive("v6", kind="enquirer"),
        sign_out("郑"),
        sign_in("郑"),
    ]
    for index, one in enumerate(events):
        apply(state, one, index=index)
    return state


def test_the_state_survives_being_written_down_even_with_its_keys_reordered():
    state = busy_state()
    written = state.to_json()
    for name, value in written.items():
        if isinstance(value, dict):
            written[name] = dict(sorted(value.items(), reverse=True))
    again = State.from_json(written)
    assert again == state
    for index, one in enumerate([finish("v1"), finish("v2"), back(LIN), arrive("v9")]):
        assert apply(again, one, index=index) == apply(state, one, index=index)
    assert again == state


def test_a_copy_lives_a_life_of_its_own():
    state = busy_state()
    written = state.to_json()
    copy = state.copy()
    for index, one in enumerate([finish("v1"), back(LIN), adjust(ZHOU, turns=-4), sign_out(CHEN)]):
        apply(copy, one, index=index)
    assert state.to_json() == written


def test_would_answers_without_changing_anything():
    state = busy_state()
    written = state.to_json()
    decision = would(state, {"event": "arrive", "kind": "enquirer"})
    assert decision is not None
    assert (decision.clause, decision.turn) == ("TQ-9", "none")
    assert would(state, back(CHEN)) is not None
    assert would(state, sign_out(CHEN)) is None
    assert state.to_json() == written


def test_a_screen_can_ask_the_state():
    state = State.opening(THREE, [{"who": ZHOU, "clause": "TQ-6"}], {WU: 1})
    for index, one in enumerate(
        [business(ZHOU), arrive("v1"), arrive("v2", named=LIN), arrive("v3"), arrive("v4")]
    ):
        apply(state, one, index=index)
    apply(state, sign_out(LIN), index=5)
    assert state.queue == THREE
    assert (state.free(), state.last_free()) == ([], None)
    assert (state.on_floor(LIN), state.on_floor(ZHOU)) == (True, False)
    assert state.receiving == {LIN: "v1", WU: "v3"}
    assert state.waiting() == [("v2", LIN), ("v4", None)]
    assert state.account(ZHOU) == (["TQ-6"], 0)
    assert state.account(WU) == ([], 1)
    absence = state.absence(ZHOU)
    assert absence is not None
    assert (absence.reason, absence.treated_as, absence.marks) == ("business", "business", 1)
    leave = state.leave_to_follow(LIN)
    assert leave is not None
    assert leave.kind == "sign_out"
    assert (state.position(LIN), state.position(MANAGER)) == (0, None)


@pytest.mark.clause("TQ-6")
def test_an_ended_visit_can_be_put_aside_and_brought_back_for_a_claim():
    state = State.opening(THREE)
    for index, one in enumerate([arrive("v1"), finish("v1"), arrive("v2")]):
        apply(state, one, index=index)
    aside = state.take_ended()
    assert list(aside) == ["v1"]
    assert list(state.visits) == ["v2"]
    assert apply(state.copy(), claim("v1"), index=3)[0].refused
    state.admit("v1", aside["v1"])
    assert apply(state, claim("v1"), index=3)[0].receiver == LIN
    assert state.counts[LIN] == 0


def test_a_visit_that_is_there_cannot_arrive_again():
    state = State.opening(THREE)
    apply(state, arrive("v1"), index=0)
    with pytest.raises(ValueError, match="v1"):
        apply(state, arrive("v1"), index=1)


def test_sentences_speak_of_people_by_name():
    names = {"a": "林悦", "b": "周航"}
    state = State.opening(["b", "a"])
    apply(state, arrive("v1"), index=0, names=names.__getitem__)
    apply(state, arrive("v2", named="a"), index=1, names=names.__getitem__)
    decision = would(state, arrive("v3", named="a"), names.__getitem__)
    assert decision is not None
    assert decision.because == (
        "客户找的林悦正在接待，先请客户稍候，林悦一空闲就接待；客户愿意换人，可以改由别人接待。"
    )


def test_nobody_was_freed_for_a_group_that_takes_anyone_or_whose_person_left():
    waits = [arrive("v1", named=LIN), arrive("v2", named=LIN)]
    assert "现在有人空闲" not in last_sentence([*waits, event("anyone", visit="v2")])
    assert "现在有人空闲" not in last_sentence([*waits, sign_out(LIN), finish("v1")])
    everybody = [arrive(f"b{n}") for n in range(2)]
    assert "现在有人空闲" in last_sentence([arrive("v1"), *everybody, arrive("v2"), finish("b1")])


def last_sentence(events: list[dict[str, Any]]) -> str:
    """The last sentence of a day with these events."""
    at = "2026-11-23T09:00:00+08:00"
    day = {"queue": THREE, "events": [{"at": at, **e} for e in events]}
    return str(replay(day)["decisions"][-1]["because"])
