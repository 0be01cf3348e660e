"""Who is told, at an event and at the marks of a clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ..matters import Kind, Step
from ..times import written
from .desk import Desk, Told
from .matter import Matter

MARKS = {"remind": "warn", "late": "late", "escalate": "level", "pause_over": "pause_over"}


@dataclass(frozen=True)
class Notice:
    """One person or department told once. event: None where a clock told them; clock "", level 0: of none."""

    at: datetime
    event: int | None
    notice: str
    matter: str
    to: str
    clock: str = ""
    level: int = 0

    def to_json(self) -> dict[str, object]:
        """As the contract prints it."""
        return {
            "at": written(self.at),
            "event": self.event,
            "notice": self.notice,
            "matter": self.matter,
            "to": self.to,
            "clock": self.clock or None,
            "level": self.level or None,
        }


def of_event(number: int, at: datetime, matter: str, by: str, told: Iterable[Told]) -> list[Notice]:
    """The notices of an event; whoever did it knows already."""
    return [
        Notice(at, number, one.notice, matter, to)
        for one in told
        for to in dict.fromkeys(one.to)
        if to and to != by
    ]


def of_mark(desk: Desk, found: Matter, step: Step) -> list[Notice]:
    """The notices of a mark that has just been taken."""
    clock = found.state.clock(step.clock)
    level = clock.level if clock is not None and step.verb == "escalate" else 0
    to = dict.fromkeys(_named(desk, found, name) for name in _receivers(desk, found, step, level))
    return [Notice(step.at, None, MARKS[step.verb], found.id, one, step.clock, level) for one in to]


def _receivers(desk: Desk, found: Matter, step: Step, level: int) -> tuple[str, ...]:
    kind: Kind = desk.kinds[found.state.kind]
    limit = kind.limit(found.state.grade, step.clock) if step.clock else None
    if limit is None:
        return ("owner",)
    if level:
        return limit.ladder[level - 1].to
    return limit.warned if step.verb == "remind" else limit.late


def _named(desk: Desk, found: Matter, name: str) -> str:
    """The person whom a limit means by `owner`, `holder_head` and so on."""
    office, state = desk.office, found.state
    people = {
        "owner": state.owner,
        "holder": state.holder,
        "owner_head": office.head_of(state.owner),
        "holder_head": office.head_of(state.holder),
        "supervisor": office.supervisor,
        "manager": office.manager,
    }
    return office.answers_for(state.offered_to) if name == "offered_head" else people[name]
