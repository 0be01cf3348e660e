"""The manager's part: claims (TQ-6), visits given to another, accounts corrected (TQ-11)."""

from __future__ import annotations

from yingbin.rules.decision import Decision
from yingbin.rules.turns.accounts import MakeUp
from yingbin.rules.turns.reception import Step, pay_as_named, receive, received
from yingbin.rules.turns.state import ENDED, RECEIVED, WAITING, State, Visit


def claim_unrelated(step: Step) -> Decision:
    """TQ-6: salesperson and customer prove that the visitor is unrelated: uncounted, one turn."""
    state, event = step.state, step.event
    row = state.visits.get(event["visit"])
    if row is None or row.stage not in (RECEIVED, ENDED) or row.claimed or not row.counted:
        raise step.refuse.unclaimable(row)
    by = event["confirmed_by"]
    if not event["customer_confirmed"] or by is None or state.is_salesperson(by):
        raise step.refuse.unconfirmed(event["customer_confirmed"], by)
    who = row.receiver or ""
    because = step.because.claim(who, by, paid_owed=state.account(who).owed > 0)
    state.counts[who] -= 1
    state.change(event["visit"], counted=False, claimed=True)
    state.accounts.earn(who, "TQ-6")
    return step.decide(
        "claim", event["visit"], "TQ-6", because, receiver=who, counted=False, turn="none"
    )


def override(step: Step) -> Decision:
    """TQ-11: a visit that waits or is being received is given to `to`, who is free."""
    state, event = step.state, step.event
    visit, to = event["visit"], event["to"]
    row = state.visits.get(visit)
    _may_override(step, row)
    given = _take_from_receiver(step, row) if row and row.stage == RECEIVED else ""
    if visit in state.line:
        state.line.remove(visit)
    paid = pay_as_named(state, to, event["counts"])
    receive(state, visit, to, counted=event["counts"], turn=paid.turn, held=paid.held)
    cost = step.because.paid(state.policy, True, paid.used_make_up) if event["counts"] else ""
    previous = row.receiver if row else None
    because = step.because.override(to, event["by"], previous, given, cost)
    return received(step, visit, "TQ-11", because)


def _may_override(step: Step, row: Visit | None) -> None:
    """Raise the refusal unless the contract's three conditions hold."""
    state, event = step.state, step.event
    if state.is_salesperson(event["by"]):
        raise step.refuse.not_manager(event["by"])
    if row is None or row.stage not in (WAITING, RECEIVED):
        raise step.refuse.override_visit(row)
    if not state.is_free(event["to"]):
        raise step.refuse.override_to(state, event["to"])


def _take_from_receiver(step: Step, row: Visit) -> str:
    """The reception ends, a leave happens, and what it cost is given back; returns the words."""
    state, who = step.state, row.receiver or ""
    gives_back = step.event.get("gives_back", True)
    state.end_reception(who)
    if gives_back and not row.claimed:
        state.counts[who] -= row.counted
        _give_back_turn(state, who, row)
    return step.because.given_back(row, gives_back, back_in_place=who in state.queue)


def _give_back_turn(state: State, who: str, row: Visit) -> None:
    """`queue`: the place held before; `make_up`: that turn; `owed`: they earn (TQ-11)."""
    if row.turn == "queue" and row.held is not None and who in state.queue:
        state.to_index(who, row.held)
    elif row.turn == "make_up":
        state.accounts.restore(MakeUp(who, row.used or ""))
    elif row.turn == "owed":
        state.accounts.earn(who, "TQ-11")


def adjust(step: Step) -> Decision:
    """TQ-11: the manager corrects an account afterwards."""
    state, event = step.state, step.event
    who, by = event["who"], event["by"]
    if not state.is_salesperson(who):
        raise step.refuse.adjust(who)
    if state.is_salesperson(by):
        raise step.refuse.not_manager(by)
    count, turns = event.get("count", 0), event.get("turns", 0)
    state.counts[who] += count
    if turns > 0:
        state.accounts.earn(who, "TQ-11", turns)
    else:
        state.accounts.owe(who, -turns)
    because = step.because.adjust(who, by, count, turns)
    return step.decide("adjust", None, "TQ-11", because, receiver=who)
