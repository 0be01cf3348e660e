"""我的: what waits for somebody: areas to answer, tasks, the company's word, their own applications."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from yingbin.people.queries import Badge
from yingbin.rules.tours.visitfile import Company

from ..folding import GOING_ON, whole
from ..hosting import Hosting, hosting_by_visit, window_of
from ..models import TourVisit
from ..office import Standing, standing_or_last
from ..telling import page_of
from ..telling_hosting import answer_page, hosting_page
from ..waiting import Wait, waits
from .hosting import HOSTED


@dataclass(frozen=True)
class Todo:
    """Something to do about a visit, until when, where. event, told: what one tap posts, "" where the page is opened."""

    row: TourVisit
    title: str
    due: datetime | None
    is_late: bool
    clause: str
    page: str
    event: str = ""
    told: tuple[tuple[str, str], ...] = ()
    button: str = ""


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
        yield from self._companion(row)
        for one in waits(whole(row, self.stands), self.company):
            if one.is_of(self.who, self.company):
                yield self._todo(row, one)

    def _companion(self, row: TourVisit) -> Iterator[Todo]:
        """Leaders answer whether they accompany."""
        for one in self.hosted[row.id].companions:
            if one.who == self.who and one.answer == "asked" and one.window == window_of(row):
                page, late = answer_page(row.id, one.number), row.starts_at <= self.at
                yield Todo(row, "答复能不能陪同", row.starts_at, late, "CV-3.3.3", page)

    def _todo(self, row: TourVisit, one: Wait) -> Todo:
        late = one.due is not None and one.due <= self.at
        return Todo(row, one.title, one.due, late, one.clause, page_of_wait(row, one), *_tap(one))


def page_of_wait(row: TourVisit, one: Wait) -> str:
    """Where it is done: the visit's preparation has forms of its own for some tasks."""
    if one.what == "task" and one.about in HOSTED:
        return f"{hosting_page(row.id)}#host-{one.about}"
    return page_of(row.id)


def _tap(one: Wait) -> tuple[str, tuple[tuple[str, str], ...], str]:
    """What one tap posts and says, where there is nothing to choose."""
    if one.what == "area":
        return "area", (("area", one.about), ("answer", "open")), "同意"
    if one.what == "task" and one.about not in (*HOSTED, "guide"):
        return "task", (("task", one.about),), "办好了"
    return ("send_plan", (), "发方案") if one.what == "plan" else ("", (), "")


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
