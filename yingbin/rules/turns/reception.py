"""Who receives a group: the contract's table of arrivals, and the serving of those that wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yingbin.rules.decision import Decision, Kind
from yingbin.rules.malformed import Fields
from yingbin.rules.turns.because import Because
from yingbin.rules.turns.refusals import Refusals
from yingbin.rules.turns.state import (
    BY_QUEUE,
    ENQUIRER,
    ENQUIRY,
    NAMED,
    NEW,
    PEER,
    RECEIVED,
    REGISTERED,
    TO_LAST,
    TO_NOBODY,
    TO_PERSON,
    State,
    Visit,
)
from yingbin.rules.turns.walk import walk_queue

_CLAUSE = {
    (NEW, BY_QUEUE): "TQ-1.2",
    (NAMED, TO_PERSON): "TQ-1.1",
    (NAMED, TO_LAST): "TQ-1.1",
    (NAMED, BY_QUEUE): "TQ-1.1",
    (REGISTERED, TO_PERSON): "TQ-9",
    (REGISTERED, TO_LAST): "TQ-8",
    (PEER, TO_LAST): "TQ-4",
    (ENQUIRER, TO_NOBODY): "TQ-9",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One event being applied to the state, and the words for what comes of it.

    awaited: the groups that waited for one person when the event came.
    """

    state: State
    event: Fields
    index: int
    because: Because
    refuse: Refusals
    awaited: frozenset[str] = frozenset()

    def decide(
        self, kind: Kind, visit: str | None, clause: str | None, because: str, **fields: Any
    ) -> Decision:
        """A decision caused by this event, with the order as it is now."""
        queue = tuple(self.state.queue)
        return Decision(kind, self.index, visit, clause, because, queue, **fields)


@dataclass(frozen=True, slots=True)
class Paid:
    """What a reception outside the queue cost: `turn`, the place held before it, a make-up turn."""

    turn: str
    held: int | None = None
    used_make_up: bool = False


def row_of(state: State, event: Fields) -> Visit:
    """The row of the table in which an arrival stands; it is fixed now (TQ-1, 4, 8, 9)."""
    kind = event.get("kind", "customer")
    if kind == "enquirer":
        return Visit(ENQUIRER, TO_NOBODY, stage=ENQUIRY)
    if kind == "peer":
        return Visit(PEER, TO_LAST)
    if event.get("registered_with") is not None:
        return _row_of_person(state, REGISTERED, event["registered_with"])
    if event.get("named") is not None:
        return _row_of_person(state, NAMED, event["named"])
    return Visit(NEW, BY_QUEUE)


def _row_of_person(state: State, origin: str, whom: str) -> Visit:
    """A group that names someone: theirs, helped by the last free, or "not on the floor"."""
    if not state.on_floor(whom):
        return Visit(origin, TO_LAST if origin == REGISTERED else BY_QUEUE, whom)
    if whom in state.receiving and state.policy.receiver_busy == "assist":
        return Visit(origin, TO_LAST, whom)
    return Visit(origin, TO_PERSON, whom)


def clause_of(visit: Visit) -> str:
    """The clause of the row."""
    return _CLAUSE[visit.origin, visit.way]


def may_be_served(state: State, visit: Visit) -> bool:
    """Someone who may receive this group is free."""
    if visit.way == TO_PERSON:
        return state.is_free(visit.whom or "")
    return bool(state.free())


def serve_waiting(step: Step) -> list[Decision]:
    """Serve waiting groups until none can be."""
    decisions = []
    while visit := _next_in_line(step.state):
        step.state.line.remove(visit)
        decisions.append(seat(step, visit, later=_was_freed_for(step, visit)))
    return decisions


def _was_freed_for(step: Step, visit: str) -> bool:
    """Somebody became free for a group that waited; not where its row changed and others were free all along."""
    return visit not in step.awaited or step.state.visits[visit].way == TO_PERSON


def _next_in_line(state: State) -> str | None:
    """First those who wait for one particular person who is free, then the others, by arrival."""
    free = set(state.free())
    if not free:
        return None
    waits = state.waiting()
    theirs = (visit for visit, whom in waits if whom in free)
    others = (visit for visit, whom in waits if whom is None)
    return next(theirs, None) or next(others, None)


def seat(step: Step, visit: str, later: bool = False) -> Decision:
    """A group is received by whom its row says; someone who may receive it is free."""
    row = step.state.visits[visit]
    if row.way == TO_PERSON:
        return _seat_with_person(step, visit, row, later)
    if row.way == TO_LAST:
        return _seat_with_last(step, visit, row, later)
    return _seat_by_queue(step, visit, row, later)


def _seat_with_person(step: Step, visit: str, row: Visit, later: bool) -> Decision:
    """Named (TQ-1.1), or registered (TQ-9, counted by policy)."""
    state, who = step.state, row.whom or ""
    counted = row.origin == NAMED or state.policy.own_customer_counts
    paid = pay_as_named(state, who, counted)
    receive(state, visit, who, counted=counted, turn=paid.turn, held=paid.held)
    cost = step.because.paid(state.policy, counted, paid.used_make_up)
    because = step.because.to_person(row, cost, later)
    return received(step, visit, clause_of(row), because)


def _seat_with_last(step: Step, visit: str, row: Visit, later: bool) -> Decision:
    """The last free person, uncounted (TQ-4, TQ-8, TQ-1.1 under `assist`)."""
    who = step.state.last_free() or ""
    because = step.because.to_last(step.state, row, who, later)
    receive(step.state, visit, who, counted=False, turn="none")
    return received(step, visit, clause_of(row), because)


def _seat_by_queue(step: Step, visit: str, row: Visit, later: bool) -> Decision:
    """A make-up turn whose holder is free goes first; otherwise the queue is walked."""
    state = step.state
    if turn := state.accounts.use(state.is_free):
        because = step.because.by_make_up(state, row, turn.who, turn.clause, later)
        receive(state, visit, turn.who, counted=True, turn="make_up", used=turn.clause)
        return received(step, visit, turn.clause, because)
    walk = walk_queue(state)
    because = step.because.by_queue(state, row, walk, later)
    receive(state, visit, walk.receiver, counted=True, turn="queue", held=walk.held)
    return received(step, visit, clause_of(row), because, walk.passed_over)


def pay_as_named(state: State, who: str, counted: bool) -> Paid:
    """A counted reception that did not come by queue is paid by policy `named_turn`."""
    if not counted:
        return Paid("none")
    if state.policy.named_turn == "owed":
        return Paid("owed", used_make_up=bool(state.accounts.owe(who)))
    held = state.queue.index(who)
    state.to_tail(who)
    return Paid("queue", held)


def receive(
    state: State,
    visit: str,
    who: str,
    *,
    counted: bool,
    turn: str,
    held: int | None = None,
    used: str | None = None,
) -> None:
    """The reception begins: counted now, and what it cost is kept with the visit (TQ-11)."""
    state.counts[who] += counted
    state.receiving[who] = visit
    state.change(
        visit,
        stage=RECEIVED,
        receiver=who,
        counted=counted,
        turn=turn,
        claimed=False,
        held=held,
        used=used,
    )


def received(
    step: Step, visit: str, clause: str, because: str, passed_over: tuple[str, ...] = ()
) -> Decision:
    """The decision that a group is received, as the visit now stands."""
    row = step.state.visits[visit]
    return step.decide(
        "received",
        visit,
        clause,
        because,
        receiver=row.receiver,
        counted=row.counted,
        turn=row.turn,
        passed_over=passed_over,
    )
