"""One line of an old register as it would be stored, and everything a person should know of how it was read."""

import re
from dataclasses import asdict, dataclass, field
from typing import Any

from yingbin.tables import Cell, Line
from yingbin.tables.grid import folded

from .clocks import clock_of
from .columns import Block, Column, plain
from .counts import first_of, people_of
from .days import Day
from .phones import Phones, phones_of
from .who import TITLES, Names, is_nobody, names_of

LONGEST_NAME = 40
# A 同上 with nothing above it says nothing.
ORPHAN = Cell(format="同上")


@dataclass
class Entry:
    """What would be stored of a line. Times as `14:30`, numbers in E.164 form, titles beside the names.

    wishes: what `needs` is made of, heading and text.
    """

    day: str
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
    wishes: list[tuple[str, str]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """In the contract's form."""
        kept = asdict(self)
        del kept["wishes"]
        return kept

    def same_person(self, other: "Entry") -> bool:
        """Whether two lines speak of one person: one number in common and no two whole names that differ."""
        if set(self.phones) & set(other.phones):
            return not self.names or not other.names or _may_be_one(self.names, other.names)
        return not (self.phones and other.phones) and bool(set(self.names) & set(other.names))


def _may_be_one(one: list[str], other: list[str]) -> bool:
    """张 and 张伟 may be one person, 张伟 and 王芳 are two."""
    return any(a.startswith(b) or b.startswith(a) for a in one for b in other)


@dataclass
class _Line:
    """A line under way: its cells by what their columns are taken for; what is told and noted."""

    line: Line
    block: Block
    told: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    area: str = ""

    def cells(self, name: str) -> list[tuple[Column, Cell]]:
        """The cells of a field, without what only reaches here from the left."""
        found = [(c, self.line.cell(c.at)) for c in self.block.of(name)]
        return [(c, cell) for c, cell in found if not cell.across]

    def cell(self, name: str) -> tuple[str, Cell]:
        """The one cell of a field, with its heading."""
        found = self.cells(name)
        return (found[0][0].heading, found[0][1]) if found else ("", Cell())


Faults = list[tuple[str, str, str]]


def entry_of(
    line: Line, block: Block, day: Day, area: str = ""
) -> tuple[Entry | None, list[str], Faults]:
    """The entry, what is told of it, and what it is refused for: heading, text, why.

    area: the code that landlines without one get.
    """
    one = _Line(line, block, list(day.told), area=area)
    if any(c.format == ORPHAN.format and c.empty for c in line.cells):
        one.told.append("写了「同上」，上面却没有可以照抄的内容，按没写收。")
    names, phones = _names(one), _phones(one)
    _number_for_a_name(one, names, phones)
    faults = _faults(one, day, names, phones)
    entry = _entry(one, day, names, phones)
    return (None if faults else entry), one.told, faults


def _faults(one: _Line, day: Day, names: Names, phones: Phones) -> Faults:
    found = []
    heading, cell = one.cell("day")
    if day.fault:
        found.append((heading, cell.text, day.fault))
    heading, cell = one.cell("names")
    if not names.names and not phones.numbers:
        found.append((heading or "姓名", cell.text, "姓名和电话都没有，认不出是哪位客户。"))
    if any(len(name) > LONGEST_NAME for name in names.names):
        why = f"姓名最多 {LONGEST_NAME} 个字，其余请写在备注里。"
        found.append((heading, cell.text, why))
    return found


_SHOWN = {"day": "day", "names": "name", "phones": "phone", "receiver": "receiver"}
_SHOWN |= {"people": "group_size", "source": "source", "note": "note"}
_SHOWN |= {"time": "time", "first": "first", "needs": "needs"}


def texts_of(line: Line, block: Block) -> dict[str, str]:
    """What stands in the line by field, for showing it beside what becomes of it."""
    found: dict[str, list[str]] = {}
    for column in block.columns:
        text = line.cell(column.at).text
        if column.as_ in _SHOWN and text:
            found.setdefault(_SHOWN[column.as_], []).append(text)
    return {name: " / ".join(dict.fromkeys(texts)) for name, texts in found.items()}


def _entry(one: _Line, day: Day, names: Names, phones: Phones) -> Entry:
    at = _time(one, day)
    people, first = _people(one), _first(one)
    receiver, source, wishes = _receiver(one), _plain(one, "source"), _wishes(one)
    _note(one)
    return Entry(
        day=day.day.isoformat() if day.day else "",
        time=at,
        names=names.names,
        titles=names.titles,
        phones=phones.numbers,
        people=people,
        first=first,
        receiver=receiver,
        source=source,
        needs=_needs(one, wishes),
        wishes=wishes,
        note="；".join(dict.fromkeys(one.notes)) or None,
    )


def _names(one: _Line) -> Names:
    made = Names()
    for _column, cell in one.cells("names"):
        found = names_of(cell)
        for name, title in zip(found.names, found.titles, strict=True):
            if (name, title) not in zip(made.names, made.titles, strict=True):
                made.names.append(name)
                made.titles.append(title)
        made.numbers = made.numbers or found.numbers
        one.told += found.told
        one.notes += found.notes
    return made


def _phones(one: _Line) -> Phones:
    made = Phones()
    for column, cell in one.cells("phones"):
        found = phones_of(cell, folded(column.heading) or "电话", one.area)
        made.numbers += [n for n in found.numbers if n not in made.numbers]
        one.told += found.told
        one.notes += found.notes
    return made


def _number_for_a_name(one: _Line, names: Names, phones: Phones) -> None:
    """A number in the name's cell is a phone where there is none, else it goes to the note."""
    if not names.numbers:
        return
    if phones.numbers:
        one.told.append(f"姓名栏里是号码「{names.numbers}」，写进备注。")
        one.notes.append(f"姓名：{names.numbers}")
        return
    found = phones_of(Cell(names.numbers, names.numbers))
    phones.numbers += found.numbers
    one.notes += found.notes
    if found.numbers:
        one.told.append(f"姓名栏里是电话号码「{names.numbers}」，按电话收。")
    one.told += found.told


def _time(one: _Line, day: Day) -> str | None:
    """The time's own column counts before what stands behind the day."""
    if day.rest:
        one.told.append(f"日期后面的「{day.rest}」写进备注。")
        one.notes.append(day.rest)
    _, cell = one.cell("time")
    found = clock_of(cell)
    if found.told:
        one.told.append(found.told)
    if found.rest:
        one.told.append(f"时间后面的「{found.rest}」写进备注。")
        one.notes.append(found.rest)
    elif found.at is None and found.told and cell.text and not _says_nothing(cell):
        one.notes.append(f"时间：{cell.text}")
    at = found.at or day.at
    return f"{at:%H:%M}" if at else None


def _says_nothing(cell: Cell) -> bool:
    """An error, a formula without its value, 无: nothing in it is worth a note."""
    return cell.error or cell.formula or is_nobody(cell.text)


def _people(one: _Line) -> int | None:
    heading, cell = one.cell("people")
    found = people_of(cell)
    if found.told:
        one.told.append(found.told)
        if found.many is None and cell.text and not cell.error and not is_nobody(cell.text):
            one.notes.append(f"{heading or '人数'}：{cell.text}")
    return found.many


def _first(one: _Line) -> bool | None:
    heading, cell = one.cell("first")
    found = first_of(cell, heading)
    if found.told:
        one.told.append(found.told)
        if found.first is None and cell.text and not cell.error and not is_nobody(cell.text):
            one.notes.append(f"{heading}：{cell.text}")
    return found.first


_GONE = re.compile(r"离职|已走|辞职|调走|调离|不在职")


def _receiver(one: _Line) -> str | None:
    """The cell's text as it is; what the text itself shows to be no one colleague is told."""
    _, cell = one.cell("receiver")
    if cell.formula or cell.error:
        one.told.append(f"接待人栏{_broken(cell)}，按没写收。")
        return None
    text = cell.text
    if not text:
        return None
    words = folded(text)
    if is_nobody(words) or words in TITLES:
        one.told.append(f"接待人栏写的是「{text}」，没有名字。")
    elif _GONE.search(words):
        one.told.append(f"接待人「{text}」看起来已经离职。")
    elif len(names_of(Cell(words, words)).names) > 1:
        one.told.append(f"接待人「{text}」是几个人，收进来后不知道算谁的。")
    elif not re.search(r"[A-Za-z\u4e00-\u9fff]", words):
        one.told.append(f"接待人「{text}」不是名字。")
    return text


def _broken(cell: Cell) -> str:
    return "是公式，文件里没有存下结果" if cell.formula else f"是错误值 {cell.text}"


def _plain(one: _Line, name: str) -> str | None:
    found = []
    for column, cell in one.cells(name):
        if cell.formula or cell.error:
            one.told.append(f"「{column.heading}」{_broken(cell)}，按没写收。")
        elif cell.text and cell.text not in found:
            found.append(cell.text)
    return "；".join(found) or None


def _wishes(one: _Line) -> list[tuple[str, str]]:
    found = []
    for column, cell in one.cells("needs"):
        if cell.formula or cell.error:
            one.told.append(f"「{column.heading}」{_broken(cell)}，按没写收。")
        elif cell.text:
            found.append((column.heading, cell.text))
    return found


def _needs(one: _Line, wishes: list[tuple[str, str]]) -> str | None:
    """One wish as it stands; several with their headings."""
    if len(wishes) == 1 and len(one.block.of("needs")) == 1:
        return wishes[0][1]
    return "；".join(f"{heading}：{text}" for heading, text in wishes) or None


def _note(one: _Line) -> None:
    """The note's own words first, then columns nobody asked for, then what is noted on cells."""
    own = _plain(one, "note")
    rest = []
    for column in one.block.columns:
        cell = one.line.cell(column.at)
        if column.as_ is None and not column.left_out and not cell.across:
            if cell.formula or cell.error:
                one.told.append(
                    f"「{column.heading or '没有标题的列'}」{_broken(cell)}，按没写收。"
                )
            elif cell.text:
                rest.append(
                    f"{column.heading}：{cell.text}" if plain(column.heading) else cell.text
                )
        if cell.comment:
            rest.append(f"批注：{cell.comment}")
    one.notes[:] = [*([own] if own else []), *one.notes, *rest]
