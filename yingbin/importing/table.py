"""Files that are plain tables: one heading, below it one thing a line. A kind of such a file says its fields and what
a line means; finding the heading, proposing the columns and reading the lines is done here.
"""

import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import ClassVar, NamedTuple, TypeVar

from yingbin.rules.decision import Refused
from yingbin.tables import Line, Sheet, State, Unreadable, open_table
from yingbin.tables.grid import folded
from yingbin.tables.survey import (
    LEFT_OUT,
    Choices,
    ColumnSeen,
    Field,
    SheetChoice,
    SheetSeen,
    Survey,
    head_line,
    missing,
    samples,
)
from yingbin.tables.unpacking import Limits
from yingbin.tables.workbooks import LIMITS

from .declared import Checked, ColumnTold, Importer, Kept, Read, SheetTold
from .models import ImportRow
from .uploads import Setting

T = TypeVar("T", bound=Kept)
TOP = 200  # lines of a sheet that are looked at for a heading and samples
SEARCHED = 20  # lines among which the heading is looked for
BLANK = 20_000  # lines that may be looked through, most of them blank
_BRACKETS = re.compile(r"[(\[【<].*?[)\]】>]")
HIDDEN = "隐藏的，没有读。要读就勾选。"
NO_HEADING = "没有找到标题行，没有读。"


class Heading(NamedTuple):
    """A sheet's heading: its line, and for each column what it is taken for."""

    line: Line
    columns: Mapping[int, str]


class TableImporter(Importer[T, Sequence[ImportRow]]):
    """A kind of import whose file is a plain table, each cell a text.

    most: how many lines a file may have, `too_many` the refusal. size: bytes, `too_big` the refusal. limits: what
    a workbook may unpack to. totals: words in the first field of a line that is a sum and nothing to take.
    carried: fields whose empty cells say what stands above them, the widest first; a wider one that changes says the
    narrower ones anew.
    """

    most: ClassVar[int]
    too_many: ClassVar[str]
    size: ClassVar[int]
    too_big: ClassVar[str]
    limits: ClassVar[Limits] = LIMITS
    totals: ClassVar[frozenset[str]] = frozenset({"合计", "总计", "小计", "共计"})
    carried: ClassVar[tuple[str, ...]] = ()
    rest = LEFT_OUT

    @abstractmethod
    def line(self, texts: Mapping[str, str]) -> T:
        """What a line says, by the names of the fields; one that has no column says ''."""

    def over(self, title: str) -> Mapping[str, str]:
        """What a title says of the lines below it: a sheet's name, or a line with nothing else in it; nothing, mostly."""
        return {}

    def survey(self, data: bytes, file_name: str, today: date) -> Survey:
        """Its sheets and columns; those are proposed that hold all that is needed."""
        found = [_Seen(self.fields, n, s) for n, s in enumerate(self._sheets(data, file_name))]
        if not any(one.columns for one in found):
            words = "」「".join(f.label for f in self.fields[:3])
            raise Unreadable(f"没有找到标题行。前几行里要有一行写着「{words}」等标题。")
        whole = [one for one in found if one.may_be_read and not missing(one.columns, self.fields)]
        taken = whole or [one for one in found if one.may_be_read][:1]
        return Survey(
            tuple(one.seen(one in taken) for one in found), sum(one.size for one in taken)
        )

    def _sheets(self, data: bytes, file_name: str) -> list[Sheet]:
        if len(data) > self.size:
            raise Unreadable(self.too_big)
        return open_table(data, file_name, self.limits)

    def read(
        self,
        data: bytes,
        file_name: str,
        told: Mapping[str, Setting],
        choices: Choices,
        today: date,
    ) -> Read[T]:
        """Every line below the headings, by the columns that were chosen."""
        lines: list[Checked[T]] = []
        sheets: list[SheetTold] = []
        columns: list[ColumnTold] = []
        try:
            for n, sheet in enumerate(self._sheets(data, file_name)):
                choice = choices.sheets.get(n)
                taken = choice is not None and choice.taken
                sheets.append(
                    {"sheet": sheet.name, "taken": taken, "why": None if taken else "没有选。"}
                )
                if choice and taken:
                    for one in self._lines(sheet, choice, columns):
                        lines.append(one)
                        if len(lines) > self.most:
                            raise Refused(self.clause, self.too_many)
        except Unreadable as no:
            raise Refused(self.clause, no.message) from None
        return Read(lines, sheets, columns)

    def _lines(
        self, sheet: Sheet, choice: SheetChoice, columns: list[ColumnTold]
    ) -> Iterator[Checked[T]]:
        """The lines of one sheet that say anything; its columns are added to those of the file."""
        head: list[str] = []
        above = dict(self.over(sheet.name))
        for line in sheet.lines:
            texts = [folded(cell.text) for cell in line.cells]
            if line.number == choice.line:
                head = texts
                columns += _told(sheet.name, head, choice)
            if line.number <= choice.line or not line.cells or texts == head:
                continue
            if line.number > max(BLANK, 2 * self.most):
                raise Refused(
                    self.clause, "表格里有太多空行。请把有内容的行复制到新的表格里再上传。"
                )
            one = self._checked(sheet.name, line, choice, above)
            if any(one.cells.values()):
                yield one

    def _checked(
        self, sheet: str, line: Line, choice: SheetChoice, above: dict[str, str]
    ) -> Checked[T]:
        cells = {f.name: _joined(line, f.name, choice) for f in self.fields}
        one: Checked[T] = Checked(sheet[:40], line.number, cells)
        one.faults = list(_unreadable(self.fields, line, choice))
        alone = {text for cell in line.cells if (text := folded(cell.text))}
        if len(alone) == 1 and (title := self.over(*alone)):
            _carry(self.carried, dict(title), above)
            one.skipped, one.warnings = True, ["是标题，下面的行照它读。"]
            return one
        if any(cells.values()):
            _carry(self.carried, cells, above)
        if cells[self.fields[0].name].replace(" ", "") in self.totals:
            one.skipped, one.warnings = True, ["是合计，不是要收的行。"]
        elif not one.faults:
            one.told = self.line(cells)
        return one


