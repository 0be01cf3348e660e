"""An old register read whole: every sheet, every column, every line, with what would be stored of it."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from yingbin.tables import Line, Sheet, State, open_table
from yingbin.tables.survey import Choices, SheetChoice

from .columns import Block, Column, Heading, chosen_block, chosen_heading, heading_of, ids
from .dates import DayCell, day_cell
from .days import Around, Day, Told, settled, told_in, written_whole
from .entries import ORPHAN, Entry, entry_of, texts_of
from .skipping import DITTO, why_skipped

HIDDEN = {
    State.HIDDEN: "这张表在文件里是隐藏的，没有读。",
    State.VERY_HIDDEN: "这张表在文件里是深度隐藏的，没有读。",
}


@dataclass(frozen=True)
class Options:
    """What the file itself doesn't say: the area code of bare landlines, whose year bare days are, what was chosen."""

    area: str = ""
    year: int | None = None
    choices: Choices = field(default_factory=Choices)


@dataclass
class SheetRead:
    """One sheet: whether it is taken, else why not, in Chinese."""

    sheet: str
    taken: bool
    why: str | None = None


@dataclass
class ColumnRead:
    """One column and what it is taken for; `hidden`: nobody sees it in the office program."""

    sheet: str
    heading: str
    as_: str | None
    hidden: bool = False
    left_out: bool = False

    def to_json(self) -> dict[str, Any]:
        """In the contract's form."""
        return {"sheet": self.sheet, "heading": self.heading, "as": self.as_}


