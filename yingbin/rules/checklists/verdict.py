"""What an answer is worth: in order, not in order, or not there yet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .terms import Item, Value

_ASKS = {
    "number": "还没有填数字",
    "choice": "还没有选",
    "count": "还没有点数",
    "photo": "还没有拍照",
    "signature": "还没有签名",
}


@dataclass(frozen=True)
class Verdict:
    """The result in the contract's word, and why it isn't in order."""

    result: str
    why: str = ""


def lacks(item: Item, value: Value) -> str:
    """What an item still needs before it can be in order; "" where nothing."""
    there = {
        "tick": True,
        "number": value.number is not None,
        "choice": bool(value.choice),
        "count": value.count is not None,
        "photo": value.photos > 0,
        "signature": value.signed,
    }
    return "" if there[item.kind] else _ASKS[item.kind]


def judged(
    item: Item, value: Value, morning: int | None = None, evening: int | None = None
) -> Verdict:
    """The result of what was filled in.

    morning: what the count of the opening check was that this is held against; evening: what the last closing check
    found of what is counted here, which holds where the list doesn't say how many there should be.
    """
    why = ""
    if item.kind == "number" and value.number is not None:
        why = _number(item, value.number)
    elif item.kind == "choice" and value.choice not in item.good:
        why = f"{value.choice}，应为{item.limits}"
    elif item.kind == "count" and value.count is not None:
        why = _count(item, value.count, morning, evening)
    return Verdict("failed", why) if why else Verdict("ok")


def _number(item: Item, told: Decimal) -> str:
    """A number at its limit is in order; limits are read as they may be typed, with a full point or minus."""
    low = item.low and told < read_number(item.low)
    high = item.high and told > read_number(item.high)
    return f"{told:f}{item.unit}，应为{item.limits}" if low or high else ""


def _count(item: Item, told: int, morning: int | None, evening: int | None) -> str:
    """The first of the three that is known is what it is held against."""
    known = (("早上是", morning), ("应有", item.expected), ("上次关门时是", evening))
    for words, due in known:
        if due is not None:
            return "" if told == due else f"点到 {told}{item.unit}，{words} {due}{item.unit}"
    return ""


def read_number(text: str) -> Decimal:
    """A number as people type it, at most three digits after the point. Raises ValueError."""
    told = text.strip().replace("．", ".").replace("－", "-")
    plain = told.removeprefix("-").replace(".", "", 1)
    if not plain.isascii() or not plain.isdecimal() or len(plain) > 9:
        raise ValueError(text)
    number = Decimal(told)
    if number != round(number, 3):
        raise ValueError(text)
    return number


def as_text(number: Decimal) -> str:
    """A number as people write it: no zeros at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
