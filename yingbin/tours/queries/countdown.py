"""接待: the countdown board of the reception department: who comes when, what isn't done yet, and by whom (CV-3.3.1, CV-3.4.1)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.formats import date_format

from yingbin.people.calendar import ZONE
from yingbin.people.queries import names_of
from yingbin.rules.gone import colleague
from yingbin.rules.tours import judging
from yingbin.rules.tours.plan import Job, plan
from yingbin.rules.tours.visit import Visit
from yingbin.rules.tours.visitfile import RECEPTION

from ..folding import GOING_ON, whole
from ..hosting import Hosting, hosting_by_visit, window_of
from ..hosting_rules import reopened
from ..minors import INSIDE
from ..models import TourVisit
from ..names import DEPARTMENTS, departments_of
from ..office import Standing, standing_or_last
from ..timeline import Prepared, faults_of_route
from ..words import AREA_WORDS, GROUND_WORDS, STATUS_LOOKS, TASK_WORDS
from .guests import without_minors
from .hosting import companion_state, meals_waiting

MOST = 60  # visits on the board
DAYS = 5  # that are counted down one by one
VISITOR, COMPANY = "来访人", "公司"


@dataclass(frozen=True)
class Owed:
    """Something that isn't done yet, and who does it."""

    who: str
    what: str
    is_late: bool = False


@dataclass(frozen=True)
class BoardLine:
    """A visit on the reception department's board: what is missing until it comes."""

    row: TourVisit
    ready: bool
    owed: tuple[Owed, ...]
    guide: str

    @property
    def look(self) -> str:
        """How its status looks; one that is approved still waits for something."""
        return "waiting" if self.row.status == "approved" else STATUS_LOOKS[self.row.status]

    @property
    def missing(self) -> tuple[str, ...]:
        """What isn't done and still has time."""
        return tuple(one.what for one in self.owed if not one.is_late)

    @property
    def late(self) -> tuple[str, ...]:
        """What should have been done by now."""
        return tuple(one.what for one in self.owed if one.is_late)

    @property
    def by_owner(self) -> list[tuple[str, tuple[Owed, ...]]]:
        """The same by who does it, those who are late first."""
        people = dict.fromkeys(one.who for one in self.owed if one.is_late)
        people |= dict.fromkeys(one.who for one in self.owed)
        return [(who, tuple(one for one in self.owed if one.who == who)) for who in people]


@dataclass(frozen=True)
class BoardDay:
    """The visits of a day; of all later days together. left: how many days until then, none for those."""

    title: str
    left: int | None
    lines: tuple[BoardLine, ...]

    @property
    def owed(self) -> int:
        """How much isn't done yet."""
        return sum(len(line.owed) for line in self.lines)


