"""A second program for `desk replay`, written from the contract alone by somebody who had not read the first.

It is deliberately plain. The two are compared on random files; sentences (`because`) are nobody's contract and
are not written here.
"""

from collections.abc import Mapping
from typing import TypeAlias, TypedDict

from .second_opinion_allowed import ALLOWED, in_scope, offer_but_scope
from .second_opinion_desk import Clock, Desk, Matter, Notice
from .second_opinion_done import DONE, record
from .second_opinion_file import Event
from .second_opinion_reading import read
from .second_opinion_time import written

CLAUSES = {
    "enquiry": "SD-4.2.1",
    "help": "SD-4.2.2",
    "paid": "SD-4.2.3",
    "suggestion": "SD-4.2.4",
    "complaint": "SD-4.2.5",
}
HANDING = ["offer", "accept", "decline", "withdraw", "assign", "take", "tell"]
KEEPING = ["pause", "resume", "cancel", "reopen", "call"]
STILL_PAUSED = ["assign", "take", "reduce"]

Shown: TypeAlias = Mapping[str, object]


class Replay(TypedDict):
    """The whole output."""

    decisions: list[Shown]
    matters: list[Shown]
    notices: list[Notice]


def replay(raw: bytes) -> Replay:
    """All decisions, matters and notices of a file.

    Raises:
        Malformed: its first faulty place.
    """
    file = read(raw)
    desk = Desk(file)
    decisions = [happen(desk, index, event) for index, event in enumerate(file.events)]
    if file.until is not None:
        desk.advance(file.until)
    return Replay(
        decisions=decisions,
        matters=[_matter(m) for m in desk.matters.values()],
        notices=desk.notices,
    )


def happen(desk: Desk, index: int, event: Event) -> Shown:
    """Time runs on to an event; then it is decided."""
    desk.advance(event.at)
    desk.now, desk.event, desk.by = event.at, index, event.by
    clause = _clause(desk, event)
    return _decision(desk, index, event, clause, _accepted(desk, event))


def _accepted(desk: Desk, event: Event) -> bool:
    if event.name == "record":
        fits = "answer" not in event.texts or event.texts["kind"] == "enquiry"
        if not desk.desk_people(event.by) or not fits:
            return False
        record(desk, event)
        return True
    m = desk.matters.get(event.matter)
    if m is None or not desk.known(event.by) or not ALLOWED[event.name](desk, m, event):
        return False
    if m.paused is not None and event.name not in STILL_PAUSED:
        desk.resume(m)
    DONE[event.name](desk, m, event)
    if event.name != "call":
        m.handled.add(event.by)
    return True


def _clause(desk: Desk, event: Event) -> str | None:
    m = desk.matters.get(event.matter)
    if event.name == "record":
        return "SD-4.1"
    if m is None:
        return None
    if event.name == "offer" and offer_but_scope(desk, m, event) and not in_scope(desk, m, event):
        return "SD-4.2.2"
    if event.name in HANDING:
        return "SD-4.4"
    if event.name in KEEPING:
        return "SD-4.3"
    return "SD-4.2.3" if event.name == "reduce" else CLAUSES[m.kind]


def _decision(desk: Desk, index: int, event: Event, clause: str | None, accepted: bool) -> Shown:
    m = desk.matters.get(event.matter)
    return {
        "event": index,
        "matter": event.matter,
        "refused": not accepted,
        "clause": clause,
        "state": m and m.state,
        "owner": m and m.owner,
        "holder": m and m.holder,
        "offer": m and m.offer,
        "hand_offs": m.hand_offs if m else 0,
        "next_due": written(m.next_due) if m else None,
    }


def _matter(m: Matter) -> Shown:
    back = m.callback and {
        "state": m.callback.state,
        "due": written(m.callback.due),
        "attempts": len(m.callback.tried),
        "score": m.callback.score,
    }
    return {
        "matter": m.id,
        "kind": m.kind,
        "grade": m.grade,
        "state": m.state,
        "owner": m.owner,
        "holder": m.holder,
        "hand_offs": m.hand_offs,
        "offer": m.offer,
        "paused": m.paused,
        "linked": m.linked,
        "amount": m.amount,
        "next_due": written(m.next_due),
        "clocks": [_clock(clock) for clock in m.clocks],
        "callback": back,
    }


def _clock(clock: Clock) -> Shown:
    return {
        "clock": clock.name,
        "started": written(clock.started),
        "due": written(clock.due),
        "late": clock.late,
        "ended": written(clock.ended),
        "how": clock.how,
    }
