"""The lines of an old register understood: what each one says, or why it can't be taken."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from yingbin.customers.numbers import whole_number
from yingbin.rules.decision import Refused

from . import cells, wishes
from .headings import HEADINGS, JOINED, SEARCHED, Heading, heading_in
from .reading import MAX_ROWS, Line, Table, tables

_SUMS = {"合计", "总计", "小计", "本日合计", "本月合计", "共计"}
_TITLES = {field: words[0] for field, words in HEADINGS.items()}


@dataclass(frozen=True)
class Options:
    """What the file itself doesn't say: the area code of bare landlines, whose year bare days are."""

    area: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Told:
    """What one line says, in the form in which the register keeps it; `phones` in E.164 form."""

    day: date
    clock: time | None
    names: tuple[str, ...]
    title: str
    phones: tuple[str, ...]
    receiver: str
    words: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        """For keeping between reading and applying."""
        at = self.clock.isoformat() if self.clock else None
        kept = {**self.__dict__, "day": self.day.isoformat(), "clock": at}
        return kept | {"names": list(self.names), "phones": list(self.phones)}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Told":
        """As it was kept."""
        at = time.fromisoformat(kept["clock"]) if kept["clock"] else None
        told = kept | {"day": date.fromisoformat(kept["day"]), "clock": at}
        return cls(**told | {"names": tuple(told["names"]), "phones": tuple(told["phones"])})


@dataclass
class Checked:
    """One line with what stands there and what is wrong with it: (column, value, why)."""

    sheet: str
    line: int
    cells: dict[str, str]
    told: Told | None = None
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def look_over(data: bytes, file_name: str) -> int:
    """How many rows the file seems to hold. Refuses a file that has no register in it."""
    many = found = 0
    for table in tables(data, file_name):
        top, _ = _top(table)
        heading = heading_in(top)
        if heading:
            found += 1
            many += max(table.size - heading.line, len(top) - 1)
    if not found:
        raise Refused(
            "TQ-3",
            "没有找到标题行。前 15 行里要有一行写着「姓名」「电话」「日期」等标题。",
        )
    return many


def _top(table: Table) -> tuple[list[Line], Line | None]:
    """The first lines, and the one after them where there are more."""
    top: list[Line] = []
    for line in table.lines:
        if len(top) == SEARCHED:
            return top, line
        top.append(line)
    return top, None


def checked_lines(
    data: bytes, file_name: str, options: Options, today: date, skip: int = 0
) -> Iterator[Checked]:
    """Every line that isn't blank, understood or with its faults; the first `skip` are passed over."""
    n = 0
    for table in tables(data, file_name):
        top, more = _top(table)
        heading = heading_in(top)
        if heading is None:
            continue
        reader = _Reader(table.name, heading, options, today)
        reader.look_above(top)
        after = [line for line in top if line[0] > heading.line] + ([more] if more else [])
        for line in _chained(after, table.lines):
            texts = reader.texts(line)
            if texts is None:
                continue
            n += 1
            if n > MAX_ROWS:
                raise Refused("TQ-3", f"超过 {MAX_ROWS} 行。请分成几个文件上传。")
            one = reader.understood(line[0], texts)
            if n > skip:
                yield one


def _chained(first: Sequence[Line], rest: Iterator[Line]) -> Iterator[Line]:
    yield from first
    yield from rest


