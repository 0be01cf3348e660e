"""A whole column of days settled: the order of month and day, the century, what is missing and where it comes from."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from itertools import pairwise

from yingbin.tables.grid import folded

from .dates import EARLIEST, DayCell, arabic, real

Order = tuple[int, int, int]  # where year, month and day stand among the three figures
YMD, YDM, MDY, DMY = (0, 1, 2), (0, 2, 1), (2, 0, 1), (2, 1, 0)
_WAYS: dict[str, tuple[Order, Order]] = {
    "first4": (YMD, YDM),
    "first2": (YMD, YDM),
    "last4": (MDY, DMY),
    "last2": (MDY, DMY),
}


KEPT_FOR = 15  # years: older registers than this aren't brought in, so no two-digit year is older


@dataclass(frozen=True)
class Told:
    """Year, month and day that something beside the cells says, and what it was."""

    where: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass
class Around:
    """What is known around a column: its title lines, its sheet's name, the sheets beside it, the present day.

    order: `mdy` or `dmy`, as a person answered for days with the year last that nothing in the column settles.
    """

    today: date
    title: Told = field(default_factory=Told)
    name: Told = field(default_factory=Told)
    beside: Sequence[Told] = ()
    order: str = ""


@dataclass(frozen=True)
class Day:
    """The day of a line, or why it has none; what to tell; the time and words that stood beside it."""

    day: date | None = None
    at: time | None = None
    fault: str = ""
    told: tuple[str, ...] = ()
    rest: str = ""


_PRINTED = re.compile(r"打印|导出|制表|填表|生成|更新|统计时间|下载")


def told_in(text: str, where: str) -> Told:
    """Year, month and day named in a title or a sheet's name; the dates of printing don't count."""
    words = arabic(folded(text))
    if _PRINTED.search(words):
        return Told()
    return _whole_day(words, where) or _month_of(words, where)


_TO = r"[-~～至到—–]\s*"


def _whole_day(words: str, where: str) -> Told | None:
    """A day written whole; of several days only what they have in common."""
    found = re.search(r"(20\d{2})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})(?!\d)", words)
    if not found or not real(*map(int, found.groups())):
        return None
    behind = words[found.end() :]
    other = re.search(rf"{_TO}(?:20\d{{2}}\s*[年./\-]\s*)?(\d{{1,2}})\s*[月./\-]", behind)
    year, month, day = map(int, found.groups())
    several = re.search(rf"{_TO}\d", behind)
    same = not other or int(other[1]) == month
    return Told(where, year, month if same else None, None if several else day)


def _month_of(words: str, where: str) -> Told:
    both = re.search(r"(20\d{2}|(?<!\d)\d{2})\s*[年./\-]\s*(1[0-2]|0?[1-9])(?!\d)\s*月?", words)
    both = both or re.search(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(?!\d)", words)
    if both:
        return Told(where, int(both[1]) + (2000 if len(both[1]) == 2 else 0), int(both[2]))
    year = re.search(r"(?<!\d)(20\d{2})(?!\d)", words)
    month = re.search(r"(?<!\d)(1[0-2]|0?[1-9])\s*月", words)
    return Told(where, int(year[1]) if year else None, int(month[1]) if month else None)


def settled(cells: Mapping[int, DayCell], around: Around) -> dict[int, Day]:
    """The day of each line of one column; lines by number, in their order."""
    found = _whole(cells, around)
    known = {line: d.day for line, d in found.items() if d.day}
    for line, cell in cells.items():
        if cell.shape in ("short", "day"):
            found[line] = _completed(cell, line, known, around)
        elif cell.shape == "fault":
            found[line] = Day(fault=cell.fault)
    return _with_empty(cells, found, around)


def written_whole(cells: Mapping[int, DayCell], around: Around) -> dict[int, date]:
    """The days of the lines that name day, month and year themselves."""
    return {line: d.day for line, d in _whole(cells, around).items() if d.day}


def _whole(cells: Mapping[int, DayCell], around: Around) -> dict[int, Day]:
    orders = _orders(cells.values(), around)
    whole = ("fixed", "first4", "last4", "two")
    return {n: _three(c, orders, around.today) for n, c in cells.items() if c.shape in whole}


# Three figures


@dataclass(frozen=True)
class Orders:
    """How each kind of value is read in this column, and whether a value showed it.

    short_first: two-digit years stand first where they could stand at either end; sure: something shows that.
    year: what the title or the sheet's name says.
    """

    order: Mapping[str, Order]
    shown: frozenset[str]
    short_first: bool
    sure: bool
    year: int | None = None


def _orders(cells: Iterable[DayCell], around: Around) -> Orders:
    many, today = list(cells), around.today
    year = around.title.year or around.name.year
    first, sure = _year_first(many, around)
    votes: dict[str, Counter[Order]] = {kind: Counter() for kind in _WAYS}
    for cell in many:
        kind = _kind(cell, first, today, year)
        if kind:
            ways = [w for w in _WAYS[kind] if _by(cell.numbers, w)]
            if len(ways) == 1:
                votes[kind][ways[0]] += 1
    order = {
        kind: other if votes[kind][other] > votes[kind][usual] else usual
        for kind, (usual, other) in _WAYS.items()
    }
    shown = {kind for kind in votes if votes[kind]}
    for kind in ("last4", "last2"):
        if around.order and kind not in shown:
            order[kind] = DMY if around.order == "dmy" else MDY
            shown.add(kind)
    return Orders(order, frozenset(shown), first, sure, year)


def ambiguous(cells: Iterable[DayCell], today: date) -> str:
    """A value with the year last whose month and day nothing in its column tells apart; none, and it is empty."""
    many = list(cells)
    orders = _orders(many, Around(today))
    for cell in many:
        kind = _kind(cell, orders.short_first, today, orders.year)
        if kind in ("last4", "last2") and kind not in orders.shown:
            ways = {_by(cell.numbers, way) for way in _WAYS[kind]}
            if len(ways - {None}) == 2:
                return _written(cell)
    return ""


def _year_first(cells: Sequence[DayCell], around: Around) -> tuple[bool, bool]:
    """Whether two-digit years that could stand at either end stand first in this column, and whether that is sure."""
    votes: Counter[bool] = Counter()
    far: Counter[bool] = Counter()
    open_: list[DayCell] = []
    known = around.title.year or around.name.year
    for cell in (c for c in cells if c.shape == "two"):
        ends = _ends(cell, around.today, known)
        if len(ends) == 1:
            votes[ends[0]] += 1
        elif ends:
            open_.append(cell)
        for end in ends:
            far[end] += around.today.year - _end_year(cell, end)
    if votes[True] != votes[False]:
        return votes[True] > votes[False], True
    front, back = (len({c.numbers[n] for c in open_}) for n in (0, 2))
    if front != back:  # days differ from line to line, the year hardly ever
        return front < back, True
    return far[True] <= far[False], False


def _end_year(cell: DayCell, first: bool) -> int:
    return 2000 + cell.numbers[0 if first else 2]


def _ends(cell: DayCell, today: date, known: int | None) -> list[bool]:
    """Where the two-digit year may stand: at the front, at the end; where the title's year stands, if it does."""
    found = []
    for first, (one, other) in ((True, (YMD, YDM)), (False, (MDY, DMY))):
        figures = cell.written[0 if first else 2]
        recent = today.year - KEPT_FOR <= 2000 + int(figures) <= today.year
        if len(figures) == 2 and recent and (_by(cell.numbers, one) or _by(cell.numbers, other)):
            found.append(first)
    if len(found) == 2 and known:
        found = [end for end in found if _end_year(cell, end) == known] or found
    return found


