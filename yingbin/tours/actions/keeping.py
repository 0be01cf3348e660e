"""What a decision at the gates changed of passes: who is where, what became of revisions, which are new."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from yingbin.journal.trips import Statement, insert
from yingbin.journal.write import Pen
from yingbin.people.policy_rows import Plain
from yingbin.people.rows import actor
from yingbin.rules.gate.gatefile import Revision
from yingbin.rules.gate.replay import GateDay
from yingbin.rules.times import written

from ..gatehouse import Shelf, in_order, persons_there
from ..models import PassPlace, PassRevision, VisitorPass

Zones = list[tuple[list[str], int]]


@dataclass(frozen=True)
class Change:
    """A pass as an event left it: where its persons are, which revisions met another fate, which is new."""

    row: VisitorPass
    places: Zones
    moved: bool = False
    fates: Mapping[int, str] = field(default_factory=dict)
    new: Revision | None = None
    revisions: tuple[PassRevision, ...] = ()

    def told(self) -> Plain:
        """What the journal keeps of it: ids, figures, times."""
        body: Plain = {"places": [[zone, n] for zone, n in self.places]}
        if self.fates:
            body["fates"] = {str(number): fate for number, fate in self.fates.items()}
        if self.new is not None:
            body["says"] = says(self.new)
        return body


def says(told: Revision) -> Plain:
    """What a revision says, as entries keep it."""
    return {
        "areas": in_order(told.areas),
        "from": written(told.start),
        "to": written(told.end),
        "persons": told.persons,
        "escort": told.escort,
        "photo": told.photo,
    }


def changes_of(shelf: Shelf, day: GateDay) -> Iterator[Change]:
    """Each pass of the shelf that isn't as it was loaded."""
    for name, row in shelf.rows.items():
        held, rows = day.site.passes[name], shelf.revisions.get(name, [])
        before = {one.number: one.fate for one in rows}
        fates = {n: held.fate(n) for n in held.revisions if held.fate(n) != before.get(n)}
        places = persons_there(day.site.places, name)
        was = [(tuple(p.zone), p.persons) for p in shelf.places.get(name, ())]
        moved = sorted(was) != sorted((tuple(zone), n) for zone, n in places)
        new = held.revisions[held.current] if held.current not in before else None
        if moved or fates:
            yield Change(row, places, moved, fates, new, tuple(rows))


def keep(pen: Pen, change: Change, seq: int, at: datetime) -> None:
    """Stores it."""
    row = change.row
    if change.moved:
        pen.do(Statement("delete from tours_passplace where visitor_pass_id = %s", (row.id,)))
        places = [
            PassPlace(site_id=pen.site_id, visitor_pass=row, zone=zone, persons=n)
            for zone, n in change.places
        ]
        if places:
            pen.do(insert(*places))
    if not change.fates:
        return
    for one in change.revisions:
        if one.number in change.fates:
            one.fate, one.fate_seq, one.fate_at = change.fates[one.number], seq, at
            one.fate_by = actor(pen)
            one.save(update_fields=["fate", "fate_seq", "fate_at", "fate_by"])
    if change.new is not None:
        row.revision, row.alarm = row.revision + 1, 0
        add_revision(pen, row, change.new, seq, at)
    row.fate = change.fates.get(row.revision, row.fate)
    row.save()


def add_revision(pen: Pen, row: VisitorPass, told: Revision, seq: int, at: datetime) -> None:
    """A revision as it is issued, and the pass with its columns; the pass is not saved."""
    row.areas, row.starts_at, row.ends_at = in_order(told.areas), told.start, told.end
    row.persons, row.photo, row.fate = told.persons, told.photo, "outstanding"
    row.escort = UUID(told.escort)
    PassRevision.objects.create(
        site_id=pen.site_id, visitor_pass=row, number=row.revision, areas=row.areas,
        starts_at=row.starts_at, ends_at=row.ends_at, persons=row.persons, escort=row.escort, photo=row.photo,
        seq=seq, at=at, by=actor(pen), fate="outstanding", fate_seq=seq, fate_at=at, fate_by=actor(pen),
    )  # fmt: skip
