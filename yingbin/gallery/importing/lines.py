"""The lines of an old register in the form in which the register keeps them, or why they can't be taken."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from yingbin.rules.decision import Refused
from yingbin.tables import Line, Unreadable, open_table

from . import wishes
from .book import Options, RowRead, read_book
from .columns import heading_of
from .entries import Entry

MAX_ROWS = 50_000
_TOP = 160  # lines in which the heading of a sheet is looked for before the whole file is read
_ADDRESSED = {"先生": "mr", "女士": "ms", "太太": "ms", "小姐": "ms"}
_WISHES = (
    (("户型", "房型"), wishes.rooms),
    (("面积",), wishes.area),
    (("预算", "总价", "价格"), wishes.budget),
    (("用途", "目的"), wishes.purpose),
    (("楼层",), wishes.floor_wish),
)

__all__ = ["Checked", "Options", "Read", "Told", "look_over", "read_lines"]


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
    """One line with what stands there and what is wrong with it: (column, value, why).

    skipped: it is no visit (a total, a heading again …), and `warnings` says why.
    """

    sheet: str
    line: int
    cells: dict[str, str]
    told: Told | None = None
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    skipped: bool = False


def look_over(data: bytes, file_name: str) -> int:
    """How many rows the file seems to hold. Refuses a file that has no register in it."""
    many = found = 0
    try:
        for sheet in open_table(data, file_name):
            top: list[Line] = []
            for line in sheet.lines:
                top.append(line)
                if len(top) == _TOP:
                    break
            heading = heading_of(top)
            if heading is not None and any(block.whole for block in heading.blocks):
                found += 1
                below = sum(line.number > heading.line for line in top)
                many += max(sheet.size - heading.line, below)
    except Unreadable as no:
        raise Refused("TQ-3", no.message) from None
    if not found:
        raise Refused(
            "TQ-3", "没有找到标题行。要有一行写着「姓名」或「电话」，还有「日期」，下面才是登记。"
        )
    return many


@dataclass(frozen=True)
class Read:
    """A file as it was understood: its lines; every sheet and every column, for showing what was left out."""

    lines: list[Checked]
    sheets: list[dict[str, Any]]
    columns: list[dict[str, Any]]


def read_lines(data: bytes, file_name: str, options: Options, today: date) -> Read:
    """Every line of every table with what it says and what is wrong. Refuses what is no table."""
    try:
        book = read_book(data, file_name, today, options)
    except Unreadable as no:
        raise Refused("TQ-3", no.message) from None
    if len(book.rows) > MAX_ROWS:
        raise Refused("TQ-3", f"一次最多 {MAX_ROWS} 行，请分成几个文件上传。")
    told = book.to_json(rows=False)
    return Read([_checked(row) for row in book.rows], told["sheets"], told["columns"])


def _checked(row: RowRead) -> Checked:
    one = Checked(row.sheet[:40], row.line, row.cells, skipped=row.state == "skip")
    one.warnings = list(row.told)
    one.faults = list(row.faults)
    if row.stored is not None:
        one.told = _told(row.stored)
    return one


def _told(entry: Entry) -> Told:
    title = _ADDRESSED.get(next((t for t in entry.titles if t), ""), "")
    names = tuple(_called(n, t) for n, t in zip(entry.names, entry.titles, strict=True))
    return Told(
        day=date.fromisoformat(entry.day),
        clock=time.fromisoformat(entry.time) if entry.time else None,
        names=names,
        title=title,
        phones=tuple(entry.phones),
        receiver=(entry.receiver or "")[:40],
        words=_words(entry, names, title),
    )


def _called(name: str, title: str | None) -> str:
    """李总 stays 李总: the card knows only Mr and Ms."""
    return name if title is None or title in _ADDRESSED else name + title


def _words(entry: Entry, names: tuple[str, ...], title: str) -> dict[str, Any]:
    """The words as the register keeps them; what fits no field goes to the note."""
    needs, left = _needs(entry)
    notes = [entry.note or "", *left]
    if len(entry.phones) > 1:
        notes.append(f"另有 {len(entry.phones) - 1} 个号码在客户卡片上")
    return {
        "name": "、".join(names)[:40],
        "title": title,
        "phone": entry.phones[0] if entry.phones else "",
        "phones": entry.phones[1:],
        "lives": "",
        "group_size": entry.people,
        "first_visit": entry.first,
        "note": "；".join(n for n in notes if n),
        "why": "",
        "strokes": [],
        "needs": needs,
        "receiver": (entry.receiver or "")[:40],
    }


def _needs(entry: Entry) -> tuple[dict[str, Any], list[str]]:
    """The wishes as fields, and in words what couldn't be put into them."""
    needs: dict[str, Any] = {}
    left: list[str] = []
    for heading, text in entry.wishes:
        read = next((how for words, how in _WISHES if any(w in heading for w in words)), None)
        found = read(text) if read else wishes.mixed(text)
        needs |= found
        if read is None or not found:
            left.append(f"{heading}：{text}")
    if entry.source:
        needs["source"] = wishes.source(entry.source)
    return {k: v for k, v in needs.items() if v not in ("", None)}, left
