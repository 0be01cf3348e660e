"""A day on duty as people see it: posts, people, breaks, checks, lines, handovers and cases with their names."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from yingbin.matters.models import Matter
from yingbin.rules.checklists.terms import Item, asked_in_round
from yingbin.rules.duty.cases import TOP
from yingbin.rules.duty.day import DutyDay
from yingbin.rules.duty.terms import Break, Case, Post, StandIn, Task

from ..folding import Day, Names, events_of, folded, moment, when
from ..hours import day_of, turn_of
from ..models import DutyEvent, DutyLog
from ..words import BREAKS, CASES, CHECKS, ITEMS, ROLE_WORDS
from .check_lists import lists_of, round_of, sent_back
from .incidents import heard_by, under_way
from .roster import DayPlan, plan_of
from .seen_handovers import SeenHandover, seen_handovers


@dataclass(frozen=True)
class SeenBreak:
    """A break that is accepted or under way."""

    id: str
    who: str
    name: str
    kind: str
    start: datetime
    end: datetime
    running: bool
    late: bool


@dataclass(frozen=True)
class SeenPerson:
    """Somebody of the day: where they stand, on which shift, on which break. late: should be here and isn't.

    in_flat: whether they stand in a show flat, which greets by a sentence of its own (SF-4.3.1).
    """

    id: str
    name: str
    role: str
    shift: tuple[datetime, datetime] | None
    off: bool
    signed_on: bool
    gone: bool
    at: str
    at_id: str
    in_flat: bool
    post: str
    post_id: str
    break_now: SeenBreak | None
    standing_in: "SeenStandIn | None"
    late: bool
    late_by: int  # minutes; 0 for whoever came in time

    @property
    def role_words(self) -> str:
        """The role as people say it."""
        return ROLE_WORDS[self.role]


@dataclass(frozen=True)
class SeenStandIn:
    """Somebody stands, or will stand, at another post."""

    id: str
    name: str
    post: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class SeenItem:
    """One item of a check with its answer."""

    id: str
    title: str
    answer: str
    line: "Matter | None"
    sent_back: bool = False


@dataclass(frozen=True)
class SeenTask:
    """A check of the day."""

    id: str
    title: str
    post: str
    post_id: str
    kind: str
    due: datetime
    state: str
    opens: datetime | None
    items: tuple[SeenItem, ...]
    signed: tuple[str, ...]
    done_at: datetime | None

    @property
    def left(self) -> int:
        """How many items have no answer yet, or are asked again."""
        return sum(not item.answer or item.sent_back for item in self.items)

    @property
    def again(self) -> int:
        """How many a lead sent back."""
        return sum(item.sent_back for item in self.items)

    @property
    def is_open(self) -> bool:
        """Whether it still has to be done, or something of it again."""
        return self.state != "done" or self.again > 0


@dataclass(frozen=True)
class SeenCase:
    """A disruption or an emergency that is open."""

    id: str
    kind: str
    title: str
    post: str
    level: int
    since: datetime
    acknowledged: tuple[str, ...]


@dataclass(frozen=True)
class SeenPost:
    """A post: who stands there, what is missing."""

    id: str
    name: str
    minimum: int
    opens: datetime
    closes: datetime
    is_open: bool
    on: tuple[SeenPerson, ...]
    resting: tuple[SeenBreak, ...]
    gap: datetime | None
    tasks: tuple[SeenTask, ...]


@dataclass
class Picture:
    """A day as it stands at a moment; `begun`: whether anything has happened yet."""

    now: datetime
    day: date
    plan: DayPlan | None
    begun: bool
    log: DutyLog | None = None
    posts: list[SeenPost] = field(default_factory=list)
    people: dict[str, SeenPerson] = field(default_factory=dict)
    breaks: list[SeenBreak] = field(default_factory=list)
    stand_ins: list[SeenStandIn] = field(default_factory=list)
    tasks: list[SeenTask] = field(default_factory=list)
    handovers: list[SeenHandover] = field(default_factory=list)
    cases: list[SeenCase] = field(default_factory=list)
    lines: list[Matter] = field(default_factory=list)
    ready_due: dict[str, datetime] = field(default_factory=dict)

    def person(self, who: UUID | str) -> SeenPerson | None:
        """Somebody of the day."""
        return self.people.get(str(who))

    def task(self, name: str) -> SeenTask | None:
        """A check by its id."""
        return next((t for t in self.tasks if t.id == name), None)

    def handover(self, name: str) -> SeenHandover | None:
        """A handover by its id."""
        return next((h for h in self.handovers if h.id == name), None)

    def lines_of(self, who: UUID | str) -> list[Matter]:
        """Open slips and repairs that somebody owns."""
        return [m for m in self.lines if str(m.owner_id) == str(who)]

    def due(self, post_id: str = "") -> list[SeenTask]:
        """Checks to be done now, the earliest first: open for answers, or late."""
        found = [t for t in self.tasks if t.is_open and (t.opens is None or t.opens <= self.now)]
        return [t for t in found if not post_id or t.post_id == post_id]


def picture(site_id: UUID, now: datetime) -> Picture:
    """The day of now at a site; a constant number of questions, whatever happened before today."""
    day = day_of(now)
    log = DutyLog.objects.filter(site_id=site_id, day=day).first()
    if log is None:
        seen = Picture(now, day, plan_of(site_id, day, now), begun=False)
    else:
        seen = _of_log(log, now)
    seen.cases = [*_still_open(site_id, now), *seen.cases]
    return seen


def _still_open(site_id: UUID, now: datetime) -> list[SeenCase]:
    """What goes on and isn't of today's day on duty: of last night, or at a closed place."""
    rows = under_way([site_id], now)
    heard = heard_by(rows)
    return [
        SeenCase(
            str(row.id), row.kind, row.type or CASES[row.kind], row.post.name,
            TOP if row.kind == row.Kind.EMERGENCY or row.outside else 1, row.at, heard.get(row.id, ()),
        )
        for row in rows
    ]  # fmt: skip


def past(site_id: UUID, day: date, now: datetime) -> Picture | None:
    """A day that has begun, as it stood when it was over, or stands now; None where there was none."""
    log = DutyLog.objects.filter(site_id=site_id, day=day).first()
    return _of_log(log, min(now, turn_of(day) - timedelta(seconds=1))) if log else None


def _of_log(log: DutyLog, now: datetime) -> Picture:
    rows = events_of(log)
    stored = folded(log, rows)
    stored.fold.run(max(moment(now), moment(log.last_at)))
    return _Seen(log.site_id, now, stored, rows).picture()


class _Seen:
    """Puts names and titles to a folded day."""

    def __init__(self, site_id: UUID, now: datetime, day: Day, events: list[DutyEvent]) -> None:
        self.site_id, self.now, self.stored = site_id, now, day
        opened = [e.facts for e in events if e.event == "case_open"]
        self.types = {str(one["case"]): str(one.get("type", "")) for one in opened}
        self.lists, self.back = lists_of(day.log), sent_back(day.log)
        self.events = events
        self.day: DutyDay = day.fold.day
        self.names = Names(site_id)
        rows = Matter.objects.filter(site_id=site_id, id__in=list(self.day.lines))
        self.matters = {str(m.id): m for m in rows}
        self.at = moment(now)

    def picture(self) -> Picture:
        people = {who: self._person(who) for who in self.day.people}
        tasks = [self._task(t) for t in self.day.tasks.values()]
        log = self.stored.log
        seen = Picture(self.now, log.day, None, begun=True, log=log, people=people, tasks=tasks)
        seen.breaks = [
            self._break(b) for b in self.day.breaks.values() if b.state in ("accepted", "running")
        ]
        seen.stand_ins = [
            self._stand_in(s)
            for s in self.day.stand_ins.values()
            if not s.ended and s.span.end > self.at
        ]
        seen.posts = [self._post(p, seen) for p in self.day.posts.values()]
        seen.handovers = list(seen_handovers(self.day, self.events, self.names, self.matters))
        seen.cases = [self._case(c) for c in self.day.cases.values() if c.open]
        seen.lines = [self.matters[x.id] for x in self.day.open_lines() if x.id in self.matters]
        seen.ready_due = {w: when(at) for w, at in self.day.farewells.items()}
        return seen

    def _person(self, who: str) -> SeenPerson:
        person, shift = self.day.people[who], self.day.shifts.get(who)
        rest, elsewhere = self.day.break_of(who), self.day.stand_in_of(who, self.at)
        begun = shift is not None and shift.start <= self.at < shift.end
        signed_on = who in self.day.signed_on
        stands, own = self.day.stands_at(who, self.at), self.day.own_post(who)
        return SeenPerson(
            id=who,
            name=self.names.of(who),
            role=person.role,
            shift=(when(shift.start), when(shift.end)) if shift else None,
            off=shift is not None and shift.end - shift.start <= 60_000_000,
            signed_on=signed_on,
            gone=who in self.day.gone,
            at=self.names.of(stands) if stands else "",
            at_id=stands or "",
            in_flat=stands is not None and self.day.posts[stands].kind == "show_flat",
            post=self.names.of(own) if own else "",
            post_id=own or "",
            break_now=self._break(rest) if rest else None,
            standing_in=self._stand_in(elsewhere) if elsewhere else None,
            late=begun and not signed_on and who not in self.day.gone,
            late_by=self.stored.late.get(who, 0),
        )

    def _break(self, rest: Break) -> SeenBreak:
        running = rest.state == "running"
        return SeenBreak(
            rest.id,
            rest.who,
            self.names.of(rest.who),
            BREAKS[rest.kind],
            when(rest.span.start),
            when(rest.span.end),
            running,
            running and rest.span.end <= self.at,
        )

    def _stand_in(self, one: StandIn) -> SeenStandIn:
        start, end = when(one.span.start), when(one.span.end)
        return SeenStandIn(one.id, self.names.of(one.who), self.names.of(one.post), start, end)

    def _task(self, task: Task) -> SeenTask:
        number = task.id.rsplit("/", 1)[-1]
        title = CHECKS[task.kind] + (f"（第{number}次）" if task.kind == "round" else "")
        return SeenTask(
            id=task.id,
            title=title,
            post=self.names.of(task.post),
            post_id=task.post,
            kind=task.kind,
            due=when(task.due),
            state=task.state,
            opens=None if task.opens is None else when(task.opens),
            items=tuple(self._items(task)),
            signed=tuple(self.names.of(who) for who in task.signed.values()),
            done_at=None if task.done_at is None else when(task.done_at),
        )

    def _items(self, task: Task) -> Iterator[SeenItem]:
        lines = {
            x.item: self.matters.get(x.id) for x in self.day.lines.values() if x.task == task.id
        }
        number = round_of(task)
        for item in task.items:
            known = self.lists[task.kind].item(item) or Item(item, ITEMS.get(item, item))
            if asked_in_round(known, number):
                yield SeenItem(
                    item,
                    known.title,
                    task.answers.get(item, ""),
                    lines.get(item),
                    (task.id, item) in self.back,
                )

    def _post(self, post: Post, seen: Picture) -> SeenPost:
        own = [b for b in seen.breaks if b.running and self.day.own_post(b.who) == post.name]
        return SeenPost(
            id=post.name,
            name=self.names.of(post.name),
            minimum=post.minimum,
            opens=when(post.open.start),
            closes=when(post.open.end),
            is_open=post.open.holds(self.at),
            on=tuple(seen.people[w] for w in self.day.on_post(post.name, self.at)),
            resting=tuple(own),
            gap=when(self.day.gaps[post.name]) if post.name in self.day.gaps else None,
            tasks=tuple(t for t in seen.tasks if t.post_id == post.name and t.is_open),
        )

    def _case(self, case: Case) -> SeenCase:
        return SeenCase(
            case.id,
            case.kind,
            self.types.get(case.id) or CASES[case.kind],
            self.names.of(case.post),
            case.level,
            when(case.since),
            tuple(ROLE_WORDS[r] for r in case.acknowledged),
        )
