"""What an app says of a kind of import: its fields, how a file is read, taken in and taken back."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, ClassVar, Generic, Protocol, TypedDict, TypeVar
from uuid import UUID

from django.utils.module_loading import import_string

from yingbin.journal.action import Acting
from yingbin.journal.write import Pen
from yingbin.pages.wing import paths
from yingbin.tables.survey import KEPT, Choices, Field, Survey

from .models import ImportRow, ImportRun
from .uploads import Setting, UploadForm


class Kept(Protocol):
    """What one line says, in the form in which it is kept between reading and applying."""

    @property
    def mark(self) -> str:
        """By which an erasure finds the line: a telephone number, or nothing."""

    def to_json(self) -> dict[str, Any]:
        """As JSON, for keeping."""


T = TypeVar("T", bound=Kept)
T_contra = TypeVar("T_contra", bound=Kept, contravariant=True)
R = TypeVar("R")


class SheetTold(TypedDict):
    """One sheet of the file: taken, or why not."""

    sheet: str
    taken: bool
    why: str | None


# One column and what it was taken for; None: kept in the note or left out.
ColumnTold = TypedDict(
    "ColumnTold", {"sheet": str, "heading": str, "as": str | None, "left_out": bool}
)


@dataclass
class Checked(Generic[T]):
    """One line with what stands there and what is wrong with it: (column, value, why).

    skipped: it is nothing to take (a total, a heading again …), and `warnings` says why.
    """

    sheet: str
    line: int
    cells: dict[str, str]
    told: T | None = None
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    skipped: bool = False


@dataclass(frozen=True)
class Read(Generic[T]):
    """A file as it was understood: its lines; every sheet and every column, for showing what was left out."""

    lines: list[Checked[T]]
    sheets: Sequence[SheetTold]
    columns: Sequence[ColumnTold]


class Forecast(Protocol[T_contra]):
    """What will become of each line, by the very steps of taking it in."""

    def look_up(self, told: Sequence[T_contra]) -> None:
        """Asks the database whatever the lines that come next need."""

    def judge(self, row: ImportRow, told: T_contra) -> None:
        """Puts on the row what will become of it."""


@dataclass(frozen=True)
class Value:
    """Something that will be stored, and the file's own text where that differs."""

    label: str
    stored: str
    written: str = ""


@dataclass(frozen=True)
class Met:
    """Someone or something known that a line is about, as it may be shown."""

    called: str
    phone: str = ""


@dataclass(frozen=True)
class Words:
    """How the pages of this kind speak: titles, hints.

    home: where rows go (登记册). subject: whom a new line makes (客户). fold: above what the file doesn't say.
    give, give_hint: the choice that gives what lines are about to the colleagues named in them.
    known, again: what a line is called that is about somebody known, that repeats what is there.
    undone: what an undo took back. report_hint: of the download of refused lines. blank: how a blank sheet is offered.
    """

    title: str
    home: str
    subject: str
    file_hint: str
    begin_hint: str
    none_yet: str
    fold: str = ""
    give: str = ""
    give_hint: str = ""
    undo_hint: str = ""
    undone: str = ""
    report_hint: str = ""
    known: str = "并入已有"
    again: str = "重复"
    blank: str = ""


@dataclass(frozen=True)
class NextStep:
    """What is to be done once a file was taken in: the page, what its button says, a hint."""

    address: str
    label: str
    hint: str = ""


class Importer(ABC, Generic[T, R]):
    """A kind of import. Its instance is named by its app's wing.

    journal: what the kinds of its entries begin with. namespace: of its pages. person: the key of a kept line
    under which a colleague's name stands, if one does. chunk: how many lines one write takes. cells: what of a
    line goes into the sheet of those not taken: key, title, width. rest: what becomes of a column of no field:
    `KEPT` in a note, or `LEFT_OUT` where nothing keeps it. own: a file is seen and taken in only by whoever
    uploaded it. kept_for: after which what nobody took in and what stands in refused lines is forgotten.
    """

    kind: ClassVar[str]
    journal: ClassVar[str]
    clause: ClassVar[str | None]
    permission: ClassVar[str]
    namespace: ClassVar[str]
    fields: ClassVar[Sequence[Field]]
    words: ClassVar[Words]
    form: ClassVar[type[UploadForm]]
    cells: ClassVar[Sequence[tuple[str, str, int]]]
    person: ClassVar[str] = ""
    chunk: ClassVar[int] = 100
    rest: ClassVar[str] = KEPT
    own: ClassVar[bool] = False
    kept_for: ClassVar[timedelta] = timedelta(days=30)

    @abstractmethod
    def survey(self, data: bytes, file_name: str, today: date) -> Survey:
        """What the file seems to hold. Raises `Unreadable` in words."""

    @abstractmethod
    def read(
        self,
        data: bytes,
        file_name: str,
        told: Mapping[str, Setting],
        choices: Choices,
        today: date,
    ) -> Read[T]:
        """Every line of the file. Raises `Refused` in words."""

    @abstractmethod
    def kept(self, told: Mapping[str, Any]) -> T:
        """What a line says, as it was kept."""

    @abstractmethod
    def forecast(self, run: ImportRun) -> Forecast[T]:
        """A forecast at the beginning of a file."""

    @abstractmethod
    def prepare(self, run: ImportRun, rows: Sequence[ImportRow], at: datetime) -> R:
        """What can be made of a chunk before the site's lock is held."""

    @abstractmethod
    def take(self, pen: Pen, run: ImportRun, prepared: R) -> None:
        """Takes a chunk in (inside a write of the site its lines belong to) and says on its rows what became of them.

        A line that can't be taken any more is told on its row, not by `Refused`: nobody is there to hear it.
        """

    @abstractmethod
    def withdraw(self, pen: Pen, run: ImportRun, rows: Sequence[ImportRow]) -> None:
        """Takes back what these rows made (inside a write of their site), unless something else has happened to it since."""

    @abstractmethod
    def values(self, row: ImportRow) -> list[Value]:
        """What will be stored of a line, beside the file's own text where that differs; phones masked."""

    def again(self, row: ImportRow) -> str:
        """Why a line repeats what is there already, in one sentence."""
        return f"与第 {row.same_as} 行重复。" if row.same_as else "已经有了。"

    def notes(self, run: ImportRun) -> Sequence[str]:
        """What should be known besides the lines before somebody takes the file in."""
        return ()

    def met(self, site_id: UUID, rows: Iterable[ImportRow]) -> Mapping[UUID, Met]:
        """Whom or what these rows are about, as far as it is known already: one query."""
        return {}

    def colleagues(self, site_id: UUID, at: datetime) -> Mapping[str, UUID]:
        """The people that a name in a line may mean."""
        return {}

    def blank(self, acting: Acting) -> bytes:
        """A blank sheet to be filled in, where `words.blank` offers one."""
        raise NotImplementedError

    def next_step(self, run: ImportRun, acting: Acting) -> NextStep | None:
        """What this person has to do now that the file was taken in, if anything."""
        return None

    def handed_out(self, acting: Acting, why: str, rows: int) -> None:
        """Records that lines of a file leave the house."""


AnyImporter = Importer[Any, Any]


@cache
def importers() -> Mapping[str, AnyImporter]:
    """Every importer that a wing names, by its kind."""
    found = [import_string(path) for path in paths("importers")]
    return {one.kind: one for one in found}


def importer_of(kind: str) -> AnyImporter:
    """The importer of this kind. Raises KeyError where no app declares one."""
    return importers()[kind]
