"""The whole file."""

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import pairwise
from typing import TypedDict

from .cells import EMPTY, ERR, PLACE, Cell, Col, Day, Sheet, Table, Visit, nf, same_above
from .clocks import read_time
from .days import read_day
from .fields import plain, read_first, read_people, read_receiver
from .files import load
from .headings import head
from .names import read_names
from .phones import read_phones
from .settling import Period, complete, period, settle


@dataclass
class Stored:
    """What would be stored of a line, in the contract's words."""

    day: str | None = None
    time: str | None = None
    names: list[str] = field(default_factory=list)
    titles: list[str | None] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    people: int | None = None
    first: bool | None = None
    receiver: str | None = None
    source: str | None = None
    needs: str | None = None
    note: str | None = None


class RowTold(TypedDict):
    """A line in the contract's form."""

    sheet: str
    line: int
    column: str | None
    state: str
    told: list[str]
    stored: dict[str, object] | None


class FileTold(TypedDict):
    """A file in the contract's form."""

    sheets: list[dict[str, object]]
    columns: list[dict[str, object]]
    rows: list[RowTold]


def read(data: bytes, name: str, today: date) -> FileTold:
    """What would be stored of a register. Raises `CannotRead`."""
    sheets = load(data, name)
    out: FileTold = {"sheets": [], "columns": [], "rows": []}
    for sheet in sheets:
        taken = sheet.why is None
        out["sheets"].append({"sheet": sheet.name, "taken": taken, "why": sheet.why})
        for table in sheet.tables if taken else ():
            for col in table.cols:
                out["columns"].append({"sheet": sheet.name, "heading": col.heading, "as": col.as_})
            _prepare(sheet, table, today)
    for n, sheet in enumerate(sheets):
        around = _around(sheets, n, today)
        for table in sheet.tables if sheet.why is None else ():
            _days(sheet, table, around, today)
            out["rows"] += _rows(sheet, table, today)
    return out


def _around(sheets: Sequence[Sheet], n: int, today: date) -> list[Period]:
    """What the other sheets say of year and month, the nearest first."""
    found: list[Period] = []
    others = sorted((k for k in range(len(sheets)) if k != n), key=lambda k: (abs(k - n), k > n))
    for k in others:
        (year, month), (year2, month2) = period(sheets[k].titles), period([sheets[k].name])
        found.append((year or year2, month or month2))
        visits = [v for t in sheets[k].tables for v in t.lines] if not sheets[k].why else []
        days = [v.day.day for v in visits if v.day and v.day.day and not v.day.made]
        days = [day for day in days if day <= today]
        if days:
            nearest = days[-1 if k < n else 0]
            found.append((nearest.year, nearest.month))
    return found


# Lines


def _prepare(sheet: Sheet, table: Table, today: date) -> None:
    """The lines of a table with 同上 filled in, and what their day cells say."""
    above: dict[int, Cell] = {}
    at = next(c.at for c in table.cols if c.as_ == "day")
    for row in sheet.rows[table.first :]:
        mine = {c.at: row.cells[c.at] if c.at < len(row.cells) else EMPTY for c in table.cols}
        if not any((c.text or c.kind == "f") and not c.spread for c in mine.values()):
            continue
        why = _why_skipped(mine, table, row.hidden)
        if why:
            table.lines.append(Visit(row.line, mine, why, None))
            continue
        mine = {n: _undittoed(cell, above.get(n)) for n, cell in mine.items()}
        above = mine
        table.lines.append(Visit(row.line, mine, None, read_day(mine[at], sheet.epoch)))
    year = period(sheet.titles)[0] or period([sheet.name])[0]
    settle([v.day for v in table.lines if v.day and v.day.state == "three"], today, year)


def _undittoed(cell: Cell, above: Cell | None) -> Cell:
    if not same_above(cell.text):
        return cell
    if above is None:
        return Cell("", None, ORPHAN, cell.fmt, cell.comment, cell.strike)
    return Cell(above.text, above.value, above.kind, above.fmt, cell.comment, cell.strike, True)


