"""Reading an export strictly: one JSON form, only the fields that are hashed or signed, every line in its place."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn, NotRequired, TypedDict

GENESIS = "00" * 32
# What closes a day: a gallery's own closing, or the journal's sealing at night. A root covers each.
CLOSINGS = ("day.closed", "day.sealed")
FIELDS = ("site", "seq", "at", "kind", "actor", "clause", "body")
MOST = 2**53 - 1
_HEX32 = re.compile(r"[0-9a-f]{64}")
_HEX64 = re.compile(r"[0-9a-f]{128}")
_ENTRY = frozenset({*FIELDS, "prev", "hash", "receipt"})
_ROOT = frozenset({"site", "day", "size", "root", "head", "signed_at", "signature"})


# A body's fields are those of its kind; whoever reads one knows the kind, and a forged one is a fault.
Body = dict[str, Any]


class EntryForm(TypedDict):
    """An entry as it is hashed and exported."""

    site: str
    seq: int
    at: str
    kind: str
    actor: str
    clause: str | None
    body: Body
    prev: str
    hash: str
    receipt: str


class RootForm(TypedDict):
    """A signed root as it is exported."""

    site: str
    day: str
    size: int
    root: str
    head: str
    signed_at: str
    signature: str
    key_id: NotRequired[str]


class End(TypedDict):
    """The last line of an export."""

    entries: int
    head: str


@dataclass(frozen=True)
class Fault:
    """Something wrong: what kind, where (line of the file, number of the entry), and in words."""

    kind: str
    line: int | None
    seq: int | None
    words: str

    def __str__(self) -> str:
        place = f"第{self.seq}条" if self.seq is not None else ""
        row = f"（文件第{self.line}行）" if self.line is not None else ""
        return f"{self.kind}: {place}{row} {self.words}"


@dataclass
class Journal:
    """What was read: entries with their lines, roots with theirs, the head and the end; what outside lines prove."""

    head: dict[str, str] = field(default_factory=dict)
    entries: list[tuple[int, EntryForm]] = field(default_factory=list)
    roots: list[tuple[int, RootForm]] = field(default_factory=list)
    end: End | None = None
    faults: list[Fault] = field(default_factory=list)
    proven: list[str] = field(default_factory=list)


class Unfit(ValueError):
    """Readable, but not what an export holds; the text says why."""


def parse(text: str) -> Any:
    """JSON as the journal writes it: no name twice, no fractions, whole numbers in one form."""
    return json.loads(
        text,
        object_pairs_hook=_once,
        parse_float=_no_fraction,
        parse_constant=_no_fraction,
        parse_int=_whole,
    )


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unfit("同一个名字在一个对象里出现两次")
    return found


def _no_fraction(text: str) -> NoReturn:
    raise Unfit(f"记录里不会有小数（{text[:20]}）")


def _whole(text: str) -> int:
    number = int(text) if len(text) < 20 else MOST + 1
    if abs(number) > MOST or str(number) != text:
        raise Unfit(f"记录里不会有这样写的数（{text[:20]}）")
    return number


def read(lines: Iterable[str]) -> Journal:
    """Reads an export; whatever can't be read or has no place becomes a fault with its line."""
    journal = Journal()
    for number, text in enumerate(lines, 1):
        try:
            _take(journal, number, parse(text))
        except Unfit as why:
            journal.faults.append(Fault("unreadable 读不懂", number, None, str(why)))
        except (ValueError, TypeError, KeyError, RecursionError):
            journal.faults.append(Fault("unreadable 读不懂", number, None, "这一行不是导出格式"))
    if not journal.head:
        journal.faults.append(Fault("unreadable 读不懂", 1, None, "缺少文件头"))
    return journal


def _take(journal: Journal, number: int, row: Body) -> None:
    if journal.end is not None:
        raise Unfit("结尾行之后还有内容")
    if "entry" in row:
        _only(row, {"entry"})
        check_entry_form(row["entry"])
        journal.entries.append((number, row["entry"]))
        if journal.roots:
            raise Unfit("封存签名之后又有一条记录")
    elif "root" in row:
        _only(row, {"root"})
        check_root_form(row["root"])
        _only(row["root"], _ROOT | {"key_id"})
        journal.roots.append((number, row["root"]))
    elif "end" in row:
        _only(row, {"end"})
        _take_end(journal, row["end"])
    else:
        _take_head(journal, number, row)


def _only(row: Body, names: Iterable[str]) -> None:
    extra = sorted(row.keys() - set(names))
    if extra:
        raise Unfit(f"有不受哈希和签名保护的字段：{'、'.join(extra)[:60]}")


def _take_head(journal: Journal, number: int, row: Body) -> None:
    if row["yingbin_journal"] != 1:
        raise Unfit("是另一种版本的导出")
    if journal.head or number != 1:
        raise Unfit("文件头只能有一行，在最前面")
    _only(row, {"yingbin_journal", "site", "public_key"})
    _text(row, "site", "public_key")
    journal.head = {"site": row["site"], "public_key": row["public_key"]}


def _take_end(journal: Journal, end: Body) -> None:
    _only(end, {"entries", "head"})
    _text(end, "head")
    if type(end["entries"]) is not int:
        raise Unfit("结尾行的条数不是数字")
    journal.end = End(entries=end["entries"], head=end["head"])


def check_entry_form(entry: Body) -> None:
    """Raises where an entry isn't of the form that is hashed."""
    _text(entry, "site", "at", "kind", "actor", "prev", "hash", "receipt")
    if type(entry["seq"]) is not int or not isinstance(entry["body"], dict):
        raise ValueError("not an entry")
    if not (_HEX32.fullmatch(entry["hash"]) and _HEX32.fullmatch(entry["prev"])):
        raise ValueError("hash")
    if entry["clause"] is not None and not isinstance(entry["clause"], str):
        raise ValueError("clause")
    _only(entry, _ENTRY)


def check_root_form(root: Body) -> None:
    """Raises where a root isn't of the form that is signed."""
    if type(root["size"]) is not int or root["size"] < 0:
        raise ValueError("size")
    _text(root, *_ROOT - {"size"})
    if not (_HEX32.fullmatch(root["root"]) and _HEX64.fullmatch(root["signature"])):
        raise ValueError("root")


def _text(row: Body, *names: str) -> None:
    for name in names:
        if not isinstance(row[name], str):
            raise ValueError(name)
