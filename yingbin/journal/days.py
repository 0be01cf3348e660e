"""Days of chains that nobody closes: at night what came in is sealed, whatever kind of place it is, the company's too.

A gallery closes its days itself, in the evening and with what belongs to it; every other chain is closed here.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from .action import Acting, action
from .models import DayRoot, Entry, Ledger
from .roots import close_day_root
from .write import Pen

SEALED = "day.sealed"
EVERY = timedelta(minutes=10)
_last: list[datetime] = []


@action(SEALED)
def seal_day(pen: Pen, *, day: date) -> int:
    """Signs the tree of everything up to now under this day; how many entries it covers."""
    pen.append("day.sealed", {"day": day.isoformat()})
    return close_day_root(pen, day).size


def tick(at: datetime | None = None) -> int:
    """Seals the days that are over, every ten minutes in each process; how many. Twice seals once."""
    now = at or timezone.now()
    if at is None and _last and now - _last[-1] < EVERY:
        return 0
    _last[:] = [now]
    sealed = 0
    for site_id, size in (
        Ledger.objects.filter(seq__gt=0).values_list("site_id", "seq").order_by("site_id")
    ):
        day = _unsealed(site_id, size)
        if day is not None and day < timezone.localtime(now).date() and not closed_by_hand(site_id):
            seal_day(Acting(site_id, f"{SEALED}:{day}", "clock", now), day=day)
            sealed += 1
    return sealed


def _unsealed(site_id: UUID, size: int) -> date | None:
    """The day of the last entry, where no root covers it yet."""
    if DayRoot.objects.filter(site_id=site_id, size__gte=size).exists():
        return None
    last = Entry.objects.filter(site_id=site_id, seq=size).values_list("at", flat=True).first()
    return timezone.localtime(last).date() if last else None


def closed_by_hand(site_id: UUID) -> bool:
    """Whether an app closes this chain's days itself (`YINGBIN_DAY_CLOSERS`)."""
    closers: list[Callable[[UUID], bool]] = [import_string(p) for p in settings.YINGBIN_DAY_CLOSERS]
    return any(closes(site_id) for closes in closers)
