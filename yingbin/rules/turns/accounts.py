"""Turns earned and turns owed: a person has the one or the other, never both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple


class MakeUp(NamedTuple):
    """A turn ahead of the queue: whose it is and the clause that earned it."""

    who: str
    clause: str


class Account(NamedTuple):
    """One person's account: the clauses of their make-up turns, earliest first, or turns owed."""

    make_up: list[str]
    owed: int


@dataclass(slots=True)
class Accounts:
    """The common list of make-up turns, earliest earned first, and who owes how many turns.

    An account lives longer than a day: it may belong to someone who is not signed in.
    """

    make_up: list[MakeUp] = field(default_factory=list)
    owes: dict[str, int] = field(default_factory=dict)

    def of(self, who: str) -> Account:
        """The account of one person."""
        earned = [turn.clause for turn in self.make_up if turn.who == who]
        return Account(earned, self.owes.get(who, 0))

    def earn(self, who: str, clause: str, times: int = 1) -> None:
        """Pay owed turns first; what is left becomes make-up turns, the latest in the list."""
        paid = min(times, self.owes.get(who, 0))
        self.pay(who, paid)
        self.make_up += [MakeUp(who, clause)] * (times - paid)

    def owe(self, who: str, times: int = 1) -> int:
        """Use up the latest earned make-up turns first; the rest is owed. Returns those used."""
        theirs = [place for place, turn in enumerate(self.make_up) if turn.who == who]
        used = theirs[-times:] if times else []
        for place in reversed(used):
            del self.make_up[place]
        if times > len(used):
            self.owes[who] = self.owes.get(who, 0) + times - len(used)
        return len(used)

    def pay(self, who: str, times: int = 1) -> None:
        """Take owed turns off the account, which must hold as many."""
        left = self.owes.get(who, 0) - times
        self.owes.pop(who, None)
        if left:
            self.owes[who] = left

    def use(self, may: Callable[[str], bool]) -> MakeUp | None:
        """Take the earliest earned turn whose holder may receive; None when nobody's."""
        for place, turn in enumerate(self.make_up):
            if may(turn.who):
                return self.make_up.pop(place)
        return None

    def restore(self, turn: MakeUp) -> None:
        """Give a used turn back ahead of all others; if its holder owes by now, pay one instead."""
        if self.owes.get(turn.who):
            self.pay(turn.who)
        else:
            self.make_up.insert(0, turn)

    def copy(self) -> Accounts:
        """An independent copy."""
        return Accounts(list(self.make_up), dict(self.owes))
