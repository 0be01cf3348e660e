"""What is known of each pass: its revisions and what became of them, in the order in which it became known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from .. import times
from .gatefile import Event, PassForm, Revision

Fate = Literal["outstanding", "void", "lost", "returned"]
FATES: tuple[Fate, ...] = ("returned", "void", "lost", "outstanding")


@dataclass(frozen=True)
class Change:
    """A revision of a pass becomes something; event: its position, -1 for what the file begins with."""

    event: int
    at: datetime | None
    number: int
    fate: Fate


@dataclass
class Pass:
    """A pass of a visit: its revisions by number, and every change."""

    name: str
    visit: str
    revisions: dict[int, Revision]
    issued: dict[int, int]  # revision → position of the event that issued it
    changes: list[Change] = field(default_factory=list)

    @property
    def current(self) -> int:
        """The number of the current revision."""
        return max(self.revisions)

    def fate(self, number: int | None = None) -> Fate:
        """What has become of a revision, the current one unless said otherwise."""
        return Knowledge.everything(self).fate(self.current if number is None else number)

    def becomes(self, event: int, at: datetime, fate: Fate) -> None:
        """The current revision is void, lost or returned from this event on."""
        self.changes.append(Change(event, at, self.current, fate))

    def reissue(self, event: int, given: Event) -> int:
        """A new revision; an outstanding old one becomes void. Its number."""
        before = self.current
        if self.fate() == "outstanding":
            self.changes.append(Change(event, given.at, before, "void"))
        number = before + 1
        self.revisions[number] = _changed(self.revisions[before], given)
        self.issued[number] = event
        self.changes.append(Change(event, given.at, number, "outstanding"))
        return number


def _changed(old: Revision, given: Event) -> Revision:
    told = given.fields
    return replace(
        old,
        areas=frozenset(told.get("areas", old.areas)),
        start=times.read(told["from"]) if "from" in told else old.start,
        end=times.read(told["to"]) if "to" in told else old.end,
        persons=told.get("persons", old.persons),
        escort=told.get("escort", old.escort),
        photo=told.get("photo", old.photo),
    )


@dataclass(frozen=True)
class Knowledge:
    """What somebody knows of a pass: the changes that had reached them."""

    changes: tuple[Change, ...]

    @classmethod
    def everything(cls, held: Pass) -> Knowledge:
        """All that has happened so far."""
        return cls(tuple(held.changes))

    @classmethod
    def before(cls, held: Pass, event: int) -> Knowledge:
        """All that had happened before an event."""
        return cls(tuple(c for c in held.changes if c.event < event))

    @classmethod
    def on_list(cls, held: Pass, event: int, listed: datetime) -> Knowledge:
        """What a list of a certain time, taken along before an event, says."""
        known = (c for c in held.changes if c.event < event)
        return cls(tuple(c for c in known if c.at is None or c.at <= listed))

    def latest(self) -> int:
        """The latest revision known."""
        return max((c.number for c in self.changes), default=1)

    def fate(self, number: int) -> Fate:
        """What is known to have become of a revision; one that isn't known counts as outstanding."""
        known: Fate = "outstanding"
        for change in self.changes:
            if change.number == number:
                known = change.fate
        return known


def passes_of(forms: Iterable[PassForm]) -> dict[str, Pass]:
    """The passes as the file brings them, each with its first revision outstanding."""
    return {
        form.name: Pass(
            form.name,
            form.visit,
            {1: form.first},
            {1: -1},
            [Change(-1, None, 1, "outstanding")],
        )
        for form in forms
    }
