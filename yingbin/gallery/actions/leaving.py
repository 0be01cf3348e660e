"""离岗: whoever stops being a salesperson leaves the floor in the same write; a net for what nobody wrote (TQ-11)."""

from datetime import datetime
from uuid import UUID

from yingbin.journal.action import Acting, action
from yingbin.journal.write import Pen
from yingbin.people.calendar import ZONE
from yingbin.people.ids import SYSTEM
from yingbin.people.queries import staff_with_role

from ..models import Presence
from ..queries.strangers import floors_with_strangers
from .events import OpenDay
from .open_day import open_day_of, seat
from .settling import settle


def stands_down(*, pen: Pen, staff_id: UUID) -> None:
    """Called where a role ends, inside that write: the open day signs the person out if it was theirs to stand in.

    Before opening their presence is withdrawn. Turns earned and owed stay on the account.
    """
    today = open_day_of(pen)
    if today is None:
        _withdraw_presence(pen, staff_id)
    elif str(staff_id) in today.strangers:
        _sign_out(pen, today, staff_id)


def _sign_out(pen: Pen, today: OpenDay, staff_id: UUID) -> None:
    """The one who leaves by whoever ended the role; others the net finds stay the system's."""
    today.strangers = (str(staff_id),)
    settle(pen, today, by=pen.by)


def _withdraw_presence(pen: Pen, staff_id: UUID) -> None:
    day = pen.at.astimezone(ZONE).date()
    mine = Presence.objects.filter(
        site_id=pen.site_id, day=day, staff_id=staff_id, withdrawn_at__isnull=True
    )
    sells = staff_with_role(pen.site_id, "salesperson", pen.at).filter(id=staff_id).exists()
    if not sells and mine.update(withdrawn_at=pen.at):
        pen.append("presence.withdrawn", {"day": day.isoformat(), "who": str(staff_id)})


def sweep(at: datetime) -> int:
    """Signs out whoever lost the role without a write of ours, such as one that ends by its date. How many galleries."""
    found = floors_with_strangers(at)
    for site_id, day_id, events in found:
        look_who_left(Acting(site_id, f"left:{day_id}:{events}", SYSTEM, at))
    return len(found)


@action("sweep")
def look_who_left(pen: Pen) -> None:
    """Signs out whoever stands in the queue and is no salesperson any more; nothing else."""
    seat(pen)
