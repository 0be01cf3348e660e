"""A month's roster as a grid, names down and days across, with what each day breaks (SF-3.2, SF-4.3.7)."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from yingbin.people.calendar import calendar_of, public_names, unannounced
from yingbin.people.queries import names_of
from yingbin.rules.duty.roster import (
    MOST_IN_A_ROW,
    Turn,
    lacks,
    rest_before,
    row_at,
)

from ..cells import Cell
from ..hours import day_of
from ..marks import Marks, told_apart, usual_post
from ..models import RosterCell
from .leave import days_of_leave
from .roster import (
    as_published,
    marks_of,
    needs_on,
    shift_kinds,
    staff_on_duty,
    turn_of,
    waits,
    watched,
)

_BEFORE = 7  # days looked back for rest and days in a row
_SHIFTS = ("shift", "published_shift")
A_PAGE = 25  # people: a form holds fewer than a thousand fields
MOST_SAID = 40


@dataclass(frozen=True)
class Fault:
    """Something that is wrong: a word for the cell, a sentence below the grid."""

    short: str
    words: str


@dataclass(frozen=True)
class GridCell:
    """A person's day as drafted. text: as people write it; known: there is anything; on_leave: granted leave."""

    day: date
    name: str
    text: str
    shift: UUID | None
    post: UUID | None
    known: bool
    published: bool
    open: bool
    on_leave: bool = False
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class GridRow:
    """A person's month. usual: the post that a bare mark means, None for a lead."""

    staff: UUID
    name: str
    role: str
    usual: UUID | None
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class GridDay:
    """A day's head: is it open, what lacks; holiday: its name in the public calendar, or that it makes up for one."""

    day: date
    is_open: bool
    is_today: bool
    faults: tuple[Fault, ...]
    holiday: str
    works: bool
    note: str

    @property
    def week(self) -> str:
        """一 to 日."""
        return "一二三四五六日"[self.day.weekday()]


