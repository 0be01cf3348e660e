"""A line of the page of a site's limits: the numbers it has, where they lie in a policy's values, what they say in words."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field

# What a number of a line is: none chosen, one, or several in order.
Chosen = int | tuple[int, ...] | None
Plain = dict[str, object]
DAY, HOUR = 1440, 60


@dataclass(frozen=True)
class Number:
    """One number of a line. steps: how many it is, where it is several in order, as the rungs of a ladder.

    may_lack: it can be left empty, and is then as the program assumes; help: what stands below its field.
    told: the number in a sentence, `{}` standing for it with its unit; zero: what is said in place of 0.
    """

    name: str
    label: str
    unit: str
    low: int = 1
    high: int = 100_000
    steps: int = 0
    may_lack: bool = False
    help: str = ""
    told: str = "{}"
    zero: str = ""

    def said(self, chosen: Chosen) -> str:
        """The number in words: 4 小时 30 分钟, 80 %; several joined; "" for none."""
        if chosen is None:
            return ""
        many = chosen if isinstance(chosen, tuple) else (chosen,)
        return "、".join(map(self._one, many))

    def _one(self, number: int) -> str:
        if number == 0 and self.zero:
            return self.zero
        return self.told.format(span(number) if self.unit == "分钟" else f"{number} {self.unit}")


def span(minutes: int) -> str:
    """Minutes in words; whole days from two days on."""
    if minutes >= 2 * DAY and minutes % DAY == 0:
        return f"{minutes // DAY} 天"
    hours, rest = divmod(minutes, HOUR)
    words = [f"{hours} 小时" if hours else "", f"{rest} 分钟" if rest or not hours else ""]
    return " ".join(word for word in words if word)


@dataclass(frozen=True)
class Row:
    """A line. path: where its numbers lie in the policy's values, which lack it until somebody chooses; `()`: among
    the values themselves.

    assumed: what the program takes while nobody chose; group: lines that stand together; note: how it counts;
    at: the kinds of place that have it, none for all.
    """

    id: str
    title: str
    numbers: tuple[Number, ...]
    path: tuple[str, ...] = ()
    assumed: Mapping[str, Chosen] = field(default_factory=dict)
    group: str = ""
    note: str = ""
    clause: str = ""
    at: tuple[str, ...] = ()

    def chosen(self, values: Mapping[str, object] | None) -> dict[str, Chosen] | None:
        """What the values of a policy say of this line; None where they lack it."""
        place: object = values
        for part in self.path:
            place = place.get(part) if isinstance(place, Mapping) else None
        if not isinstance(place, Mapping):
            return None
        return {one.name: _chosen(place.get(one.name)) for one in self.numbers}

    def put(self, values: Mapping[str, object], numbers: Mapping[str, Chosen] | None) -> Plain:
        """The policy's values with this line as chosen, or as the program assumes it for None."""
        after: Plain = deepcopy(dict(values))
        place = after
        for part in self.path[:-1]:
            inner = place.setdefault(part, {})
            assert isinstance(inner, dict)
            place = inner
        if not self.path:
            after |= self.assumed if numbers is None else numbers
        elif numbers is None:
            place.pop(self.path[-1], None)
        else:
            place[self.path[-1]] = dict(numbers)
        return after

    def said(self, numbers: Mapping[str, Chosen] | None) -> tuple[tuple[str, str], ...]:
        """The line's numbers in words, each with its label; what the program assumes for None."""
        told = {**self.assumed, **{k: v for k, v in (numbers or {}).items() if v is not None}}
        words = [(one.label, one.said(told.get(one.name))) for one in self.numbers]
        return tuple((label, said) for label, said in words if said)


def _chosen(value: object) -> Chosen:
    if isinstance(value, list | tuple):
        return tuple(int(one) for one in value)
    return value if isinstance(value, int) else None