class _Reader:
    """Reads one table downwards; remembers the last day, for lines that leave it blank."""

    def __init__(self, sheet: str, heading: Heading, options: Options, today: date) -> None:
        self.sheet, self.heading, self.options, self.today = sheet[:40], heading, options, today
        self.year = options.year
        self.last: date | None = None
        self.above = ""

    def look_above(self, top: Sequence[Line]) -> None:
        """A title above the heading, or the sheet's name, may say the day or the year."""
        said = [t for line, texts in top if line < self.heading.line for t in texts if t]
        for text in [*dict.fromkeys(said), self.sheet]:
            year = re.search(r"(?<!\d)(20\d{2})(?!\d)", text)
            self.year = self.year or (int(year[1]) if year else None)
        for text in dict.fromkeys(said):
            whole = re.search(r"\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}", text)
            found = cells.day(whole[0], self.today) if whole else None
            if found and found.day and "day" not in self.heading.columns.values():
                self.last, self.above = found.day, "表头"

    def texts(self, line: Line) -> dict[str, str] | None:
        """The line's cells by field; None for blank lines, repeated headings and sums."""
        told: dict[str, list[str]] = {}
        if line[1] == list(self.heading.titles):
            return None
        for n, name in self.heading.columns.items():
            text = line[1][n] if n < len(line[1]) else ""
            if text and text not in told.get(name, []):
                told.setdefault(name, []).append(text)
        found = {k: " / ".join(v) if k in JOINED else v[0] for k, v in told.items()}
        meant = set(found) - {"day", "receiver", "clock"}
        return None if not meant or found.get("name") in _SUMS else found

    def understood(self, line: int, texts: dict[str, str]) -> Checked:
        """What the line says; its faults where it can't be taken."""
        one = Checked(self.sheet, line, texts)
        day = self._day(one)
        names, title = cells.names(texts.get("name", ""))
        phones = self._phones(one)
        _who(one, names, phones)
        if not one.faults and day.day:
            words = _words(one, names, title, phones)
            at = day.at or cells.clock(texts.get("clock", ""))
            receiver = texts.get("receiver", "")[:40]
            one.told = Told(day.day, at, tuple(names), title, phones, receiver, words)
        return one

    def _day(self, one: Checked) -> cells.Day:
        text = one.cells.get("day", "")
        if not text and self.last:
            one.warnings.append(f"没写日期，按{self.above or '上一行'}的 {self.last} 收。")
            return cells.Day(self.last)
        found = cells.day(text, self.today, self.year)
        if found.fault:
            one.faults.append((_TITLES["day"], text, found.fault))
        if found.warning:
            one.warnings.append(found.warning)
        self.last = found.day or self.last
        return found

    def _phones(self, one: Checked) -> tuple[str, ...]:
        text = one.cells.get("phone", "")
        found = cells.phones(text, self.options.area)
        for why in found.faults:
            if found.numbers:
                one.warnings.append(f"第二个号码没有收：{why}")
            else:
                one.faults.append((_TITLES["phone"], text, why))
        one.warnings += found.warnings
        return found.numbers


def _who(one: Checked, names: list[str], phones: tuple[str, ...]) -> None:
    """A line needs a name or a number; one alone is taken and mentioned."""
    said = one.cells.get("name", "")
    if any(len(name) > 40 for name in names):
        one.faults.append((_TITLES["name"], said, "姓名最多 40 个字，其余请写在备注里。"))
    if one.faults and one.cells.get("phone") and not phones:
        return  # the number is what is wrong
    if not names and not phones:
        one.faults.append((_TITLES["name"], said, "姓名和电话都没有，认不出是哪位客户。"))
    elif not names:
        if said and whole_number(said):
            one.warnings.append("姓名栏里是号码。")
        one.warnings.append("没有姓名，只按电话收。")
    elif not phones:
        one.warnings.append("没有电话，只按姓名收，不会与别的客户合并。")


def _words(one: Checked, names: list[str], title: str, phones: tuple[str, ...]) -> dict[str, Any]:
    """The words as the register keeps them; what fits no field goes to the note."""
    texts = one.cells
    size = cells.headcount(texts.get("group_size", ""))
    if texts.get("group_size") and size is None:
        one.warnings.append("人数看不懂，没有收。")
    needs, left = _needs(texts)
    notes = [texts.get("note", ""), *left]
    if len(phones) > 1:
        notes.append(f"另有 {len(phones) - 1} 个号码在客户卡片上")
    return {
        "name": "、".join(names)[:40],
        "title": title,
        "phone": phones[0] if phones else "",
        "phones": list(phones[1:]),
        "lives": texts.get("lives", "")[:100],
        "group_size": size,
        "first_visit": cells.first_visit(texts.get("first", "")),
        "note": "；".join(n for n in notes if n)[:500],
        "why": "",
        "strokes": [],
        "needs": needs,
        "receiver": texts.get("receiver", "")[:40],
    }


_READ = {
    "area": wishes.area,
    "rooms": wishes.rooms,
    "budget": wishes.budget,
    "purpose": wishes.purpose,
    "floor_wish": wishes.floor_wish,
}


def _needs(texts: dict[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The wishes as fields, and in words what couldn't be put into them."""
    needs: dict[str, Any] = wishes.mixed(texts["wish"]) if "wish" in texts else {}
    left = [f"意向：{texts['wish']}"] if "wish" in texts else []
    for name, read in _READ.items():
        if name in texts:
            found = read(texts[name])
            needs |= found
            left += [] if found else [f"{_TITLES[name]}：{texts[name]}"]
    if "source" in texts:
        needs["source"] = wishes.source(texts["source"])
    return {k: v for k, v in needs.items() if v not in ("", None)}, left
