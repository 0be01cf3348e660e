"""Prices and the lines of a quote, in fen and hundredths of a unit; nothing here asks the database (SD-4.2.3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from yingbin.people.policy_rows import Plain
from yingbin.rules.decision import Refused

CLAUSE = "SD-4.2.3"
MOST = 9_999_999  # fen: 99,999.99
MOST_MANY = 99_999_99  # hundredths of a unit
ONE = 100


@dataclass(frozen=True)
class Priced:
    """A line of a price list: what one unit costs, its labour and its material."""

    code: str
    name: str
    unit: str
    labour: int
    material: int

    @property
    def price(self) -> int:
        """What one unit costs."""
        return self.labour + self.material


@dataclass(frozen=True)
class Ask:
    """What somebody puts into a quote: an item of the list by its code, or, without one, a name, a price and why."""

    code: str = ""
    many: int = ONE
    name: str = ""
    price: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Line:
    """A line of a quote. code: "" for what stands in no list, which says why."""

    code: str
    name: str
    unit: str
    many: int
    labour: int
    material: int
    reason: str = ""

    @property
    def amount(self) -> int:
        """What the line comes to, rounded to the fen."""
        return ((self.labour + self.material) * self.many + ONE // 2) // ONE

    @property
    def price(self) -> int:
        """What one unit costs."""
        return self.labour + self.material


def priced(items: Iterable[Mapping[str, object]]) -> tuple[Priced, ...]:
    """A list's items as its row keeps them."""
    return tuple(
        Priced(
            str(one["code"]), str(one["name"]), str(one["unit"]), _whole(one["labour"]), _whole(one["material"])
        )
        for one in items
    )  # fmt: skip


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value


def kept(items: Iterable[Priced]) -> list[Plain]:
    """A list's items for its row and the journal."""
    return [asdict(one) for one in items]


def checked(items: Sequence[Priced]) -> tuple[Priced, ...]:
    """A list as it may hold. Raises `Refused` for an empty one, a code said twice, a price out of bounds."""
    if not items:
        raise Refused(CLAUSE, "价目里至少要有一项，请先填上再存。")
    seen: set[str] = set()
    for n, one in enumerate(items, 1):
        if not (one.code and one.name and one.unit):
            raise Refused(CLAUSE, f"第 {n} 项要有编号、名称和单位，请补上。")
        if one.code in seen:
            raise Refused(CLAUSE, f"编号 {one.code} 用了两次，请改一个。")
        if one.labour < 0 or one.material < 0 or one.price > MOST:
            raise Refused(CLAUSE, f"{one.name}的单价要在 0 到 99,999.99 元之间，请改好。")
        seen.add(one.code)
    return tuple(items)


def reckoned(asks: Iterable[Ask], known: Mapping[str, Priced]) -> tuple[Line, ...]:
    """The lines of a quote by a price list. Raises `Refused` in words that say which line and what to do."""
    lines = tuple(_line(n, one, known) for n, one in enumerate(asks, 1))
    if not lines:
        raise Refused(CLAUSE, "报价里至少要有一项，请从价目里选。")
    if total(lines) > MOST:
        raise Refused(CLAUSE, "报价合计不能超过 99,999.99 元，请核对数量，或分成两件事。")
    return lines


def _line(n: int, ask: Ask, known: Mapping[str, Priced]) -> Line:
    if not 0 < ask.many <= MOST_MANY:
        raise Refused(CLAUSE, f"第 {n} 项的数量要大于 0，最多 99,999.99，请改好。")
    if ask.code:
        item = known.get(ask.code)
        if item is None:
            raise Refused(CLAUSE, f"现在的价目里没有 {ask.code}，请重新选一项。")
        return Line(item.code, item.name, item.unit, ask.many, item.labour, item.material)
    if not ask.name.strip() or not ask.reason.strip():
        raise Refused(CLAUSE, f"第 {n} 项不在价目里，请写名称和为什么另外定价。")
    if not 0 <= ask.price <= MOST:
        raise Refused(CLAUSE, f"第 {n} 项的单价要在 0 到 99,999.99 元之间，请改好。")
    return Line("", ask.name.strip()[:40], "项", ask.many, ask.price, 0, ask.reason.strip()[:100])


def total(lines: Iterable[Line]) -> int:
    """What they come to together."""
    return sum(one.amount for one in lines)


def apart(lines: Iterable[Line]) -> tuple[list[Plain], dict[str, str]]:
    """Lines for their row, and the free words of those that stand in no list, which may be erased."""
    plain: list[Plain] = []
    words: dict[str, str] = {}
    for n, one in enumerate(lines, 1):
        if not one.code:
            words |= {f"name {n}": one.name, f"reason {n}": one.reason}
        plain.append(asdict(one if one.code else replace(one, name="", reason="")))
    return plain, words


def together(rows: Iterable[Mapping[str, object]], words: Mapping[str, str]) -> tuple[Line, ...]:
    """Lines as a row keeps them, with their words as far as these are still there."""
    return tuple(_read(n, row, words) for n, row in enumerate(rows, 1))


def _read(n: int, row: Mapping[str, object], words: Mapping[str, str]) -> Line:
    code = str(row["code"])
    name = str(row["name"]) if code else words.get(f"name {n}", "另议项目")
    return Line(
        code, name, str(row["unit"]), _whole(row["many"]), _whole(row["labour"]), _whole(row["material"]),
        words.get(f"reason {n}", ""),
    )  # fmt: skip
