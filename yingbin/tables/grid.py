"""What a file of tables is made of: sheets, lines, cells, with what a person sees and what was only meant."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

Value = str | int | float | bool | datetime | date | time | None
ERRORS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
FIRST_DAY = {1900: datetime(1899, 12, 30), 1904: datetime(1904, 1, 1)}


class Unreadable(Exception):
    """The file can't be read; the message says in Chinese what it is and the way out."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class State(StrEnum):
    """Whether a sheet can be seen in the office program."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    VERY_HIDDEN = "very hidden"


@dataclass(slots=True)
class Cell:
    """One cell: its value, the text a person reads, and what about it isn't plain to see.

    format: the number format as the file names it. formula: a formula whose result isn't stored.
    across, down: the text of a merged area that begins in a cell further left, further up.
    """

    value: Value = None
    text: str = ""
    format: str = ""
    comment: str = ""
    struck: bool = False
    formula: bool = False
    across: bool = False
    down: bool = False

    @property
    def error(self) -> bool:
        """Whether the cell shows a calculation that failed."""
        return self.text.upper() in ERRORS

    @property
    def empty(self) -> bool:
        """Whether nothing at all stands here."""
        return not self.text and not self.formula


NOTHING = Cell()


@dataclass(slots=True)
class Line:
    """One line with its number as the office program shows it."""

    number: int
    cells: list[Cell]
    hidden: bool = False

    def cell(self, column: int) -> Cell:
        """The cell in a column counted from 0; an empty one beyond the last."""
        return self.cells[column] if column < len(self.cells) else NOTHING

    @property
    def empty(self) -> bool:
        """Whether no cell of its own holds anything."""
        return all(c.empty or c.across or c.down for c in self.cells)


@dataclass
class Sheet:
    """One table of a file; `lines` are read as they are asked for, once. size: how many it seems to have."""

    name: str
    lines: Iterator[Line]
    state: State = State.SHOWN
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    epoch: int = 1900
    size: int = 0


def letter(column: int) -> str:
    """The name of a column counted from 0: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOISE = re.compile(
    r"[\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff\ud800-\udfff\x00-\x08\x0e-\x1f]"
)
_GUARDED = re.compile(r'=\s*"(.*)"', re.DOTALL)


def plain(text: str) -> str:
    """A text without what only programs see: guards, escapes, invisible marks, doubled blanks."""
    text = _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)
    guarded = _GUARDED.fullmatch(text.strip())
    text = guarded[1].replace('""', '"') if guarded else text
    text = re.sub(r"\s+", " ", _NOISE.sub("", text)).strip()
    return text.removeprefix("'").strip()


def folded(text: str) -> str:
    """A text with full-width letters, figures and marks as the narrow ones: for reading, not for keeping."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def shown(value: Value, form: str = "") -> str:
    """A value as its cell shows it: numbers without exponent or `.0`, decimals as the format asks."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M" if value.time() != time() else "%Y-%m-%d")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, float):
        return _number(value, form)
    return plain(str(value))


def _number(value: float, form: str) -> str:
    places = re.fullmatch(r"#?,?#*0\.(0+)(?:_.)?", form.split(";", maxsplit=1)[0])
    if places:
        return f"{value:.{len(places[1])}f}"
    if value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    return format(Decimal(repr(value)), "f")