@dataclass
class RowRead:
    """One line: taken with what would be stored, refused, or skipped; and what a person should know of it.

    cells: what stands there by field. faults: heading, text and why, of a line that is refused.
    """

    sheet: str
    line: int
    state: str
    told: list[str]
    stored: Entry | None = None
    column: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    faults: list[tuple[str, str, str]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """In the contract's form."""
        made: dict[str, Any] = {
            "sheet": self.sheet,
            "line": self.line,
            "state": self.state,
            "told": [*(why for _, _, why in self.faults), *self.told],
            "stored": self.stored.to_json() if self.stored else None,
        }
        return made | ({"column": self.column} if self.column else {})


@dataclass
class Book:
    """The whole file as it was understood."""

    sheets: list[SheetRead] = field(default_factory=list)
    columns: list[ColumnRead] = field(default_factory=list)
    rows: list[RowRead] = field(default_factory=list)

    def to_json(self, *, rows: bool = True) -> dict[str, Any]:
        """In the contract's form; without the rows where only sheets and columns are wanted."""
        return {
            "sheets": [asdict(s) for s in self.sheets],
            "columns": [c.to_json() for c in self.columns],
            "rows": [r.to_json() for r in self.rows if rows],
        }


@dataclass
class _Loaded:
    """A sheet with all its lines and where its heading stands."""

    sheet: Sheet
    lines: list[Line]
    heading: Heading | None
    why: str | None
    choice: SheetChoice | None = None
    title: Told = field(default_factory=Told)
    name: Told = field(default_factory=Told)
    days: list[date] = field(default_factory=list)


def read_book(data: bytes, file_name: str, today: date, options: Options | None = None) -> Book:
    """Reads an old register. Raises `Unreadable` for a file that is no table."""
    said = options or Options()
    loaded = [
        _load(sheet, said.choices.sheets.get(n))
        for n, sheet in enumerate(open_table(data, file_name))
    ]
    for one in loaded:
        one.title, one.name = _title(one), told_in(one.sheet.name, "表名")
        one.days = _whole_days(one, today, said) if len(loaded) > 1 else []
    book = Book()
    for n, one in enumerate(loaded):
        taken = one.why is None and one.heading is not None
        book.sheets.append(SheetRead(one.sheet.name, taken, one.why))
        if one.heading is not None and taken:
            around = _around(loaded, n, today, said)
            for block in one.heading.blocks:
                if block.whole:
                    _read_block(book, one, block, around, said.area)
    return book


def _load(sheet: Sheet, choice: SheetChoice | None) -> _Loaded:
    if choice and not choice.taken:
        return _Loaded(sheet, [], None, HIDDEN.get(sheet.state, "上传时选了不读这张表。"))
    if sheet.state != State.SHOWN and choice is None:
        return _Loaded(sheet, [], None, HIDDEN[sheet.state])
    lines = list(sheet.lines)
    heading = heading_of(lines)
    if choice and choice.line:
        heading = chosen_heading(heading, lines, choice)
    return _Loaded(sheet, lines, heading, why_not(lines, heading), choice)


def why_not(lines: Sequence[Line], heading: Heading | None) -> str | None:
    """Why no register can be read from a sheet, in Chinese; None where one can."""
    if all(line.empty for line in lines):
        return "这张表是空的。"
    if heading is None:
        return "没有找到标题行：要有一行写着「姓名」或「电话」，还有「日期」。"
    if any(block.whole for block in heading.blocks):
        return None
    has = {c.as_ for block in heading.blocks for c in block.columns}
    return "没有找到写来访日期的列。" if "day" not in has else "没有找到写姓名或电话的列。"


# What stands around


def _around(loaded: Sequence[_Loaded], n: int, today: date, options: Options) -> Around:
    """What is known around a sheet; a year that the uploader named counts before all others."""
    title = loaded[n].title
    if options.year:
        title = replace(title, where="上传时填的年份", year=options.year)
    return Around(today, title, loaded[n].name, _beside(loaded, n), options.choices.order)


def _title(one: _Loaded) -> Told:
    found = Told()
    last = one.heading.line if one.heading else 0
    for line in one.lines:
        if line.number >= last:
            break
        for cell in line.cells:
            if cell.text and not cell.across and not cell.down:
                said = told_in(cell.text, "表头")
                found = Told(
                    "表头",
                    found.year or said.year,
                    found.month or said.month,
                    found.day or (said.day if said.year else None),
                )
    return found


def _whole_days(one: _Loaded, today: date, options: Options) -> list[date]:
    """The days of a sheet whose cells name day, month and year, in the order of their lines."""
    if one.heading is None:
        return []
    around = Around(today, one.title, one.name, order=options.choices.order)
    found: dict[int, date] = {}
    for block in one.heading.blocks:
        below = [n for n in one.lines if n.number > one.heading.line and not why_skipped(n, block)]
        for column in block.of("day"):
            cells = {n.number: day_cell(n.cell(column.at), one.sheet.epoch) for n in below}
            found |= written_whole(cells, around)
    return [found[line] for line in sorted(found)]


def _beside(loaded: Sequence[_Loaded], n: int) -> list[Told]:
    """What the other sheets say, the nearest first, the earlier of two equally near.

    Of each its title, its name, and the day nearest to this sheet: its last where it stands before, else its first.
    """
    others = sorted((m for m in range(len(loaded)) if m != n), key=lambda m: (abs(m - n), m > n))
    found = []
    for m in others:
        other, where = loaded[m], f"「{loaded[m].sheet.name}」"
        nearest = other.days[-1 if m < n else 0 :][:1]
        says = [other.title, other.name, *(Told(where, d.year, d.month) for d in nearest)]
        found += [Told(where, s.year, s.month) for s in says if s.year or s.month]
    return found


# One table


def _read_block(book: Book, one: _Loaded, block: Block, around: Around, area: str) -> None:
    assert one.heading is not None
    below = [line for line in one.lines if line.number > one.heading.line]
    block = with_nameless(block, below, one.heading)
    if one.choice:
        block = chosen_block(block, one.choice)
    hidden = one.sheet.hidden_columns
    name = one.sheet.name
    book.columns += [
        ColumnRead(name, c.heading, c.as_, c.at in hidden, c.left_out) for c in block.columns
    ]
    lines = [line for line in below if _has_own(line, block)]
    skipped = {line.number: why_skipped(line, block) for line in lines}
    visits = list(_undittoed([line for line in lines if not skipped[line.number]], block))
    at = block.of("day")[0].at
    cells: dict[int, DayCell] = {v.number: day_cell(v.cell(at), one.sheet.epoch) for v in visits}
    days = settled(cells, around)
    entries = {v.number: v for v in visits}
    rows: list[RowRead] = []
    for line in lines:
        why = skipped[line.number]
        if why:
            said = texts_of(line, block)
            rows.append(RowRead(name, line.number, "skip", [why], None, block.first, said))
        else:
            rows.append(_row(name, entries[line.number], block, days[line.number], area))
    _same_people(rows)
    book.rows += rows


def with_nameless(block: Block, below: Sequence[Line], heading: Heading) -> Block:
    """Columns with values and no heading belong to the table too; between tables, to the one on their left."""
    have = {c.at for b in heading.blocks for c in b.columns}
    starts = sorted(b.columns[0].at for b in heading.blocks if b.columns)
    mine = block.columns[0].at
    after = min((s for s in starts if s > mine), default=None)
    width = max((len(line.cells) for line in below), default=0)
    more = [
        Column(at, "", None, left_out=ids(below, at))
        for at in range(0 if mine == starts[0] else mine, width if after is None else after)
        if at not in have and any(_own_text(line, at) for line in below)
    ]
    columns = tuple(sorted((*block.columns, *more), key=lambda c: c.at))
    return Block(columns, block.first)


def _own_text(line: Line, at: int) -> bool:
    cell = line.cell(at)
    return not cell.empty and not cell.across and not cell.down


def _has_own(line: Line, block: Block) -> bool:
    return any(_own_text(line, c.at) for c in block.columns)


def _undittoed(lines: Sequence[Line], block: Block) -> Iterator[Line]:
    """The lines with 同上 and its marks replaced by what stands above."""
    above: Line | None = None
    for line in lines:
        cells = list(line.cells)
        for c in block.columns:
            if c.at < len(cells) and cells[c.at].text in DITTO:
                said = above.cell(c.at) if above else ORPHAN
                cells[c.at] = replace(said, comment=cells[c.at].comment)
        above = Line(line.number, cells, line.hidden)
        yield above


def _row(sheet: str, line: Line, block: Block, day: Day, area: str) -> RowRead:
    entry, told, faults = entry_of(line, block, day, area)
    said = texts_of(line, block)
    state = "refuse" if faults else "take"
    return RowRead(sheet, line.number, state, told, entry, block.first, said, faults)


def _same_people(rows: Sequence[RowRead]) -> None:
    """Tells of lines for the same person on the same day: the same number and no other name, or the same name."""
    seen: dict[tuple[str, str], list[RowRead]] = {}
    for row in rows:
        if row.stored is None:
            continue
        keys = [(row.stored.day, mark) for mark in (*row.stored.phones, *row.stored.names)]
        others = [other for key in keys for other in seen.get(key, [])]
        same = next((o for o in others if o.stored and row.stored.same_person(o.stored)), None)
        if same is not None:
            row.told.append(f"与第 {same.line} 行是同一天同一人。")
        for key in keys:
            seen.setdefault(key, []).append(row)
