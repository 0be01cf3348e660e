"""A stretch of days at the desk folded event by event: every decision, how each matter stands, who was told."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from .. import matters
from ..decision import Refused
from ..matters import Clock, Mark
from ..times import written
from . import calling, complaints, handing, life, notices, working
from .desk import Desk, Event, Move
from .deskfile import read_desk
from .kinds import CLAUSES
from .matter import Matter

JSON = dict[str, object]
Verb = Callable[[Desk, Matter, Event], Move]
VERBS: dict[str, Verb] = {
    "respond": working.respond,
    "offer": handing.offer,
    "accept": handing.accept,
    "decline": handing.decline,
    "withdraw": handing.withdraw,
    "assign": handing.assign,
    "take": handing.take,
    "arrive": working.arrive,
    "quote": working.quote,
    "agree": working.agree,
    "start": working.start,
    "done": working.done,
    "analyse": working.analyse,
    "report": handing.report,
    "assess": complaints.assess,
    "investigate": complaints.investigate,
    "answer": working.answer,
    "tell": working.tell,
    "conclude": complaints.conclude,
    "pause": life.pause,
    "resume": life.resume,
    "change": life.change,
    "cancel": life.cancel,
    "reopen": life.reopen,
    "reduce": life.reduce,
    "call": calling.call,
}
_CLAUSES = {
    "record": "SD-4.1",
    **dict.fromkeys(("offer", "accept", "decline", "withdraw"), "SD-4.4"),
    **dict.fromkeys(("assign", "take", "tell"), "SD-4.4"),
    **dict.fromkeys(("pause", "resume", "cancel", "reopen", "call"), "SD-4.3"),
    "reduce": "SD-4.2.3",
}


def decide(desk: Desk, event: Event) -> Move:
    """What an event does, or `Refused`; its clause is None where it is the event's usual one."""
    if event.kind == "record":
        return life.record(desk, event)
    found = desk.matters.get(event.matter)
    if found is None:
        raise Refused(None, f"没有{event.matter}这件事，请核对编号，或者先登记。")
    return VERBS[event.kind](desk, found, event)


def clause_of(event: Event, before: Matter | None) -> str | None:
    """The clause an event stands under; None where no such matter was recorded."""
    if before is None and event.kind != "record":
        return None
    return _CLAUSES.get(event.kind) or (CLAUSES[before.state.kind] if before else None)


@dataclass(frozen=True)
class Decision:
    """One decision, and how its matter stands after it."""

    event: int
    matter: str
    refused: bool
    clause: str | None
    because: str
    after: Matter | None

    def to_json(self) -> JSON:
        """As the contract prints it."""
        said: JSON = {
            "event": self.event,
            "matter": self.matter,
            "refused": self.refused,
            "clause": self.clause,
            "because": self.because,
            "state": None,
        }
        if self.after is None:
            nobody = dict.fromkeys(("owner", "holder", "offer"))
            return {**said, **nobody, "hand_offs": 0, "next_due": None}
        return {**said, **standing(self.after)}


class Fold:
    """A desk with its clock; `run` and `happen` bring it on. Marks ahead lie in a heap, each matter's next one."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.decisions: list[Decision] = []
        self.notices: list[notices.Notice] = []
        self._ahead: list[tuple[datetime, int, int, str, Mark]] = []
        self._versions: dict[str, int] = {}
        self._places: dict[str, int] = {}

    def next_due(self) -> datetime | None:
        """When a clock next owes something; None while none does."""
        while self._ahead and self._ahead[0][2] != self._versions[self._ahead[0][3]]:
            heapq.heappop(self._ahead)
        return self._ahead[0][0] if self._ahead else None

    def run(self, upto: datetime) -> None:
        """The clock runs up to and with a moment, the earliest mark first."""
        while (due := self.next_due()) is not None and due <= upto:
            _, _, _, matter, mark = heapq.heappop(self._ahead)
            found = self.desk.mark(matter, mark.step)
            self.notices += notices.of_mark(self.desk, found, mark.step)
            self._look_ahead(found)

    def happen(self, number: int, event: Event) -> None:
        """The clock runs up to the event; then it is decided."""
        self.run(event.at)
        before = self.desk.matters.get(event.matter)
        clause = clause_of(event, before)
        try:
            move = decide(self.desk, event)
        except Refused as no:
            clause = no.clause or clause
            said = Decision(number, event.matter, True, clause, no.message, before)
        else:
            found = self.desk.make(event, move)
            said = Decision(number, event.matter, False, clause, move.because, found)
            self.notices += notices.of_event(number, event.at, found.id, event.by, move.told)
            self._look_ahead(found)
        self.decisions.append(said)

    def _look_ahead(self, found: Matter) -> None:
        place = self._places.setdefault(found.id, len(self._places))
        version = self._versions[found.id] = self._versions.get(found.id, 0) + 1
        mark = matters.next_mark(found.state, self.desk.around)
        if mark is not None:
            heapq.heappush(self._ahead, (mark.at, place, version, found.id, mark))


def replay(raw: object) -> JSON:
    """Every decision of a parsed file, its matters and notices at the end. Raises Malformed."""
    file = read_desk(raw)
    fold = Fold(Desk(file.office, file.policy, file.calendar))
    for number, event in enumerate(file.events):
        fold.happen(number, event)
    if file.until is not None:
        fold.run(file.until)
    return {
        "decisions": [one.to_json() for one in fold.decisions],
        "matters": [_whole(one) for one in fold.desk.matters.values()],
        "notices": [one.to_json() for one in fold.notices],
    }


def standing(found: Matter) -> JSON:
    """Where a matter stands: its state, its people, what falls due next."""
    state = found.state
    return {
        "state": found.stage,
        "owner": state.owner,
        "holder": state.holder,
        "offer": found.offer or None,
        "hand_offs": state.hand_offs,
        "next_due": _time(state.next_due),
    }


def _whole(found: Matter) -> JSON:
    state, callback = found.state, found.callback
    return {
        "matter": found.id,
        "kind": state.kind,
        "grade": state.grade,
        **standing(found),
        "paused": state.pause.reason if state.pause else None,
        "linked": found.linked or None,
        "amount": found.amount,
        "clocks": [_clock(one) for one in state.clocks],
        "callback": callback and {
            "state": callback.state,
            "due": written(callback.due_at),
            "attempts": len(callback.attempts),
            "score": callback.score,
        },
    }  # fmt: skip


def _clock(one: Clock) -> JSON:
    return {
        "clock": one.name,
        "started": written(one.started_at),
        "due": _time(one.due_at),
        "late": one.told_late,
        "ended": _time(one.ended_at),
        "how": one.how,
    }


def _time(moment: datetime | None) -> str | None:
    return written(moment) if moment else None
