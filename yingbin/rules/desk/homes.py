"""A home as people spell it: 3-2-1801, 3栋2单元1801室, 三号楼二单元1801, B座1801, 海棠苑3#2-1801, 1801 alone.

A spelling may mean several homes. `addresses` gives all of them, the likeliest first, and whoever knows the estate
takes those that exist; `written` is the one form in which an address is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal, NamedTuple, get_args

Role = Literal["phase", "building", "entrance", "floor", "room"]
ROLES: tuple[Role, ...] = get_args(Role)
MOST = 12  # addresses of one spelling
LONGEST = 40  # characters that may still be a spelling


@dataclass(frozen=True)
class Address:
    """期 or 组团, 栋, 单元, 室; a part that isn't said is "". Numbers have no noughts in front, letters are large."""

    phase: str = ""
    building: str = ""
    entrance: str = ""
    room: str = ""


class Token(NamedTuple):
    """A piece of a spelling. role: what the word behind it says it is; name: it is no number, 海棠苑.

    apart: a blank stands behind it, or nothing; tied: a hyphen does.
    """

    text: str
    role: Role | None = None
    name: bool = False
    tied: bool = False


_FIGURES = "零〇一二两三四五六七八九十百幺"
_DIGITS = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "两": "2",
    "幺": "1",
}
_OLD = str.maketrans("號樓棟單層戶門區園鋪庫", "号楼栋单层户门区园铺库")
_DASHES = re.compile(r"[‐-―−﹣－~～/\\,，.。·•_|｜]+")
_MARKS: tuple[tuple[Role, str], ...] = (
    ("phase", r"期|区"),
    ("building", r"号楼|栋楼?|幢|座|#楼?|楼(?=-?\d{1,2}(?:单元|门))|号(?=-?[A-Z\d铺商])"),
    ("entrance", r"单元|门(?!面)|梯|#"),
    ("floor", r"层|楼|F(?=-?\d)"),
    ("room", r"室|房|户|号房|号铺?"),
)
_NUMBER = r"[A-Z]{0,2}\d{1,7}(?!\d)[A-Z]?|[A-Z](?![A-Z])|[东西南北中](?=区|单元|门)"
_SHOP = r"(?:商铺|铺位?|车位|车库|地下室|储藏室)-?[A-Z]{0,2}\d{1,5}[A-Z]?"
_PIECE = re.compile(
    rf"(?P<shop>{_SHOP})"
    rf"|(?P<phase>[\u3400-\u9fff]*?\d{{1,2}}期|[\u3400-\u9fff]{{0,6}}?[A-Z\d东西南北中]区)"
    rf"|(?P<number>{_NUMBER})"
    r"|(?P<name>[A-Z]{0,2}[\u3400-\u9fff]{2,12})"
)
_BEHIND = re.compile("|".join(f"(?P<{role}>{words})" for role, words in _MARKS if role != "phase"))
_AS_DATE = re.compile(r"(?:19|20)\d\d-\d{1,2}-\d{1,2}(?:-00:00.*)?")


def addresses(text: str) -> tuple[Address, ...]:
    """Every address this spelling may mean, the likeliest first; none where it is no spelling of a home.

    A room alone has no building; a building alone has no room.
    """
    plain = _plain(text)
    if not plain or len(plain) > LONGEST or _AS_DATE.fullmatch(plain):
        return ()
    tokens = _tokens(plain)
    if not tokens:
        return ()
    found = [*_lettered(tokens), *(_address(tokens, way) for way in _readings(tokens))]
    found += _without_the_estate(tokens)
    found += _run_together(tokens)
    return tuple(dict.fromkeys(a for a in found if a.building or (a.room and not a.phase)))[:MOST]


def written(address: Address) -> str:
    """The one form: 3-2-1801, B-1801, 海棠苑 3-2-1801, 2期 3-1801, 2单元-1801 where no building is said."""
    entrance = address.entrance
    if entrance and not address.building:
        entrance = f"{entrance}单元"
    parts = (address.building, entrance, address.room)
    return " ".join(filter(None, (address.phase, "-".join(filter(None, parts)))))


def _plain(text: str) -> str:
    """Narrow, large, simplified; numbers in figures; one kind of hyphen; blanks only where they part something."""
    text = unicodedata.normalize("NFKC", text).upper().translate(_OLD)
    text = re.sub(r"\.0+$", "", text.strip())
    text = _DASHES.sub("-", text)
    text = re.sub(
        rf"[{_FIGURES}]+(?=期|区|号|栋|幢|座|单元|门|梯|楼|层|室|房|户|-|\s|#|$)", _figures, text
    )
    text = re.sub(r"第(?=\d)", "", text)
    text = re.sub(r"\s*([#期区号栋幢座单门梯楼层室房户])\s*", r"\1", text)
    text = re.sub(r"\s*-+\s*", "-", text)
    return re.sub(r"\s+", " ", text).strip(" -")


def _figures(found: re.Match[str]) -> str:
    """二十一 is 21, 一八零一 is 1801."""
    word = found[0]
    if not set(word) & {"十", "百"}:
        return "".join(_DIGITS[c] for c in word)
    hundreds, _, rest = word.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    number = 100 * _one(hundreds) if "百" in word else 0
    number += 10 * (_one(tens) or 1) if ten else 0
    return str(number + _one(ones))


