"""Passes: of one visit, those still out, what has to be printed again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from ..models import Fate, PassPaper, PassRevision, VisitorPass
from .gate_pages import PassLine, lines_of


def last_end(site_id: UUID, at: datetime) -> datetime | None:
    """When the last pass ends that holds after this moment; None where none does."""
    rows = PassRevision.objects.filter(site_id=site_id, fate=Fate.OUTSTANDING, ends_at__gt=at)
    found: datetime | None = rows.aggregate(last=Max("ends_at"))["last"]
    return found


def owners_of(rows: Iterable[VisitorPass]) -> dict[UUID, UUID]:
    """Who answers for a pass that isn't back, by the pass: who handed it out last, else who issued it, else its escort."""
    found = {row.id: row.escort for row in rows}
    issued = PassRevision.objects.filter(visitor_pass__in=found, number=1, by__isnull=False)
    found |= {one: by for one, by in issued.values_list("visitor_pass_id", "by") if by}
    given = PassPaper.objects.filter(
        revision__visitor_pass__in=list(found), what=PassPaper.What.HANDED_OUT
    )
    found |= dict(given.order_by("seq").values_list("revision__visitor_pass_id", "by"))
    return found


@dataclass(frozen=True)
class PassState:
    """A pass of a visit: how it stands, whether its current revision was printed and handed out.

    again: an earlier revision was printed, this one not: that paper holds no more.
    """

    line: PassLine
    revision: UUID
    printed: bool
    handed_out: bool
    again: bool


def passes_of(site_id: UUID, visit_id: UUID) -> list[PassState]:
    """Every pass of a visit, in order; a handful of questions however many there are."""
    rows = VisitorPass.objects.filter(site_id=site_id, visit_id=visit_id)
    lines = lines_of(rows.select_related("visit", "site").order_by("number"))
    papers: dict[UUID, set[tuple[int, str]]] = {}
    for held, number, what in PassPaper.objects.filter(
        revision__visitor_pass__visit_id=visit_id
    ).values_list("revision__visitor_pass_id", "revision__number", "what"):
        papers.setdefault(held, set()).add((number, what))
    revisions = PassRevision.objects.filter(visitor_pass__visit_id=visit_id)
    ids = {
        (held, n): one for one, held, n in revisions.values_list("id", "visitor_pass_id", "number")
    }
    return [
        _state(line, ids[(line.row.id, line.row.revision)], papers.get(line.row.id, set()))
        for line in lines
    ]


def _state(line: PassLine, revision: UUID, papers: set[tuple[int, str]]) -> PassState:
    number = line.row.revision
    printed, handed = (number, "printed") in papers, (number, "handed_out") in papers
    again = (
        not printed and line.row.fate == Fate.OUTSTANDING and any(w == "printed" for _, w in papers)
    )
    return PassState(line, revision, printed, handed, again)
