"""What a file's tables seem to hold, shown before anything is read; and what a person chose instead.

A column is taken for a field by its name, `KEPT` in the note, or `LEFT_OUT`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .grid import Line

KEPT, LEFT_OUT = "", "-"
SAMPLES = 3
LONGEST_SAMPLE = 24


@dataclass(frozen=True)
class Field:
    """Something that a line of a table may say.

    many: may stand in several columns. needed: a table without it, or another of the same group, can't be read.
    words: what else stands above such a column, the likeliest first.
    """

    name: str
    label: str
    many: bool = False
    needed: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class ColumnSeen:
    """One column: where (from 0), what stands above it and in it, what it is taken for and why.

    table: the first column's letter where several tables stand side by side.
    """

    at: int
    heading: str
    samples: tuple[str, ...]
    as_: str
    hidden: bool = False
    why: str = ""
    table: str = ""


@dataclass(frozen=True)
class SheetSeen:
    """One sheet: whether it is taken, else why not; the line of its heading, 0 where none was found."""

    number: int
    name: str
    taken: bool
    why: str
    line: int
    columns: tuple[ColumnSeen, ...] = ()


@dataclass(frozen=True)
class Survey:
    """A file before it is read; `lines`: how many it seems to hold; `ambiguous`: days that can be read two ways."""

    sheets: tuple[SheetSeen, ...]
    lines: int
    ambiguous: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetChoice:
    """What a person chose for one sheet: the heading's line, and each column by where it stands."""

    taken: bool
    line: int
    columns: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Choices:
    """What a person chose for a file: sheets by number; `order`: `mdy` or `dmy` for days that nothing settles."""

    sheets: Mapping[int, SheetChoice] = field(default_factory=dict)
    order: str = ""


def samples(lines: Iterable[Line], at: int) -> tuple[str, ...]:
    """The first different texts of a column, shortened, numbers with their middle hidden."""
    found: list[str] = []
    for line in lines:
        cell = line.cell(at)
        text = "" if cell.across or cell.down else cell.text
        if text and text not in found:
            found.append(text)
        if len(found) == SAMPLES:
            break
    return tuple(hidden(_short(text)) for text in found)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SAMPLE else text[: LONGEST_SAMPLE - 1] + "…"


_RUN = re.compile(r"(?<!\d)(\d{3})([ .\-]?)\d{4}(?=[ .\-]?\d{2,})")


def hidden(text: str) -> str:
    """A text in which whatever looks like a telephone or an identity number has its middle hidden."""
    text = re.sub(r"(?<!\d)(\d{3})\d{9,}(\d{2})(?!\d)", r"\1****\2", text)
    return _RUN.sub(r"\1\2****", text)


def head_line(lines: Sequence[Line]) -> Line | None:
    """A line that could be a heading where none is known: the first with several short texts and no figures."""
    for line in lines:
        own = [c.text for c in line.cells if c.text and not c.across and not c.down]
        if len(own) >= 2 and all(len(t) <= 16 and not any(x.isdigit() for x in t) for t in own):
            return line
    return None


def remembered(
    survey: Survey, known: Mapping[str, str], fields: Sequence[Field], rest: str = KEPT
) -> Survey:
    """The survey with what was chosen for the same headings before; a field that is taken already stays where it is.

    rest: what becomes of a column that thereby lost its field.
    """
    if not known:
        return survey
    sheets = (
        replace(s, columns=_remembered(s.columns, known, fields, rest)) for s in survey.sheets
    )
    return replace(survey, sheets=tuple(_taken(s, fields) for s in sheets))


def _remembered(
    columns: tuple[ColumnSeen, ...], known: Mapping[str, str], fields: Sequence[Field], rest: str
) -> tuple[ColumnSeen, ...]:
    single = {f.name for f in fields if not f.many}
    claimed = {(c.table, known[c.heading]) for c in columns if known.get(c.heading) in single}
    made = []
    for c in columns:
        if c.heading in known:
            same = known[c.heading] == c.as_
            made.append(c if same else replace(c, as_=known[c.heading], why="memory"))
        elif (c.table, c.as_) in claimed:
            made.append(replace(c, as_=rest, why=""))
        else:
            made.append(c)
    return tuple(made)


def _taken(sheet: SheetSeen, fields: Sequence[Field]) -> SheetSeen:
    """A sheet that nothing but its headings kept out is taken once they are known."""
    if sheet.taken or not sheet.line or not sheet.columns or missing(sheet.columns, fields):
        return sheet
    known = any(c.why == "memory" for c in sheet.columns)
    return replace(sheet, taken=True, why="") if known else sheet


def missing(columns: Iterable[ColumnSeen], fields: Sequence[Field]) -> list[str]:
    """The labels of what a table can't be read without and no column holds."""
    return lacking({c.as_ for c in columns}, fields)


def lacking(held: set[str], fields: Sequence[Field]) -> list[str]:
    """The labels of what is needed and not held; fields of one group stand for each other."""
    groups: dict[str, list[Field]] = {}
    for one in fields:
        if one.needed:
            groups.setdefault(one.needed, []).append(one)
    return [
        "或".join(f.label for f in g) for g in groups.values() if not held & {f.name for f in g}
    ]


def twice(held: Sequence[str], fields: Sequence[Field]) -> list[str]:
    """The labels of fields that several columns of one table claim and only one may."""
    return [f.label for f in fields if not f.many and held.count(f.name) > 1]


def proposed(survey: Survey) -> Choices:
    """Every sheet and column as the survey proposes it."""
    sheets = survey.sheets
    return Choices(
        {s.number: SheetChoice(s.taken, s.line, {c.at: c.as_ for c in s.columns}) for s in sheets}
    )
