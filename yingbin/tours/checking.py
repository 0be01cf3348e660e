"""Whether what is stored of visits and its replay are one: each event decided again by the company of then.

Records of the clock are made again one by one, in the order of the journal.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from yingbin.rules.times import HERE, written
from yingbin.rules.tours.clock import Record
from yingbin.rules.tours.decide import VisitFold
from yingbin.rules.tours.refusal import VisitRefusal
from yingbin.rules.tours.visit import Visit

from . import folding
from .models import TourEvent, TourOffice, TourVisit
from .names import in_words
from .office import standing


class Replayed:
    """A house that lives its whole life again."""

    def __init__(self, site_id: UUID) -> None:
        self.site_id = site_id
        self.visits: dict[str, Visit] = {}
        self.fold: VisitFold | None = None
        self.version = 0

    def faults(self) -> Iterator[str]:
        """Every way in which the stored house and its replay aren't one, in words."""
        rows = TourEvent.objects.filter(site_id=self.site_id).select_related("visit", "office")
        for row in rows.order_by("seq").iterator():
            self._under(row.office, row.at.astimezone(HERE))
            yield from (self._record(row) if row.event == folding.CLOCK else self._event(row))
        yield from self._end()

    def _under(self, office: TourOffice, now: datetime) -> VisitFold:
        """The house with the company of then, and in it the visits that a decision of this moment looks at."""
        stands, changed = standing(office), office.version != self.version
        if self.fold is not None:
            self.visits |= self.fold.house.visits
        if self.fold is None or changed:
            self.fold, self.version = VisitFold(stands.file), office.version
        house = self.fold.house
        going = [v for v in self.visits.values() if v.ended is None]
        first = min([v.window.start for v in going], default=now)
        since = min(first, now) - folding.widest(stands.packs)
        house.visits = {
            name: v
            for name, v in self.visits.items()
            if v.ended is None or (v.ended == "over" and v.window.end > since)
        }
        held = sum(v.souvenirs for v in self.visits.values())
        house.stock = stands.company.souvenirs - held
        if changed:
            self.fold.clock.note(folding.since(office))
        return self.fold

    def _event(self, row: TourEvent) -> Iterator[str]:
        fold, said = self.fold, f"{row.visit.said} 号第 {row.index} 件"
        assert fold is not None
        event = folding.event_from(row.office, folding.raw_of(row))
        for record in fold.clock.run(event.at):
            yield f"{said}：之前到时间的（{record.due.warning}），存的里没有"
        try:
            clause = fold.take(event)
        except VisitRefusal as no:
            yield f"{said}：存的是准许，重放是不准（{in_words(self.site_id, no.because)}）"
            return
        fold.house.settle(event.at)
        fold.clock.note(event.at)
        again = (clause, fold.sentence(fold.house.visits[event.visit]))
        if again != (row.clause, row.because):
            yield f"{said}：判定的条款或话，存的和重放的不一样"

    def _record(self, row: TourEvent) -> Iterator[str]:
        assert self.fold is not None
        again = next(self.fold.clock.run(row.at.astimezone(HERE)), None)
        if again is None or _of(again) != _stored(row):
            yield f"{row.visit.said} 号第 {row.index} 件：到时间的提醒，存的和重放的不一样"

    def _end(self) -> Iterator[str]:
        """The rows as they stand, once the clock has come as far as it had come for them."""
        rows = list(TourVisit.objects.filter(site_id=self.site_id).order_by("seq"))
        if self.fold is not None and rows:
            last = max(row.moved_at for row in rows).astimezone(HERE)
            for record in self.fold.clock.run(last):
                yield f"到时间的提醒（{record.due.warning}），存的里没有"
            self.visits |= self.fold.house.visits
        for row in rows:
            visit = self.visits.get(str(row.id))
            if visit is None:
                yield f"{row.said} 号：一件事也没有存"
            elif self._told(visit) != folding.told(row):
                yield f"{row.said} 号：存的情况和重放的不一样"

    def _told(self, visit: Visit) -> dict[str, object]:
        assert self.fold is not None
        scratch = TourVisit()
        folding.show(scratch, visit, self.fold.house.status(visit))
        return folding.told(scratch)


def _of(record: Record) -> tuple[object, ...]:
    due = record.due
    told = (due.visit.name, due.warning, due.about, written(due.moment), due.to)
    return (*told, written(record.at), due.clause, record.because)


def _stored(row: TourEvent) -> tuple[object, ...]:
    told = row.fields
    facts = (str(row.visit_id), told["warning"], told["about"], told["moment"], told["to"])
    return (*facts, written(row.at), row.clause, row.because)
