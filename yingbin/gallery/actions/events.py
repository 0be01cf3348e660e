"""The one way an event enters a day's queue: under the site's lock, through the pure rules, into facts.

Every verb of the gallery ends here, so that state, events, decisions, receptions, journal and notices
can't part ways.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from psycopg.types.json import Jsonb

from yingbin.journal.commit import committed, new_salt, salted
from yingbin.journal.trips import Statement, insert, update
from yingbin.journal.write import Line, Pen
from yingbin.manual.clauses import revision_of
from yingbin.matters.actions import lapse_about
from yingbin.people.ids import uuid7
from yingbin.rules.decision import Decision
from yingbin.rules.gone import colleague
from yingbin.rules.turns.decide import apply
from yingbin.rules.turns.state import State
from yingbin.rules.turns.version import RULE_VERSION

from ..models import (
    FREE_TEXT,
    VISIT_WORDS,
    Claim,
    GalleryDay,
    QueueState,
    Reception,
    TurnDecision,
    TurnEvent,
    Visit,
)

# An event of the replay contract, by the names of its fields.
Event: TypeAlias = Mapping[str, object]

SERVICE_OVER = "客户已有人接待或已离开"


@dataclass
class OpenDay:
    """The open day of a gallery with its live state, loaded under the site's lock.

    strangers: who stands in the queue without being a salesperson of this site now.
    """

    day: GalleryDay
    row: QueueState
    state: State
    at: datetime
    strangers: tuple[str, ...] = ()
    seen: dict[str, Visit] = field(default_factory=dict)

    def name(self, who: str) -> str:
        """The person's name as the day knows it."""
        return colleague(self.row.names, who)


@dataclass(frozen=True)
class Outcome:
    """What one event led to: its row and the decisions, first the event's own."""

    event: TurnEvent
    decisions: list[TurnDecision]


def advance(
    *,
    pen: Pen,
    today: OpenDay,
    event: Event,
    visit: Visit | None = None,
    answered: Mapping[str, object] | None = None,
) -> Outcome:
    """Applies one event and writes all that follows from it. Raises `Refused` and writes nothing.

    answered: the commitments to the words with which a claim was confirmed by it.
    """
    event = {"at": today.at.isoformat(), **event}
    if visit is not None:
        _admit(today, visit)
    index, waited = today.row.events, set(today.state.line)
    decisions = apply(today.state, event, index=index, names=today.name)
    if decisions:
        decisions[0].raise_if_refused()
    salt = new_salt()
    line = _journal(pen, today, index, event, salt, decisions, visit, answered)
    made = _store(pen, today, index, event, salt, line, visit, decisions)
    _save_state(pen, today, index + 1)
    _service_over(pen, event, waited, made)
    return made


@dataclass(frozen=True)
class VisitDecisions:
    """What a verb about one group answers: its visit, and all decisions it led to, in order, also about others."""

    visit_id: UUID
    decision_ids: tuple[UUID, ...]


def decided_about(visit: Visit, decisions: Iterable[TurnDecision]) -> VisitDecisions:
    """The answer of a verb about this group."""
    return VisitDecisions(visit.id, tuple(d.id for d in decisions))


def _service_over(pen: Pen, event: Mapping[str, object], waited: set[str], made: Outcome) -> None:
    """Tea that a group wanted is owed no longer once somebody receives it, or it has gone (SC-4.3.2)."""
    if event["event"] == "arrive":
        return  # an arrival frees nobody
    taken = [d.visit_id for d in made.decisions if received(d) and str(d.visit_id) in waited]
    gone = [made.event.visit_id] if event["event"] in {"finish", "leave"} else []
    over = [visit for visit in (*taken, *gone) if visit]
    if over:
        lapse_about(pen, over, kind="service", note=SERVICE_OVER)


def _admit(today: OpenDay, visit: Visit) -> None:
    today.seen[str(visit.id)] = visit
    if visit.record is not None:
        today.state.admit(str(visit.id), visit.record)


def journal_form(event: Mapping[str, object], salt: str) -> dict[str, object]:
    """The event as the journal keeps it: free text becomes a salted commitment."""
    kept = dict(event)
    if event["event"] in FREE_TEXT:
        kept["reason"] = salted(str(event["reason"]), salt)
    return kept


def words_of(visit: Visit) -> dict[str, str]:
    """The commitments to everything said of a visit; a visit of before gets its salt here."""
    visit.salt = visit.salt or new_salt()
    return committed({name: getattr(visit, name) for name in VISIT_WORDS}, visit.salt)


def answer_of(request: Claim, *names: str) -> dict[str, dict[str, str]]:
    """The commitments to what was answered to a claim."""
    request.salt = request.salt or new_salt()
    return {"words": committed({name: getattr(request, name) for name in names}, request.salt)}


