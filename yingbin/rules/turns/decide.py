"""The turn queue of the gallery: events in, decisions out (TQ-1, 1.1, 1.2, 4 to 11).

`apply` moves a state by one event and returns what was decided, each with its clause and its
reason. `replay` does so for a day in a file. Both call the same rules as the running system.
"""

from __future__ import annotations

from collections.abc import Callable

from yingbin.rules.decision import Decision, Refused
from yingbin.rules.malformed import Fields
from yingbin.rules.turns import dayfile, supervision
from yingbin.rules.turns.because import Because
from yingbin.rules.turns.policy import TurnsPolicy
from yingbin.rules.turns.reception import (
    Step,
    clause_of,
    may_be_served,
    row_of,
    seat,
    serve_waiting,
)
from yingbin.rules.turns.refusals import Refusals
from yingbin.rules.turns.state import ENDED, ENQUIRY, LEFT, RECEIVED, WAITING, Leave, State

__all__ = ["State", "apply", "many_units", "notice", "replay", "would"]

MANY_UNITS = 3  # TQ-10: 三套以上, the number itself included
Names = Callable[[str], str]


def as_is(who: str) -> str:
    """The names of a file: an id is a name."""
    return who


def apply(state: State, event: Fields, *, index: int, names: Names = as_is) -> list[Decision]:
    """Apply one well-formed event to the state and return its decisions, in order.

    A refusal changes nothing and is the only decision. The event's form is not checked here
    (`dayfile.check_event`); a visit that the state knows can't arrive again: ValueError.
    """
    awaited = frozenset(visit for visit, whom in state.waiting() if whom is not None)
    step = Step(state, event, index, Because(names), Refusals(names), awaited)
    try:
        own = _EVENTS[event["event"]](step)
    except Refused as no:
        of_visit = "visit" in dayfile.EVENTS[event["event"]].must
        visit = event["visit"] if of_visit else None
        return [step.decide("refused", visit, no.clause, no.message)]
    return ([own] if own else []) + serve_waiting(step)


def would(state: State, event: Fields, names: Names = as_is) -> Decision | None:
    """What would be decided first if this happened now; the state stays as it is.

    For `arrive` the visit may be left out. None where the event gives no decision.
    """
    imagined = {"visit": "…", **event}
    decisions = apply(state.copy(), imagined, index=0, names=names)
    return decisions[0] if decisions else None


def notice(event: Fields, decisions: list[Decision], *, index: int) -> dict[str, object] | None:
    """TQ-10: an accepted `finish` with three units or more is reported to the manager."""
    if event["event"] != "finish" or not many_units(event.get("units_wanted", 0)):
        return None
    if any(decision.refused for decision in decisions):
        return None
    return {"clause": "TQ-10", "visit": event["visit"], "event": index}


def many_units(wanted: int) -> bool:
    """TQ-10: whether a customer wants so many units at once that the manager is told."""
    return wanted >= MANY_UNITS


def replay(day: object) -> dict[str, object]:
    """Run a whole day and return the contract's output. Raises Malformed."""
    whole = dayfile.check(day)
    state = opening(whole)
    decisions: list[dict[str, object]] = []
    notices: list[dict[str, object]] = []
    for index, event in enumerate(whole["events"]):
        made = apply(state, event, index=index)
        decisions += [decision.to_json() for decision in made]
        if told := notice(event, made, index=index):
            notices.append(told)
    return {
        "decisions": decisions,
        "queue": state.queue,
        "counts": state.counts,
        "make_up": [turn._asdict() for turn in state.accounts.make_up],
        "owes": state.accounts.owes,
        "waiting": state.line,
        "notices": notices,
    }


def opening(day: Fields, policy: TurnsPolicy | None = None) -> State:
    """The state in which a checked day begins, under its own policy or another."""
    own = policy or TurnsPolicy.from_json(day.get("policy", {}))
    return State.opening(day["queue"], day.get("make_up", ()), day.get("owes", {}), own)


