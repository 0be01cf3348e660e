"""The certificate of a day at a place that closes none itself: its records are whole and sealed, whatever they tell of."""

from collections.abc import Iterator
from datetime import date, datetime

from yingbin.journal.action import Acting
from yingbin.journal.chain import kinds_of, of_day
from yingbin.journal.days import SEALED, closed_by_hand
from yingbin.journal.models import DayRoot
from yingbin.people.models import Site
from yingbin.rules.certificate import Finding

from .models import DayCertificate

OF_THE_HOUSE = frozenset({SEALED, "day.certified"})
CHAIN = "当天的每一条记录编号相连、首尾相接，内容与它的哈希相符"
ROOT = "当天的封存签名成立，与封存的全部记录相符"


def findings(root: DayRoot) -> list[Finding]:
    """What was checked of a sealed day: every entry since the seal before, and the seal."""
    entries, faults = of_day(root)
    broken = str(faults[0]) if faults else ""
    return [
        Finding("chain", CHAIN, "", len(entries), broken),
        Finding("root", ROOT, "", 1, broken),
    ]


def tells_of_something(root: DayRoot) -> bool:
    """Whether anything happened that day but seals and certificates."""
    return not kinds_of(root) <= OF_THE_HOUSE


def waiting(since: date) -> Iterator[DayRoot]:
    """Sealed days since then that have no certificate yet, of places that close none themselves."""
    have = set(DayCertificate.objects.filter(day__gte=since).values_list("site_id", "day"))
    places = set(Site.objects.values_list("id", flat=True))
    for root in DayRoot.objects.filter(day__gte=since).order_by("day", "size"):
        new = root.site_id in places and (root.site_id, root.day) not in have
        if new and not closed_by_hand(root.site_id) and tells_of_something(root):
            yield root


def acting(root: DayRoot, at: datetime) -> Acting:
    """The clock, under the one key of this day's certificate."""
    return Acting(root.site_id, f"certificate:{root.day}:{root.size}", "clock", at)
