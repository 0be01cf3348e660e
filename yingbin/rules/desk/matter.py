"""One matter of the desk: what `rules/matters` knows of it, and what a desk knows beside that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from ..matters import State

NEW, CLOSED, CANCELLED = "new", "closed", "cancelled"
# The answer is found; what is missing is that the resident has it, or agrees.
SOLVED = frozenset({"solved", "proposed", "told"})
CallbackState = Literal["due", "done", "unreachable", "void"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A price in fen, and whether the resident accepted it."""

    amount: int
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Callback:
    """A resident to be called back. attempts: the hours (date, 0–23) in which one counted."""

    due_at: datetime
    state: CallbackState = "due"
    attempts: tuple[tuple[date, int], ...] = ()
    score: str | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter with its home and subject.

    handled: who recorded it, ever owned or held it or did something to it; none of them calls back.
    linked: the complaint that it repeats, "" none. amount: fen paid, less what was waived. responded: since it
    last began. disagreed: how often the resident didn't accept a proposal. reopened: ever.
    """

    id: str
    home: str
    subject: str
    state: State
    handled: frozenset[str] = frozenset()
    linked: str = ""
    amount: int = 0
    quote: Quote | None = None
    responded: bool = False
    disagreed: int = 0
    reopened: bool = False
    callback: Callback | None = None

    @property
    def stage(self) -> str:
        """Its state in the words of the contract."""
        if self.state.ended:
            return self.state.status
        return self.state.stage or NEW

    @property
    def unsolved(self) -> bool:
        """Open, and the answer isn't found."""
        return not self.state.ended and self.stage not in SOLVED

    @property
    def offer(self) -> str:
        """The department or supervisor that it is offered to, "" none."""
        return self.state.offered_to

    def is_of(self, kind: str, *stages: str) -> bool:
        """Whether it is of this kind, at one of these stages; none named: any."""
        return self.state.kind == kind and (not stages or self.stage in stages)
