"""What an on-line scan is decided by, asked in one trip with the lock; nothing of it grows with the past.

The statements are known before the lock is had (`asked`, for an action's `asks`); under it they are read by the pen.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from yingbin.journal.trips import Rows, Statement, columns, read
from yingbin.journal.write import Pen

from ..gatehouse import POLICY, Shelf, devices_asked
from ..models import GateEvent, PassPlace, PassRevision, TourVisit, VisitorPass
from .gates import last_asked, roll_asked

_NONCE = "select id from tours_gateevent where device_id = %s and nonce = %s"
_VISIT = "select visit_id from tours_visitorpass where site_id = %s and number = %s"
_GROUP = f"select id from tours_visitorpass where visit_id = ({_VISIT})"
_VISITS = f"select {columns(TourVisit, 'v')} from tours_tourvisit v where id = ({_VISIT})"
_PASSES = f"select {columns(VisitorPass, 'p')} from tours_visitorpass p where visit_id = ({_VISIT}) order by number"
_REVISIONS = (
    f"select {columns(PassRevision, 'r')} from tours_passrevision r"
    f" where visitor_pass_id in ({_GROUP}) order by number"
)
_PLACES = (
    f"select {columns(PassPlace, 'l')} from tours_passplace l where visitor_pass_id in ({_GROUP})"
)
_ESCORTS = (
    "select id::text, name from people_staff where id in"
    f" (select escort from tours_visitorpass where visit_id = ({_VISIT}))"
)


@dataclass(frozen=True)
class Scene:
    """The pass that was shown, the passes of its visit with who of them is where, and what their escorts are called."""

    held: VisitorPass | None = None
    shelf: Shelf = field(default_factory=Shelf)
    names: dict[str, str] = field(default_factory=dict)


def asked(
    site_id: UUID, at: datetime, device: UUID, number: int, nonce: str
) -> Iterator[Statement]:
    """Everything that a scan of this pass will be decided by."""
    yield from (last_asked(site_id), POLICY.asked(site_id, at), devices_asked(site_id))
    yield roll_asked(site_id)
    if nonce:
        yield Statement(_NONCE, (device, nonce))
    if number:
        yield from _of_pass(site_id, number)


def _of_pass(site_id: UUID, number: int) -> tuple[Statement, ...]:
    which = (site_id, number)
    return tuple(Statement(sql, which) for sql in (_VISITS, _PASSES, _REVISIONS, _PLACES, _ESCORTS))


def answered(pen: Pen, device: UUID, nonce: str) -> GateEvent | None:
    """The scan of this name that was decided already."""
    found = pen.ask(Statement(_NONCE, (device, nonce))) if nonce else []
    rows = GateEvent.objects.select_related("visitor_pass", "visit")
    return rows.get(id=found[0][0]) if found else None


def scene(pen: Pen, number: int) -> Scene:
    """The pass of this number and what belongs to it; nothing where there is no such pass."""
    if not number:
        return Scene()
    visits, passes, revisions, places, escorts = map(pen.ask, _of_pass(pen.site_id, number))
    if not visits:
        return Scene()
    shelf = _shelf(passes, revisions, places, read(TourVisit, visits[0]))
    return Scene(shelf.rows[str(number)], shelf, dict(escorts))


def _shelf(passes: Rows, revisions: Rows, places: Rows, visit: TourVisit) -> Shelf:
    shelf, names = Shelf(), {}
    for row in (read(VisitorPass, values) for values in passes):
        row.visit = visit
        shelf.rows[str(row.number)], names[row.id] = row, str(row.number)
    for one in (read(PassRevision, values) for values in revisions):
        shelf.revisions.setdefault(names[one.visitor_pass_id], []).append(one)
    for place in (read(PassPlace, values) for values in places):
        shelf.places.setdefault(names[place.visitor_pass_id], []).append(place)
    return shelf