ORPHAN = "orphan"  # a 同上 with nothing above it
_TOTAL = re.compile(r"(?:合计|小计|总计|共计|累计|本[页月日周]?(?:合计|小计|共计)|总数)")
_SIGNED = re.compile(r"(?:签字|签名|审核|审批|制表|填表|负责人|经理)人?\s*[:：]")
_NOTED = re.compile(r"(?:备注|注|说明|附注|填表说明|温馨提示)\s*[:：]")
_FOOT = re.compile(r"第\s*\d+\s*页|共\s*\d+\s*页")


def _why_skipped(mine: dict[int, Cell], table: Table, hidden: bool) -> str | None:
    own = [c for c in mine.values() if (c.text or c.kind == "f") and not c.spread]
    if hidden:
        return "这一行是隐藏的。"
    if own and all(c.strike for c in own if c.text):
        return "这一行划掉了。"
    said = {n: c.text for n, c in mine.items() if c.text}
    headings = {c.at: c.heading for c in table.cols}
    same = sum(head(text) == head(headings[n]) for n, text in said.items())
    if same >= 2 and same * 2 >= len(said):
        return "重复的表头。"
    return _no_visit([nf(text) for text in said.values()])


def _no_visit(texts: list[str]) -> str | None:
    first = re.sub(r"\s", "", texts[0]) if texts else ""
    few = len(set(texts)) <= 3
    if _TOTAL.match(first) or any(re.match(r"[合小总]\s*计", t) for t in texts[:2]):
        return "合计行。"
    if few and any(_SIGNED.search(t) for t in texts):
        return "签字行。"
    if few and _NOTED.match(first):
        return "说明行。"
    return "页脚。" if few and any(_FOOT.search(t) for t in texts) else None


# Days


def _days(sheet: Sheet, table: Table, around: list[Period], today: date) -> None:
    days = [v.day for v in table.lines if v.day]
    dated = {v.line: v.day for v in table.lines if v.day}
    own = (period(sheet.titles), period([sheet.name]))
    for line, day in dated.items():
        if day.state == "part":
            complete(day, line, dated, own, around, today)
    seen = [d.day for d in days if d.state == "full" and d.day and d.day <= today]
    rising = all(a <= b for a, b in pairwise(seen))
    above: Day | None = None
    for day in days:
        if day.state == "empty":
            _from_above(day, above if rising else None, today)
        above = day


def _from_above(day: Day, above: Day | None, today: date) -> None:
    if above and above.state == "full" and above.day and above.day <= today:
        day.state, day.day = "full", above.day
        day.told.append(f"来访日期空着，取上面的 {day.day}。")
    else:
        day.state, day.why = "bad", "没有来访日期。"


# What is stored


def _rows(sheet: Sheet, table: Table, today: date) -> list[RowTold]:
    rows: list[RowTold] = []
    done: list[tuple[int, Stored]] = []
    for visit in table.lines:
        row: RowTold = {
            "sheet": sheet.name,
            "line": visit.line,
            "column": table.letter if table.multi else None,
            "state": "skip",
            "told": [visit.why or ""],
            "stored": None,
        }
        rows.append(row)
        if visit.day is None:
            continue
        line = _Line(visit.day)
        for col in table.cols:
            line.take(col, visit.cells[col.at])
        stored = line.stored()
        reason = _refused(visit.day, stored, today)
        row["state"], row["told"] = (
            ("refuse", [reason, *line.told]) if reason else ("take", line.told)
        )
        if reason:
            continue
        same = next((n for n, other in done if _same_person(other, stored)), None)
        if same is not None:
            line.told.append(f"与第 {same} 行是同一天同一人。")
        done.append((visit.line, stored))
        row["stored"] = asdict(stored)
    return rows


def _refused(day: Day, stored: Stored, today: date) -> str | None:
    if day.state != "full" or day.day is None:
        return day.why or "没有读得懂的来访日期。"
    if day.day > today:
        return f"{day.day} 还没到。"
    return None if stored.names or stored.phones else "没有姓名也没有电话。"


