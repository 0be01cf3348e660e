"""The verbs of a matter, each one idempotent write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused
from yingbin.rules.matters import BY_WHAT_HAPPENED, Step

from ..photos import attach_to
from ..subjects import Subject
from .steps import open_matter, take


@dataclass(frozen=True)
class Opened:
    """A matter just opened."""

    matter: UUID
    number: int


@dataclass(frozen=True)
class Taken:
    """A matter after a step."""

    matter: UUID
    state: str


@action("matters.open")
def open_new(
    pen: Pen,
    *,
    kind: str,
    title: str,
    owner: UUID | str | None = None,
    detail: str = "",
    grade: str = "",
    customer_id: UUID | None = None,
    subject: Subject | None = None,
    agreed_at: datetime | None = None,
    offered_to: UUID | str | None = None,
    photos: tuple[UUID, ...] = (),
) -> Opened:
    """Opens a matter, owned by `owner` or by whoever opens it; see `open_matter`."""
    made = open_matter(
        pen=pen,
        kind=kind,
        title=title,
        owner=owner or pen.by,
        detail=detail,
        grade=grade,
        customer_id=customer_id,
        subject=subject,
        agreed_at=agreed_at,
        offered_to=offered_to,
        photos=photos,
    )
    return Opened(made.id, made.number)


def _taken(
    pen: Pen,
    matter_id: UUID,
    verb: str,
    *,
    to: UUID | str | None = None,
    note: str = "",
    due_at: datetime | None = None,
    kind: str = "",
    grade: str = "",
    reason: str = "",
    photos: Sequence[UUID] = (),
    purpose: str = "",
) -> Taken:
    if verb in BY_WHAT_HAPPENED:
        raise Refused(None, f"没有「{verb}」这个动作。")
    who, words = str(actor(pen) or ""), note.strip()
    step = Step(
        verb, who, pen.at, str(to or ""), words, due_at, kind=kind, grade=grade, reason=reason,
        photos=len(photos), purpose=purpose,
    )  # fmt: skip
    after = take(pen=pen, matter_id=matter_id, step=step)
    attach_to(pen, after, photos, purpose)
    return Taken(after.id, after.state)


@action("matters.act")
def act(
    pen: Pen,
    *,
    matter_id: UUID,
    verb: str,
    to: UUID | str | None = None,
    note: str = "",
    due_at: datetime | None = None,
    kind: str = "",
    grade: str = "",
    reason: str = "",
    photos: tuple[UUID, ...] = (),
    purpose: str = "",
) -> Taken:
    """Takes one step of a matter, also one that a wing adds to its kind. Raises `Refused` with what to do instead.

    photos: files taken in for it by whoever acts; purpose: what they show, one of those its kind names.
    """
    return _taken(
        pen, matter_id, verb, to=to, note=note, due_at=due_at, kind=kind, grade=grade, reason=reason,
        photos=photos, purpose=purpose,
    )  # fmt: skip


@action("matters.offer")
def offer(pen: Pen, *, matter_id: UUID, to: UUID | str, note: str = "") -> Taken:
    """Passes a matter on to a person, a department or a role; it stays until somebody accepts (SF-4.3.6, SD-4.4)."""
    return _taken(pen, matter_id, "offer", to=to, note=note)


@action("matters.accept")
def accept(pen: Pen, *, matter_id: UUID) -> Taken:
    """Takes over a matter that was offered: a hand-off is counted (SD-4.4)."""
    return _taken(pen, matter_id, "accept")


@action("matters.decline")
def decline(pen: Pen, *, matter_id: UUID, note: str) -> Taken:
    """Doesn't take over, with a reason; owner and holder stay."""
    return _taken(pen, matter_id, "decline", note=note)


@action("matters.assign")
def assign(pen: Pen, *, matter_id: UUID, to: UUID, note: str, as_owner: bool = False) -> Taken:
    """Gives it to somebody without asking, with a reason: as holder, or as the one who owes the answer (SD-4.4)."""
    verb = "assign_owner" if as_owner else "assign"
    return _taken(pen, matter_id, verb, to=to, note=note)


@action("matters.pause")
def pause(pen: Pen, *, matter_id: UUID, reason: str, note: str = "") -> Taken:
    """Lets its clocks stand still, for a reason its kind lists and no longer than its kind allows (SD-4.3)."""
    return _taken(pen, matter_id, "pause", reason=reason, note=note)


@action("matters.resume")
def resume(pen: Pen, *, matter_id: UUID) -> Taken:
    """A paused matter goes on (SD-4.3)."""
    return _taken(pen, matter_id, "resume")


@action("matters.answer")
def answer(pen: Pen, *, matter_id: UUID, note: str) -> Taken:
    """Writes down the answer; the question stays open until the customer has it (SF-4.3.3)."""
    return _taken(pen, matter_id, "answer", note=note)


@action("matters.tell")
def tell_customer(pen: Pen, *, matter_id: UUID, note: str = "") -> Taken:
    """The customer has the answer: the question is closed (SF-4.3.3)."""
    return _taken(pen, matter_id, "tell", note=note)


@action("matters.done")
def done(pen: Pen, *, matter_id: UUID, note: str = "") -> Taken:
    """A follow-up or service is done."""
    return _taken(pen, matter_id, "done", note=note)


@action("matters.acknowledge")
def acknowledge(pen: Pen, *, matter_id: UUID) -> Taken:
    """The person an alert is addressed to has taken note of it (TQ-10)."""
    return _taken(pen, matter_id, "acknowledge")


@action("matters.reopen")
def reopen(pen: Pen, *, matter_id: UUID, note: str) -> Taken:
    """An ended matter is open again, with a reason and fresh clocks."""
    return _taken(pen, matter_id, "reopen", note=note)


@action("matters.cancel")
def cancel(pen: Pen, *, matter_id: UUID, note: str) -> Taken:
    """Nobody owes anything any more, with a reason."""
    return _taken(pen, matter_id, "cancel", note=note)
