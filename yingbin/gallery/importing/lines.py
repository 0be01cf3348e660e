"""The lines of an old register in the form in which the register keeps them, or why they can't be taken."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from yingbin.importing.declared import Checked, ColumnTold, Read, SheetTold
from yingbin.rules.decision import Refused
from yingbin.tables import Unreadable

from . import wishes
from .book import Options, RowRead, read_book
from .entries import Entry

MAX_ROWS = 50_000
_ADDRESSED = {"先生": "mr", "女士": "ms", "太太": "ms", "小姐": "ms"}
_WISHES = (
    (("户型", "房型"), wishes.rooms),
    (("面积",), wishes.area),
    (("预算", "总价", "价格"), wishes.budget),
    (("用途", "目的"), wishes.purpose),
    (("楼层",), wishes.floor_wish),
)

__all__ = ["Checked", "Options", "Read", "Told", "read_lines"]


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

    @property
    def mark(self) -> str:
        """The number by which an erasure finds the line."""
        return self.phones[0] if self.phones else ""

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


def read_lines(data: bytes, file_name: str, options: Options, today: date) -> Read[Told]:
    """Every line of every table with what it says and what is wrong with it. Refuses what is no table."""
    try:
        book = read_book(data, file_name, today, options)
    except Unreadable as no:
        raise Refused("TQ-3", no.message) from None
    if len(book.rows) > MAX_ROWS:
        raise Refused("TQ-3", f"一次最多 {MAX_ROWS} 行，请分成几个文件上传。")
    sheets: list[SheetTold] = [
        {"sheet": s.sheet, "taken": s.taken, "why": s.why} for s in book.sheets
    ]
    columns: list[ColumnTold] = [
        {"sheet": c.sheet, "heading": c.heading, "as": c.as_, "left_out": c.left_out}
        for c in book.columns
    ]
    return Read([_checked(row) for row in book.rows], sheets, columns)


def _checked(row: RowRead) -> Checked[Told]:
    one: Checked[Told] = Checked(row.sheet[:40], row.line, row.cells, skipped=row.state == "skip")
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
