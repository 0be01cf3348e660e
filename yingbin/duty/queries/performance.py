"""How suppliers, departments and people keep up with repairs: how many, how long, promised and kept, verified at first.

Of the repairs written in a period; a constant number of questions, whatever the history is.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from yingbin.matters.models import Matter, MatterStep
from yingbin.matters.queries import names_of_parties, party
from yingbin.rules.gone import colleague

from ..models import LineDetail

HOUR = timedelta(hours=1)
_LOOKED_AT = ("offer", "accept", "promise", "finish", "fail", "done", "chase")


@dataclass
class RepairPast:
    """What became of one repair. kept None: nothing was promised, or it isn't due yet."""

    opened_at: datetime
    closed: bool
    by: str
    supplier: str = ""
    promised_for: datetime | None = None
    mended_at: datetime | None = None
    failures: int = 0
    chases: int = 0
    verified: bool = False

    def kept(self, now: datetime) -> bool | None:
        """Whether it was mended by the moment first promised: a date put off is a promise broken."""
        if self.promised_for is None:
            return None
        if self.mended_at is None:
            return False if now > self.promised_for else None
        return self.mended_at <= self.promised_for


@dataclass(frozen=True)
class Record:
    """A supplier's, a department's or a person's repairs of a period."""

    name: str
    many: int
    open: int
    chases: int
    hours: float | None
    promised: int
    kept: int
    verified: int
    at_first: int


@dataclass(frozen=True)
class Performance:
    """The records of a period, those with most repairs first."""

    suppliers: tuple[Record, ...] = field(default_factory=tuple)
    parties: tuple[Record, ...] = field(default_factory=tuple)


def performance(site_id: UUID, first: datetime, last: datetime, now: datetime) -> Performance:
    """Repairs written from `first` until before `last`; five questions."""
    rows = list(
        Matter.objects.filter(site_id=site_id, kind="repair", opened_at__gte=first, opened_at__lt=last)
    )  # fmt: skip
    pasts = {m.id: _begun(m) for m in rows}
    for matter, supplier in LineDetail.objects.filter(matter__in=list(pasts)).values_list(
        "matter_id", "supplier"
    ):
        pasts[matter].supplier = supplier
    steps = MatterStep.objects.filter(matter__in=list(pasts), verb__in=_LOOKED_AT)
    for step in steps.order_by("matter_id", "index"):
        _take(pasts[step.matter_id], step)
    names = names_of_parties({p.by for p in pasts.values()})
    return Performance(
        _records(((p.supplier, p.supplier, p) for p in pasts.values() if p.supplier), now),
        _records(((p.by, colleague(names, p.by), p) for p in pasts.values()), now),
    )


def _begun(matter: Matter) -> RepairPast:
    by = party(matter.holder_id, matter.holder_group)
    return RepairPast(matter.opened_at, matter.closed_at is not None, by)


def _take(past: RepairPast, step: MatterStep) -> None:
    if step.verb == "promise":
        past.promised_for = past.promised_for or step.due_at
    if step.verb == "finish":
        past.mended_at = past.mended_at or step.at
    past.failures += step.verb == "fail"
    past.chases += step.verb == "chase"
    past.verified = past.verified or step.verb == "done"


def _records(pasts: Iterable[tuple[str, str, RepairPast]], now: datetime) -> tuple[Record, ...]:
    """By whose they are, which is said with its name: two people of one name stay two."""
    found: dict[tuple[str, str], list[RepairPast]] = defaultdict(list)
    for whose, name, past in pasts:
        found[whose, name].append(past)
    records = [_record(name, own, now) for (_, name), own in found.items()]
    return tuple(sorted(records, key=lambda r: (-r.many, r.name)))


def _record(name: str, pasts: list[RepairPast], now: datetime) -> Record:
    kept = [k for p in pasts if (k := p.kept(now)) is not None]
    hours = [(p.mended_at - p.opened_at) / HOUR for p in pasts if p.mended_at]
    verified = [p for p in pasts if p.verified]
    return Record(
        name=name,
        many=len(pasts),
        open=sum(not p.closed for p in pasts),
        chases=sum(p.chases for p in pasts),
        hours=median(hours) if hours else None,
        promised=len(kept),
        kept=sum(kept),
        verified=len(verified),
        at_first=sum(not p.failures for p in verified),
    )
