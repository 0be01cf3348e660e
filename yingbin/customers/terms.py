"""What the search box finds: names turned into terms, and what was typed into terms asked.

Every term starts with a tag of its site, so that one index serves all sites and reads only one.
Terms of a name: each character, each pair of neighbours, the whole (`=张三`); of every likely
spelling, the pinyin from the first letter on, its initials, surname in full with initials
(`zhangs`); the whole of each (`=zhangsan`, `=zs`). Each word of a name is found by itself too.
Whoever changes what terms a name has raises `models.TERMS_VERSION`: the worker makes them anew.
"""

import hashlib
import re
import unicodedata
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from uuid import UUID

from yingbin.people.spellings import folded, spellings, words

from .numbers import whole_number

LONGEST = 16
FEWEST_DIGITS = 3
_TITLES = re.compile(r"(先生|女士|小姐|太太|老师)$")
_PHONE = re.compile(r"[\d\s\-()()+.·—–_]+")


@dataclass(frozen=True)
class Ask:
    """What was typed, as asked of the database. Terms carry the site's tag.

    terms: all must be there; exact: any of these makes a whole match; digits: how the phone ends;
    e164: the whole number where a whole one was typed.
    """

    terms: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    digits: str = ""
    e164: str = ""

    @property
    def empty(self) -> bool:
        """Too little was typed to look for anything."""
        return not self.terms and not self.digits


@lru_cache(maxsize=1024)
def tag(site_id: UUID) -> str:
    """Four characters that stand for the site in its terms; two sites may share one by chance."""
    return b32encode(hashlib.sha256(site_id.bytes).digest())[:4].decode()


def core(name: str) -> str:
    """The letters and characters of a name alone: 阿依·古丽 and 阿依古丽, José and Jose, 陳 and 陈 are one."""
    return folded(name)


def bare_name(name: str) -> str:
    """The letters of a name without how its bearer is addressed: 王先生 and 王 are one."""
    return core(_TITLES.sub("", name.strip()))


def of_names(site_id: UUID, names: Iterable[str]) -> list[str]:
    """All terms under which these names are found, sorted."""
    found: set[str] = set()
    for name in names:
        found |= _of_name(name)
    mark = tag(site_id)
    return sorted(mark + term for term in found)


def _of_name(name: str) -> set[str]:
    whole, parts = core(name), words(name)
    if not whole:
        return set()
    terms = _pieces(whole) | {f"={whole[:LONGEST]}"}
    for sounds in spellings(name):
        terms |= _sounding(sounds) | {f"={word[:LONGEST]}" for word in _whole(sounds)}
    for part in parts if len(parts) > 1 else ():
        for sounds in spellings(part):
            terms |= _sounding(sounds)
    return terms


def _whole(sounds: tuple[str, ...]) -> tuple[str, str]:
    """The spelling and its initials."""
    return "".join(sounds), "".join(sound[0] for sound in sounds)


def _sounding(sounds: tuple[str, ...]) -> set[str]:
    spelled, initials = _whole(sounds)
    terms = _heads(spelled) | _heads(initials)
    for told in (1, 2):
        terms |= _heads("".join(sounds[:told]) + initials[told:])
    return terms


def _heads(word: str) -> set[str]:
    return {word[:n] for n in range(1, min(len(word), LONGEST) + 1)}


def _pieces(text: str) -> set[str]:
    """Each Chinese character and each pair of neighbours; Latin words go by their heads."""
    runs = re.findall(r"[^ -~]+", text)
    return {c for run in runs for c in run} | {p for run in runs for p in _pairs(run)}


def _pairs(run: str) -> set[str]:
    return {a + b for a, b in pairwise(run)}


def of_query(site_id: UUID, text: str) -> Ask:
    """What the text asks for: the end of a phone, a name in characters or letters, or both."""
    text = unicodedata.normalize("NFKC", text).strip()
    if _PHONE.fullmatch(text):
        return _phone(text)
    digits = max(re.findall(r"\d{3,}", text), key=len, default="")
    name = bare_name(re.sub(r"\d", "", text))
    if not name:
        return Ask(digits=digits)
    mark = tag(site_id)
    terms = tuple(sorted(mark + term for term in _asked(name)))
    return Ask(terms, (f"{mark}={name[:LONGEST]}",), digits)


def _phone(text: str) -> Ask:
    e164 = whole_number(text) or ""
    digits = "".join(c for c in text if c.isdigit())
    # With + or 0 in front it is no end of a number but a beginning: the country, the area.
    if e164 and text.lstrip(" (").startswith(("+", "0")):
        digits = e164[1:]
    return Ask(digits=digits, e164=e164) if len(digits) >= FEWEST_DIGITS else Ask()


def _asked(name: str) -> set[str]:
    if name.isascii():
        return {name[:LONGEST]}
    # Half typed by an input method, `张san`: the characters are enough.
    runs = re.findall(r"[^ -~]+", name)
    return {piece for run in runs for piece in (_pairs(run) or {run})}
