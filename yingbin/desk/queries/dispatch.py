"""Dispatch proposes: which department, and who of it, with the reason in a sentence. It never acts by itself (SD-4.2.2)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Count

from yingbin.duty.queries.shifts import RosterShift, shifts_around
from yingbin.matters.models import Matter
from yingbin.people.calendar import ZONE
from yingbin.rules.desk import dispatch as rule
from yingbin.rules.desk.dispatch import Call, Hand, Proposed, Shift, Why
from yingbin.rules.gone import colleague

from ..crew import Crew, crew_at
from ..models import DeskEvent, DeskMatter
from ..office import Standing

# How far back what somebody has done counts as knowing it.
DAYS = 180
BY_ROSTER, BY_HOURS = "按排班", "按上班时间"


@dataclass(frozen=True)
class Proposal:
    """department: as matters name it, "" none; person: an id, "" none; why: with names, for the form; others: what speaks
    for each person, so that somebody else is chosen as easily."""

    department: str = ""
    person: str = ""
    why: str = ""
    others: Mapping[str, str] = field(default_factory=dict)


def proposal(
    row: DeskMatter, stands: Standing, names: Mapping[str, str], subject: str, at: datetime
) -> Proposal:
    """Whom to offer or assign a matter to; seven queries. subject: in words."""
    crew = crew_at(row.site_id, at)
    call = call_for(row.subject, stands, crew, at)
    hands = hands_of(row.site_id, stands, crew, row.subject, at)
    found = rule.proposed(call, hands)
    others = {one.who: rule.said(call, one) for one in _in_order(call, found, hands)}
    if not found.department:
        return Proposal(others=others)
    why = _why(call, found, names, subject)
    return Proposal(found.department, found.hand.who if found.hand else "", why, others)


def _in_order(call: Call, found: Proposed, hands: Mapping[str, Sequence[Hand]]) -> Iterator[Hand]:
    """Everybody as dispatch would ask them, the proposed department first."""
    for name in sorted(hands, key=lambda one: one != found.department):
        yield from rule.ranked(call, hands[name])


def call_for(subject: str, stands: Standing, crew: Crew, at: datetime) -> Call:
    """What somebody is sent to."""
    scope = stands.policy.scope
    served = None if scope is None else tuple(scope.get(subject, ()))
    return Call(at.astimezone(ZONE), tuple(one.title for one in crew.asked(subject)), served)


def hands_of(
    site_id: UUID, stands: Standing, crew: Crew, subject: str, at: datetime
) -> dict[str, Sequence[Hand]]:
    """Everybody of the departments as dispatch sees them; subject: a key, "" for no matter in particular."""
    office = stands.office
    known = _known(site_id, subject, [who for one in office.departments.values() for who in one.people], at)  # fmt: skip
    seen = _Seen(crew, subject, at, known, shifts_around(site_id, at))
    return {
        name: [seen.hand(who, name) for who in one.people]
        for name, one in office.departments.items()
    }


@dataclass(frozen=True)
class _Known:
    """What the desk's own rows say of each person: of this subject solved, in hand now, at work today."""

    solved: Counter[str]
    open: Counter[str]
    today: frozenset[str]


@dataclass(frozen=True)
class _Seen:
    """All that is known of everybody at a moment."""

    crew: Crew
    subject: str
    at: datetime
    known: _Known
    roster: Mapping[UUID, Sequence[RosterShift]]

    def hand(self, who: str, department: str) -> Hand:
        """Somebody as dispatch sees them."""
        worker = self.crew.by_worker.get(UUID(who))
        asked = self.crew.asked(self.subject)
        skill = next((s.title for s in asked if worker and s.key in worker.skills), "")
        shifts, by = self._shifts(UUID(who))
        return Hand(
            who, department, skill, bool(worker and worker.skills), shifts, by, who in self.known.today,
            self.known.open[who], self.known.solved[who],
        )  # fmt: skip

    def _shifts(self, who: UUID) -> tuple[tuple[Shift, ...] | None, str]:
        """By the roster where it knows this person today, else by the hours that were written down, else unknown."""
        if who in self.roster:
            told = self.roster[who]
            return tuple(Shift(one.title, one.begins, one.ends) for one in told), BY_ROSTER
        worker = self.crew.by_worker.get(who)
        if worker is None or worker.hours is None:
            return None, ""
        return worker.hours.week.around(self.at.astimezone(ZONE)), BY_HOURS


def _known(site_id: UUID, subject: str, workers: list[str], at: datetime) -> _Known:
    people = [UUID(one) for one in workers]
    done = DeskMatter.objects.filter(
        site_id=site_id, subject=subject, moved_at__gte=at - timedelta(days=DAYS),
        matter__holder_id__in=people, matter__state__in=("answered", "closed", "done"),
    )  # fmt: skip
    solved = done.values_list("matter__holder_id").annotate(n=Count("id")).order_by()
    having = Matter.objects.filter(
        site_id=site_id, closed_at__isnull=True, holder_id__in=people
    ).exclude(state="answered")
    open_now = having.values_list("holder_id").annotate(n=Count("id")).order_by()
    morning = datetime.combine(at.astimezone(ZONE).date(), time.min, ZONE)
    # Since midnight's events alone: the journal's order ends with today.
    last = DeskEvent.objects.filter(site_id=site_id).order_by("-seq")[:500]
    today = {str(by) for by, when in last.values_list("by", "at") if when >= morning}
    return _Known(
        Counter({str(who): n for who, n in solved}),
        Counter({str(who): n for who, n in open_now}),
        frozenset(today),
    )


def _why(call: Call, found: Proposed, names: Mapping[str, str], subject: str) -> str:
    """The department's reason, then the person's."""
    team = names.get(found.department, "这个部门")
    asked = "、".join(call.asked)
    first = {
        Why.SCOPE: f"{subject}归{team}办",
        Why.SOLVED: f"{subject}{team}办过最多",
        Why.SKILL: f"{team}有会{asked}的人",
        Why.NONE: "",
    }[found.why]
    if found.hand:
        name = colleague(names, found.hand.who)
        return f"{first}，建议找{name}：{rule.said(call, found.hand)}。"
    shift = found.next.comes(call.at) if found.next else None
    if found.next is None or shift is None:
        return f"{first}，现在没有人在班。"
    name = colleague(names, found.next.who)
    return f"{first}，现在没有人在班，最早是{name}：{rule.when(shift, call.at)}。"