def came_form(visit: Visit) -> dict[str, object]:
    """What the journal keeps of a group that arrives, beside the event: ids, numbers, commitments."""
    return {
        "number": visit.number,
        "size": visit.group_size,
        "households": visit.households,
        "first_visit": visit.first_visit,
        "customer": str(visit.customer_id) if visit.customer_id else None,
        "named": str(visit.named) if visit.named else None,
        "words": words_of(visit),
    }


def bare(decision: Decision) -> dict[str, object]:
    """A decision without its sentence, which carries names."""
    return {k: v for k, v in decision.to_json().items() if k != "because"}


def _journal(
    pen: Pen,
    today: OpenDay,
    index: int,
    event: Event,
    salt: str,
    decisions: list[Decision],
    visit: Visit | None,
    answered: Mapping[str, object] | None,
) -> Line:
    clause = decisions[0].clause if decisions else None
    body = {
        "day": today.day.day.isoformat(),
        "index": index,
        "event": journal_form(event, salt),
        "decisions": [bare(d) for d in decisions],
        "sentences": [salted(d.because, salt) for d in decisions],
        "rule_version": RULE_VERSION,
        "policy_version": today.day.policy_version,
        "clause_revisions": {c: revision_of(c) for c in {d.clause for d in decisions if d.clause}},
    }
    if visit is not None and event["event"] == "arrive":
        # What the line of an arrival says, so that a dispute's packet can prove it.
        body["came"] = came_form(visit)
    if answered is not None:
        body["answered"] = answered
    return pen.append("turns.event", body, clause=clause)


def _store(
    pen: Pen,
    today: OpenDay,
    index: int,
    event: Event,
    salt: str,
    line: Line,
    visit: Visit | None,
    decisions: list[Decision],
) -> Outcome:
    row = TurnEvent(
        site_id=pen.site_id,
        day=today.day,
        index=index,
        seq=line.seq,
        at=today.at,
        by=UUID(pen.by),
        event=event,
        salt=salt,
        visit=visit,
    )
    stored = [_decision_row(today, row, line, n, d) for n, d in enumerate(decisions)]
    pen.do(insert(row), *_end_receptions(pen, today, visit, event))
    if stored:
        pen.do(insert(*stored), *_begin_receptions(today, stored))
    return Outcome(row, stored)


def _decision_row(
    today: OpenDay, row: TurnEvent, line: Line, position: int, decision: Decision
) -> TurnDecision:
    return TurnDecision(
        id=uuid7(),
        site_id=row.site_id,
        day=today.day,
        event=row,
        visit_id=UUID(decision.visit) if decision.visit else None,
        position=position,
        at=today.at,
        kind=decision.kind,
        clause=decision.clause or "",
        clause_revision=revision_of(decision.clause or ""),
        because=decision.because,
        receiver=UUID(decision.receiver) if decision.receiver else None,
        counted=decision.counted if decision.turn or decision.kind == "claim" else None,
        turn=decision.turn,
        passed_over=list(decision.passed_over),
        queue=list(decision.queue),
        seq=line.seq,
        receipt=line.receipt,
        rule_version=RULE_VERSION,
        policy_version=today.day.policy_version,
    )


def received(decision: TurnDecision) -> bool:
    """Whether this decision gave a visit to a receiver."""
    return decision.kind == "received"


def _end_receptions(
    pen: Pen, today: OpenDay, visit: Visit | None, event: Mapping[str, object]
) -> list[Statement]:
    """A finish or an override ends the reception that was under way."""
    if visit is None or event["event"] not in {"finish", "override"}:
        return []
    sql = (
        "update floor_reception set ended_at = %s"
        " where site_id = %s and visit_id = %s and ended_at is null"
    )
    return [Statement(sql, (today.at, pen.site_id, visit.id))]


def _begin_receptions(today: OpenDay, decisions: Iterable[TurnDecision]) -> list[Statement]:
    began = [
        Reception(
            site_id=d.site_id,
            visit_id=d.visit_id,
            receiver=d.receiver,
            decision_id=d.id,
            began_at=today.at,
        )
        for d in decisions
        if received(d) and d.visit_id and d.receiver
    ]
    return [insert(*began)] if began else []


def _save_state(pen: Pen, today: OpenDay, events: int) -> None:
    """Keeps the live state small: visits that ended move to their own rows."""
    ended = "update floor_visit set record = %s where site_id = %s and id = %s"
    moved = [
        Statement(ended, (Jsonb(record), today.day.site_id, UUID(visit_id)))
        for visit_id, record in today.state.take_ended().items()
    ]
    row = today.row
    row.state = today.state.to_json()
    row.away_since = {w: row.away_since.get(w, today.at.isoformat()) for w in today.state.away}
    row.events = events
    row.last_at = today.at
    pen.do(*moved, update(row, ["state", "away_since", "events", "last_at", "names", "visits"]))
