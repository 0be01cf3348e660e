"""What ends together with a role, inside the same write: supervision handed over (TQ-11), and the place on the floor."""

from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from yingbin.journal.write import Pen

from ..models import Assignment, Delegation, Staff
from ..queries import active_delegations, current
from .authority import SET_UP


def stands_down(pen: Pen, staff_id: UUID) -> None:
    """A role or a delegation ended at the pen's site: who keeps the day's order there hears of it now.

    Whoever holds no role here any more supervises nothing here either (TQ-11).
    """
    here = Assignment.objects.filter(current(pen.at), site_id=pen.site_id, staff_id=staff_id)
    if not here.exists():
        for row in active_delegations(pen.site_id, pen.at).filter(given_to_id=staff_id):
            revoke(pen, row)
    for path in settings.YINGBIN_LEAVING:
        import_string(path)(pen=pen, staff_id=staff_id)


def revoke(pen: Pen, row: Delegation) -> str:
    """Ends a delegation before its time and writes it down; the receipt."""
    row.revoked_at = pen.at
    row.revoked_by = None if pen.by == SET_UP else Staff.objects.get(id=pen.by)
    row.save(update_fields=["revoked_at", "revoked_by"])
    return pen.append("delegation.revoked", {"delegation": str(row.id)}, clause="TQ-11").receipt
