"""Passes as visits make, void and move them, called by the one door of visits inside its write, once the visit's row is stored;
and what is done with the paper and the keys (CV-4.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.rows import actor, next_number
from yingbin.rules.decision import Refused
from yingbin.rules.gate.gatefile import Revision
from yingbin.rules.times import written

from ..keyring import rotate
from ..models import Fate, PassPaper, PassRevision, TourVisit, VisitorPass
from ..queries.passes import last_end
from .gate import Telling, at_the_gates
from .keeping import add_revision, says

# Why a pass is void or another revision where the visit made it so, in the place of somebody's words.
BY_VISIT = "visit"


@dataclass(frozen=True)
class Issue:
    """A pass that the rules accepted: for which areas, how many persons, with whom, whether they may photograph."""

    pass_id: UUID
    areas: tuple[str, ...]
    persons: int
    escort: UUID
    photo: bool
    by: UUID


def issued(pen: Pen, row: TourVisit, told: Issue) -> None:
    """A pass of this visit is issued (CV-4.1); its window is the visit's. The database refuses one before approval."""
    first = Revision(
        frozenset(told.areas), row.starts_at, row.ends_at, told.persons, str(told.escort), told.photo
    )  # fmt: skip
    made = VisitorPass(
        id=told.pass_id,
        site_id=pen.site_id,
        visit=row,
        number=next_number(VisitorPass, pen.site_id),
        areas=list(told.areas),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        persons=told.persons,
        escort=told.escort,
        photo=told.photo,
        fate=Fate.OUTSTANDING,
    )
    at = pen.at.replace(microsecond=0)
    body = {
        "pass": str(made.id), "number": made.number, "visit": str(row.id), "at": written(at), "says": says(first)
    }  # fmt: skip
    line = pen.append("pass.issued", body, clause="CV-4.1")
    made.seq = line.seq
    made.save(force_insert=True)
    add_revision(pen, made, first, line.seq, at)
    made.save()


def voided(pen: Pen, row: TourVisit, passes: Sequence[UUID]) -> None:
    """What happened to the visit makes these passes void, for ever (CV-4.1)."""
    out = _out(row).filter(id__in=passes)
    for one in list(out):
        telling = Telling("revoke", held=one, fields={"reason": BY_VISIT})
        at_the_gates(pen).happen(telling)


def moved(pen: Pen, row: TourVisit) -> None:
    """The visit's window is another one now; passes that stay valid get a revision that is good for it.

    A pass on a phone changes by itself; one on paper has to be printed anew, since its code tells the old window.
    """
    window = {"from": written(row.starts_at), "to": written(row.ends_at)}
    for one in list(_out(row)):
        if (one.starts_at, one.ends_at) != (row.starts_at, row.ends_at):
            telling = Telling("reissue", held=one, fields={"reason": BY_VISIT, **window})
            at_the_gates(pen).happen(telling)


def _out(visit: TourVisit) -> QuerySet[VisitorPass]:
    rows = VisitorPass.objects.filter(site_id=visit.site_id, visit=visit, fate=Fate.OUTSTANDING)
    return rows.select_related("visit").order_by("number")


@action("passes.print")
def print_passes(pen: Pen, *, revisions: tuple[UUID, ...]) -> int:
    """These revisions are printed; how many. Raises `Refused` where one no longer holds."""
    return _paper(pen, revisions, PassPaper.What.PRINTED)


@action("passes.hand_out")
def hand_out(pen: Pen, *, revisions: tuple[UUID, ...]) -> int:
    """These revisions are given to the guests; how many. Raises `Refused` where one no longer holds."""
    return _paper(pen, revisions, PassPaper.What.HANDED_OUT)


def _paper(pen: Pen, revisions: tuple[UUID, ...], what: PassPaper.What) -> int:
    rows = PassRevision.objects.filter(site_id=pen.site_id, id__in=revisions)
    found = list(rows.select_related("visitor_pass").order_by("visitor_pass__number"))
    who = actor(pen)
    if who is None or not found or len(found) != len(set(revisions)):
        raise Refused("CV-4.1", "没有找到这些参观证，请刷新后重新选。")
    gone = [one for one in found if one.fate != Fate.OUTSTANDING]
    if gone:
        numbers = "、".join(str(one.visitor_pass) for one in gone)
        raise Refused("CV-4.1", f"{numbers}已经不是现在的证，请刷新后重新选。")
    PassPaper.objects.bulk_create(
        PassPaper(
            site_id=pen.site_id,
            revision=one,
            what=what,
            at=pen.at,
            by=who,
            seq=_entry(pen, one, what),
        )
        for one in found
    )
    return len(found)


def _entry(pen: Pen, one: PassRevision, what: PassPaper.What) -> int:
    """The fact's entry; its number."""
    body = {"revision": str(one.id), "pass": str(one.visitor_pass_id), "number": one.number}
    if what == PassPaper.What.PRINTED:
        return pen.append("pass.printed", body, clause="CV-4.1").seq
    return pen.append("pass.handed_out", body, clause="CV-4.1").seq


@action("passes.rotate_key")
def rotate_key(pen: Pen) -> str:
    """Another key signs this site's passes from now on; those of before hold until the last has ended. The new key's id."""
    new = rotate(pen.site_id, pen.at, last_end(pen.site_id, pen.at))
    pen.append("pass.key", {"key": new}, clause="CV-4.1")
    return new
