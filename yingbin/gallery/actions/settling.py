"""Nobody who has left stays in the queue: they are signed out, and who waits for them is decided anew (TQ-11).

Only events of the replay contract are used, so that a day's stored events always decide the same again.
"""

from collections.abc import Iterator
from uuid import UUID

from yingbin.approvals.actions import drop
from yingbin.journal.write import Pen
from yingbin.people.ids import SYSTEM

from ..kinds import LEAVE
from ..models import TurnDecision, Visit
from . import tell
from .events import OpenDay, advance

# Why it was written, beside the contract's fields.
NO_SALESPERSON = "no_salesperson"


def settle(pen: Pen, today: OpenDay, by: str = str(SYSTEM)) -> list[TurnDecision]:
    """Signs out whoever in the queue is no salesperson now; what that decided, told to those concerned.

    by: who ended the role; the system where nobody did within this write.

    Someone who receives goes the moment that reception ends; who waits for them takes anyone at once.
    Costs nothing while there is nobody to sign out.
    """
    if not today.strangers:
        return []
    with pen.in_name_of(by):
        made = [d for who in today.strangers for d in _off_the_queue(pen, today, who)]
    tell.decided(pen, today, made, None)
    return made


def _off_the_queue(pen: Pen, today: OpenDay, who: str) -> Iterator[TurnDecision]:
    follows = today.state.leave_to_follow(who)
    if who in today.state.queue and (follows is None or follows.kind != "sign_out"):
        drop(pen, kind=LEAVE.id, asked_by=UUID(who))
        event = {"event": "sign_out", "who": who, "why": NO_SALESPERSON}
        yield from advance(pen=pen, today=today, event=event).decisions
        tell.left(pen, today, who, _received_by(today, who))
    for visit_id in [v for v, whom in today.state.waiting() if whom == who]:
        visit = today.seen.get(visit_id) or Visit.objects.get(site_id=pen.site_id, id=visit_id)
        today.seen[visit_id] = visit
        event = {"event": "anyone", "visit": visit_id, "why": NO_SALESPERSON}
        yield from advance(pen=pen, today=today, event=event, visit=visit).decisions


def _received_by(today: OpenDay, who: str) -> Visit | None:
    """The group that someone who left receives now."""
    visit_id = today.state.receiving.get(who)
    if visit_id is None:
        return None
    return Visit.objects.filter(site_id=today.day.site_id, id=UUID(visit_id)).first()
