"""日程: the visits of a day on one time line of rooms, people and areas, what clashes, whether competitors keep apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from yingbin.people.calendar import ZONE, span
from yingbin.rules.gone import colleague
from yingbin.rules.times import HERE
from yingbin.rules.tours import clashes
from yingbin.rules.tours.visit import Visit, Window

from ..folding import ENDED, whole
from ..hosting import hosting_by_visit
from ..models import TourVisit
from ..names import names_in
from ..office import Standing, standing_or_last
from ..timeline import Block, Lane, Meeting, Prepared, gap, lanes, meetings, rivals_of_day
from ..words import AREA_WORDS, CLASH_WORDS

ACROSS = 960  # units of the time line
EARLIEST, LATEST = 8, 18  # hours that are always shown
NOT_SHOWN = ("withdrawn", "refused", "lapsed", "declined")
_KINDS = {"room": "房间", "person": "讲解与陪同", "area": "区域"}
_PARTS = {
    "room": "", "guide": "讲解", "explains": "讲解", "accompanies": "陪同", "asked": "陪同（等答复）", "stop": "",
    "open": "（没排路线）",
}  # fmt: skip
HUES = 4  # how many visits look different from one another


@dataclass(frozen=True)
class Bar:
    """A part of a visit on the line: where it begins, how wide it is, what it says, whose it is."""

    at: int
    wide: int
    words: str
    hue: int
    row: TourVisit
    is_sure: bool


@dataclass(frozen=True)
class LaneLine:
    """A room, somebody, or an area."""

    name: str
    bars: tuple[Bar, ...]
    clashes: bool


@dataclass(frozen=True)
class Group:
    """Rooms, people, or areas."""

    title: str
    lanes: tuple[LaneLine, ...]


@dataclass(frozen=True)
class Hour:
    """A mark of the scale."""

    at: int
    words: str


@dataclass(frozen=True)
class DayVisit:
    """A visit of the day, with the colour it has on the line."""

    row: TourVisit
    hue: int
    is_rival: bool


@dataclass(frozen=True)
class Apart:
    """Two competitors who come on one day, in words; how it stands between them, and how that looks."""

    words: str
    state: str
    look: str

    @property
    def meets(self) -> bool:
        """Whether they aren't kept apart."""
        return self.look == "danger"


@dataclass(frozen=True)
class DayPlan:
    """All of it. clashing: each in words; of: the same by visit."""

    day: date
    visits: tuple[DayVisit, ...] = ()
    waiting: tuple[TourVisit, ...] = ()
    groups: tuple[Group, ...] = ()
    hours: tuple[Hour, ...] = ()
    clashing: tuple[str, ...] = ()
    apart: tuple[Apart, ...] = ()
    of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    across: int = ACROSS