class _Line:
    """A line under way: each column adds to what is stored, noted and told."""

    def __init__(self, day: Day) -> None:
        self.day, self.told = day, list(day.told)
        self.one = Stored(day=day.day.isoformat() if day.day else None)
        self.named: list[tuple[str, str]] = []
        self.notes: list[str] = []
        self.needs: list[str] = []
        self.sources: dict[str, None] = {}

    def take(self, col: Col, cell: Cell) -> None:
        """One column of the line."""
        if cell.kind == ORPHAN:
            self.told.append("同上，上面却是空的。")
        if cell.comment:
            self.notes.append(cell.comment)
        ways: dict[str, Callable[[Col, Cell], None]] = {
            "day": self._day, "time": self._time, "names": self._names, "phones": self._phones,
            "people": self._people, "first": self._first, "receiver": self._receiver,
        }  # fmt: skip
        ways.get(col.as_ or "", self._plain)(col, cell)

    def stored(self) -> Stored:
        """What is stored of it."""
        had = bool(self.one.phones)
        for number, raw in self.named:
            if had and number not in self.one.phones:
                self.notes.append(raw)
            elif number not in self.one.phones:
                self.one.phones.append(number)
            self.told.append("电话写在姓名一栏里。")
        self.one.needs = "；".join(self.needs) or None
        self.one.note = "；".join(self.notes) or None
        return self.one

    def _day(self, col: Col, cell: Cell) -> None:
        self.one.time = self.one.time or self.day.time
        if self.day.rest:
            self.told.append("日期后面的话写进备注。")
            self.notes.append(self.day.rest)

    def _time(self, col: Col, cell: Cell) -> None:
        at, told = read_time(cell)
        self.one.time = at or self.one.time
        dated = re.match(r"\d{4}[-/.]\d\d?[-/.]\d\d?(?=[T\s])", cell.text)
        if at and dated and cell.kind == "s":
            self.notes.append(dated[0])
        self._unread(col, cell, at is None, told)

    def _unread(self, col: Col, cell: Cell, nothing: bool, told: list[str]) -> None:
        """What couldn't be read is told and kept, but for ticks and what says nothing."""
        self.told += told
        if nothing and told and cell.text and cell.text not in {*ERR, *PLACE, *"√✓✔×"}:
            self.notes.append(f"{col.heading}：{cell.text}")

    def _names(self, col: Col, cell: Cell) -> None:
        found = read_names(cell)
        for name, title in zip(found.names, found.titles, strict=True):
            if (name, title) not in zip(self.one.names, self.one.titles, strict=True):
                self.one.names.append(name)
                self.one.titles.append(title)
        self.notes += found.notes
        self.told += found.told
        self.named += found.phones

    def _phones(self, col: Col, cell: Cell) -> None:
        found = read_phones(cell)
        self.one.phones += [n for n in found.in_order() if n not in self.one.phones]
        self.notes += found.notes
        self.told += found.told

    def _people(self, col: Col, cell: Cell) -> None:
        self.one.people, told = read_people(cell)
        self._unread(col, cell, self.one.people is None, told)

    def _first(self, col: Col, cell: Cell) -> None:
        self.one.first, told = read_first(cell, col.heading)
        self._unread(col, cell, self.one.first is None, told)

    def _receiver(self, col: Col, cell: Cell) -> None:
        self.one.receiver, told = read_receiver(cell)
        self.told += told

    def _plain(self, col: Col, cell: Cell) -> None:
        if col.as_ is None and (col.identity or col.number):
            return
        text, told = plain(cell, col.heading)
        self.told += told if col.as_ or cell.kind == "f" else []
        if text and col.as_ == "source":
            self.sources[text] = None
            self.one.source = "；".join(self.sources)
        elif text and col.as_ == "needs":
            self.needs.append(text)
        elif text:
            kept = f"{col.heading}：{text}" if col.heading and col.as_ is None else text
            self.notes.append(kept)


def _same_person(one: Stored, other: Stored) -> bool:
    """On the same day a number in common and no other name; or the same name, where one has no number."""
    if one.day != other.day:
        return False
    if set(one.phones) & set(other.phones):
        pairs = [(a, b) for a in one.names for b in other.names]
        return not pairs or any(a.startswith(b) or b.startswith(a) for a, b in pairs)
    named = [set(zip(side.names, side.titles, strict=True)) for side in (one, other)]
    return not (one.phones and other.phones) and bool(named[0] & named[1])
