"""Disruptions and emergencies, seeing customers off and being back (SF-4.5, SF-4.6, SC-4.5, SC-4.6, SC-4.3.7)."""

from dataclasses import dataclass
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.ids import uuid7
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused

from ..models import Incident
from .happen import Said, Writing, today
from .incidents import begin_incident, begin_outside, has_a_day, known, over, procedure_here


@dataclass(frozen=True)
class CaseOpened:
    """A disruption or an emergency under way; outside: no day on duty is, or it doesn't know the post or the person."""

    case: UUID
    outside: bool = False


@action("duty.open_case")
def open_case(pen: Pen, *, kind: str, post: UUID, type: str = "") -> CaseOpened:
    """Somebody disturbs and is asked to stop, or an emergency of a type: the chain is alerted at once."""
    case = uuid7()
    if kind == "emergency":
        procedure_here(pen.site_id, type)
    facts = {"case": str(case), "kind": kind, "who": str(actor(pen)), "post": str(post)}
    writing = _under_way(pen)
    if writing is None or writing.attempt("case_open", **facts, type=type or None):
        # Closed, at night, or of a post or a colleague that today's day doesn't know: heard all the same.
        begin_outside(pen, case, kind=kind, type=type, post=post)
        return CaseOpened(case, outside=True)
    begin_incident(pen, case, kind=kind, type=type, post=post, at=writing.at)
    return CaseOpened(case)


def _under_way(pen: Pen) -> Writing | None:
    """The day on duty of now; None at a place that doesn't open today."""
    try:
        return today(pen)
    except Refused:
        return None


@action("duty.escalate_case")
def escalate_case(pen: Pen, *, case: UUID) -> Said:
    """Passes it up at once."""
    return today(pen).say("case_escalate", case=str(case), who=str(actor(pen)))


@action("duty.acknowledge_case")
def acknowledge_case(pen: Pen, *, case: UUID) -> Said:
    """Has heard and is on it."""
    return today(pen).say("case_acknowledge", case=str(case), who=str(actor(pen)))


@action("duty.end_case")
def end_case(pen: Pen, *, case: UUID) -> Said:
    """It is over; also one that was left open on a day that is over itself, which learns nothing more."""
    row = Incident.objects.filter(site_id=pen.site_id, id=case, drill=False).first()
    if row is not None and not has_a_day(row, pen.at):
        over(pen, known(pen, case, open=True))
        return Said("已经结束，记在这件事的经过里。")
    said = today(pen).say("case_end", case=str(case), who=str(actor(pen)))
    if row is not None:  # one of before has no row
        over(pen, row)
    return said


@action("duty.farewell")
def farewell(pen: Pen) -> Said:
    """A customer is seen off: the time until one is back runs (SC-4.3.7)."""
    return today(pen).say("farewell", who=str(actor(pen)))


@action("duty.ready")
def ready(pen: Pen) -> Said:
    """Tidied up and back at the post."""
    return today(pen).say("ready", who=str(actor(pen)))
