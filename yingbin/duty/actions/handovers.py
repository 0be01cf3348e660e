"""交接班: what is handed over is frozen, each entry accepted or objected to, both sides sign (SF-4.1, SF-4.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.matters.actions.steps import take
from yingbin.people.ids import uuid7
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused
from yingbin.rules.matters import Step

from .happen import Said, Writing, today


@dataclass(frozen=True)
class HandoverBegun:
    """A handover that was begun, with how many entries."""

    handover: UUID
    entries: int


@action("duty.start_handover")
def start_handover(
    pen: Pen,
    *,
    post: UUID,
    giver: UUID,
    receiver: UUID,
    keys: Sequence[str] = (),
    stock: Sequence[tuple[str, int]] = (),
) -> HandoverBegun:
    """Begins a handover: open lines, keys and counts as they are now."""
    handover = uuid7()
    facts: dict[str, object] = {"handover": str(handover), "post": str(post)}
    facts |= {"giver": str(giver), "receiver": str(receiver)}
    facts |= {"keys": list(keys)} if keys else {}
    facts |= {"stock": [{"item": i, "count": n} for i, n in stock]} if stock else {}
    decided = today(pen).happen("handover_start", **facts)
    entries = decided.more["entries"]
    assert isinstance(entries, list)
    return HandoverBegun(handover, len(entries))


@action("duty.answer_entry")
def answer_entry(
    pen: Pen, *, handover: UUID, kind: str, entry: str, accepts: bool, reason: str = ""
) -> Said:
    """The receiver accepts an entry or objects to it, with a reason."""
    why = reason.strip()
    if not accepts and not why:
        raise Refused(None, "不接收要写一句原因，领班会看到。", about="reason")
    facts = {"handover": str(handover), "who": str(actor(pen)), "kind": kind, "id": entry}
    return today(pen).say("handover_answer", **facts, accepts=accepts, reason=why or None)


@action("duty.sign_handover")
def sign_handover(pen: Pen, *, handover: UUID) -> Said:
    """Signs for one's side; with both, accepted lines have the receiver as their owner."""
    writing = today(pen)
    said = writing.say("handover_sign", handover=str(handover), who=str(actor(pen)))
    found = writing.day.fold.day.handovers[str(handover)]
    if found.state == "done":
        _pass_on(writing, str(handover))
    return said


def _pass_on(writing: Writing, handover: str) -> None:
    """The matters follow: their owner is whoever received them."""
    pen, day = writing.pen, writing.day.fold.day
    found = day.handovers[handover]
    for entry in found.entries:
        if entry.kind == "line" and entry.accepted and day.lines[entry.id].open:
            step = Step("hand_over", str(actor(pen) or ""), pen.at, to=found.receiver)
            take(pen=pen, matter_id=UUID(entry.id), step=step, quiet=True)
