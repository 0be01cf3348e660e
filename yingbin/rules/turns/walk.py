"""The walk of the queue: who is next, and what happens to those who stand ahead (TQ-1.2, TQ-7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from yingbin.rules.turns.state import Absence, State

RECEIVING, PAID_FREE, KEEP = "receiving", "paid_free", "keep"
PAID_AWAY, MAKE_UP, LOSE = "paid_away", "make_up", "lose"
_TO_TAIL = (PAID_FREE, PAID_AWAY, MAKE_UP, LOSE)


class Ahead(NamedTuple):
    """One who stood ahead of the receiver: what the walk did; their absence, if away."""

    who: str
    how: str
    absence: Absence | None


@dataclass(frozen=True, slots=True)
class Walk:
    """One walk: the receiver, the index they held before it, and those ahead, head first.

    goes_on_owing: every free person owed a turn, so the first of them received all the same.
    """

    receiver: str
    held: int
    ahead: tuple[Ahead, ...]
    goes_on_owing: bool

    @property
    def passed_over(self) -> tuple[str, ...]:
        """Those whom this walk sent to the tail, head first."""
        return tuple(one.who for one in self.ahead if one.how in _TO_TAIL)


def walk_queue(state: State) -> Walk:
    """Walk the queue from its head and move people; someone must be free.

    The receiver is the first free person who owes no turn, else the first free person.
    """
    free = state.free()
    owing = state.accounts.owes
    receiver = next((who for who in free if who not in owing), free[0])
    held = state.queue.index(receiver)
    ahead = tuple(_pass(state, who) for who in state.queue[:held])
    state.to_tail(receiver)
    return Walk(receiver, held, ahead, receiver in owing)


def _pass(state: State, who: str) -> Ahead:
    """Deal with one person who stands ahead of the receiver."""
    how = _treatment(state, who)
    absence = state.away.get(who)
    if how in (PAID_FREE, PAID_AWAY):
        state.accounts.pay(who)
    if how == MAKE_UP:
        state.mark(who)
    if how in _TO_TAIL:
        state.to_tail(who)
    return Ahead(who, how, absence)


def _treatment(state: State, who: str) -> str:
    """What the contract's table of those ahead says of this person."""
    if who in state.receiving:
        return RECEIVING
    if who not in state.away:
        return PAID_FREE
    treatment = state.policy.passed_over[state.away[who].treated_as]
    if treatment == KEEP:
        return KEEP
    return PAID_AWAY if who in state.accounts.owes else treatment
