"""Whether what is stored of a desk and its replay are one: each event decided again by the office of then.

What the clock did is replayed mark by mark, in the order of the journal, by the version of the office that held then.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from heapq import merge
from uuid import UUID

from yingbin.matters.models import Matter as Row
from yingbin.matters.models import MatterStep
from yingbin.matters.queries import STATE_FIELDS, show_state
from yingbin.rules import matters as steps
from yingbin.rules.decision import Refused
from yingbin.rules.desk.desk import Desk
from yingbin.rules.desk.matter import Matter
from yingbin.rules.desk.replay import decide

from . import folding
from .models import DeskEvent, DeskMatter, DeskOffice
from .names import in_words
from .office import standing

# Of all columns that are the fold of the steps: these say when something was seen, not how it stands.
_SEEN = ("closed_at", "next_clock_at")


class Replayed:
    """A desk that lives its whole life again."""

    def __init__(self, site_id: UUID) -> None:
        self.site_id = site_id
        self.offices = list(DeskOffice.objects.filter(site_id=site_id).order_by("version"))
        self._desks: dict[int, Desk] = {}
        self._desk: Desk | None = None

    def faults(self) -> Iterator[str]:
        """Every way in which the stored desk and its replay aren't one, in words."""
        events = DeskEvent.objects.filter(site_id=self.site_id).select_related("matter", "office")
        marks = MatterStep.objects.filter(
            site_id=self.site_id, verb__in=steps.BY_CLOCK, matter__desk__isnull=False
        )
        ordered = merge(
            ((row.seq, row) for row in events.order_by("seq").iterator()),
            ((row.seq, row) for row in marks.order_by("seq").iterator()),
            key=lambda pair: pair[0],
        )
        for _, row in ordered:
            if isinstance(row, DeskEvent):
                yield from self._event(row)
            elif isinstance(row, MatterStep):
                yield from self._mark(row)
        yield from self._end()

    def _under(self, office: DeskOffice) -> Desk:
        """The desk with the office of then; its matters go on."""
        stands, desk = standing(office), self._desks.get(office.version)
        if desk is None:
            desk = self._desks[office.version] = stands.desk()
        if self._desk is not None and self._desk is not desk:
            desk.goes_on_from(self._desk)
        self._desk = desk
        return desk

    def _event(self, row: DeskEvent) -> Iterator[str]:
        desk, event = self._under(row.office), folding.event_of(row)
        found, said = desk.matters.get(event.matter), f"{row.matter.said} 号第 {row.index} 件"
        if found and (mark := steps.next_mark(found.state, desk.around)) and mark.at <= row.at:
            yield f"{said}：之前到时间的，存的里没有"
        try:
            move = decide(desk, event)
        except Refused as no:
            why = in_words(self.site_id, no.message, row.at)
            yield f"{said}：存的是准许，重放是不准（{why}）"
            return
        if move.because != row.because:
            yield f"{said}：判定的话，存的和重放的不一样"
        desk.make(event, move)

    def _mark(self, row: MatterStep) -> Iterator[str]:
        desk = self._under(self._office_at(row.seq))
        found = desk.matters.get(str(row.matter_id))
        mark = steps.next_mark(found.state, desk.around) if found else None
        stored = (row.verb, str(row.facts.get("clock", "")))
        again = (mark.step.verb, mark.step.clock) if mark else None
        if found is None or mark is None or stored != again or mark.at > row.at:
            yield f"第 {row.seq} 条：到时间的提醒，存的和重放的不一样"
            return
        desk.mark(found.id, replace(mark.step, at=row.at))

    def _office_at(self, seq: int) -> DeskOffice:
        return [one for one in self.offices if one.seq < seq][-1]

    def _end(self) -> Iterator[str]:
        """The rows as they stand."""
        rows = DeskMatter.objects.filter(site_id=self.site_id).select_related("matter", "linked")
        for row in rows.order_by("seq").iterator():
            found = self._desk.matters.get(str(row.matter_id)) if self._desk else None
            if found is None:
                yield f"{row.said} 号：一件事也没有存"
                continue
            if folding.told(row) != _folded(found):
                yield f"{row.said} 号：存的情况和重放的不一样"
            if differing := _columns(row.matter, found, row.moved_at):
                yield f"{row.said} 号：{'、'.join(differing)}和重放的不一样"


def _folded(found: Matter) -> dict[str, object]:
    linked = DeskMatter(matter_id=UUID(found.linked)) if found.linked else None
    scratch = DeskMatter()
    folding.show(scratch, found, linked)
    return folding.told(scratch)


def _columns(row: Row, found: Matter, at: datetime) -> list[str]:
    """Which columns of the row among all matters aren't as replayed."""
    scratch = Row()
    show_state(scratch, found.state, at)
    names = [name for name in STATE_FIELDS if name not in _SEEN]
    return [name for name in names if getattr(row, name) != getattr(scratch, name)]
