"""An old register looked over before it is read: its sheets and columns, what each seems to be, what must be asked."""

from collections.abc import Sequence
from datetime import date

from yingbin.tables import Line, Sheet, State, Unreadable, open_table
from yingbin.tables.survey import KEPT, LEFT_OUT, ColumnSeen, SheetSeen, Survey, samples

from .book import HIDDEN, why_not, with_nameless
from .columns import Block, Column, Heading, heading_of, plain, unknown_heading
from .dates import day_cell
from .days import ambiguous

_TOP = 200  # lines of a sheet that are looked at
NO_HEADING = "没有找到标题行。要有一行写着「姓名」或「电话」，还有「日期」，下面才是登记。"


def survey_of(data: bytes, file_name: str, today: date) -> Survey:
    """What the file seems to hold. Raises `Unreadable` where it is no table, or has no line that could be a heading."""
    seen: list[SheetSeen] = []
    asked: list[str] = []
    lines = 0
    for n, sheet in enumerate(open_table(data, file_name)):
        top = _top(sheet)
        known = heading_of(top)
        heading = known if known and _whole(known) else known or unknown_heading(top)
        why = HIDDEN.get(sheet.state) if sheet.state != State.SHOWN else None
        why = why or why_not(top, known)
        seen.append(_seen(n, sheet, top, heading, why))
        if heading is not None and why is None:
            below = sum(line.number > heading.line for line in top)
            lines += max(sheet.size - heading.line, below)
            asked += _asked(heading, top, sheet.epoch, today)
    if not any(one.columns for one in seen):
        raise Unreadable(NO_HEADING)
    return Survey(tuple(seen), lines, tuple(dict.fromkeys(asked)))


def _top(sheet: Sheet) -> list[Line]:
    top: list[Line] = []
    for line in sheet.lines:
        top.append(line)
        if len(top) == _TOP:
            break
    return top


def _whole(heading: Heading) -> bool:
    return any(block.whole for block in heading.blocks)


def _seen(
    n: int, sheet: Sheet, top: Sequence[Line], heading: Heading | None, why: str | None
) -> SheetSeen:
    if heading is None:
        return SheetSeen(n, sheet.name, False, why or "", 0)
    below = [line for line in top if line.number > heading.line]
    columns = [
        _column(c, block, sheet, below)
        for block in (with_nameless(b, below, heading) for b in heading.blocks if b.columns)
        for c in block.columns
        if plain(c.heading) or any(not line.cell(c.at).empty for line in below)
    ]
    return SheetSeen(n, sheet.name, why is None, why or "", heading.line, tuple(columns))


def _column(c: Column, block: Block, sheet: Sheet, below: Sequence[Line]) -> ColumnSeen:
    return ColumnSeen(
        at=c.at,
        heading=" ".join(c.heading.split())[:40],
        samples=samples(below, c.at),
        as_=c.as_ or (LEFT_OUT if c.left_out else KEPT),
        hidden=c.at in sheet.hidden_columns,
        why="values" if c.by_values else "",
        table=block.first,
    )


def _asked(heading: Heading, top: Sequence[Line], epoch: int, today: date) -> list[str]:
    below = [line for line in top if line.number > heading.line]
    found = []
    for block in heading.blocks:
        for column in block.of("day"):
            found.append(
                ambiguous((day_cell(line.cell(column.at), epoch) for line in below), today)
            )
    return [text for text in found if text]
