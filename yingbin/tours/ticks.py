"""What falls due for visits; safe to run twice."""

from datetime import datetime

from django.utils import timezone

from yingbin.journal.action import Acting
from yingbin.journal.write import new_key

from .actions.gate_alarms import alarms, due_sites
from .actions.hosting_warnings import sites_owed, warn_of_hosting
from .actions.printing import print_some
from .actions.verbs import clock
from .folding import GOING_ON
from .models import TourVisit, VisitorPass
from .office import is_another
from .queries.gates import BACK_WITHIN, passes_due

LOOKS = 5  # seconds of each minute


def tick(at: datetime | None = None) -> int:
    """Makes the records that are due at every site; how many."""
    now = at or timezone.now()
    due = TourVisit.objects.filter(next_clock_at__lte=now).values_list("site_id", flat=True)
    made = sum(clock(Acting(site, new_key(), "clock", now)) for site in set(due))
    if at or looks_now(now):
        made += _another_house(now) + _not_prepared(now)
    return made + _at_the_gates(now) + print_some(now)


def looks_now(now: datetime) -> bool:
    """Whether preparations and the house are looked at: they fall due by the hour, so the beginning of each minute is enough."""
    return now.second < LOOKS


def _another_house(now: datetime) -> int:
    """Whoever joined or left meanwhile: what waits for them waits from now on, for others no longer."""
    sites = TourVisit.objects.filter(GOING_ON).values_list("site_id", flat=True).distinct()
    other = [site for site in sites.order_by("site_id") if is_another(site, now)]
    return sum(clock(Acting(site, new_key(), "clock", now)) for site in other)


def _not_prepared(now: datetime) -> int:
    """Rehearsals without a sign-off, leaders without an answer."""
    sites = sites_owed(now)
    return sum(warn_of_hosting(Acting(site, new_key(), "clock", now)) for site in sites)


def _at_the_gates(now: datetime) -> int:
    """Guests who stay too long and passes that aren't back; a site with none is left alone."""
    late = [row for row in passes_due(now) if _is_new(row, now)]
    return sum(alarms(Acting(site, new_key(), "clock", now)) for site in due_sites(late))


def _is_new(row: VisitorPass, now: datetime) -> bool:
    return row.alarm == 0 or now >= row.ends_at + BACK_WITHIN
