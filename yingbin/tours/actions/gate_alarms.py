"""What falls due at the gates: guests who stay too long, passes that should be back (CV-4.1). Each is told once."""

from datetime import timedelta
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.queries import those_who_may

from ..gatehouse import POLICY
from ..models import VisitorPass
from ..queries.gates import BACK_WITHIN, passes_due
from ..queries.passes import owners_of
from ..telling_gates import tell_of_overdue, tell_of_overstay

OVERSTAY, OVERDUE = 1, 2


@action("gate.alarms")
def alarms(pen: Pen) -> int:
    """Tells escorts of guests who are still here, and of passes that are still out whoever answers for them; how many."""
    grace = timedelta(minutes=POLICY.in_force(pen.site_id, pen.at).values.grace_minutes)
    chiefs = [one.id for one in those_who_may(pen.site_id, "gate.supervise", pen.at)]
    due, told = passes_due(pen.at, pen.site_id), 0
    owners = owners_of(due)
    for row in due:
        persons = sum(place.persons for place in row.places.all())
        if row.alarm < OVERSTAY and persons and pen.at >= row.ends_at + grace:
            tell_of_overstay(pen, row, persons, chiefs)
            told += _is_told(row, OVERSTAY)
        if row.fate == "outstanding" and pen.at >= row.ends_at + BACK_WITHIN:
            tell_of_overdue(pen, row, owners[row.id], chiefs)
            told += _is_told(row, OVERDUE)
    return told


def _is_told(row: VisitorPass, alarm: int) -> int:
    row.alarm = alarm
    row.save(update_fields=["alarm"])
    return 1


def due_sites(rows: list[VisitorPass]) -> set[UUID]:
    """The sites of these passes."""
    return {row.site_id for row in rows}
