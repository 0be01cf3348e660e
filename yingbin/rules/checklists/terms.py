"""A check list: sections (rooms), each with items of a kind (SF-4.1, SF-4.7, SC-4.1, SC-4.7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal

from ..duty.terms import GUARDS, STANDARD_ITEMS, standard_items

KINDS = {
    "tick": "看一眼",
    "number": "填数字",
    "choice": "选一个",
    "count": "点数",
    "photo": "拍照",
    "signature": "签名",
}
CHECKS = ("opening", "round", "closing")
EVERYWHERE = ""


@dataclass(frozen=True)
class Item:
    """One thing to look at.

    id: of the contract for a standard item, else an id of its own that stays through all versions. low, high: limits
    of a number, as written, both within. good: which of the choices are in order. expected: how many there must be;
    same_as: the count of the opening check that a count is held against. may_be_na: it may be not applicable, with a
    reason. weekdays (0: Monday), rounds (1: the first): when it is asked, always where empty. line: what a failed
    one opens. picture: the file that shows what good looks like.
    """

    id: str
    title: str
    kind: str = "tick"
    help: str = ""
    low: str = ""
    high: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    expected: int | None = None
    same_as: str = ""
    photo_if_failed: bool = False
    may_be_na: bool = True
    weekdays: tuple[int, ...] = ()
    rounds: tuple[int, ...] = ()
    line: str = "repair"
    picture: str = ""

    @property
    def is_tick(self) -> bool:
        """Whether a look is enough: nothing has to be written, photographed or signed."""
        return self.kind == "tick"

    @property
    def words(self) -> str:
        """How it is filled in, and when it is asked, in a line."""
        limits = f"，应为 {self.limits}" if self.limits else ""
        days = "、".join(f"周{'一二三四五六日'[n]}" for n in self.weekdays)
        rounds = "、".join(map(str, self.rounds))
        told = (
            f"{KINDS.get(self.kind, '')}{limits}",
            "不正常要拍照" if self.photo_if_failed else "",
            "和早上比" if self.same_as else "",
            "" if self.may_be_na else "不能写不适用",
            f"只在{days}" if days else "",
            f"只在第 {rounds} 次" if rounds else "",
        )
        return " · ".join(part for part in told if part)

    @property
    def limits(self) -> str:
        """What is in order, in words; "" where everything is."""
        if self.kind == "number":
            return _between(self.low, self.high, self.unit)
        if self.kind == "choice":
            return "、".join(self.good) if set(self.good) != set(self.choices) else ""
        if self.kind == "count" and self.expected is not None:
            return f"{self.expected}{self.unit}"
        return ""


def _between(low: str, high: str, unit: str) -> str:
    if low and high:
        return f"{low}–{high}{unit}"
    if low:
        return f"不低于 {low}{unit}"
    return f"不高于 {high}{unit}" if high else ""


@dataclass(frozen=True)
class Section:
    """A room, or what is looked at together. at: a kind of post, a post's id, or everywhere."""

    id: str
    title: str
    items: tuple[Item, ...] = ()
    at: str = EVERYWHERE

    def holds_at(self, post_kind: str, post: str) -> bool:
        """Whether it is looked at at this post."""
        return self.at in (EVERYWHERE, post_kind, post)


@dataclass(frozen=True)
class Template:
    """A whole check list."""

    sections: tuple[Section, ...] = ()

    def items(self) -> Iterator[tuple[Section, Item]]:
        """Every item with its section, in order."""
        for section in self.sections:
            for item in section.items:
                yield section, item

    def item(self, item_id: str) -> Item | None:
        """The item of this id."""
        return next((i for _, i in self.items() if i.id == item_id), None)

    def section(self, section_id: str) -> Section | None:
        """The section of this id."""
        return next((s for s in self.sections if s.id == section_id), None)

    def names(self) -> dict[str, str]:
        """What every item is called in sentences and in the exported file, by id: no two alike."""
        return {item.id: name_of(section, item) for section, item in self.items()}


def name_of(section: Section, item: Item) -> str:
    """An item with its room."""
    return f"{section.title}·{item.title}"


def standard_of(check: str) -> tuple[str, ...]:
    """Every standard item of a kind of check, at whatever kind of post."""
    more = (GUARDS,) if check == "opening" else ()
    return STANDARD_ITEMS[check] + more


def asked(
    template: Template, check: str, post: tuple[str, str], weekday: int
) -> tuple[Section, ...]:
    """The sections and items of a day at a post, given as its kind and id; a section without items is left out."""
    kind, post_id = post
    standard = standard_items("sales_centre" if kind == "sales_centre" else "show_flat", check)

    def wanted(section: Section, item: Item) -> bool:
        if item.id in standard_of(check):
            return item.id in standard
        return section.holds_at(kind, post_id) and (not item.weekdays or weekday in item.weekdays)

    found = (replace(s, items=tuple(i for i in s.items if wanted(s, i))) for s in template.sections)
    return tuple(s for s in found if s.items)


def extra_ids(sections: tuple[Section, ...], check: str) -> list[str]:
    """The items beside the standard ones: what the contract's `items` of a post are."""
    return [i.id for s in sections for i in s.items if i.id not in standard_of(check)]


def asked_in_round(item: Item, number: int | None) -> bool:
    """Whether an item is asked in this round; None: the check is no round."""
    return number is None or not item.rounds or number in item.rounds


# As JSON

_ITEM = {f.name for f in fields(Item)}
_LISTS = {"choices", "good", "weekdays", "rounds"}
Plain = dict[str, object]


def plain(template: Template) -> Plain:
    """The check list as it is stored: what is as by default is left out."""
    return {"sections": [_plain_section(s) for s in template.sections]}


def _plain_section(section: Section) -> Plain:
    items = [_plain_item(i) for i in section.items]
    return {"id": section.id, "title": section.title, "at": section.at, "items": items}


def _plain_item(item: Item) -> Plain:
    bare = asdict(Item("", ""))
    told = {k: v for k, v in asdict(item).items() if k in ("id", "title") or v != bare[k]}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in told.items()}


@dataclass(frozen=True)
class _Stored:
    """A row of stored JSON, read without surprises: what is unknown is left alone."""

    row: Mapping[str, object]

    def rows(self, name: str) -> list[Mapping[str, object]]:
        """Objects of a list."""
        found = self.row.get(name)
        return [r for r in found if isinstance(r, Mapping)] if isinstance(found, list) else []

    def text(self, name: str) -> str:
        """A text."""
        return str(self.row.get(name, ""))


def read(body: Mapping[str, object]) -> Template:
    """A stored check list."""
    return Template(tuple(_section(_Stored(row)) for row in _Stored(body).rows("sections")))


def _section(stored: _Stored) -> Section:
    items = tuple(read_item(row) for row in stored.rows("items"))
    return Section(stored.text("id"), stored.text("title"), items, stored.text("at"))


def read_item(row: Mapping[str, object]) -> Item:
    """A stored item; fields of a later version of the program are left out."""
    told = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items() if k in _ITEM}
    return replace(Item("", ""), **told)  # type: ignore[arg-type]  # stored by `plain` alone


@dataclass(frozen=True)
class Value:
    """What somebody filled in for an item; photos: how many; signed: whether there is a signature."""

    number: Decimal | None = None
    count: int | None = None
    choice: str = ""
    photos: int = 0
    signed: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was filled in."""
        return self == Value()
