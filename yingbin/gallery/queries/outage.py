"""停电单: what a gallery needs on paper when the system is away: the order now and the next ten."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yingbin.journal.models import Ledger
from yingbin.rules.decision import Decision
from yingbin.rules.turns.decide import apply
from yingbin.rules.turns.state import State

from .board import Board, board

NEXT = 10


@dataclass(frozen=True)
class Upcoming:
    """One of the next new customers: who would receive, and why if it isn't simply the head."""

    n: int
    name: str
    turn: str


@dataclass(frozen=True)
class Sheet:
    """The sheet: the board, the next ten, and where the journal stood, so that it proves its moment."""

    board: Board
    upcoming: list[Upcoming]
    seq: int
    head: str
    at: datetime


def sheet(site_id: UUID, at: datetime) -> Sheet | None:
    """The sheet of this moment; None before opening."""
    live = board(site_id)
    if live is None:
        return None
    ledger = Ledger.objects.filter(site_id=site_id).first()
    return Sheet(
        board=live,
        upcoming=upcoming(live),
        seq=ledger.seq if ledger else 0,
        head=bytes(ledger.head).hex() if ledger else "",
        at=at,
    )


_TURNS = {"make_up": "用补接", "owed": "欠轮", "queue": ""}


def upcoming(live: Board) -> list[Upcoming]:
    """Who receives the next ten new customers, if everyone on the floor is free again when their turn comes."""
    state = live.state.copy()
    at = live.row.last_at.isoformat()
    for visit in list(state.receiving.values()):
        _step(state, {"event": "finish", "visit": visit, "at": at})
    found = []
    for n in range(1, NEXT + 1):
        visit = f"next-{n}"
        made = _step(state, {"event": "arrive", "visit": visit, "kind": "customer", "at": at})
        decision = next((d for d in made if d.visit == visit), None)
        if decision is None or decision.receiver is None:
            break
        _step(state, {"event": "finish", "visit": visit, "at": at})
        turn = _TURNS.get(decision.turn, "")
        found.append(Upcoming(n, live.name(decision.receiver), turn))
    return found


def _step(state: State, event: dict[str, str]) -> list[Decision]:
    return apply(state, event, index=0)
