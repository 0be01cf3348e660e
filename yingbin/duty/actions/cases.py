"""Disruptions and emergencies, seeing customers off and being back (SF-4.5, SF-4.6, SC-4.5, SC-4.6, SC-4.3.7)."""

from dataclasses import dataclass
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.ids import uuid7
from yingbin.people.rows import actor

from ..hours import day_of
from ..models import Incident
from .happen import Said, today
from .incidents import begin_incident, known, over, procedure_here


@dataclass(frozen=True)
class CaseOpened:
    """A disruption or an emergency under way."""

    case: UUID


@action("duty.open_case")
def open_case(pen: Pen, *, kind: str, post: UUID, type: str = "") -> CaseOpened:
    """Somebody disturbs and is asked to stop, or an emergency of a type: the chain is alerted at once."""
    case = uuid7()
    writing = today(pen)
    if kind == "emergency":
        procedure_here(pen.site_id, type)
    facts = {"case": str(case), "kind": kind, "who": str(actor(pen)), "post": str(post)}
    writing.happen("case_open", **facts, type=type or None)
    begin_incident(pen, case, kind=kind, type=type, post=post, at=writing.at)
    return CaseOpened(case)


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
    if row is not None and day_of(row.at) != day_of(pen.at):
        over(pen, known(pen, case, open=True))
        return Said("已经结束。那天的当班已过，记在这件事的经过里。")
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