@dataclass(frozen=True)
class Grid:
    """A month of the roster, or some of its people. drafts: cells of anybody that wait to be published."""

    first: date
    last: date
    days: tuple[GridDay, ...]
    rows: tuple[GridRow, ...]
    marks: Marks
    drafts: int
    people: int
    page: int
    today: date

    @property
    def before(self) -> date:
        """The month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        """The month after."""
        return self.last + timedelta(days=1)

    @property
    def pages(self) -> range:
        """The pages of people."""
        return range(1, -(-self.people // A_PAGE) + 1)

    @property
    def note(self) -> str:
        """What to say of a year whose holidays aren't announced."""
        return self.days[0].note

    @property
    def is_over(self) -> bool:
        """Whether nothing of it can be planned any more."""
        return self.last < self.today

    @property
    def faults(self) -> list[str]:
        """Everything that is wrong from today on, in sentences."""
        said = [
            (d.day, f"{d.day.month}月{d.day.day}日 {f.words}") for d in self.days for f in d.faults
        ]
        said += [
            (c.day, f"{c.day.month}月{c.day.day}日 {row.name}{f.words}")
            for row in self.rows
            for c in row.cells
            for f in c.faults
        ]
        return [words for day, words in sorted(said) if day >= self.today][:MOST_SAID]


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of a month."""
    first = day.replace(day=1)
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def grid(
    site_id: UUID, month: date, now: datetime, page: int = 0, *, published: bool = False
) -> Grid:
    """A month; the same few questions however many people there are.

    page: 1 for the first people, 0 for all. published: as everybody knows it, without drafts.
    """
    return _Making(site_id, month, now, published=published).grid(page)


def grid_with(
    site_id: UUID, month: date, now: datetime, page: int, entered: Iterable[Cell]
) -> Grid:
    """The month as it would stand with these cells; nothing is written. One question more."""
    made = _Making(site_id, month, now, published=False)
    made.enter(entered)
    return made.grid(page)


def legend(site_id: UUID) -> list[str]:
    """What the marks of a site mean: 早 08:30–14:00; one query."""
    kinds = shift_kinds(site_id)
    return [*(f"{k.mark} {k.begins:%H:%M}–{k.ends:%H:%M}" for k in kinds), "休 不上班"]


class _Making:
    def __init__(self, site_id: UUID, month: date, now: datetime, *, published: bool) -> None:
        self.first, self.last = month_of(month)
        self.site_id, self.today = site_id, day_of(now)
        self.days = [
            self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)
        ]
        self.staff = {
            w: r for w, r in staff_on_duty(site_id, now).items() if r in ("lead", "receptionist")
        }
        named = names_of(set(self.staff))
        self.names = told_apart({who: named.get(str(who), "") for who in self.staff})
        span = (self.first - timedelta(days=_BEFORE), self.last)
        rows = RosterCell.objects.filter(site_id=site_id, day__range=span)
        if published:
            rows = rows.filter(published_at__isnull=False)
        found = [as_published(c) if published else c for c in rows.select_related(*_SHIFTS)]
        self.cells = {(c.staff_id, c.day): c for c in found}
        self.rules = watched(site_id)
        self.marks = marks_of(site_id, self.rules)
        self.calendar = calendar_of(site_id)
        self.leave = days_of_leave(site_id, self.first, self.last)
        self.turns: defaultdict[UUID, dict[date, Turn]] = defaultdict(dict)
        for (who, day), cell in self.cells.items():
            self.turns[who][day] = turn_of(cell)

    def enter(self, entered: Iterable[Cell]) -> None:
        """Puts cells in that aren't written."""
        kinds = {k.id: k for k in shift_kinds(self.site_id)}
        for one in entered:
            at = (one.staff, one.day)
            self.turns[one.staff].pop(one.day, None)
            cell, held = None, self.cells.pop(at, None)
            if one.blank and held is not None and held.published_at:
                cell = as_published(held)
            elif not one.blank:
                cell = RosterCell(site_id=self.site_id, staff_id=one.staff, day=one.day)
                cell.shift, cell.post_id = kinds.get(one.shift) if one.shift else None, one.post
            if cell is not None:
                self.cells[at], self.turns[one.staff][one.day] = cell, turn_of(cell)

    def grid(self, page: int) -> Grid:
        """The whole of it."""
        people = sorted(self.staff.items(), key=lambda one: one[1] != "lead")
        shown = people[(page - 1) * A_PAGE : page * A_PAGE] if page else people
        drafts = sum(
            waits(c) for (_, day), c in self.cells.items() if max(self.first, self.today) <= day
        )
        return Grid(
            self.first, self.last, tuple(self._day(day) for day in self.days),
            tuple(self._row(who, role) for who, role in shown), self.marks, drafts, len(people),
            page, self.today,
        )  # fmt: skip

    def _row(self, who: UUID, role: str) -> GridRow:
        usual = None if role == "lead" else self._usual(who)
        cells = tuple(self._cell(who, day, usual) for day in self.days)
        return GridRow(who, self.names[who], role, usual, cells)

    def _usual(self, who: UUID) -> UUID | None:
        own = (c.post_id for (staff, _), c in self.cells.items() if staff == who)
        return usual_post(own) or (self.rules[0].post_id if self.rules else None)

    def _cell(self, who: UUID, day: date, usual: UUID | None) -> GridCell:
        cell, leave = self.cells.get((who, day)), day in self.leave.get(who, ())
        name = f"c.{who}.{day.isoformat()}"
        still = day >= self.today
        if cell is None:
            return GridCell(day, name, "", None, None, False, False, still, leave)
        text = self.marks.written(cell.shift.mark if cell.shift else None, cell.post_id, usual)
        return GridCell(
            day, name, text, cell.shift_id, cell.post_id, True, not waits(cell), still, leave,
            tuple(self._faults(who, day, leave)),
        )  # fmt: skip

    def _faults(self, who: UUID, day: date, leave: bool) -> list[Fault]:
        turns = self.turns[who]
        if turns[day].hours is None:
            return []
        found = [Fault("假", "请了假，还排着班。")] if leave else []
        rest = rest_before(turns, day)
        if rest is not None:
            hours = rest.total_seconds() / 3600
            found.append(Fault("<11h", f"与前一天的班只隔 {hours:g} 小时，不到 11 小时。"))
        row = row_at(turns, day)
        if row > MOST_IN_A_ROW:
            found.append(Fault(f"连{row}", f"连续上了 {row} 天，该休一天。"))
        return found

    def _day(self, day: date) -> GridDay:
        needs = needs_on(self.rules, day, self.calendar)
        planned = [turns[day] for turns in self.turns.values() if day in turns]
        names = {str(rule.post_id): rule.post.name for rule in self.rules}
        faults = [
            Fault("缺", f"{names[n.post]}{a:%H:%M}–{b:%H:%M} 缺人。")
            for n in needs
            if planned and day >= self.today  # what is past can't be mended
            for a, b in lacks(n, planned)
        ]
        holiday = public_names(day.year).get(day, "")
        return GridDay(
            day, bool(needs), day == self.today, tuple(faults), holiday.removesuffix("调休上班"),
            "调休上班" in holiday, unannounced(self.calendar, day),
        )  # fmt: skip
