"""Decisions and days gone by: each with its explanation, filterable, for everyone in the queue (TQ-11)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from yingbin.approvals.models import Approval
from yingbin.approvals.queries import waiting_for
from yingbin.journal.models import DayRoot
from yingbin.rules.turns.decide import apply
from yingbin.rules.turns.policy import TurnsPolicy
from yingbin.rules.turns.state import State

from ..kinds import LEAVE
from ..models import (
    Claim,
    GalleryDay,
    Reception,
    Reopening,
    TurnDecision,
    TurnEvent,
    Visit,
)
from .standing import Standing, standings


@dataclass(frozen=True)
class DecisionFilter:
    """What to show of a day's decisions; empty fields show everything."""

    who: str = ""
    clause: str = ""
    kind: str = ""


def day_of(site_id: UUID, day: date | None) -> GalleryDay | None:
    """A gallery day by date; the latest when no date is given."""
    days = GalleryDay.objects.filter(site_id=site_id)
    return days.filter(day=day).first() if day else days.order_by("day").last()


def days(site_id: UUID) -> QuerySet[GalleryDay]:
    """All days of a gallery, newest first."""
    return GalleryDay.objects.filter(site_id=site_id).order_by("-day")


def decisions(day: GalleryDay, chosen: DecisionFilter) -> QuerySet[TurnDecision]:
    """The day's decisions, newest first, with visit, event and whether it was undone."""
    found = (
        TurnDecision.objects.filter(site_id=day.site_id, day=day)
        .select_related("visit", "event", "event__undone")
        .order_by("-seq", "-position")
    )
    if chosen.clause:
        found = found.filter(clause=chosen.clause)
    if chosen.kind:
        found = found.filter(kind=chosen.kind)
    if chosen.who:
        found = found.filter(receiver=chosen.who)
    return found


def visit(site_id: UUID, visit_id: UUID) -> Visit | None:
    """One visit of this site with its day; None also for another site's."""
    return Visit.objects.select_related("day").filter(site_id=site_id, id=visit_id).first()


def decisions_of_visit(visit: Visit) -> QuerySet[TurnDecision]:
    """All that was decided about a visit, in order."""
    return (
        TurnDecision.objects.filter(site_id=visit.site_id, visit=visit)
        .select_related("event", "event__undone")
        .order_by("seq", "position")
    )


def accepted_at(visit: Visit) -> datetime | None:
    """When its latest receiver said "I'm coming"; None while nobody has."""
    latest = Reception.objects.filter(site_id=visit.site_id, visit=visit).order_by("-began_at")
    return latest.values_list("accepted_at", flat=True).first()


def open_claims(site_id: UUID) -> QuerySet[Claim]:
    """Claims that wait for the manager, oldest first (TQ-6)."""
    return (
        Claim.objects.filter(site_id=site_id, decided_at__isnull=True, withdrawn_at__isnull=True)
        .select_related("visit")
        .order_by("asked_at")
    )


def open_leave_requests(site_id: UUID) -> QuerySet[Approval]:
    """Business leave that waits for the manager, oldest first (TQ-7)."""
    return waiting_for(site_id, LEAVE.id)


def standing_events(day: GalleryDay) -> QuerySet[TurnEvent]:
    """The day's events but those taken back, in order."""
    return TurnEvent.objects.filter(site_id=day.site_id, day=day, undone__isnull=True).order_by(
        "index"
    )


def opening_state(day: GalleryDay) -> State:
    """What the day's queue started from."""
    return State.opening(
        day.opening_queue, day.make_up, day.owes, TurnsPolicy.from_json(day.policy)
    )


def replayed(day: GalleryDay) -> State:
    """The day's stored events folded again from its opening."""
    state = opening_state(day)
    for row in standing_events(day):
        apply(state, row.event, index=row.index)
    return state


def disagreements(day: GalleryDay) -> list[str]:
    """Where the stored state or a stored decision differs from the replay; empty when all is one."""
    state = opening_state(day)
    stored: dict[object, list[TurnDecision]] = {}
    for d in TurnDecision.objects.filter(site_id=day.site_id, day=day).order_by("position"):
        stored.setdefault(d.event_id, []).append(d)
    found = []
    for row in standing_events(day):
        made = apply(state, row.event, index=row.index)
        kept = stored.get(row.id, [])
        if [_shape(d.to_json()) for d in made] != [_shape(_row_json(k)) for k in kept]:
            found.append(f"event {row.index} (seq {row.seq}): decisions differ")
    state.take_ended()
    if state.to_json() != day.queue_state.state:
        found.append("stored state differs from the replay")
    return found


def _shape(decision: dict[str, object]) -> tuple[object, ...]:
    names = ("visit", "clause", "queue", "receiver", "counted", "turn", "passed_over")
    return tuple(decision.get(n) or None for n in names)


def _row_json(row: TurnDecision) -> dict[str, object]:
    return {
        "visit": str(row.visit_id) if row.visit_id else None,
        "clause": row.clause,
        "queue": row.queue,
        "receiver": str(row.receiver) if row.receiver else None,
        "counted": row.counted,
        "turn": row.turn,
        "passed_over": row.passed_over,
    }


def no_decisions() -> QuerySet[TurnDecision]:
    """Nothing, before the gallery's first day."""
    return TurnDecision.objects.none()


def by_receipt(site_id: UUID, code: str) -> TurnDecision | None:
    """The decision whose receipt code this is, or None."""
    return (
        TurnDecision.objects.filter(site_id=site_id, receipt=code)
        .select_related("visit", "day")
        .order_by("position")
        .first()
    )


def last_decisions(day: GalleryDay, visits: list[Visit]) -> list[TurnDecision]:
    """The decision that stands for each of these visits of the day; one query."""
    rows = TurnDecision.objects.filter(site_id=day.site_id, visit__in=visits)
    latest = {d.visit_id: d for d in rows.order_by("seq", "position")}
    return list(latest.values())


@dataclass(frozen=True)
class RecentVisit:
    """An arrival, its latest decision and how it stands now."""

    visit: Visit
    latest: TurnDecision | None
    standing: Standing


def recent_visits(day: GalleryDay, limit: int = 5) -> list[RecentVisit]:
    """The latest arrivals of the day, newest first."""
    visits = list(Visit.objects.filter(site_id=day.site_id, day=day).order_by("-number")[:limit])
    latest = {d.visit_id: d for d in last_decisions(day, visits)}
    stand = standings(visits)
    return [RecentVisit(v, latest.get(v.id), stand[v.id]) for v in visits]


def visits_received(day: GalleryDay, who: UUID) -> list[TurnDecision]:
    """What a person received that day, newest first, by the decision that gave it to them."""
    return list(
        TurnDecision.objects.filter(
            site_id=day.site_id, day=day, receiver=who, kind="received", event__undone__isnull=True
        )
        .select_related("visit")
        .order_by("-seq", "-position")
    )


def people_of(day: GalleryDay) -> list[tuple[str, str]]:
    """Ids and names of the day's salespeople."""
    row = day.queue_state
    return [(w, row.names.get(w, "")) for w in row.state["counts"]]


def replaced_root(site_id: UUID, day: date) -> DayRoot | None:
    """The signed root of the closing that a later closing of the same day replaced; None where there was one only."""
    former = Reopening.objects.filter(site_id=site_id, day__day=day).order_by("seq").last()
    if former is None:
        return None
    return DayRoot.objects.filter(site_id=site_id, size=former.closing_seq).first()
