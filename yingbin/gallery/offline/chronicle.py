"""The journal read for a case: every decision made again with its sentence, and who received whom from when to when.

Standard library and the rules only: it is part of the checker that goes with a packet.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from yingbin.rules.decision import Decision
from yingbin.rules.turns.decide import apply
from yingbin.rules.turns.policy import TurnsPolicy
from yingbin.rules.turns.state import State

Entry = Mapping[str, Any]
Names = Callable[[str, str], str]


@dataclass
class Stay:
    """Someone received a visit: from when, taken up and over when, and under which entries."""

    receiver: str
    began: datetime
    accepted: tuple[int, datetime] | None = None
    ended: tuple[int, datetime, bool] | None = None


@dataclass
class Chronicle:
    """What the entries say, by what a case asks. `moment`: when an entry's write took place for the queue."""

    names: Names
    entries: dict[int, Entry] = field(default_factory=dict)
    moment: dict[int, datetime] = field(default_factory=dict)
    decisions: dict[int, list[Decision]] = field(default_factory=dict)
    undone: set[int] = field(default_factory=set)
    stays: dict[str, list[Stay]] = field(default_factory=lambda: defaultdict(list))
    arrived: dict[str, int] = field(default_factory=dict)
    about: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    broken: dict[int, str] = field(default_factory=dict)
    shut: Any = None

    def of(self, field_: str, value: str, *kinds: str) -> list[int]:
        """Numbers of the entries of these kinds whose body names this id in this field."""
        found = self.about.get((field_, value), [])
        return [n for n in found if not kinds or self.entries[n]["kind"] in kinds]

    def last(self, seq: int, field_: str, value: str, kind: str) -> Entry | None:
        """The latest entry of a kind about something, up to a number (0: whenever)."""
        found = [n for n in self.of(field_, value, kind) if not seq or n <= seq]
        return self.entries[found[-1]] if found else None


def when(text: str) -> datetime:
    """A moment as the journal writes it."""
    return datetime.fromisoformat(text)


class _Day:
    """The queue of the open day, with what is needed to take an event back."""

    def __init__(self, body: Entry) -> None:
        self.day = body["day"]
        self.body = body
        self.standing: dict[int, Entry] = {}
        self.state = self.opening()

    def opening(self) -> State:
        policy = TurnsPolicy.from_json(self.body["policy"])
        return State.opening(self.body["queue"], self.body["make_up"], self.body["owes"], policy)

    def take_back(self, seq: int) -> None:
        """As `without`: the others once more, from the opening."""
        self.standing.pop(seq, None)
        self.state = self.opening()
        for event in self.standing.values():
            apply(self.state, event, index=0)


def chronicle(entries: Iterable[Entry], names: Names) -> Chronicle:
    """Reads the entries once, in order. What can't be decided again stands in `broken`."""
    made, day, last_at = Chronicle(names), None, None
    for entry in entries:
        seq, body = entry["seq"], entry["body"]
        made.entries[seq] = entry
        _index(made, seq, body)
        at = when(entry["at"])
        made.moment[seq] = max(at, last_at) if last_at and day else at
        try:
            day, last_at = _advance(made, entry, day, last_at)
        except Exception as error:  # a forged body is a fault, never a crash
            made.broken[seq] = type(error).__name__
    return made


def _index(made: Chronicle, seq: int, body: Entry) -> None:
    for name, value in body.items():
        if isinstance(value, str):
            made.about[(name, value)].append(seq)
    event = body.get("event")
    if isinstance(event, dict) and isinstance(event.get("visit"), str):
        made.about[("visit", event["visit"])].append(seq)


def _advance(
    made: Chronicle, entry: Entry, day: _Day | None, last_at: datetime | None
) -> tuple[_Day | None, datetime | None]:
    seq, kind, body = entry["seq"], entry["kind"], entry["body"]
    if kind == "day.opened":
        return _Day(body), when(entry["at"])
    if kind == "day.closed":
        made.shut, day = day, None
    elif kind == "day.reopened":  # the same day goes on from where its closing left it
        day = made.shut
    if kind == "turn.accepted":
        _accepted(made, seq, body)
    if day is None:
        return day, last_at
    if kind == "turns.undone":
        made.undone.add(body["undoes"])
        _undone(made, seq, body["undoes"])
        day.take_back(body["undoes"])
        return day, made.moment[seq]
    if kind == "turns.event":
        _event(made, entry, day)
        return day, made.moment[seq]
    return day, last_at


def _event(made: Chronicle, entry: Entry, day: _Day) -> None:
    seq, event = entry["seq"], entry["body"]["event"]
    at = made.moment[seq] = when(event["at"])
    called = lambda who: made.names(day.day, who)  # noqa: E731
    made.decisions[seq] = apply(day.state, event, index=entry["body"]["index"], names=called)
    day.standing[seq] = event
    visit = event.get("visit")
    if event["event"] == "arrive":
        made.arrived[visit] = seq
    if event["event"] in {"finish", "override"}:
        _over(made, visit, (seq, at, event["event"] == "finish"))
    for d in made.decisions[seq]:
        if d.kind == "received" and d.visit and d.receiver:
            made.stays[d.visit].append(Stay(d.receiver, at))


def _accepted(made: Chronicle, seq: int, body: Entry) -> None:
    for stay in made.stays[body["visit"]]:
        if stay.receiver == body["who"] and stay.ended is None and stay.accepted is None:
            stay.accepted = (seq, made.moment[seq])


def _undone(made: Chronicle, seq: int, undoes: int) -> None:
    visit = made.entries[undoes]["body"]["event"]["visit"]
    made.about[("visit", visit)].append(seq)
    _over(made, visit, (seq, made.moment[seq], False))


def _over(made: Chronicle, visit: str, how: tuple[int, datetime, bool]) -> None:
    for stay in made.stays[visit]:
        stay.ended = stay.ended or how
