"""Who stands in a queue without being a salesperson there: nobody may, and the write path asks (TQ-11)."""

from datetime import datetime
from uuid import UUID

from yingbin.journal.trips import Statement, send
from yingbin.people.queries import holding

# The gallery's own now: a clock that lags is moved up to the last event.
NOW = "greatest(%s, q.last_at)"
# SQL over `q`, a day's live state, and `d`, its day; takes the moment twice.
STRANGERS = (
    "select w.who from jsonb_array_elements_text(q.state -> 'queue') with ordinality w(who, place)"
    f" where not {holding('salesperson', staff='w.who::uuid', site='d.site_id', at=NOW)}"
)
_FLOORS = f"""
select d.site_id, d.id, q.events
  from floor_galleryday d join floor_queuestate q on q.day_id = d.id
 where d.closed_at is null and exists (
       {STRANGERS} and coalesce(q.state #>> array['to_follow', w.who, 'kind'], '') <> 'sign_out')
"""


def floors_with_strangers(at: datetime) -> list[tuple[UUID, UUID, int]]:
    """Open days with somebody to sign out: site, day, number of events so far; one query for all galleries."""
    return [(site, day, events) for site, day, events in send([Statement(_FLOORS, (at, at))])[0]]
