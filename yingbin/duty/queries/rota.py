"""The day's meals on a time line: who works when, who eats when, and a proposal for those who have none yet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from yingbin.people.calendar import ZONE
from yingbin.rules.decision import Refused
from yingbin.rules.duty.day import DutyDay
from yingbin.rules.duty.log import Entry
from yingbin.rules.duty.rota import Rota, Wish, propose
from yingbin.rules.duty.terms import Break, Span

from ..folding import Names, events_of, folded, moment, when
from ..hours import day_of
from ..meals import Happens, MealPlan, asked_for, given_up
from ..models import DutyLog
from ..opening import written
from ..words import BREAKS, ROLE_WORDS

R = TypeVar("R")
ACROSS = 720  # units of the time line
OVER = timedelta(minutes=1)  # the shift of somebody who is off


@dataclass(frozen=True)
class Block:
    """A piece of the time line: where it begins, how wide it is, what it says. moves: whether it may be dragged."""

    at: int
    wide: int
    words: str
    look: str
    moves: bool = False


@dataclass(frozen=True)
class RotaRow:
    """Somebody's day: shift, meals and rests, stand-ins; and the meal that is proposed.

    rest, stands, minutes: the meal that is planned and hasn't begun, when it begins, how long it is.
    """

    who: str
    name: str
    role: str
    blocks: tuple[Block, ...]
    planned: bool
    begins: str = ""
    cover: str = ""
    cover_name: str = ""
    left: bool = False
    rest: str = ""
    stands: str = ""
    minutes: int = 0


@dataclass(frozen=True)
class RotaView:
    """The whole of it; `hours` with their places. begun: whether the day has.

    first: where the time line begins, in minutes of the day; span: how many it is long.
    """

    begun: bool
    rows: tuple[RotaRow, ...] = ()
    hours: tuple[Block, ...] = ()
    across: int = ACROSS
    first: int = 0
    span: int = 0

    def of(self, rows: tuple[RotaRow, ...]) -> "RotaView":
        """The same with other rows."""
        return replace(self, rows=rows)

    @property
    def left(self) -> str:
        """For whom no time was found."""
        return "、".join(row.name for row in self.rows if row.left)


@dataclass(frozen=True)
class Asked:
    """What is to be proposed: meals of so many minutes between two moments."""

    minutes: int
    first: datetime
    last: datetime


def rota(site_id: UUID, now: datetime, asked: Asked | None) -> RotaView:
    """Today's meals; with a proposal where one is asked for. A constant number of questions."""
    log = DutyLog.objects.filter(site_id=site_id, day=day_of(now)).first()
    return RotaView(begun=False) if log is None else _Line(site_id, now, log).view(asked)


def refusals(site_id: UUID, now: datetime, meals: Iterable[MealPlan]) -> dict[UUID, str]:
    """Why some of these meals wouldn't be planned, by whose they are; nothing is written."""
    log = DutyLog.objects.filter(site_id=site_id, day=day_of(now)).first()
    return {} if log is None else _Ahead(log, now).refusals(meals)


class _Ahead:
    """A day that is gone through in memory alone, by the rules that decide the write."""

    def __init__(self, log: DutyLog, now: datetime) -> None:
        self.day, self.names = folded(log, events_of(log)), Names(log.site_id)
        self.at, self.found = max(now, log.last_at), dict[UUID, str]()

    def refusals(self, meals: Iterable[MealPlan]) -> dict[UUID, str]:
        free = [m for meal in meals if (m := self._tried(meal, given_up))]
        for meal in free:
            decided = self._tried(meal, asked_for)
            if decided and decided.what != "accepted":
                self.found[meal.who] = self.names.put_in(decided.because)
        return self.found

    def _tried(self, meal: MealPlan, step: Callable[[DutyDay, MealPlan, Happens], R]) -> R | None:
        try:
            return step(self.day.fold.day, meal, self._happen)
        except Refused as no:
            self.found[meal.who] = no.message
            return None

    def _happen(self, event: str, **facts: object) -> Entry:
        decided = self.day.happen({"at": written(self.at), "event": event, **facts})
        if decided.what != "accepted" and event != "break_request":
            raise Refused(decided.clause, self.names.put_in(decided.because))
        return decided


@dataclass
class _Axis:
    """Where moments lie on the time line."""

    first: datetime
    last: datetime
    hours: list[Block] = field(default_factory=list)

    def block(self, begins: datetime, ends: datetime, words: str, look: str) -> Block:
        """A piece between two moments, cut off at the ends of the line."""
        first, last = max(begins, self.first), min(ends, self.last)
        at, until = self.place(first), self.place(max(last, first))
        return Block(at, until - at, words, look)

    def place(self, at: datetime) -> int:
        """Where a moment lies."""
        return round(ACROSS * ((at - self.first) / (self.last - self.first)))


