"""Reports of damages that were sent: to whom, by whom, what became of each; and the address they usually go to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from yingbin.people.models import Assignment
from yingbin.people.queries import current, names_of
from yingbin.rules.gone import colleague

from ..models import ReportSending
from ..policies import ROUTES


@dataclass(frozen=True)
class SeenSending:
    """One sending with the name of whoever sent it."""

    row: ReportSending
    by: str

    @property
    def words(self) -> str:
        """What became of it, with why where it failed."""
        said = str(self.row.get_state_display())
        return f"{said}（{self.row.error}）" if self.row.error else said


def sendings(matter_id: UUID) -> list[SeenSending]:
    """All of one damage, the newest first; two questions."""
    rows = list(ReportSending.objects.filter(matter=matter_id).order_by("-number"))
    names = names_of({row.by for row in rows}) if rows else {}
    return [SeenSending(row, colleague(names, row.by)) for row in rows]


def usual_address(site_id: UUID, at: datetime) -> str:
    """The address the site chose; else that of the developer's department; "" where neither is known."""
    chosen = ROUTES.in_force(site_id, at).values.mail
    if chosen:
        return chosen
    here = Q(site_id=site_id) | Q(site__isnull=True)
    held = Assignment.objects.filter(
        current(at), here, role="developer_department", staff__is_active=True
    ).exclude(staff__email="")
    return held.order_by("since").values_list("staff__email", flat=True).first() or ""
