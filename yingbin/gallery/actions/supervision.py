"""督导 (TQ-11): the manager or a recorded delegate overrides a visit or corrects an account, with a reason."""

from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..models import TurnDecision
from . import tell
from .events import advance
from .open_day import seat
from .receptions import visit_today


@action("override")
def override(
    pen: Pen, *, visit_id: UUID, to: UUID, reason: str, counts: bool, gives_back: bool = True
) -> None:
    """Gives a visit that waits or is being received to another free person."""
    if not reason.strip():
        raise Refused("TQ-11", "请写明为什么调派，所有同事都会看到。", about="reason")
    today = seat(pen)
    visit = visit_today(pen, today, visit_id)
    event = {
        "event": "override",
        "visit": str(visit.id),
        "to": str(to),
        "by": pen.by,
        "reason": reason.strip(),
        "counts": counts,
        "gives_back": gives_back,
    }
    row = today.state.visits.get(str(visit.id))
    before = row.receiver if row else None
    made = advance(pen=pen, today=today, event=event, visit=visit)
    tell.decided(pen, today, made.decisions, visit)
    tell.overridden(pen, today, made.decisions[0], visit, reason, UUID(before) if before else None)


def adjust_account(
    pen: Pen, *, who: UUID, reason: str, count: int = 0, turns: int = 0
) -> list[TurnDecision]:
    """The correction of an account inside a write; see `adjust`."""
    if not reason.strip():
        raise Refused("TQ-11", "请写明为什么更正，所有同事都会看到。", about="reason")
    if not count and not turns:
        raise Refused("TQ-11", "次数和轮次都是 0，请填要加减多少。", about="count")
    if abs(count) > 20 or abs(turns) > 20:
        raise Refused("TQ-11", "一次更正不能超过 20，请核对数字。", about="count")
    today = seat(pen)
    event = {
        "event": "adjust",
        "who": str(who),
        "by": pen.by,
        "reason": reason.strip(),
        "count": count,
        "turns": turns,
    }
    made = advance(pen=pen, today=today, event=event)
    tell.decided(pen, today, made.decisions, None)
    tell.adjusted(pen, today, made.decisions[0], reason)
    return made.decisions


@action("adjust")
def adjust(pen: Pen, *, who: UUID, reason: str, count: int = 0, turns: int = 0) -> None:
    """Corrects a person's account afterwards: the count, and turns earned (positive) or owed (negative)."""
    adjust_account(pen, who=who, reason=reason, count=count, turns=turns)