# Groups


def _arrive(step: Step) -> Decision:
    """A group comes in: received at once, or it waits, or it is only asking the way."""
    state, visit = step.state, step.event["visit"]
    if visit in state.visits:
        raise ValueError(f"visit {visit!r} has arrived already")
    row = state.visits[visit] = row_of(state, step.event)
    if row.stage == ENQUIRY:
        because = step.because.enquiry()
        return step.decide("enquiry", visit, clause_of(row), because, turn="none")
    if may_be_served(state, row):
        return seat(step, visit)
    state.line.append(visit)
    return step.decide("waits", visit, clause_of(row), step.because.waits(row))


def _finish(step: Step) -> None:
    """The reception ends; a leave that was to follow happens."""
    state, visit = step.state, step.event["visit"]
    row = state.visits.get(visit)
    if row is None or row.stage != RECEIVED:
        raise step.refuse.finish(row)
    state.change(visit, stage=ENDED)
    state.end_reception(row.receiver or "")


def _leave(step: Step) -> None:
    """A waiting group goes away."""
    state, visit = step.state, step.event["visit"]
    row = state.visits.get(visit)
    if row is None or row.stage != WAITING:
        raise step.refuse.leave(row)
    state.change(visit, stage=LEFT)
    state.line.remove(visit)


def _anyone(step: Step) -> None:
    """A group that waits for one person will take anyone."""
    state, visit = step.state, step.event["visit"]
    row = state.visits.get(visit)
    if row is None or state.waits_for(visit) is None:
        raise step.refuse.anyone(row)
    state.wait_for_anyone(visit)


# Salespeople


def _away(step: Step) -> None:
    """Leaves the floor, at once or when the present reception ends (TQ-7)."""
    state, event = step.state, step.event
    who, reason = event["who"], event["reason"]
    if who in state.away or who not in state.queue:
        raise step.refuse.away(state, who)
    _go(state, who, Leave("away", reason, _treated_as(state, event)))


def _treated_as(state: State, event: Fields) -> str:
    """Business that nobody approved, or that a salesperson approved, is private (TQ-7)."""
    if event["reason"] != "business":
        return str(event["reason"])
    by = event.get("approved_by")
    return "private" if by is None or state.is_salesperson(by) else "business"


def _sign_out(step: Step) -> None:
    """Off the queue, at once or when the present reception ends."""
    state, who = step.state, step.event["who"]
    if who not in state.queue:
        raise step.refuse.sign_out(who)
    _go(state, who, Leave("sign_out"))


def _go(state: State, who: str, leave: Leave) -> None:
    """While receiving, a leave follows the reception and replaces one that was to follow."""
    if who in state.receiving:
        state.to_follow[who] = leave
    else:
        state.leave(who, leave)


def _back(step: Step) -> None:
    """On the floor again, with the turns this absence earned (TQ-7); or stays after all."""
    state, who = step.state, step.event["who"]
    if state.to_follow.pop(who, None):
        return
    if who not in state.away:
        raise step.refuse.back(state, who)
    marks = state.away.pop(who).marks
    state.accounts.earn(who, "TQ-7", min(marks, state.policy.makeup_per_absence))


def _sign_in(step: Step) -> None:
    """Joins at the tail; the account is as it was."""
    state, who = step.state, step.event["who"]
    if who in state.queue:
        raise step.refuse.sign_in(who)
    state.join(who)


_EVENTS: dict[str, Callable[[Step], Decision | None]] = {
    "arrive": _arrive,
    "finish": _finish,
    "leave": _leave,
    "anyone": _anyone,
    "away": _away,
    "back": _back,
    "sign_in": _sign_in,
    "sign_out": _sign_out,
    "claim_unrelated": supervision.claim_unrelated,
    "override": supervision.override,
    "adjust": supervision.adjust,
}