def _one(figure: str) -> int:
    return int("".join(_DIGITS.get(c, "") for c in figure) or 0)


def _tokens(text: str) -> list[Token]:
    """The pieces in their order; none where something stands there that no spelling has."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        if text[at] in " -":
            at += 1
            continue
        piece = _PIECE.match(text, at)
        if piece is None:
            return []
        at = piece.end()
        behind = _BEHIND.match(text, at) if piece["number"] else None
        at = behind.end() if behind else at
        if len(found) == len(ROLES):
            return []
        found.append(_token(piece, behind, tied=text[at : at + 1] == "-", after=found))
    return found


def _token(
    piece: re.Match[str], behind: re.Match[str] | None, *, tied: bool, after: list[Token]
) -> Token:
    if piece["shop"]:
        words = re.sub(r"商铺|铺位", "铺", piece["shop"]).replace("-", "")
        return Token(words, "room")
    if piece["phase"]:
        return Token(re.sub(r"(?<!\d)0+(?=\d)", "", piece["phase"]), "phase")
    if piece["name"]:
        return Token(piece["name"], name=True, tied=tied)
    role: Role | None = behind.lastgroup if behind else None  # type: ignore[assignment]
    if role == "building" and any(t.role == "building" for t in after):
        role = "entrance" if behind and behind[0].startswith("#") else role
    return Token(_bare(piece["number"]), role)


def _bare(number: str) -> str:
    return re.sub(r"^([A-Z]*)0+(?=\d)", r"\1", number)


def _readings(tokens: list[Token]) -> Iterator[tuple[Role, ...]]:
    """What each piece may be: in the order of the parts, each part once; the likeliest reading first."""
    offered = [_offered(token, n == len(tokens) - 1) for n, token in enumerate(tokens)]
    ways = [way for way in product(*offered) if _may_be(tokens, way)]
    yield from sorted(ways, key=lambda way: _oddness(tokens, way))


def _offered(token: Token, last: bool) -> tuple[Role, ...]:
    if token.role is not None:
        return (token.role,)
    if token.name:
        return ("phase", "building")
    return ("room",) if last else ("phase", "building", "entrance", "floor")


def _may_be(tokens: list[Token], way: tuple[Role, ...]) -> bool:
    """Each part once, in its order; a floor that nothing names stands only before a door of one or two figures."""
    places = [ROLES.index(role) for role in way]
    if places != sorted(set(places)):
        return False
    door = re.fullmatch(r"\d{1,2}[A-Z]?", tokens[-1].text)
    bare = [t for t, role in zip(tokens, way, strict=True) if role == "floor" and t.role is None]
    return not bare or door is not None


def _oddness(tokens: list[Token], way: tuple[Role, ...]) -> int:
    """How unusual a reading is: 3-1801 is rather a building than an entrance; nobody says a floor without its door."""
    odd = 0
    for token, role in zip(tokens, way, strict=True):
        if role == "phase" and token.role is None:
            odd += (3 if token.tied else 0) if token.name else 6
        if role == "building" and token.name:
            odd += 0 if token.tied else 2
        if role == "floor" and token.role is None:
            odd += 4
    return odd + (2 if "entrance" in way and "building" not in way else 0)


def _address(tokens: list[Token], way: tuple[Role, ...]) -> Address:
    said = dict(zip(way, tokens, strict=True))
    parts = {role: token.text for role, token in said.items()}
    floor, room = parts.pop("floor", ""), parts.get("room", "")
    if floor and (door := re.fullmatch(r"(\d{1,2})([A-Z]?)", room)):
        parts["room"] = f"{floor}{int(door[1]):02d}{door[2]}"
    phase = said.get("phase")
    if phase and phase.role is None and not phase.name:
        parts["phase"] = f"{phase.text}期"
    building, entrance = parts.get("building", ""), parts.get("entrance", "")
    return Address(parts.get("phase", ""), building, entrance, parts.get("room", ""))


def _without_the_estate(tokens: list[Token]) -> Iterator[Address]:
    """A name in front may be the estate's own, which no address says."""
    if tokens[0].name and len(tokens) > 1:
        for way in _readings(tokens[1:]):
            yield _address(tokens[1:], way)


def _lettered(tokens: list[Token]) -> Iterator[Address]:
    """A building's letter right before the room: B1801."""
    alone = tokens[0].text if len(tokens) == 1 and not tokens[0].name else ""
    if found := re.fullmatch(r"([A-Z]{1,2})(\d{3,4}[A-Z]?)", alone):
        yield Address(building=found[1], room=found[2])


def _run_together(tokens: list[Token]) -> Iterator[Address]:
    """Figures typed without anything between them: 321801."""
    text = tokens[0].text if len(tokens) == 1 else ""
    if not re.fullmatch(r"\d{5,7}", text):
        return
    for room in (4, 3):
        head, door = text[:-room], text[-room:].lstrip("0") or "0"
        if len(head) > 1:
            yield Address(building=head[:-1], entrance=head[-1], room=door)
        yield Address(building=head, room=door)
