"""What the clock owes to matters: reminders and escalations; safe to run twice."""

from datetime import datetime

from django.utils import timezone

from yingbin.rules import matters as rule

from .actions import on_the_clock
from .models import Matter


def tick(at: datetime | None = None) -> int:
    """Reminds and escalates what is due, in every site; how many steps were taken."""
    now = at or timezone.now()
    wings_own = [kind.id for kind in rule.KINDS.values() if kind.by_wing]
    due = Matter.objects.filter(next_clock_at__lte=now).exclude(kind__in=wings_own)
    ids = list(due.order_by("next_clock_at").values_list("site_id", "id")[:500])
    return sum(on_the_clock(site_id=site, matter_id=one, at=now) for site, one in ids)
