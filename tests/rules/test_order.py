"""The standing order: how a day opens on it, and what the day leaves of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingbin.rules.turns.decide import apply
from yingbin.rules.turns.order import closing_order, opening_queue, standing_after
from yingbin.rules.turns.state import State

STANDING = ["林", "周", "吴", "陈", "郑"]


def close(opening: list[str], *events: dict[str, Any]) -> State:
    state = State.opening(opening)
    for index, event in enumerate(events):
        apply(state, event, index=index)
    return state


def sign_out(who: str) -> dict[str, Any]:
    return {"event": "sign_out", "who": who}


def sign_in(who: str) -> dict[str, Any]:
    return {"event": "sign_in", "who": who}


def arrive(visit: str) -> dict[str, Any]:
    return {"event": "arrive", "visit": visit}


@pytest.mark.clause("TQ-11")
def test_carry_opens_by_the_standing_order_whoever_signs_in_first():
    assert opening_queue(STANDING, ["陈", "林"]) == ["林", "陈"]


@pytest.mark.clause("TQ-11")
def test_a_newcomer_opens_at_the_tail():
    assert opening_queue(STANDING, ["何", "陈", "林"]) == ["林", "陈", "何"]


@pytest.mark.clause("TQ-11")
def test_the_policy_may_open_by_signing_in_or_by_the_managers_hand():
    assert opening_queue(STANDING, ["陈", "林"], "sign_in") == ["陈", "林"]
    assert opening_queue(STANDING, ["林", "周", "陈"], "manual", ["陈", "吴", "林"]) == [
        "陈",
        "林",
        "周",
    ]


def test_an_unknown_opening_policy_is_an_error():
    with pytest.raises(ValueError, match="by_age"):
        opening_queue(STANDING, [], "by_age")


@pytest.mark.clause("TQ-1.2")
def test_the_days_people_share_their_slots_in_the_order_the_day_left():
    opening = ["林", "吴", "郑"]
    state = close(opening, arrive("v1"))
    assert standing_after(STANDING, opening, state) == ["吴", "周", "郑", "陈", "林"]


@pytest.mark.clause("TQ-1.2")
def test_who_signs_out_early_stands_where_they_stood():
    opening = ["林", "周", "吴"]
    state = close(opening, arrive("v1"), sign_out("周"))
    assert state.queue == ["吴", "林"]
    assert closing_order(state) == ["周", "吴", "林"]


def test_who_comes_back_after_signing_out_stands_where_they_joined():
    opening = ["林", "周", "吴"]
    state = close(opening, sign_out("林"), sign_out("周"), sign_in("林"))
    assert closing_order(state) == ["周", "吴", "林"]


def test_a_sign_out_that_follows_a_reception_is_remembered_too():
    events = [arrive("v1"), sign_out("林"), {"event": "finish", "visit": "v1"}]
    assert closing_order(close(["林", "周"], *events)) == ["周", "林"]


def test_a_newcomer_brings_a_slot_at_the_end_and_stands_as_the_day_left_them():
    opening = ["林", "周"]
    state = close(opening, sign_in("何"), arrive("v1"))
    assert state.queue == ["周", "何", "林"]
    assert standing_after(STANDING, opening, state) == ["周", "何", "吴", "陈", "郑", "林"]
    assert standing_after([], opening, state) == ["周", "何", "林"]


def test_the_state_of_another_day_is_an_error():
    with pytest.raises(ValueError, match="吴"):
        standing_after(STANDING, ["林", "吴"], close(["林"]))


orders = st.permutations(STANDING)
some = st.lists(st.sampled_from(STANDING), unique=True)


@given(orders, some)
def test_a_day_without_events_changes_nothing(standing: list[str], signed_in: list[str]):
    opening = opening_queue(standing, signed_in)
    assert standing_after(standing, opening, close(opening)) == standing


@given(orders, some, st.data())
def test_everybody_signing_out_one_after_another_changes_nothing(
    standing: list[str], signed_in: list[str], data: st.DataObject
):
    opening = opening_queue(standing, signed_in)
    leaving = data.draw(st.permutations(opening))
    leaving = leaving[: data.draw(st.integers(0, len(leaving)))]
    state = close(opening, *map(sign_out, leaving))
    assert standing_after(standing, opening, state) == standing


moves = st.lists(
    st.one_of(
        st.builds(sign_out, st.sampled_from([*STANDING, "何", "沈"])),
        st.builds(sign_in, st.sampled_from([*STANDING, "何", "沈"])),
        st.just({"event": "arrive"}),
    ),
    max_size=30,
)


@given(orders, some, moves)
def test_everyone_has_one_slot_and_the_absent_keep_theirs(
    standing: list[str], signed_in: list[str], events: list[dict[str, Any]]
):
    opening = opening_queue(standing, signed_in)
    state = close(opening, *({"visit": f"v{n}", **one} for n, one in enumerate(events)))
    after = standing_after(standing, opening, state)
    assert sorted(after) == sorted({*standing, *state.counts})
    for slot, who in enumerate(standing):
        assert who in state.counts or after[slot] == who
    assert [who for who in after if who in state.counts] == closing_order(state)
