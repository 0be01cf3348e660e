"""One definition of a sheet's columns: the page, the A4 sheet and the workbook are all laid out from it.

    KEYS = Sheet("钥匙领用登记表", columns=(Column("钥匙", lambda l: l.key, 10), …), signatures=(…))
    grid = laid_out(KEYS, lines, "paper")

A `Grid` is plain: texts, numbers and strokes. Whatever prints it (HTML, Excel, typst) knows no app.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Literal, TypeVar
from uuid import UUID

Medium = Literal["page", "paper", "workbook"]
Value = str | int | None
EVERYWHERE: tuple[Medium, ...] = ("page", "paper", "workbook")
ERASED = "已按本人要求删除"


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    """One row as a sheet shows it; an app's own lines add what is theirs. link: its page, where rows have different ones."""

    id: UUID
    number: int
    at: datetime
    signed: str
    strokes: Sequence[Sequence[int]] = ()
    receipt: str = ""
    corrects: int | None = None
    corrected_by: int | None = None
    erased: bool = False
    link: str = ""

    @property
    def all_day(self) -> bool:
        """Whether nobody wrote down the time of day."""
        return False

    @property
    def said(self) -> str:
        """Its number as people say it."""
        return str(self.number)


L = TypeVar("L", bound=SheetLine)


@dataclass(frozen=True)
class Column(Generic[L]):
    """One column: its title, what stands in it, its width in a workbook in characters.

    page: the same in the page's words. full: what a copy shows that is handed out with a reason, where it is more. names: tells of the person whose
    words these are, and goes when they are erased. below: on the page it stands small under the column of this
    title, which keeps a phone's screen readable. small: a second line of the title. look: a class of the A4 sheet.
    """

    title: str
    value: Callable[[L], Value]
    width: int
    page: Callable[[L], Value] | None = None
    full: Callable[[L], Value] | None = None
    names: bool = False
    below: str = ""
    small: str = ""
    look: str = ""
    on: tuple[Medium, ...] = EVERYWHERE


@dataclass(frozen=True)
class SignatureColumn(Generic[L]):
    """Whose signature: the strokes, and the words for one who signed without a glass; `under`: small below it."""

    title: str
    strokes: Callable[[L], Sequence[Sequence[int]]]
    otherwise: Callable[[L], str]
    under: Callable[[L], str] | None = None
    width: int = 10


@dataclass(frozen=True)
class Sheet(Generic[L]):
    """A sheet of the trade: its columns, then who signs, then remarks. `foot`: its rule, at the end of the paper."""

    name: str
    columns: tuple[Column[L], ...]
    signatures: tuple[SignatureColumn[L], ...]
    remarks: tuple[Column[L], ...] = ()
    foot: str = ""


@dataclass(frozen=True)
class Head:
    """The head of a column."""

    title: str
    width: int
    small: str = ""
    look: str = ""


@dataclass(frozen=True)
class Cell:
    """What stands in a place of the grid; `span`: over how many columns, `below`: small beneath it."""

    title: str
    value: Value = None
    strokes: Sequence[Sequence[int]] = ()
    below: tuple[Value, ...] = ()
    span: int = 1
    ink: bool = False


@dataclass(frozen=True)
class GridRow(Generic[L]):
    """A row of the grid and the line it was made of."""

    line: L
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid(Generic[L]):
    """A sheet laid out for one medium."""

    name: str
    heads: tuple[Head, ...]
    rows: Iterable[GridRow[L]] = field(default=())
    foot: str = ""

    @property
    def blank(self) -> range:
        """A place for every column, for an empty row to be written on by hand."""
        return range(len(self.heads))


def laid_out(sheet: Sheet[L], lines: Iterable[L], on: Medium, *, full: bool = False) -> Grid[L]:
    """The sheet for a medium; `full` for a copy that is handed out. Rows come one by one for a workbook."""
    columns, remarks = _on(sheet.columns, on), _on(sheet.remarks, on)
    heads = (
        *(Head(c.title, c.width, c.small, c.look) for c in columns),
        *(Head(s.title, s.width, look="ink") for s in sheet.signatures),
        *(Head(c.title, c.width, c.small, c.look) for c in remarks),
    )
    rows = (GridRow(line, tuple(_cells(sheet, line, on, full))) for line in lines)
    return Grid(sheet.name, heads, rows if on == "workbook" else list(rows), sheet.foot)


def _on(columns: Iterable[Column[L]], on: Medium) -> list[Column[L]]:
    return [c for c in columns if on in c.on and not (on == "page" and c.below)]


def _cells(sheet: Sheet[L], line: L, on: Medium, full: bool) -> Iterator[Cell]:
    yield from _plain(sheet, _on(sheet.columns, on), line, on, full)
    for s in sheet.signatures:
        under = (s.under(line),) if s.under and on != "workbook" else ()
        strokes, value = s.strokes(line), s.otherwise(line)
        if on == "workbook" and strokes:
            value = value or "已签"
        yield Cell(s.title, value, strokes, under, ink=True)
    yield from _plain(sheet, _on(sheet.remarks, on), line, on, full)


def _plain(
    sheet: Sheet[L], columns: list[Column[L]], line: L, on: Medium, full: bool
) -> Iterator[Cell]:
    """The cells of these columns; those that named an erased person are one empty place together."""
    gone = [c for c in columns if c.names] if line.erased else []
    for column in columns:
        if column not in gone:
            below = [c for c in (*sheet.columns, *sheet.remarks) if c.below == column.title]
            small = tuple(_value(c, line, on, full) for c in below if on == "page" and on in c.on)
            yield Cell(column.title, _value(column, line, on, full), below=small)
        elif on == "workbook":
            yield Cell(column.title, ERASED if column is gone[0] else "")
        elif column is gone[0]:
            yield Cell(column.title, ERASED, span=len(gone))


def _value(column: Column[L], line: L, on: Medium, full: bool) -> Value:
    if full and column.full:
        return column.full(line)
    return (column.page if on == "page" and column.page else column.value)(line)
