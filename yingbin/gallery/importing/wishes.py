"""What a customer of the old register looked for, as far as its words can be put into fields."""

import re
from typing import Any

from yingbin.tables.grid import folded as text_of

from ..models.register import FloorWish, Purpose, Source

_ROOMS = {"一": "1", "1": "1", "两": "2", "二": "2", "2": "2", "三": "3", "3": "3", "四": "4", "4": "4", "五": "5", "5": "5"}  # fmt: skip
_RANGE = r"(\d{1,4})(?:\.\d+)?\s*(?:[-~—–到至]+\s*(\d{1,4})(?:\.\d+)?)?"
_PURPOSES = [
    (r"投资|出租|保值", Purpose.INVEST),
    (r"改善|换房|置换", Purpose.BETTER),
    (r"父母|养老|老人", Purpose.PARENTS),
    (r"子女|孩子|儿子|女儿|学区", Purpose.CHILD),
    (r"首次置业|首套|刚需|婚房|自住", Purpose.FIRST),
]
_SOURCES = {
    "介绍": Source.FRIEND, "朋友": Source.FRIEND, "老带新": Source.OWNER, "业主介绍": Source.OWNER,
    "互联网": Source.ONLINE, "网上": Source.ONLINE, "电话": Source.CALL, "中介": Source.CHANNEL,
    "分销": Source.CHANNEL, "户外": Source.OUTDOOR, "自然到访": Source.PASSING, "顺路": Source.PASSING,
    "其他": Source.OTHER, "其它": Source.OTHER,
}  # fmt: skip


def source(text: str) -> str:
    """The code of how they heard of us where the words are those of the list, else the words."""
    text = text_of(text)
    by_label = {str(label): value for value, label in Source.choices}
    return by_label.get(text) or _SOURCES.get(text) or text[:40]


def area(text: str) -> dict[str, Any]:
    """`90-110㎡` as fields, in m²; a bare figure counts too."""
    m = re.search(_RANGE + r"\s*(?:㎡|m2|平|方|左右|$)", text_of(text))
    return _span(m, "area", 15, 2000)


def budget(text: str) -> dict[str, Any]:
    """`200-250万` as fields, in 万元."""
    m = re.search(_RANGE + r"\s*(?:万|w|左右|以内|$)", text_of(text), re.IGNORECASE)
    return _span(m, "budget", 5, 9999)


def _span(m: re.Match[str] | None, field: str, least: int, most: int) -> dict[str, Any]:
    if m is None:
        return {}
    low = int(m[1])
    high = int(m[2] or m[1])
    if not least <= low <= high <= most:
        return {}
    return {f"{field}_min": low, f"{field}_max": high}


def rooms(text: str) -> dict[str, Any]:
    """`三房`, `3室2厅` as a field."""
    m = re.search(r"([一两二三四五1-5])\s*(?:房|室|居)", text_of(text))
    return {"rooms": _ROOMS[m[1]]} if m else {}


def floor_wish(text: str) -> dict[str, Any]:
    """High, middle or low, where the words say so."""
    for word, code in (("高", FloorWish.HIGH), ("中", FloorWish.MIDDLE), ("低", FloorWish.LOW)):
        if re.search(rf"{word}(?:层|楼|区|$)", text_of(text)):
            return {"floor_wish": str(code)}
    return {}


def purpose(text: str) -> dict[str, Any]:
    """What the flat is for, where the words say so."""
    for words, code in _PURPOSES:
        if re.search(words, text_of(text)):
            return {"purpose": str(code)}
    return {}


def mixed(text: str) -> dict[str, Any]:
    """A cell that says it all in one: `三房 90-110㎡ 200万`."""
    text = text_of(text)
    found = {**rooms(text), **purpose(text), **floor_wish(text)}
    if re.search(r"\d\s*(?:㎡|m2|平|方)", text):
        found |= area(text)
    if re.search(r"\d\s*万", text):
        found |= _span(re.search(_RANGE + r"\s*万", text), "budget", 5, 9999)
    return found
