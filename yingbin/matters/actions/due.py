"""When a new matter is due, in the site's working time where its kind counts so."""

from datetime import datetime
from uuid import UUID

from yingbin.rules import matters as rule


def due_of(site_id: UUID, kind: str, at: datetime) -> datetime | None:
    """The due time a kind gives; None for an unknown kind or one without a limit."""
    known = rule.KINDS.get(kind)
    if known is None or known.due is None:
        return None
    return at + known.due
