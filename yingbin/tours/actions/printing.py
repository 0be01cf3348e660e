"""Many passes are printed part by part by the worker, a slice a second, so that nobody waits and memory stays small (CV-4.1).

A part that is drawn but not kept lies in this process alone: one that dies draws it again. A part is kept in one write
together with the fact that its passes are printed; one of them that changed meanwhile makes the part be drawn anew.
"""

import time
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from yingbin.files.paper import Plain
from yingbin.journal.action import Acting, action
from yingbin.journal.write import Pen, new_key
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused

from ..models import PassPrinting, PassPrintPart, VisitorPass
from ..pass_paper import badges, badges_pdf
from ..queries import printing as ask
from ..queries.gate_pages import lines_of
from .passes import print_passes

AT_ONCE = 200  # passes that a page prints while one waits
PART = 800  # a hundred sheets; what typst needs for them is all the memory that it costs
_SLICE = 20


@dataclass
class _Part:
    """What was drawn of a part; after: the number before its first pass."""

    after: int
    rows: list[VisitorPass] = field(default_factory=list)
    drawn: list[Plain] = field(default_factory=list)

    @property
    def last(self) -> int:
        return self.rows[-1].number if self.rows else self.after


_under_way: dict[UUID, _Part] = {}


@action("passes.print_many")
def begin_printing(
    pen: Pen, *, visit_id: UUID | None = None, day: date | None = None, card: bool = False
) -> UUID:
    """All that are out of a visit, or of a day, are to be printed; the printing's id. Raises `Refused` for none."""
    if (visit_id is None) == (day is None):
        raise Refused("CV-4.1", "请选一次来访，或一天。", about="day")
    total, who = ask.chosen(pen.site_id, visit_id, day).count(), actor(pen)
    if not total or who is None:
        raise Refused("CV-4.1", "没有要打印的参观证：还没有发，或都已经收回、作废。", about="day")
    run = PassPrinting.objects.create(
        site_id=pen.site_id, visit_id=visit_id, day=day, card=card, at=pen.at, by=who, total=total
    )
    return run.id


@action("passes.print_part")
def keep_part(
    pen: Pen, ready: bytes = b"", /, *, run_id: UUID, after: int, revisions: tuple[UUID, ...]
) -> int:
    """Keeps a part and that its passes are printed, unless somebody else has by now; how many passes."""
    run = PassPrinting.objects.select_for_update().get(site_id=pen.site_id, id=run_id)
    if run.upto != after or run.finished_at is not None or not ready:
        return 0
    many = print_passes.within(pen, revisions=revisions)
    numbers = VisitorPass.objects.filter(revisions__in=revisions).order_by("number")
    told = list(numbers.values_list("number", flat=True))
    PassPrintPart.objects.create(
        of=run, number=run.parts.count() + 1, first=told[0], last=told[-1], passes=many, data=ready
    )
    run.upto = told[-1]
    run.save(update_fields=["upto"])
    return many


def print_some(at: datetime, seconds: float = 0.6) -> int:
    """Goes on with the printing that was begun first for about so long; how many passes were drawn. Safe to run twice."""
    if at.second == 0:
        ask.forget_old(at)
    run = ask.at_work()
    if run is None:
        _under_way.clear()
        return 0
    part = _under_way.get(run.id)
    if part is None or part.after != run.upto:
        part = _under_way[run.id] = _Part(run.upto)
    until, before = time.monotonic() + seconds, len(part.rows)
    while len(part.rows) < PART:
        rows = ask.next_of(run, part.last, min(_SLICE, PART - len(part.rows)))
        if not rows:
            break
        part.rows += rows
        part.drawn += badges(lines_of(rows), at)
        if time.monotonic() > until:
            return _shown(run, part, before)
    _finish(run, part, at)
    return _shown(run, part, before)


def _shown(run: PassPrinting, part: _Part, before: int) -> int:
    """How far it has come stands where the page reads it."""
    done = sum(one.passes for one in ask.parts_of(run))
    under_way = 0 if run.id not in _under_way else len(part.rows)
    PassPrinting.objects.filter(id=run.id).update(drawn=done + under_way)
    return len(part.rows) - before


def _finish(run: PassPrinting, part: _Part, at: datetime) -> None:
    """The part is put on paper and kept; without one the printing is over."""
    _under_way.pop(run.id, None)
    if not part.rows:
        PassPrinting.objects.filter(id=run.id).update(finished_at=at)
        return
    paper = badges_pdf(part.rows[0].site.name, part.drawn, card=run.card)
    acting = Acting(run.site_id, new_key(), run.by, at)
    try:
        told = ask.revisions_of(part.rows)
        keep_part(acting, paper, run_id=run.id, after=part.after, revisions=told)
    except Refused:
        return  # one of them is another revision by now, or not out any more: drawn anew
