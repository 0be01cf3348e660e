"""The open day as a verb finds it: loaded under the site's lock, nobody in it who has left."""

from datetime import datetime
from uuid import UUID

from yingbin.journal.trips import Statement, columns, read
from yingbin.journal.write import Pen
from yingbin.people.calendar import ZONE
from yingbin.rules.decision import Refused
from yingbin.rules.turns.state import State

from ..models import GalleryDay, QueueState
from ..queries.strangers import STRANGERS
from .events import OpenDay
from .settling import settle

_OPEN = f"""
select {columns(QueueState, "q")}, {columns(GalleryDay, "d")},
       array({STRANGERS} order by w.place)
  from floor_galleryday d join floor_queuestate q on q.day_id = d.id
 where d.site_id = %s and d.closed_at is null
"""


def ask_open_day(site_id: UUID, at: datetime) -> Statement:
    """Asks for the open day of a gallery, its live state, and who in its queue is no salesperson at `at`."""
    return Statement(_OPEN, (at, at, site_id))


def open_day_of(pen: Pen) -> OpenDay | None:
    """The open day as it stands; None when the gallery isn't open."""
    found = pen.ask(ask_open_day(pen.site_id, pen.at))
    if not found:
        return None
    width = len(QueueState._meta.concrete_fields)
    *known, strangers = found[0]
    row = read(QueueState, known[:width])
    day = row.day = read(GalleryDay, known[width:])
    # Events are ordered by the site's lock, not by clocks: a clock that lags is moved up.
    at = max(pen.at, row.last_at)
    return OpenDay(day, row, State.from_json(row.state), at, tuple(strangers))


def seat(pen: Pen) -> OpenDay:
    """Loads the open day; refuses when the gallery isn't open.

    Whoever is no salesperson any more is signed out first, by an event of its own (TQ-11), so that no
    decision can be theirs and a replay of the stored events decides the same.
    """
    today = open_day_of(pen)
    if today is None:
        raise Refused("TQ-11", "今天还没有开场。请销售经理先在督导页开场。")
    settle(pen, today)
    return today


def seat_today(pen: Pen) -> OpenDay:
    """Loads the open day for something that begins now; refuses while a former day was left open."""
    today = seat(pen)
    if today.day.day < pen.at.astimezone(ZONE).date():
        left = f"{today.day.day:%m月%d日}还没有收场，今天的事不能记到那一天。"
        raise Refused("TQ-11", f"{left}请销售经理先在督导页收场，再开今天的场。")
    return today
