"""What wings add to the frame of every page: lines of 待办, and what a search finds."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class InboxLine:
    """Something that waits for a person: of which sort, what, where, since when, until when.

    state: how something stands that they asked of others themselves; it is shown, and waits for them no longer.
    """

    sort: str
    title: str
    link: str
    at: datetime
    detail: str = ""
    due_at: datetime | None = None
    urgent: bool = False
    state: str = ""

    def late(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.due_at is not None and self.due_at < now


@dataclass(frozen=True)
class Hit:
    """Something a search found: of which sort, what, where, under which icon."""

    sort: str
    title: str
    link: str
    icon: str
    detail: str = ""
