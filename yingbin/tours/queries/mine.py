"""我的: what waits for somebody: areas to answer, tasks, the company's word, their own applications."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse

from yingbin.people.queries import Badge
from yingbin.rules.tours import judging
from yingbin.rules.tours.pack import Pack
from yingbin.rules.tours.plan import plan
from yingbin.rules.tours.visit import Visit
from yingbin.rules.tours.visitfile import Company

from ..folding import GOING_ON, whole
from ..hosting import Hosting, hosting_by_visit, window_of
from ..models import TourVisit
from ..office import Standing, standing_or_last
from ..words import AREA_WORDS, GROUND_WORDS, TASK_WORDS
from .hosting import HOSTED


@dataclass(frozen=True)
class Todo:
    """Something to do about a visit, until when. event, told: what one tap posts, "" where the page is opened."""

    row: TourVisit
    title: str
    due: datetime | None
    is_late: bool
    clause: str
    event: str = ""
    told: tuple[tuple[str, str], ...] = ()
    button: str = ""
    link: str = ""

    @property
    def page(self) -> str:
        """Where it is done, or what it is about."""
        return self.link or reverse("tours:visit", args=[self.row.id])


@dataclass(frozen=True)
class Mine:
    """All that waits for somebody, the next due first."""

    todo: tuple[Todo, ...] = ()
    own: tuple[TourVisit, ...] = field(default_factory=tuple)

    @property
    def any(self) -> bool:
        """Whether there is anything."""
        return bool(self.todo or self.own)


class _Waiting:
    """What waits for one person."""

    def __init__(
        self, badge: Badge, stands: Standing, at: datetime, hosted: Mapping[UUID, Hosting]
    ) -> None:
        self.badge, self.stands, self.at, self.hosted = badge, stands, at, hosted
        self.company: Company = stands.company
        self.who = str(badge.staff_id)

    def of(self, row: TourVisit) -> Iterator[Todo]:
        """What they can do about a visit now."""
        visit = whole(row, self.stands)
        yield from self._companion(row)
        yield from self._areas(row, visit)
        yield from self._company(row, visit)
        yield from self._tasks(row, visit)

    def _companion(self, row: TourVisit) -> Iterator[Todo]:
        """Leaders answer whether they accompany."""
        for one in self.hosted[row.id].companions:
            if one.who == self.who and one.answer == "asked" and one.window == window_of(row):
                page = reverse("tours:companion", args=[row.id, one.number])
                todo = self._todo(row, "答复能不能陪同", row.starts_at, "CV-3.3.3")
                yield replace(todo, link=page)

    def _areas(self, row: TourVisit, visit: Visit) -> Iterator[Todo]:
        if row.status == "declined":
            return
        for name in visit.in_state("asked"):
            if self.company.belongs(self.who, self.company.areas[name].department):
                due = _until(visit.areas[name].since, visit.pack, "area")
                told = (("area", name), ("answer", "open"))
                yield self._todo(
                    row, f"答复能不能看{AREA_WORDS[name]}", due, "CV-3.2.1", "area", told, "同意"
                )

    def _company(self, row: TourVisit, visit: Visit) -> Iterator[Todo]:
        if self.who not in self.company.approvers or self.who == visit.asked_by:
            return
        if judging.is_company_asked(visit, self.company):
            due = _until(visit.company_since, visit.pack, "company")
            yield self._todo(row, "公司批示", due, "CV-2")
        if row.status == "needs_exception":
            grounds = judging.grounds(visit, self.company)
            words = "、".join(GROUND_WORDS[one] for one in grounds)
            yield self._todo(
                row, f"特批：{words}", row.starts_at, judging.GROUND_CLAUSES[grounds[0]]
            )

    def _tasks(self, row: TourVisit, visit: Visit) -> Iterator[Todo]:
        for job in plan(visit, self.company):
            if job.done or not self.company.belongs(self.who, job.owner) or job.task == "passes":
                continue
            if job.task in HOSTED:
                page = f"{reverse('tours:hosting', args=[row.id])}#host-{job.task}"
                todo = self._todo(row, TASK_WORDS[job.task], job.due, job.clause)
                yield replace(todo, link=page)
                continue
            bare = job.task != "guide"
            told = (("task", job.task),) if bare else ()
            what = "task" if bare else ""
            yield self._todo(row, TASK_WORDS[job.task], job.due, job.clause, what, told, "办好了")
        reception = self.company.belongs(self.who, "reception")
        if reception and row.status == "approved" and not visit.plan_sent:
            yield self._todo(row, "发接待方案", row.starts_at, "CV-4.1", "send_plan", (), "发方案")
        if visit.plan_sent:
            yield from self._passes(row, visit)

    def _passes(self, row: TourVisit, visit: Visit) -> Iterator[Todo]:
        """A department issues the passes for its open areas."""
        for name in visit.in_state("open"):
            mine = self.company.belongs(self.who, self.company.areas[name].department)
            if mine and not visit.persons_in(name):
                yield self._todo(row, f"发{AREA_WORDS[name]}的参观证", row.starts_at, "CV-4.1")

    def _todo(
        self, row: TourVisit, title: str, due: datetime | None, clause: str, event: str = "",
        told: tuple[tuple[str, str], ...] = (), button: str = "",
    ) -> Todo:  # fmt: skip
        late = due is not None and due <= self.at
        return Todo(row, title, due, late, clause, event, told, button)


def _until(since: datetime | None, pack: Pack, what: str) -> datetime | None:
    hours = pack.area_hours if what == "area" else pack.company_hours
    return since + timedelta(hours=hours) if since else None


def mine(badge: Badge, at: datetime) -> Mine:
    """What waits for somebody at a headquarters."""
    rows = list(TourVisit.objects.filter(GOING_ON, site_id=badge.here).order_by("starts_at", "seq"))
    own = tuple(row for row in rows if row.applied_by == badge.staff_id)
    stands = standing_or_last(badge.here, at)
    if stands is None:
        return Mine(own=own)
    waiting = _Waiting(badge, stands, at, hosting_by_visit(rows))
    found = [one for row in rows for one in waiting.of(row)]
    return Mine(tuple(sorted(found, key=lambda one: one.due or one.row.starts_at)), own)