class _Line:
    def __init__(self, site_id: UUID, now: datetime, log: DutyLog) -> None:
        self.now, self.names = moment(max(now, log.last_at)), Names(site_id)
        stored = folded(log, events_of(log))
        stored.fold.run(self.now)
        self.day = stored.fold.day
        self.people = [
            who
            for who, person in self.day.people.items()
            if person.stands and who not in self.day.gone and self._works(who)
        ]
        self.axis = self._axis()

    def _works(self, who: str) -> bool:
        shift = self.day.shifts.get(who)
        return shift is not None and when(shift.end) - when(shift.start) > OVER

    def _axis(self) -> _Axis:
        spans = [p.open for p in self.day.posts.values()]
        spans += [self.day.shifts[who] for who in self.people]
        first = when(min(s.start for s in spans)).astimezone(ZONE).replace(minute=0)
        last = when(max(s.end for s in spans)).astimezone(ZONE)
        last = (last + timedelta(minutes=59)).replace(minute=0)
        axis = _Axis(first, last)
        for n in range(int((last - first) / timedelta(hours=1))):
            at = first + timedelta(hours=n)
            axis.hours.append(axis.block(at, at, f"{at:%H}", "hour"))
        return axis

    def view(self, asked: Asked | None) -> RotaView:
        rows = [self._row(who) for who in self.people]
        if asked is not None:
            rows = self._with(rows, self._proposal(asked))
        first, last = self.axis.first, self.axis.last
        begins, span = first.hour * 60, round((last - first) / timedelta(minutes=1))
        return RotaView(True, tuple(rows), tuple(self.axis.hours), first=begins, span=span)

    def _row(self, who: str) -> RotaRow:
        shift, person = self.day.shifts[who], self.day.people[who]
        blocks = [self._block(shift, "", "shift")]
        own = [
            b
            for b in self.day.breaks.values()
            if b.who == who and b.state not in ("cancelled", "lapsed")
        ]
        blocks += [
            replace(
                self._block(b.span, BREAKS[b.kind], self._look(b)),
                moves=b.kind == "meal" and b.state == "accepted",
            )
            for b in own
        ]
        blocks += [
            self._block(s.span, self.names.of(s.post), "stand-in")
            for s in self.day.stand_ins.values()
            if s.who == who and not s.ended
        ]
        meals = [b for b in own if b.kind == "meal"]
        row = RotaRow(who, self.names.of(who), ROLE_WORDS[person.role], tuple(blocks), bool(meals))
        return self._movable(row, next((b for b in meals if b.state == "accepted"), None))

    def _movable(self, row: RotaRow, meal: Break | None) -> RotaRow:
        if meal is None:
            return row
        begins, ends = (when(at).astimezone(ZONE) for at in (meal.span.start, meal.span.end))
        minutes = round((ends - begins) / timedelta(minutes=1))
        return replace(row, rest=meal.id, stands=f"{begins:%H:%M}", minutes=minutes)

    def _look(self, rest: Break) -> str:
        return "meal" if rest.kind == "meal" else "rest"

    def _block(self, span: Span, words: str, look: str) -> Block:
        begins, ends = (when(at).astimezone(ZONE) for at in (span.start, span.end))
        said = f"{words} {begins:%H:%M}–{ends:%H:%M}".strip()
        return self.axis.block(begins, ends, said, look)

    def _proposal(self, asked: Asked) -> Rota:
        """A meal in the window, and within the shift, for everybody who has none."""
        window, wishes = Span(moment(asked.first), moment(asked.last)), []
        length = moment(asked.first + timedelta(minutes=asked.minutes)) - moment(asked.first)
        fed = {
            b.who
            for b in self.day.breaks.values()
            if b.kind == "meal" and b.state not in ("cancelled", "lapsed")
        }
        for who in self.people:
            shift = self.day.shifts[who]
            own = Span(max(window.start, shift.start), min(window.end, shift.end))
            if who not in fed and own.end - own.start >= length:
                wishes.append(Wish(who, length, own))
        return propose(self.day, self.now, wishes)

    def _with(self, rows: list[RotaRow], found: Rota) -> list[RotaRow]:
        meals = {meal.who: meal for meal in found.meals}
        order = list(meals)
        made = []
        for row in rows:
            meal = meals.get(row.who)
            if meal is None:
                made.append(replace(row, left=row.who in found.left))
                continue
            begins = when(meal.span.start).astimezone(ZONE)
            made.append(
                replace(
                    row, begins=f"{begins:%H:%M}", cover=meal.cover or "",
                    cover_name=self.names.of(meal.cover) if meal.cover else "",
                    blocks=(
                        *row.blocks,
                        replace(self._block(meal.span, "用餐", "proposed"), moves=True),
                    ),
                )
            )  # fmt: skip
        return sorted(made, key=lambda r: order.index(r.who) if r.who in meals else len(order))
