"""The roster as a grid, names down and days across, with what each day breaks (SF-3.2, SF-4.3.7)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from yingbin.people.calendar import calendar_of, unannounced
from yingbin.people.queries import names_of

from ..hours import open_span, shift_span
from ..models import RosterCell, ShiftKind
from .roster import shift_kinds, staff_on_duty, watched

DAYS = 14
REST = timedelta(hours=11)
MOST_IN_A_ROW = 6
_BEFORE = 7  # days looked back for rest and days in a row


@dataclass(frozen=True)
class GridCell:
    """A person's day: shift and post as drafted, and what is wrong with it."""

    day: date
    shift: UUID | None
    post: UUID | None
    mark: str
    known: bool
    published: bool
    faults: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """As the form writes it."""
        return f"{self.shift or ''}@{self.post or ''}" if self.known else ""


@dataclass(frozen=True)
class GridRow:
    """A person's fortnight."""

    staff: UUID
    name: str
    role: str
    cells: tuple[GridCell, ...]
    options: tuple["Option", ...]


@dataclass(frozen=True)
class GridDay:
    """A day's head: is it open, what lacks."""

    day: date
    is_open: bool
    faults: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Option:
    """What a cell can be set to."""

    value: str
    words: str


@dataclass(frozen=True)
class Grid:
    """A fortnight of the roster."""

    first: date
    days: tuple[GridDay, ...]
    rows: tuple[GridRow, ...]
    options: tuple[Option, ...]
    unpublished: int

    @property
    def before(self) -> date:
        """The week before."""
        return self.first - timedelta(days=7)

    @property
    def after(self) -> date:
        """The week after."""
        return self.first + timedelta(days=7)


def grid(site_id: UUID, first: date, now: datetime) -> Grid:
    """A fortnight from a day on; the same few questions however many people there are."""
    return _Making(site_id, first, now).grid()


class _Making:
    def __init__(self, site_id: UUID, first: date, now: datetime) -> None:
        self.first, self.site_id = first, site_id
        self.days = [first + timedelta(days=n) for n in range(DAYS)]
        self.staff = {
            w: r for w, r in staff_on_duty(site_id, now).items() if r in ("lead", "receptionist")
        }
        self.names = names_of(set(self.staff))
        span = (first - timedelta(days=_BEFORE), self.days[-1])
        rows = RosterCell.objects.filter(site_id=site_id, day__range=span)
        self.cells = {(c.staff_id, c.day): c for c in rows.select_related("shift", "post")}
        self.rules = watched(site_id)
        self.kinds = shift_kinds(site_id)
        self.calendar = calendar_of(site_id)

    def grid(self) -> Grid:
        """The whole of it."""
        options, lead_options = tuple(self._options()), tuple(self._lead_options())
        rows = tuple(
            self._row(who, role, lead_options if role == "lead" else options)
            for who, role in self.staff.items()
        )
        waits = sum(_waits(c) for (_, day), c in self.cells.items() if day in self.days)
        return Grid(self.first, tuple(self._day(day) for day in self.days), rows, options, waits)

    def _row(self, who: UUID, role: str, options: tuple[Option, ...]) -> GridRow:
        cells = tuple(self._cell(who, day) for day in self.days)
        return GridRow(who, self.names.get(str(who), ""), role, cells, options)

    def _cell(self, who: UUID, day: date) -> GridCell:
        cell = self.cells.get((who, day))
        if cell is None:
            return GridCell(day, None, None, "", known=False, published=False)
        mark = cell.shift.mark if cell.shift else "休"
        return GridCell(
            day, cell.shift_id, cell.post_id, mark, known=True, published=not _waits(cell),
            faults=tuple(self._faults(who, day, cell.shift)),
        )  # fmt: skip

    def _faults(self, who: UUID, day: date, shift: ShiftKind | None) -> list[str]:
        if shift is None:
            return []
        found = []
        before = self.cells.get((who, day - timedelta(days=1)))
        if before is not None and before.shift is not None:
            ended = shift_span(before.shift, before.day)[1]
            if shift_span(shift, day)[0] - ended < REST:
                found.append("两班之间不到11小时")
        row = 0
        while (c := self.cells.get((who, day - timedelta(days=row)))) and c.shift is not None:
            row += 1
        if row > MOST_IN_A_ROW:
            found.append(f"连续上了{row}天")
        return found

    def _day(self, day: date) -> GridDay:
        spans = {r.post_id: (r, s) for r in self.rules if (s := open_span(r, day, self.calendar))}
        there: defaultdict[UUID | None, list[tuple[datetime, datetime]]] = defaultdict(list)
        planned = [c for (_, d), c in self.cells.items() if d == day]
        for cell in planned:
            if cell.shift is not None:
                there[cell.post_id].append(shift_span(cell.shift, day))
        faults = [
            f"{rule.post.name}缺人"
            for post, (rule, span) in spans.items()
            if planned and not _manned(span, there[post], rule.minimum)
        ]
        return GridDay(day, bool(spans), tuple(faults), unannounced(self.calendar, day))

    def _options(self) -> list[Option]:
        found = [Option("@", "休")]
        for kind in self.kinds:
            for rule in self.rules:
                words = kind.mark if len(self.rules) == 1 else f"{kind.mark} {rule.post.name}"
                found.append(Option(f"{kind.id}@{rule.post_id}", words))
        return found

    def _lead_options(self) -> list[Option]:
        return [Option("@", "休"), *(Option(f"{k.id}@", k.mark) for k in self.kinds)]


def _waits(cell: RosterCell) -> bool:
    """Whether the draft differs from what was published."""
    held = (cell.published_shift_id, cell.published_post_id)
    return cell.published_at is None or held != (cell.shift_id, cell.post_id)


def _manned(
    span: tuple[datetime, datetime], there: list[tuple[datetime, datetime]], minimum: int
) -> bool:
    """Whether at every moment of the span so many shifts run."""
    points = {span[0], *(b for b, _ in there if span[0] < b < span[1])}
    points |= {e for _, e in there if span[0] < e < span[1]}
    return all(sum(b <= p < e for b, e in there) >= minimum for p in points)
