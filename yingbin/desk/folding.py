"""Matters of the desk between their rows and the rules."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from uuid import UUID

from yingbin.matters import queries as matters
from yingbin.people.policy_rows import Plain
from yingbin.rules.desk.desk import Event
from yingbin.rules.desk.deskfile import read_event
from yingbin.rules.desk.matter import Callback, Matter, Quote
from yingbin.rules.matters import State
from yingbin.rules.times import written

from .models import DeskEvent, DeskMatter

# Among an event's fields: the names of the free words that came with it.
WORDS = "words"
ERASED = "（已删除）"
# What of a row is the fold of its events.
FOLDED = (
    "linked", "amount", "quote", "quote_agreed", "responded", "disagreed", "reopened", "handled",
    "callback", "callback_due_at", "callback_attempts", "callback_score",
)  # fmt: skip


def whole(row: DeskMatter) -> Matter:
    """The matter with its clocks, as its steps made it; one query."""
    return _of(row, matters.state_of(row.matter))


def neighbour(row: DeskMatter) -> Matter:
    """As much of another matter as a decision looks at: what it is, how it ended, when it was recorded."""
    one = row.matter
    state = State(
        one.kind,
        one.state,  # type: ignore[arg-type]
        matters.party(one.owner_id, one.owner_group),
        str(one.opened_by or ""),
        one.opened_at,
        grade=one.grade,
        stage=one.stage,
    )
    return _of(row, state)


def _of(row: DeskMatter, state: State) -> Matter:
    return Matter(
        str(row.matter_id),
        row.home,
        row.subject,
        state,
        handled=frozenset(map(str, row.handled)),
        linked=str(row.linked.matter_id) if row.linked else "",
        amount=row.amount,
        quote=Quote(row.quote, row.quote_agreed) if row.quote is not None else None,
        responded=row.responded,
        disagreed=row.disagreed,
        reopened=row.reopened,
        callback=_callback(row),
    )


def _callback(row: DeskMatter) -> Callback | None:
    if row.callback_due_at is None:
        return None
    hours = tuple((date.fromisoformat(day), int(hour)) for day, hour in row.callback_attempts)
    return Callback(
        row.callback_due_at,
        row.callback,  # type: ignore[arg-type]
        hours,
        row.callback_score or None,
    )


def show(row: DeskMatter, found: Matter, linked: DeskMatter | None) -> None:
    """Copies what the rules made of a matter into its row; nothing is saved."""
    row.linked, row.amount = linked, found.amount
    row.quote = found.quote.amount if found.quote else None
    row.quote_agreed = bool(found.quote and found.quote.agreed)
    row.responded, row.disagreed, row.reopened = found.responded, found.disagreed, found.reopened
    row.handled = sorted(UUID(who) for who in found.handled)
    due = found.callback
    row.callback = due.state if due else ""
    row.callback_due_at = due.due_at if due else None
    row.callback_attempts = [[d.isoformat(), hour] for d, hour in due.attempts] if due else []
    row.callback_score = (due.score or "") if due else ""


def told(row: DeskMatter) -> Plain:
    """What of a row is folded, as its entry in the journal keeps it."""
    return {name: _plain(getattr(row, name)) for name in FOLDED}


def _plain(value: object) -> object:
    if isinstance(value, DeskMatter):
        return str(value.matter_id)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, list):
        return [str(one) if isinstance(one, UUID) else one for one in value]
    return value


def row_of(site_id: UUID, matter_id: UUID | str) -> DeskMatter | None:
    """A matter of this site's desk with its row of all matters; one query."""
    rows = DeskMatter.objects.select_related("matter", "linked")
    return rows.filter(site_id=site_id, matter_id=matter_id).first()


def last_complaints(site_id: UUID, home: str, subject: str) -> Iterable[DeskMatter]:
    """The two last complaints of a home and subject that count, the earlier first: one of them may be the matter itself."""
    rows = DeskMatter.objects.filter(
        site_id=site_id, home=home, subject=subject, matter__kind="complaint"
    )
    rows = rows.exclude(matter__state="cancelled").select_related("matter", "linked")
    return reversed(rows.order_by("-seq")[:2])


def event_of(row: DeskEvent) -> Event:
    """An event as the rules take it; words that were erased are said to have been."""
    fields = {name: value for name, value in row.fields.items() if name != WORDS}
    words = {name: row.words.get(name, ERASED) for name in row.fields.get(WORDS, ())}
    raw = {
        **fields, **words, "at": written(row.at), "event": row.event, "matter": str(row.matter.matter_id),
        "by": str(row.by),
    }  # fmt: skip
    return read_event("event", raw)
