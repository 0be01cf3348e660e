"""Dispatch proposes: which department, and who of it, with the reason in a sentence. It never acts by itself (SD-4.2.2)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Count

from yingbin.matters.models import Matter
from yingbin.people.calendar import ZONE
from yingbin.rules.desk.office import Office
from yingbin.rules.desk.policy import DeskPolicy
from yingbin.rules.gone import colleague

from ..models import DeskEvent, DeskMatter
from ..office import Standing

# How far back what somebody has done counts as knowing it.
DAYS = 180


@dataclass(frozen=True)
class Proposal:
    """department: as matters name it, "" none; person: an id, "" none; why: with names, for the form."""

    department: str = ""
    person: str = ""
    why: str = ""


@dataclass(frozen=True)
class _Known:
    """What speaks for each person: of this subject solved, in hand now, seen at work today."""

    solved: Counter[str]
    open: Counter[str]
    today: frozenset[str]

    def rank(self, who: str) -> tuple[bool, int, int, str]:
        """The best first: here today, the fewest in hand, knows the subject best."""
        return (who not in self.today, self.open[who], -self.solved[who], who)


def proposal(
    row: DeskMatter, stands: Standing, names: Mapping[str, str], subject: str, at: datetime
) -> Proposal:
    """Whom to offer or assign a matter to; three queries. subject: in words."""
    office = stands.office
    workers = [who for one in office.departments.values() for who in one.people]
    known = _known(row, workers, at)
    department = _department(office, stands.policy, row.subject, known)
    if not department:
        return Proposal()
    person = min(office.departments[department].people, key=known.rank)
    return Proposal(department, person, _why(department, person, known, names, subject))


def _known(row: DeskMatter, workers: list[str], at: datetime) -> _Known:
    people = [UUID(one) for one in workers]
    done = DeskMatter.objects.filter(
        site_id=row.site_id, subject=row.subject, moved_at__gte=at - timedelta(days=DAYS),
        matter__holder_id__in=people, matter__state__in=("answered", "closed", "done"),
    )  # fmt: skip
    solved = done.values_list("matter__holder_id").annotate(n=Count("id")).order_by()
    having = Matter.objects.filter(
        site_id=row.site_id, closed_at__isnull=True, holder_id__in=people
    ).exclude(state="answered")
    open_now = having.values_list("holder_id").annotate(n=Count("id")).order_by()
    morning = datetime.combine(at.astimezone(ZONE).date(), time.min, ZONE)
    # Since midnight's events alone: the journal's order ends with today.
    last = DeskEvent.objects.filter(site_id=row.site_id).order_by("-seq")[:500]
    today = {str(by) for by, when in last.values_list("by", "at") if when >= morning}
    return _Known(
        Counter({str(who): n for who, n in solved}),
        Counter({str(who): n for who, n in open_now}),
        frozenset(today),
    )


def _department(office: Office, policy: DeskPolicy, subject: str, known: _Known) -> str:
    """The one that the scope names; of several, or without a scope, the one that solved the most of it."""
    served = policy.scope.get(subject) if policy.scope else None
    able = [one for one in office.departments if served is None or one in served]
    solved = {one: sum(known.solved[who] for who in office.departments[one].people) for one in able}
    if served is not None and len(able) == 1:
        return able[0]
    best = max(able, key=lambda one: (solved[one], one), default="")
    return best if best and (solved[best] or served is not None) else ""


def _why(
    department: str, person: str, known: _Known, names: Mapping[str, str], subject: str
) -> str:
    here = "今天在办事，" if person in known.today else ""
    times = known.solved[person]
    knows = f"办过 {times} 件这类的事" if times else "这类的事还没有办过"
    team = names.get(department, "这个部门")
    return f"建议{team}的{colleague(names, person)}：{subject}归{team}办，{here}手上 {known.open[person]} 件，{knows}。"