class _Seen:
    """One sheet as it is looked over."""

    def __init__(self, fields: Sequence[Field], number: int, sheet: Sheet) -> None:
        self.number, self.sheet = number, sheet
        top = [line for line, _ in zip(sheet.lines, range(TOP), strict=False)]
        known = _heading(top, fields)
        line = known.line if known else head_line(top[:SEARCHED])
        self.line = line.number if line else 0
        self.may_be_read = known is not None and sheet.state == State.SHOWN
        below = [one for one in top if one.number > self.line]
        filled = sum(any(not c.empty for c in one.cells) for one in below)
        # What a workbook says of its size counts lines that are only formatted.
        self.size = filled if len(top) < TOP else max(sheet.size - self.line, filled)
        self.columns = _columns(line, below, known, sheet) if line else ()

    def seen(self, taken: bool) -> SheetSeen:
        """As the page shows it."""
        why = "" if self.may_be_read else NO_HEADING
        if self.sheet.state != State.SHOWN:
            why = HIDDEN
        return SheetSeen(self.number, self.sheet.name, taken, why, self.line, self.columns)


def bare(heading: str) -> str:
    """A heading's bare word: `手机 (必填)*` is 手机."""
    return re.sub(r"[\s*:]", "", _BRACKETS.sub("", folded(heading))).casefold()


def _heading(top: Sequence[Line], fields: Sequence[Field]) -> Heading | None:
    """The first line with the first field's word; titles above it are passed over."""
    for line in top[:SEARCHED]:
        words = [bare(cell.text) for cell in line.cells]
        found: dict[int, str] = {}
        for one in fields:
            asked = (bare(one.label), *(bare(w) for w in one.words))
            at = [words.index(w) for w in asked if w in words]
            found |= dict.fromkeys((n for n in (at if one.many else at[:1])), one.name)
        if fields[0].name in found.values():
            return Heading(line, found)
    return None


def _columns(
    head: Line, below: Sequence[Line], known: Heading | None, sheet: Sheet
) -> tuple[ColumnSeen, ...]:
    """Every column with a heading or something in it."""
    wide = max((len(line.cells) for line in [head, *below]), default=0)
    asked = known.columns if known else {}
    seen = (
        ColumnSeen(
            at=n,
            heading=" ".join(head.cell(n).text.split())[:40],
            samples=samples(below, n),
            as_=asked.get(n, LEFT_OUT),
            hidden=n in sheet.hidden_columns,
        )
        for n in range(wide)
    )
    return tuple(one for one in seen if one.heading or one.samples)


def _told(sheet: str, head: Sequence[str], choice: SheetChoice) -> Iterator[ColumnTold]:
    for at, as_ in choice.columns.items():
        heading = head[at] if at < len(head) else ""
        left_out = as_ == LEFT_OUT
        yield {
            "sheet": sheet,
            "heading": heading,
            "as": None if left_out else as_,
            "left_out": left_out,
        }


def _carry(carried: Sequence[str], cells: dict[str, str], above: dict[str, str]) -> None:
    """Fills empty cells with what stands above them, and keeps what stands here for the lines below."""
    for n, name in enumerate(carried):
        if cells.get(name):
            for narrower in carried[n + 1 :] if cells[name] != above.get(name) else ():
                above.pop(narrower, None)
            above[name] = cells[name]
        else:
            cells[name] = above.get(name, "")


def _joined(line: Line, name: str, choice: SheetChoice) -> str:
    texts = (folded(line.cell(at).text) for at, as_ in choice.columns.items() if as_ == name)
    return "、".join(t for t in texts if t)


def _unreadable(
    fields: Sequence[Field], line: Line, choice: SheetChoice
) -> Iterator[tuple[str, str, str]]:
    """Cells of a field that show a calculation that failed, or one whose result isn't in the file."""
    labels = {f.name: f.label for f in fields}
    for at, as_ in choice.columns.items():
        cell = line.cell(at)
        if as_ in labels and cell.error:
            yield labels[as_], cell.text, "是算错的公式，请改成文字。"
        elif as_ in labels and cell.formula and not cell.text:
            yield labels[as_], "", "是没有存下结果的公式。请用 Excel 或 WPS 打开、保存后再上传。"
