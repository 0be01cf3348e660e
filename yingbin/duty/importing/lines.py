"""One line of a roster's sheet, and how sheets are looked over and read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from yingbin.importing.declared import Checked, ColumnTold
from yingbin.tables import Line, Sheet, State
from yingbin.tables.grid import Cell, folded
from yingbin.tables.survey import LEFT_OUT, ColumnSeen, Field, SheetChoice, SheetSeen, samples

from .months import dated, days_above, heading, month_said

FIELDS = (
    Field("name", "姓名", needed="name", words=("名字", "员工", "员工姓名", "人员", "人员姓名")),
    Field("post", "岗位", words=("常在岗位", "所在岗位", "工作岗位")),
    Field("day", "某一天的班", many=True, needed="day"),
)
TOP = 60  # lines looked at for a heading and samples
LONGEST = 400  # lines of a roster, blank ones too
_WEEK = frozenset("一二三四五六日天")
_NOT_PEOPLE = frozenset({"姓名", "星期", "合计", "总计", "小计", "备注", "说明", "班次", "代号"})


@dataclass(frozen=True)
class RosterLine:
    """What a line says: whose it is, their usual post, and a mark a day; a blank cell says ""."""

    name: str = ""
    post: str = ""
    days: Mapping[date, str] = field(default_factory=dict)
    mark = ""  # a customer's telephone, which no roster holds

    def to_json(self) -> dict[str, object]:
        """For keeping between reading and taking in."""
        days = {day.isoformat(): mark for day, mark in self.days.items()}
        return {"name": self.name, "post": self.post, "days": days}

    @classmethod
    def of(cls, told: Mapping[str, object]) -> "RosterLine":
        """As it was kept."""
        days = told.get("days")
        assert isinstance(days, dict)
        kept = {date.fromisoformat(day): str(mark) for day, mark in days.items()}
        return cls(str(told["name"]), str(told["post"]), kept)


class SheetView:
    """One sheet as it is looked over: where its days and names stand, and which month its titles name."""

    def __init__(self, number: int, sheet: Sheet) -> None:
        self.number, self.sheet = number, sheet
        self.top = [line for line, _ in zip(sheet.lines, range(TOP), strict=False)]
        self.head = heading(self.top)
        self.may_be_read = self.head is not None and sheet.state == State.SHOWN

    @property
    def line(self) -> int:
        """The number of the line that names the days; 0 where none does."""
        return self.head.number if self.head else 0

    def seen(self, taken: bool) -> SheetSeen:
        """As the page shows it."""
        why = "" if self.may_be_read else "没有找到写着日期的一行，没有读。"
        if self.sheet.state != State.SHOWN:
            why = "隐藏的，没有读。要读就勾选。"
        return SheetSeen(self.number, self.sheet.name, taken, why, self.line, self._columns())

    def _columns(self) -> tuple[ColumnSeen, ...]:
        if self.head is None:
            return ()
        days = days_above(self.head)
        known = dict.fromkeys(days, "day") | self._words(min(days))
        below = [line for line in self.top if line.number > self.line]
        wide = max(len(line.cells) for line in [self.head, *below])
        seen = (
            ColumnSeen(
                at=n, heading=self._heading(n)[:40], samples=samples(below, n),
                as_=known.get(n, LEFT_OUT), hidden=n in self.sheet.hidden_columns,
            )
            for n in range(wide)
        )  # fmt: skip
        return tuple(one for one in seen if one.heading or one.samples)

    def _heading(self, column: int) -> str:
        assert self.head is not None
        return " ".join(self.head.cell(column).text.split())

    def _words(self, before: int) -> dict[int, str]:
        """The columns of names and posts: by their words at the days' line or around it, names else in the last one before."""
        near = [line for line in self.top if abs(line.number - self.line) <= 2]
        found: dict[int, str] = {}
        for one in FIELDS[:2]:
            asked = {folded(word) for word in (one.label, *one.words)}
            for line in near:
                at = [n for n in range(before) if folded(line.cell(n).text) in asked]
                if at and one.name not in found.values():
                    found[at[0]] = one.name
        if "name" not in found.values():
            free = [n for n in range(before) if n not in found and self._has_words(n)]
            found |= dict.fromkeys(free[-1:], "name")
        return found

    def _has_words(self, column: int) -> bool:
        below = [line.cell(column).text for line in self.top if line.number > self.line]
        return any(text and not text.isdigit() for text in below)

    @property
    def month(self) -> date | None:
        """The month that a title, or the sheet's name, says."""
        above = [c.text for line in self.top if line.number < self.line for c in line.cells]
        return month_said([*above, self.sheet.name])


def read_sheet(
    view: SheetView, choice: SheetChoice, month: date | None, columns: list[ColumnTold]
) -> Iterator[Checked[RosterLine]]:
    """The lines of one sheet that are somebody's; its columns are added to those of the file."""
    head = next((line for line in view.top if line.number == choice.line), None)
    if head is None:
        return
    columns += _told(view.sheet.name, head, choice)
    above = {n: d for n, d in days_above(head).items() if choice.columns.get(n) == "day"}
    days = dated(above, month)
    rest = [line for line in view.top if line.number > choice.line]
    for line in [*rest, *view.sheet.lines]:
        if line.number > choice.line + LONGEST:
            return
        one = _checked(view.sheet.name, line, choice, days)
        if one is not None:
            yield one


def _checked(
    sheet: str, line: Line, choice: SheetChoice, days: Mapping[int, date | None]
) -> Checked[RosterLine] | None:
    name, post = (_only(line, which, choice) for which in ("name", "post"))
    marks = {n: folded(line.cell(n).text) for n in days}
    if not name or name in _NOT_PEOPLE or not any(marks.values()) or _is_week(marks.values()):
        return None
    said = " ".join(f"{d.day}日{marks[n]}" for n, d in days.items() if d and marks[n])
    one: Checked[RosterLine] = Checked(
        sheet[:40], line.number, {"name": name, "post": post, "days": said}
    )
    one.faults = list(_unreadable(line, days))
    if not one.faults:
        one.told = RosterLine(name, post, {d: marks[n] for n, d in days.items() if d})
    return one


def _only(line: Line, field: str, choice: SheetChoice) -> str:
    at = next((n for n, as_ in choice.columns.items() if as_ == field), None)
    return "" if at is None else folded(line.cell(at).text)


def _is_week(marks: Iterable[str]) -> bool:
    """Whether a line says nothing but the days of the week."""
    texts = [m.removeprefix("星期").removeprefix("周") for m in marks if m]
    return len(texts) > 1 and all(text in _WEEK for text in texts)


def _unreadable(line: Line, days: Mapping[int, date | None]) -> Iterator[tuple[str, str, str]]:
    for n, day in days.items():
        cell: Cell = line.cell(n)
        where = f"{day.day}日" if day else "日期"
        if day is None and cell.text:
            yield where, cell.text, "这一列上面写的不是日历上的一天，请核对月份。"
        elif cell.error or (cell.formula and not cell.text):
            yield where, cell.text, "是算不出来的公式，请改成文字。"


def _told(sheet: str, head: Line, choice: SheetChoice) -> Iterator[ColumnTold]:
    for at, as_ in choice.columns.items():
        left_out = as_ == LEFT_OUT
        heading_ = " ".join(head.cell(at).text.split())
        yield {
            "sheet": sheet, "heading": heading_, "as": None if left_out else as_, "left_out": left_out,
        }  # fmt: skip
