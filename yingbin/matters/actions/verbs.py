"""The verbs of a matter, each one idempotent write."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from yingbin.journal.write import Pen, write
from yingbin.rules.matters import Step

from .steps import open_matter, take


def open_new(
    *,
    site_id: UUID,
    key: str,
    by: UUID,
    at: datetime,
    kind: str,
    title: str,
    owner_id: UUID | None = None,
    detail: str = "",
    customer_id: UUID | None = None,
    visit_id: UUID | None = None,
    due_at: datetime | None = None,
    offered_to: UUID | None = None,
) -> dict[str, Any]:
    """Opens a matter, owned by `owner_id` or by whoever opens it; see `open_matter`."""
    fields: dict[str, Any] = {
        "kind": kind,
        "title": title,
        "owner_id": owner_id or by,
        "detail": detail,
        "customer_id": customer_id,
        "visit_id": visit_id,
        "due_at": due_at,
        "offered_to": offered_to,
    }

    def work(pen: Pen) -> dict[str, Any]:
        matter = open_matter(pen=pen, **fields)
        return {"matter": str(matter.id), "number": matter.number}

    payload = {name: str(value) for name, value in fields.items() if value is not None}
    done = write(
        site_id=site_id,
        key=key,
        verb="matters.open",
        by=str(by),
        at=at,
        payload=payload,
        work=work,
    )
    return done.response


def act(
    verb: str,
    *,
    site_id: UUID,
    key: str,
    by: UUID | None,
    at: datetime,
    matter_id: UUID,
    to: UUID | None = None,
    note: str = "",
    due_at: datetime | None = None,
) -> dict[str, Any]:
    """Takes one step of a matter; the named verbs below are this one with their own fields.

    by None: the clock. Raises `Refused` with the clause and what to do instead.
    """
    who = str(by) if by else ""
    step = Step(verb, who, at, to=str(to) if to else "", note=note.strip(), due_at=due_at)

    def work(pen: Pen) -> dict[str, Any]:
        matter = take(pen=pen, matter_id=matter_id, step=step)
        return {"matter": str(matter.id), "state": matter.state}

    payload: Mapping[str, Any] = {
        "matter": str(matter_id),
        "to": step.to,
        "note": step.note,
        "due_at": due_at.isoformat() if due_at else "",
    }
    done = write(
        site_id=site_id,
        key=key,
        verb=f"matters.{verb}",
        by=who or "clock",
        at=at,
        payload=payload,
        work=work,
    )
    return done.response


def offer(
    *, site_id: UUID, key: str, by: UUID, at: datetime, matter_id: UUID, to: UUID, note: str = ""
) -> dict[str, Any]:
    """Passes a matter on to a named person; it stays until they accept (SF-4.3.6)."""
    return act(
        "offer", site_id=site_id, key=key, by=by, at=at, matter_id=matter_id, to=to, note=note
    )


def accept(*, site_id: UUID, key: str, by: UUID, at: datetime, matter_id: UUID) -> dict[str, Any]:
    """Takes over a matter that was offered: a hand-off is counted (SD-4.4)."""
    return act("accept", site_id=site_id, key=key, by=by, at=at, matter_id=matter_id)


def decline(
    *, site_id: UUID, key: str, by: UUID, at: datetime, matter_id: UUID, note: str
) -> dict[str, Any]:
    """Doesn't take over, with a reason; the owner stays."""
    return act("decline", site_id=site_id, key=key, by=by, at=at, matter_id=matter_id, note=note)


def answer(
    *, site_id: UUID, key: str, by: UUID, at: datetime, matter_id: UUID, note: str
) -> dict[str, Any]:
    """Writes down the answer; the question stays open until the customer has it (SF-4.3.3)."""
    return act("answer", site_id=site_id, key=key, by=by, at=at, matter_id=matter_id, note=note)


def tell_customer(
    *, site_id: UUID, key: str, by: UUID, at: datetime, matter_id: UUID, note: str = ""
) -> dict[str, Any]:
    """The customer has the answer: the question is closed (SF-4.3.3)."""
    return act("tell", site_id=site_id, key=key, by=by, at=at, matter_id=matter_id, note=note)


def done(
    *, site_id: UUID, key: str, by: UUID, at: datetime, matter_id: UUID, note: str = ""
) -> dict[str, Any]:
    """A follow-up or service is done."""
    return act("done", site_id=site_id, key=key, by=by, at=at, matter_id=matter_id, note=note)


def acknowledge(
    *, site_id: UUID, key: str, by: UUID, at: datetime, matter_id: UUID
) -> dict[str, Any]:
    """The person an alert is addressed to has taken note of it (TQ-10)."""
    return act("acknowledge", site_id=site_id, key=key, by=by, at=at, matter_id=matter_id)


def reopen(
    *, site_id: UUID, key: str, by: UUID, at: datetime, matter_id: UUID, note: str
) -> dict[str, Any]:
    """An ended matter is open again, with a reason and a fresh due time."""
    return act("reopen", site_id=site_id, key=key, by=by, at=at, matter_id=matter_id, note=note)


def cancel(
    *, site_id: UUID, key: str, by: UUID, at: datetime, matter_id: UUID, note: str
) -> dict[str, Any]:
    """Nobody owes anything any more, with a reason."""
    return act("cancel", site_id=site_id, key=key, by=by, at=at, matter_id=matter_id, note=note)
