"""接待准备 of a visit: what is prepared, by whom, what is missing, and what whoever looks may do (CV-3.3.2 to CV-3.3.4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yingbin.approvals.models import Approval
from yingbin.people.queries import Badge, names_of
from yingbin.rules.desk.working import yuan
from yingbin.rules.gone import colleague
from yingbin.rules.times import HERE
from yingbin.rules.tours.plan import Job, plan
from yingbin.rules.tours.visit import Visit
from yingbin.rules.tours.visitfile import RECEPTION, Company

from ..folding import whole
from ..hosting import (
    Companion,
    Hosting,
    Meal,
    Note,
    Rehearsal,
    Written,
    explains,
    hosting,
    window_of,
)
from ..hosting_rules import reopened
from ..models import TourVisit
from ..names import departments_of
from ..office import Standing, standing_or_last
from ..words import SERVES, STATUS_LOOKS, TASK_WORDS, application_words
from .day import clashes_of
from .find import areas_of, one_seen
from .routes import RouteView, route_view

SEES = ("tours.reception", "tours.administration", "tours.approve", "tours.area")
_ALL = SEES[:3]
# What stands on the page with a form of its own; the rest of the plan is done on the visit's page.
HOSTED = ("analysis", "rehearsal", "senior", "direction", "meal")


def concerned(badge: Badge, row: TourVisit, stands: Standing | None) -> bool:
    """Whether somebody sees how a visit is prepared: reception, administration, leaders, the departments concerned."""
    if any(badge.may(permission) for permission in _ALL):
        return True
    if row.how == TourVisit.How.WORD and row.applied_by == badge.staff_id:
        return True
    wanted = {name for name, _, _ in row.state["areas"]}
    return not wanted.isdisjoint(areas_of(stands, badge.staff_id))


def one_prepared(badge: Badge, visit_id: UUID, at: datetime) -> TourVisit | None:
    """A visit of this site whose preparation this person may see."""
    row = one_seen(badge, visit_id, at)
    return row if row and prepares(badge, row, at) else None


def prepares(badge: Badge, row: TourVisit, at: datetime) -> bool:
    """Whether somebody who sees a visit sees how it is prepared."""
    return concerned(badge, row, standing_or_last(badge.here, at))


@dataclass(frozen=True)
class NoteLine:
    """A version of the analysis, and who wrote it."""

    note: Note
    by: str


@dataclass(frozen=True)
class RehearsalLine:
    """A rehearsal: who explained, who signed."""

    told: Rehearsal
    guide: str
    by: str


@dataclass(frozen=True)
class CompanionLine:
    """A leader who was asked. state: in words; asks_deputy: whether whom they propose can still be asked; mine: whether
    whoever looks answers for themselves."""

    told: Companion
    name: str
    state: str
    look: str
    asked_by: str
    written_by: str
    deputy: str
    asks_deputy: bool
    mine: bool


@dataclass(frozen=True)
class DirectionLine:
    """What was directed, by whom, who wrote it down."""

    serve: str
    leader: str
    said: str
    by: str
    at: datetime


@dataclass(frozen=True)
class MealLine:
    """The table that is booked, its cost in words, what it waits for."""

    told: Meal
    kind: str
    per_head: str
    total: str
    by: str
    state: str
    look: str
    misfit: str


@dataclass(frozen=True)
class Part:
    """A task of the plan with a form of its own: whose, until when, whether whoever looks may write it. again: it was
    done, and what came after asks for it once more."""

    job: Job
    title: str
    owner: str
    is_late: bool
    may: bool
    again: bool = False


@dataclass(frozen=True)
class HostingPage:
    """All that the page shows."""

    row: TourVisit
    parts: Mapping[str, Part]
    hosting: Hosting
    notes: tuple[NoteLine, ...]
    rehearsals: tuple[RehearsalLine, ...]
    companions: tuple[CompanionLine, ...]
    direction: DirectionLine | None
    meal: MealLine | None
    guide: str
    words: tuple[tuple[str, str], ...]
    seniors: tuple[tuple[str, str], ...]
    leaders: tuple[tuple[str, str], ...]
    is_reception: bool
    route: RouteView
    clashes: tuple[str, ...]
    visit: Visit

    @property
    def look(self) -> str:
        """How its status looks."""
        return STATUS_LOOKS[self.row.status]


class _Reader:
    """Puts the page together."""

    def __init__(self, badge: Badge, row: TourVisit, stands: Standing, at: datetime) -> None:
        self.badge, self.row, self.at = badge, row, at
        self.company: Company = stands.company
        self.me, self.visit = str(badge.staff_id), whole(row, stands)
        self.hosting = hosting(row)
        self.names = _names(self.hosting, self.visit, self.company)

    def called(self, who: object) -> str:
        """A person's name."""
        return colleague(self.names, who) if who else ""

    def people(self, ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """People as choices."""
        return tuple((who, self.called(who)) for who in sorted(ids))

    def parts(self) -> dict[str, Part]:
        """The tasks that the plan has and that are written down here."""
        own = departments_of(self.row.site_id)
        ended = self.visit.ended is not None
        again = reopened(self.hosting, self.visit.window, self.visit.done)
        return {
            job.task: Part(
                job, TASK_WORDS[job.task], own.get(job.owner, job.owner), not job.done and job.due <= self.at,
                not ended and self.company.belongs(self.me, job.owner), job.task in again,
            )
            for job in plan(self.visit, self.company) if job.task in HOSTED
        }  # fmt: skip

    def companions(self) -> tuple[CompanionLine, ...]:
        """Those who were asked, in order."""
        return tuple(self._companion(one) for one in self.hosting.companions)

    def _companion(self, one: Companion) -> CompanionLine:
        state, look = companion_state(one, self.row)
        by = one.answered.by if one.answered else None
        written = self.called(by) if by and str(by) != one.who else ""
        return CompanionLine(
            one, self.called(one.who), state, look, self.called(one.mark.by), written,
            self.called(one.deputy), self._may_ask(one.deputy), one.who == self.me,
        )  # fmt: skip

    def _may_ask(self, deputy: str) -> bool:
        """Whether somebody who was proposed hasn't been asked yet."""
        return bool(deputy) and all(one.who != deputy for one in self.hosting.companions)

    def direction(self) -> DirectionLine | None:
        """What the company directed."""
        if (one := self.hosting.direction) is None:
            return None
        leader, by = self.called(one.directed_by), self.called(one.mark.by)
        return DirectionLine(SERVES[one.serve], leader, one.said, by, one.mark.at)

    def meal(self) -> MealLine | None:
        """The table."""
        if (one := self.hosting.meal) is None:
            return None
        state, look = meal_state(one, meals_waiting([one]).get(one.approval, ""))
        return MealLine(
            one, meal_kind(one.starts_at), yuan(one.per_head), yuan(one.total),
            self.called(one.mark.by), state, look, misfit(one, self.row),
        )  # fmt: skip


def _names(found: Hosting, visit: Visit, company: Company) -> Mapping[str, str]:
    ids = {visit.done.get("guide", ""), *company.seniors, *company.approvers}
    ids |= {who for area in visit.in_state("open") for who in explains(company, area)}
    ids |= {one.guide for one in found.rehearsals} | {one.deputy for one in found.companions}
    ids |= {one.who for one in found.companions}
    if found.direction:
        ids.add(found.direction.directed_by)
    marks: list[Written | None] = [one.mark for one in found.notes]
    marks += [one.mark for one in found.rehearsals] + [one.mark for one in found.companions]
    marks += [one.answered for one in found.companions]
    marks += [one.mark for one in found.directions] + [one.mark for one in found.meals]
    if found.route:
        ids |= {stop.who for stop in found.route.stops}
        marks.append(found.route.mark)
    ids |= {str(mark.by) for mark in marks if mark and mark.by}
    return names_of([UUID(one) for one in ids if one])


def companion_state(one: Companion, row: TourVisit) -> tuple[str, str]:
    """How an asked leader stands, in words and looks."""
    if one.answer == "declined":
        return "没空", "danger"
    if one.window != window_of(row):
        return "时间改过，要再请", "danger"
    return ("能陪同", "free") if one.answer == "confirmed" else ("等答复", "waiting")


def meal_kind(at: datetime) -> str:
    """Lunch or dinner, by its hour."""
    return "午餐" if at.hour < 15 else "晚餐"


def misfit(meal: Meal, row: TourVisit) -> str:
    """What doesn't fit any more between a table and its visit: the day, or the seats; "" where all does."""
    days = (row.starts_at.astimezone(HERE).date(), row.ends_at.astimezone(HERE).date())
    if not days[0] <= meal.starts_at.date() <= days[1]:
        return "来访改到别的日子了，用餐还订在原来那天，请改订。"
    if meal.guests > row.headcount:
        more = meal.guests - row.headcount
        return f"来访改成 {row.headcount} 人，客人座位多 {more} 个，请改订。"
    if meal.guests < row.headcount:
        return f"来访 {row.headcount} 人，有 {row.headcount - meal.guests} 位没有座位。"
    return ""


def meal_state(meal: Meal, waits: str) -> tuple[str, str]:
    """Whether a table may be had: within the limit, or allowed by a leader. waits: as `meals_waiting` says."""
    if not meal.approval:
        return "订好了", "free"
    told = {
        "asked": ("超标，等领导批准", "waiting"),
        "declined": ("超标没有批准，请改订", "danger"),
    }
    return told.get(waits, ("超标，已批准", "free"))


def meals_waiting(meals: Iterable[Meal | None]) -> Mapping[str, str]:
    """What tables wait for, by their request: `asked` for a leader's yes, `declined` for another table; one query."""
    ids = [one.approval for one in meals if one and one.approval]
    rows = Approval.objects.filter(id__in=ids).exclude(status=Approval.Status.GRANTED)
    told = rows.values_list("id", "status")
    return {str(one): "asked" if s == Approval.Status.ASKED else "declined" for one, s in told}


def hosting_page(badge: Badge, row: TourVisit, at: datetime) -> HostingPage:
    """The page of a visit's preparation for whoever looks."""
    stands = standing_or_last(row.site_id, at)
    assert stands is not None, "a visit was opened by a company"
    read = _Reader(badge, row, stands, at)
    found, company = read.hosting, stands.company
    return HostingPage(
        row=row, parts=read.parts(), hosting=found,
        notes=tuple(NoteLine(one, read.called(one.mark.by)) for one in reversed(found.notes)),
        rehearsals=tuple(
            RehearsalLine(one, read.called(one.guide), read.called(one.mark.by))
            for one in reversed(found.rehearsals)
        ),
        companions=read.companions(), direction=read.direction(), meal=read.meal(),
        guide=read.called(read.visit.done.get("guide")),
        words=application_words(row.words),
        seniors=read.people(company.seniors), leaders=read.people(company.seniors | company.approvers),
        is_reception=company.belongs(read.me, RECEPTION) and read.visit.ended is None,
        route=route_view(read.visit, found, company, read.called), clashes=clashes_of(row, stands), visit=read.visit,
    )  # fmt: skip
