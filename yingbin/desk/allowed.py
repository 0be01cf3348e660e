"""What the rules would accept from somebody now: tried on the matter as it stands, without writing anything."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from yingbin.people.policy_rows import Plain
from yingbin.rules.decision import Refused
from yingbin.rules.desk.desk import Desk, Event
from yingbin.rules.desk.kinds import PAUSES
from yingbin.rules.desk.matter import Matter
from yingbin.rules.desk.policy import KINDS, SEVERITIES
from yingbin.rules.desk.replay import VERBS, decide

from .apart import Apart
from .office import Standing, last_office, office_now, read, standing


def standing_now(site_id: UUID, at: datetime) -> Standing:
    """The office of now, to be looked at; nothing is written. Raises `Refused` where somebody is missing."""
    now, last = office_now(site_id, at), last_office(site_id)
    return standing(last) if last is not None and now.is_as(last) else read(now)


def standing_or_last(site_id: UUID, at: datetime) -> Standing | None:
    """The same; the office as it last was where somebody is missing now, None where there never was one."""
    try:
        return standing_now(site_id, at)
    except Refused:
        last = last_office(site_id)
        return standing(last) if last else None


@dataclass(frozen=True)
class Allowed:
    """Events that would be accepted, with the values that a choice of theirs may have: `offer` → `to` → departments."""

    events: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def __contains__(self, event: object) -> bool:
        return event in self.events

    def choices(self, event: str, name: str) -> tuple[str, ...]:
        """What may be chosen."""
        return self.events.get(event, {}).get(name, ())


def allowed(
    stands: Standing, found: Matter, who: str, at: datetime, apart: frozenset[str] = frozenset()
) -> Allowed:
    """Every event that the rules would accept of this person at this moment. apart: those who stay out of the matter."""
    desk = stands.desk()
    desk.add(found)
    kept: dict[str, dict[str, list[str]]] = {}
    for event, told in _tries(desk, found, who):
        if _accepts(desk, Event(at, event, found.id, who, told), Apart(apart, stands.office)):
            one = kept.setdefault(event, {})
            for name, value in told.items():
                values = one.setdefault(name, [])
                if str(value) not in values:
                    values.append(str(value))
    return Allowed({e: {n: tuple(v) for n, v in told.items()} for e, told in kept.items()})


def _accepts(desk: Desk, event: Event, apart: Apart) -> bool:
    try:
        apart.check_taker(decide(desk, event))
    except Refused:
        return False
    return True


def _changes() -> list[Plain]:
    """Another kind, or more or less urgent."""
    kinds: list[Plain] = [{"kind": one, "reason": "…"} for one in KINDS]
    return kinds + [{"urgent": one, "reason": "…"} for one in (True, False)]


_WORDS: Plain = {"reason": "…", "note": "…", "text": "…"}


def _tries(desk: Desk, found: Matter, who: str) -> Iterator[tuple[str, Plain]]:
    """Every event once for each value that may make a difference."""
    office, quote = desk.office, found.quote.amount if found.quote else 0
    given: dict[str, list[Plain]] = {
        "offer": [{"to": one} for one in office.departments],
        "assign": [
            {"to": to, "as": role, "reason": "…"}
            for role in ("holder", "owner")
            for to in sorted(office.everyone)
        ],
        "quote": [{"amount": quote}],
        "agree": [{"agreed": True, "amount": quote}],
        "done": [{"signed": True, "amount": quote}],
        "assess": [{"severity": one} for one in SEVERITIES],
        "pause": [{"reason": one} for one in PAUSES],
        "change": _changes(),
        "cancel": [{"reason": "withdrawn"}],
        "reduce": [
            {"amount": 1, "approved_by": one}
            for one in (office.supervisor, office.manager)
            if one != who
        ],
        "call": [{"reached": False}],
    }
    for event in VERBS:
        for told in given.get(event, [_WORDS]):
            yield event, told
