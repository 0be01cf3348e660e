"""What falls due at the desk; safe to run twice. Closed matters too: their call-back has a clock."""

from datetime import datetime

from django.utils import timezone

from yingbin.journal.action import Acting
from yingbin.journal.write import new_key
from yingbin.matters.models import Matter

from .actions.verbs import clock
from .kinds import IDS


def tick(at: datetime | None = None) -> int:
    """Takes the marks that are due in every office; how many."""
    now = at or timezone.now()
    due = Matter.objects.filter(next_clock_at__lte=now, kind__in=IDS).order_by("next_clock_at")
    found = list(due.values_list("site_id", "id")[:500])
    return sum(clock(Acting(site, new_key(), "clock", now), matter=one) for site, one in found)