def _kind(cell: DayCell, short_first: bool, today: date, year: int | None) -> str | None:
    if cell.shape in ("first4", "last4"):
        return cell.shape
    if cell.shape != "two":
        return None
    ends = _ends(cell, today, year)
    first = ends[0] if len(ends) == 1 else short_first
    return "first2" if first else "last2"


def _by(numbers: tuple[int, ...], order: Order) -> date | None:
    year, month, day = (numbers[n] for n in order)
    return real(year + (2000 if year < 100 else 0), month, day)


def _three(cell: DayCell, orders: Orders, today: date) -> Day:
    if cell.shape == "fixed":
        return _within(real(*cell.numbers), cell, cell.told, today)
    kind = _kind(cell, orders.short_first, today, orders.year)
    assert kind is not None
    order = orders.order[kind]
    other = next(way for way in _WAYS[kind] if way != order)
    usual, second = _by(cell.numbers, order), _by(cell.numbers, other)
    if usual is None and second is None:
        return Day(fault=f"没有「{_written(cell)}」这一天，请核对年月日。")
    told = cell.told
    if usual is None:
        told = (*told, f"「{_written(cell)}」和这一列别的日期写法不同，按 {second} 收。")
    elif not orders.sure and _two_ways(cell, today, orders.year):
        told = (*told, f"「{_written(cell)}」的年月日分不清，按 {usual} 收。")
    elif second not in (None, usual) and kind in ("last4", "last2") and kind not in orders.shown:
        told = (*told, f"「{_written(cell)}」的月和日分不清，按 {usual:%Y 年 %-m 月 %-d 日}收。")
    return _within(usual or second, cell, told, today)