class _Reader:
    """Puts the board together."""

    def __init__(self, rows: list[TourVisit], stands: Standing, at: datetime) -> None:
        self.at, self.company = at, stands.company
        self.visits = [(row, whole(row, stands)) for row in rows]
        self.hosted = hosting_by_visit(rows)
        self.meals = meals_waiting(one.meal for one in self.hosted.values())
        self.unlisted, self.departments = without_minors(rows), _departments(rows)
        ids = {v.done["guide"] for _, v in self.visits if "guide" in v.done}
        ids |= {one.who for found in self.hosted.values() for one in found.companions}
        self.names = names_of([UUID(one) for one in ids])

    def lines(self) -> tuple[BoardLine, ...]:
        """Each visit."""
        return tuple(self._line(row, visit) for row, visit in self.visits)

    def _line(self, row: TourVisit, visit: Visit) -> BoardLine:
        jobs = [job for job in plan(visit, self.company) if not job.done]
        ready = row.status == "approved" and not any(job.blocking for job in jobs)
        owed = [*self._waits(visit), *self._sends(row, visit)]
        owed += [Owed(*self._job(visit, job), job.due <= self.at) for job in jobs]
        owed += [*self._hosted(row, visit)]
        owed += [Owed(VISITOR, INSIDE)] if row.id in self.unlisted else []
        return BoardLine(row, ready, tuple(owed), self.names.get(visit.done.get("guide", ""), ""))

    def _waits(self, visit: Visit) -> Iterator[Owed]:
        """What the visit waits for until it is approved."""
        if visit.was_declined:
            return
        for one in judging.waiting_for(visit, self.company):
            if one in AREA_WORDS:
                yield Owed(self._department(one), f"{AREA_WORDS[one]}的答复")
            else:
                yield Owed(COMPANY, GROUND_WORDS.get(one, "公司批示"))

    def _sends(self, row: TourVisit, visit: Visit) -> Iterator[Owed]:
        if row.status == "approved" and not visit.plan_sent:
            yield Owed(DEPARTMENTS[RECEPTION], "发方案")

    def _job(self, visit: Visit, job: Job) -> tuple[str, str]:
        """Whose a task is, and what it is called: passes are issued by the departments of the areas."""
        owner, what = self.departments.get(job.owner, job.owner), TASK_WORDS[job.task]
        if job.task == "passes" and visit.plan_sent:
            areas = [a for a in visit.in_state("open") if not visit.persons_in(a)]
            owner = "、".join(dict.fromkeys(self._department(a) for a in areas)) or owner
        return owner, what

    def _hosted(self, row: TourVisit, visit: Visit) -> Iterator[Owed]:
        """What is missing of the visit's preparation besides the tasks of its plan."""
        reception, found = DEPARTMENTS[RECEPTION], self.hosted[row.id]
        yield from self._companions(row, found, reception)
        if not found.companions and "senior" in reopened(found, visit.window, visit.done):
            yield Owed(reception, "再请高层陪同")
        if found.rehearsal and not found.rehearsal.passed:
            yield Owed(self.names.get(visit.done.get("guide", ""), reception), "预演里要改的")
        yield from self._meal(found)
        if row.status == "approved" and self._is_near(row):
            yield from self._route(visit, found, reception)

    def _companions(self, row: TourVisit, found: Hosting, reception: str) -> Iterator[Owed]:
        """Leaders who haven't answered; one who can't, unless another was asked; one whose yes was to another time."""
        window = window_of(row)
        wanted = [
            one for one in found.companions if one.answer != "declined" and one.window == window
        ]
        yield from (
            Owed(colleague(self.names, one.who), "答复能不能陪同") for one in wanted if one.answer == "asked"
        )  # fmt: skip
        for one in found.companions:
            if one not in wanted and not (wanted and one.answer == "declined"):
                yield Owed(
                    reception, f"{colleague(self.names, one.who)}{companion_state(one, row)[0]}"
                )

    def _meal(self, found: Hosting) -> Iterator[Owed]:
        if found.meal and (waits := self.meals.get(found.meal.approval)):
            yield Owed(COMPANY if waits == "asked" else DEPARTMENTS[RECEPTION], MEALS[waits])

    def _route(self, visit: Visit, found: Hosting, reception: str) -> Iterator[Owed]:
        if found.route is None and visit.in_state("open"):
            yield Owed(reception, "排参观路线")
        elif faults_of_route(Prepared(visit, found), AREA_WORDS):
            yield Owed(reception, "改参观路线")

    def _is_near(self, row: TourVisit) -> bool:
        return row.starts_at < self.at + timedelta(days=DAYS + 1)

    def _department(self, area: str) -> str:
        known = self.company.areas.get(area)
        own = known.department if known else RECEPTION
        return self.departments.get(own, own)


NEAR = {0: "今天", 1: "明天"}
MEALS = {"asked": "批准用餐超标", "declined": "用餐改订"}


def _departments(rows: list[TourVisit]) -> Mapping[str, str]:
    return departments_of(rows[0].site_id) if rows else {}


def board(site_id: UUID, at: datetime) -> tuple[BoardLine, ...]:
    """The visits that go on, the next first, each with what is still missing; a constant number of questions."""
    stands = standing_or_last(site_id, at)
    rows = TourVisit.objects.filter(GOING_ON, site_id=site_id).order_by("starts_at", "seq")
    return _Reader(list(rows[:MOST]), stands, at).lines() if stands else ()


def by_day(lines: Iterable[BoardLine], at: datetime) -> tuple[BoardDay, ...]:
    """The board counted down: today, tomorrow, each day until the fifth, and all that comes later."""
    today = at.astimezone(ZONE).date()
    found: dict[int | None, list[BoardLine]] = {}
    for line in lines:
        left = max((line.row.starts_at.astimezone(ZONE).date() - today).days, 0)
        found.setdefault(left if left <= DAYS else None, []).append(line)
    return tuple(BoardDay(_title(today, left), left, tuple(own)) for left, own in found.items())


def _title(today: date, left: int | None) -> str:
    if left is None:
        return "以后"
    said = date_format(today + timedelta(days=left), "n 月 j 日 l")
    return f"{NEAR.get(left, f'D-{left}')} {said}"
