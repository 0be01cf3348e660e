"""When a matter is due, in the site's working time where its kind counts so."""

from datetime import datetime, timedelta
from uuid import UUID

from yingbin.people.calendar import calendar_of
from yingbin.rules import matters as rule
from yingbin.rules.calendar import NeverOpen


def due_of(site_id: UUID, kind: str, at: datetime) -> datetime | None:
    """The due time a kind gives; None for an unknown kind or one without a limit.

    A site without opening hours has no working time: there the clock on the wall counts.
    """
    known = rule.KINDS.get(kind)
    if known is None or known.due is None:
        return None
    if not known.working_time:
        return at + known.due
    try:
        return calendar_of(site_id).add_working_time(at, known.due / timedelta(minutes=1))
    except NeverOpen:
        return at + known.due
