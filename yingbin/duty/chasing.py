"""催办: what the day on duty chases stands in the repair's own history too (SF-4.4, SC-4.4)."""

from collections.abc import Iterable
from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.matters.actions.steps import take
from yingbin.matters.models import Matter
from yingbin.rules.duty.log import Entry
from yingbin.rules.matters import Step


def log_chases(pen: Pen, alerts: Iterable[Entry]) -> None:
    """Each chase is a step of its repair, and whoever has it in hand is asked, not its owner alone.

    One that is being settled in this very write is chased no more.
    """
    chased = [UUID(str(a.more["line"])) for a in alerts if a.what == "chase"]
    if not chased:
        return
    rows = Matter.objects.filter(site_id=pen.site_id, id__in=chased, closed_at__isnull=True)
    still_open = set(rows.values_list("id", flat=True))
    for matter in chased:
        if matter in still_open:
            take(pen=pen, matter_id=matter, step=Step("chase", "", pen.at))
