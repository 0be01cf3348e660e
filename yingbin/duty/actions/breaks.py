"""用餐、休息、顶岗: a post is never left empty (SF-4.3.7, SC-4.3.9)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.ids import uuid7
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused

from ..meals import LONGEST
from .happen import Said, from_to, today


@dataclass(frozen=True)
class Asked:
    """A break that was asked for: yes, or no with who could cover and when it would work."""

    accepted: bool
    because: str
    rest: UUID | None
    could_cover: tuple[UUID, ...] = ()
    earliest: datetime | None = None


@action("duty.ask_break")
def ask_break(
    pen: Pen, *, kind: str, minutes: int, begins: datetime | None = None, who: UUID | None = None
) -> Asked:
    """Asks for a break from `begins` (now) on. The first recorded of two that exclude each other wins."""
    if not 1 <= minutes <= LONGEST:
        raise Refused("SF-4.3.7", f"休息时间填 1 到 {LONGEST} 分钟。", about="minutes")
    writing = today(pen)
    first = (begins or writing.at).replace(second=0, microsecond=0)
    rest = uuid7()
    decided = writing.happen(
        "break_request",
        **{"break": str(rest)},
        who=str(who or actor(pen)),
        kind=kind,
        **from_to(first, first + timedelta(minutes=minutes)),
    )
    accepted = decided.what == "accepted"
    could, earliest = decided.more.get("could_cover") or [], decided.more.get("earliest")
    assert isinstance(could, list)
    return Asked(
        accepted,
        writing.names.put_in(decided.because),
        rest if accepted else None,
        tuple(UUID(str(w)) for w in could),
        datetime.fromisoformat(str(earliest)) if earliest else None,
    )


@action("duty.start_break")
def start_break(pen: Pen, *, rest: UUID) -> Said:
    """Leaves for a break that was accepted."""
    return today(pen).say("break_start", **{"break": str(rest)})


@action("duty.end_break")
def end_break(pen: Pen, *, rest: UUID) -> Said:
    """Is back from it."""
    return today(pen).say("break_end", **{"break": str(rest)})


@action("duty.cancel_break")
def cancel_break(pen: Pen, *, rest: UUID) -> Said:
    """Does without it."""
    return today(pen).say("break_cancel", **{"break": str(rest)})


@action("duty.stand_in")
def stand_in(pen: Pen, *, who: UUID, post: UUID, begins: datetime, ends: datetime) -> Said:
    """Somebody stands at another post for a time."""
    ident = str(uuid7())
    facts = {"stand_in": ident, "who": str(who), "post": str(post), **from_to(begins, ends)}
    return today(pen).say("stand_in", **facts)


@action("duty.cancel_stand_in")
def cancel_stand_in(pen: Pen, *, stand_in: UUID) -> Said:
    """Takes a stand-in back, or ends it early."""
    return today(pen).say("stand_in_cancel", stand_in=str(stand_in))
