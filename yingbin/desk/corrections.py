"""整改: what is done so that a complaint doesn't come again (SD-4.2.5). A matter of the house's own machinery, about the
complaint: who does it and until when, reminded, told when late, until it is done.
"""

from datetime import timedelta
from uuid import UUID

from yingbin.matters.kinds import due
from yingbin.matters.models import Matter
from yingbin.matters.subjects import Subject
from yingbin.rules.matters import NORMAL, Kind

ABOUT = "desk.complaint"
CORRECTION = Kind(
    "correction",
    "投诉整改",
    "done",
    "SD-4.2.5",
    {
        NORMAL: (
            due(
                timedelta(days=7), warn=timedelta(hours=24), after=(timedelta(0), timedelta(days=1))
            ),
        )
    },
    supervisor="desk.supervise",
    recuses=True,
)
KINDS = (CORRECTION,)


def about(complaint: UUID) -> Subject:
    """What a correction is about."""
    return Subject(ABOUT, complaint)


def open_corrections(site_id: UUID, complaint: UUID) -> list[Matter]:
    """What is still to be done of a complaint's corrections; one query."""
    rows = Matter.objects.filter(site_id=site_id, subject_id=complaint, subject_app=ABOUT)
    return list(rows.filter(closed_at=None))