class _Line:
    """Puts a day together."""

    def __init__(self, rows: list[TourVisit], stands: Standing, day: date) -> None:
        self.day, self.company = day, stands.company
        hosted = hosting_by_visit(rows)
        self.everybody = [Prepared(whole(row, stands), hosted[row.id]) for row in rows]
        self.rows = {str(row.id): row for row in rows}
        self.prepared = [one for one in self.everybody if is_sure(self.rows[one.visit.name])]
        self.lanes = lanes(self.prepared)
        people = [lane.key for lane in self.lanes if lane.kind == "person"]
        self.names = names_in(rows[0].site_id, people) if rows else {}
        self.met = meetings(self.lanes, self.company)
        begins = min((one.visit.window.start.hour for one in self.prepared), default=EARLIEST)
        ends = max((_last_hour(one.visit.window.end, day) for one in self.prepared), default=LATEST)
        self.first, self.last = min(EARLIEST, begins), max(LATEST, ends)

    def plan(self) -> DayPlan:
        """The whole of it."""
        of = dict(self._by_visit())
        rivals = {v.name for pair in rivals_of_day(self.everybody) for v in pair}
        waiting = [row for row in self.rows.values() if not is_sure(row)]
        shown = tuple(
            DayVisit(self.rows[one.visit.name], n % HUES, one.visit.name in rivals)
            for n, one in enumerate(self.prepared)
        )
        return DayPlan(
            self.day, shown, tuple(waiting), tuple(self._groups()), tuple(self._hours()),
            tuple(dict.fromkeys(said for own in of.values() for said in own)), tuple(self._apart()), of,
        )  # fmt: skip

    def called(self, visit: Visit | str) -> str:
        """A visit by its visitor, or its number where that was erased."""
        row = self.rows[visit if isinstance(visit, str) else visit.name]
        return row.visitor or f"{row.said} 号"

    def _groups(self) -> Iterator[Group]:
        clashing = {(one.lane.kind, one.lane.key) for one in self.met}
        hues = {one.visit.name: n % HUES for n, one in enumerate(self.prepared)}
        for kind, title in _KINDS.items():
            own = tuple(
                LaneLine(
                    self._lane(lane), tuple(self._bar(b, hues) for b in lane.blocks), (kind, lane.key) in clashing
                )
                for lane in self.lanes if lane.kind == kind
            )  # fmt: skip
            if own:
                yield Group(title, own)

    def _lane(self, lane: Lane) -> str:
        if lane.kind == "person":
            return colleague(self.names, lane.key)
        return AREA_WORDS.get(lane.key, lane.key) if lane.kind == "area" else lane.key

    def _bar(self, block: Block, hues: Mapping[str, int]) -> Bar:
        start, end = self._place(block.window.start), self._place(block.window.end)
        name = block.visit.name
        words = f"{said_of(block.window)} {self.called(name)}{_PARTS[block.part]}"
        sure = block.part not in ("asked", "open")
        return Bar(start, max(end - start, 4), words, hues[name], self.rows[name], sure)

    def _place(self, at: datetime) -> int:
        here = at.astimezone(HERE)
        hours = here.hour + here.minute / 60
        hours = 0 if here.date() < self.day else 24 if here.date() > self.day else hours
        share = (min(max(hours, self.first), self.last) - self.first) / (self.last - self.first)
        return round(share * ACROSS)

    def _hours(self) -> Iterator[Hour]:
        step = ACROSS / (self.last - self.first)
        for n, hour in enumerate(range(self.first, self.last)):
            yield Hour(round(n * step), f"{hour}:00")

    def _by_visit(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        everybody = [one.visit for one in self.prepared]
        for one in self.prepared:
            visit = one.visit
            own = [self._said(found) for found in self.met if visit.name in found.visits]
            if self.rows[visit.name].status == "approved":
                met = clashes.conflicts(visit, self.company, everybody, approved=True)
                own += [
                    f"{self.called(visit)}：{CLASH_WORDS[c.code]}。" for c in met if c.area is None
                ]
            yield visit.name, tuple(dict.fromkeys(own))

    def _said(self, found: Meeting) -> str:
        who = "、".join(self.called(name) for name in found.visits)
        lane, at = self._lane(found.lane), said_of(found.window)
        if found.code == "person":
            return f"{lane} {at} 同时在两批客人那里：{who}。"
        if found.code == "room":
            return f"{lane}两批之间留的时间不够：{who}。"
        if found.code == "full":
            heads = sum(self.rows[name].headcount for name in found.visits)
            most = self.company.areas[found.lane.key].capacity
            return f"{lane} {at} 有 {heads} 人，最多 {most} 人：{who}。"
        return f"{lane}里两家同行没有错开：{who}。"

    def _apart(self) -> Iterator[Apart]:
        met = {frozenset(one.visits) for one in self.met if one.code == "rivals"}
        for one, two in rivals_of_day(self.everybody):
            minutes = gap(one, two, self.lanes)
            who = f"{self.called(one)}和{self.called(two)}是同行（{one.rivals}）"
            if late := [v for v in (one, two) if not is_sure(self.rows[v.name])]:
                names = "、".join(self.called(v) for v in late)
                yield Apart(
                    f"{who}；{names}还没批准，没错开的区域部门同意不了。", "还没批准", "waiting"
                )
            elif frozenset((one.name, two.name)) in met:
                yield Apart(f"{who}，没有错开，请改路线或时间。", "没错开", "danger")
            elif minutes is None:
                yield Apart(f"{who}，不去同一个区域。", "已错开", "free")
            else:
                yield Apart(f"{who}，同一个区域最少隔开 {minutes} 分钟。", "已错开", "free")


def said_of(window: Window) -> str:
    """From when until when."""
    return f"{window.start.astimezone(HERE):%H:%M}—{window.end.astimezone(HERE):%H:%M}"


def _last_hour(end: datetime, day: date) -> int:
    here = end.astimezone(HERE)
    return 24 if here.date() > day else here.hour + bool(here.minute)


def day_plan(site_id: UUID, day: date, now: datetime) -> DayPlan:
    """The visits of a day; a constant number of questions."""
    stands = standing_or_last(site_id, now)
    return DayPlan(day) if stands is None else _plan(site_id, day, stands)


def _plan(site_id: UUID, day: date, stands: Standing) -> DayPlan:
    start, end = span(day, day)
    rows = TourVisit.objects.filter(site_id=site_id, starts_at__lt=end, ends_at__gt=start)
    found = list(rows.exclude(status__in=NOT_SHOWN).order_by("starts_at", "seq"))
    return _Line(found, stands, day).plan() if found else DayPlan(day)


def is_sure(row: TourVisit) -> bool:
    """Whether a visit takes place, or did."""
    return row.status == "approved" or row.status in ENDED


def clashes_of(row: TourVisit, stands: Standing) -> tuple[str, ...]:
    """What a visit meets on its day, in words."""
    found = _plan(row.site_id, row.starts_at.astimezone(ZONE).date(), stands)
    return found.of.get(str(row.id), ())