def _two_ways(cell: DayCell, today: date, year: int | None) -> bool:
    """Whether a two-digit year may stand at either end and the ends give different days."""
    if cell.shape != "two" or len(_ends(cell, today, year)) < 2:
        return False
    return len({_by(cell.numbers, way) for way in (YMD, YDM, MDY, DMY)} - {None}) > 1


def _written(cell: DayCell) -> str:
    return "/".join(cell.written or map(str, cell.numbers))


def _within(day: date | None, cell: DayCell, told: tuple[str, ...], today: date) -> Day:
    """A day of the past, and not of a past that no register has."""
    if day is None:
        return Day(fault=f"没有「{_written(cell)}」这一天，请核对年月日。")
    if day > today:
        return Day(fault=f"{day} 还没有到，请核对。")
    if day < EARLIEST:
        return Day(fault=f"{day} 太早了，请核对年份。")
    return Day(day, cell.at, told=told, rest=cell.rest)


# What is missing


def _completed(cell: DayCell, line: int, known: Mapping[int, date], around: Around) -> Day:
    """A day without year, or without month and year, with what the nearest source says."""
    nearest = _nearest(line, known)
    sources = [around.title, around.name, *([nearest] if nearest else []), *around.beside]
    month, day = cell.numbers if cell.shape == "short" else (None, cell.numbers[0])
    if month is not None and month > 12 >= day and not cell.month_said:
        month, day = day, month
    told = []
    if month is None:
        source = next((s for s in sources if s.month), None)
        if source is None:
            return _last_such_day(cell, around.today, next((s for s in sources if s.year), None))
        month = source.month
        told.append(f"没写月份，按 {month} 月收（{source.where}）。")
    source = next((s for s in sources if s.year), None)
    year = source.year if source and source.year else _last_year(month or 1, day, around.today)
    told.append(f"没写年份，按 {year} 年收（{source.where if source else '最近的一个'}）。")
    return _within(real(year, month or 1, day), cell, (*cell.told, *told), around.today)


def _nearest(line: int, known: Mapping[int, date]) -> Told | None:
    if not known:
        return None
    at = min(known, key=lambda other: (abs(other - line), other > line))
    return Told(f"第 {at} 行", known[at].year, known[at].month)


def _last_year(month: int, day: int, today: date) -> int:
    """The year of the last such day that isn't after today."""
    for year in range(today.year, today.year - 9, -1):
        found = real(year, month, day)
        if found and found <= today:
            return year
    return today.year


def _last_such_day(cell: DayCell, today: date, source: Told | None) -> Day:
    """The last such day that isn't after today, of the year that something names if anything does."""
    year, month = today.year, today.month
    if source and source.year and source.year < today.year:
        year, month = source.year, 12
    for _ in range(14):
        found = real(year, month, cell.numbers[0])
        if found and found <= today:
            told = f"没写年月，按 {found} 收（{source.where if source else '最近的一个'}）。"
            return Day(found, cell.at, told=(*cell.told, told), rest=cell.rest)
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    return Day(fault=f"没有「{cell.numbers[0]} 日」这一天，请核对。")


def _with_empty(
    cells: Mapping[int, DayCell], found: dict[int, Day], around: Around
) -> dict[int, Day]:
    """Empty cells take the day above where the column only rises, else the title's; else they have none."""
    days = [d.day for line in cells if (d := found.get(line)) and d.day]
    rises = all(a <= b for a, b in pairwise(days))
    title = around.title
    made: dict[int, Day] = {}
    above: Day | None = None
    above_line = 0
    for line in cells:
        one = found.get(line)
        if one is None and above and above.day and rises:
            one = Day(above.day, told=(f"没写日期，按上面第 {above_line} 行的 {above.day} 收。",))
        elif one is None and title.year and title.month and title.day:
            day = date(title.year, title.month, title.day)
            one = Day(day, told=(f"没写日期，按{title.where}的 {day} 收。",))
        elif one is None:
            one = Day(fault="没有来访日期。")
        elif one.day:
            above, above_line = one, line
        else:
            above = None  # what stands above can't be read, so nothing follows from it
        made[line] = one
    return made
