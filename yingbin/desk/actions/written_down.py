"""An event as it is written down: its fields and free words apart, what the register's row begins with."""

from dataclasses import dataclass, field
from uuid import UUID

from yingbin.journal.commit import salted
from yingbin.people.policy_rows import Plain
from yingbin.rules.desk.desk import Event

from .. import folding
from ..models import DeskMatter

# Free words by the event they come with; they may name a resident, so they stand apart from the facts.
_FREE = ("answer", "note", "text", "remark")
_LISTED_REASONS = frozenset({"pause", "cancel"})


@dataclass
class EventWords:
    """An event's fields and free words apart."""

    plain: Plain = field(default_factory=dict)
    free: dict[str, str] = field(default_factory=dict)


def begun(row: DeskMatter) -> Plain:
    """What the register's row begins with, its words as commitments."""
    body: Plain = {
        "year": row.year, "number": row.number, "home": str(row.home_id) if row.home_id else None,
        "place": salted(row.place, row.place_salt),
    }  # fmt: skip
    if row.caller:
        body["caller"] = salted(row.caller, row.salt)
    return body


def plain(facts: Plain) -> Plain:
    """Fields as JSON has them; what is None is left out."""
    told = {name: value for name, value in facts.items() if value is not None}
    return {name: str(v) if isinstance(v, UUID) else v for name, v in told.items()}


_KEPT_APART = frozenset({"at", "event", "matter", "by"})


def parted(event: Event) -> EventWords:
    """Fields and free words; which words there were stays with the fields, for they may be erased."""
    found = EventWords()
    for name, value in event.fields.items():
        free = name in _FREE or (name == "reason" and event.kind not in _LISTED_REASONS)
        if free:
            found.free[name] = str(value)
        elif name not in _KEPT_APART:
            found.plain[name] = value
    if found.free:
        found.plain[folding.WORDS] = sorted(found.free)
    return found
