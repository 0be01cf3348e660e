"""Names."""

import re
from dataclasses import dataclass, field

from .cells import ERR, PLACE, Cell, nf
from .phones import FOREIGN, LAND, MOBILE, read_phones

TITLE = ("先生", "女士", "太太", "小姐", "经理", "老师", "总")
_KIN = "夫|妻|夫人|妻子|丈夫|老公|老婆|父|母|子|女|儿子|女儿|父亲|母亲|爱人|其妻|其夫|太太|家人|父母|孩子"
REL = rf"(?:{_KIN}|转介绍|.{{1,5}}的(?:太太|先生|儿子|女儿)|老业主|业主|同行|代|朋友|.{{1,4}}(?:的)?(?:朋友|介绍|亲戚|同事|家属))"
COUPLE = r"(?:夫妇|夫妻|夫妻俩|夫妇俩|夫妻二人|一家|一家三口|一家人|全家|等人|等|等?\d+人)"
_HAN = r"[\u3400-\u9fff]"
_ALONG = rf"(.+?)((?:和|与|及|带)(?:{_KIN}|朋友|同事|孩子))"


@dataclass
class Names:
    """Names beside their titles; notes; what is told; telephone numbers with how they stand there."""

    names: list[str] = field(default_factory=list)
    titles: list[str | None] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    phones: list[tuple[str, str]] = field(default_factory=list)


def strip_title(name: str) -> tuple[str, str | None]:
    title = next((t for t in TITLE if name.endswith(t) and len(name) > len(t)), None)
    return (name[: -len(title)].strip(), title) if title else (name, None)


def full_name(text: str) -> bool:
    """Two to four characters, or with a title one to four."""
    name, title = strip_title(text.strip())
    shape = rf"(?:{_HAN}|[·\U00020000-\U0003ffff])+"
    return bool(re.fullmatch(shape, name)) and (1 if title else 2) <= len(name) <= 4


def read_names(cell: Cell) -> Names:
    """Every name of the cell."""
    text, found = nf(cell.text).strip(), Names()
    if cell.kind == "f":
        found.told.append("姓名是没有存下结果的公式，当作空。")
    elif cell.kind == "e" or text.startswith("#") or text.upper() in {*PLACE, *ERR}:
        found.told.append(f"姓名“{cell.text}”不是名字，没有存。")
    elif text:
        bare = _without_brackets(_without_numbers(text, found), found)
        _parts(_INNER.sub(r"\1、\2", _LABEL.sub(lambda m: _noted(m, found), bare)), found)
        if not (found.names or found.phones or found.told):
            found.told.append(f"“{text}”不是名字，写进备注。")
    return found


_LABEL = re.compile(r"(夫|妻)\s*:\s*")
_INNER = re.compile(rf"(先生|女士)((?![和与及]){_HAN}{{2,4}}(?:先生|女士))$")


def _noted(at: re.Match[str], found: Names) -> str:
    found.notes.append(at[1])
    return "、"


def _without_numbers(text: str, found: Names) -> str:
    def take(at: re.Match[str]) -> str:
        numbers = read_phones(Cell(at[0], at[0], "s")).in_order()
        found.phones += [(number, at[0]) for number in numbers]
        return " " if numbers else at[0]

    for shape in (MOBILE, LAND, FOREIGN):
        text = re.sub(shape, take, text)
    return text.strip(" /,:-、")


def _without_brackets(text: str, found: Names) -> str:
    def take(at: re.Match[str]) -> str:
        found.notes += [at[1].strip()] if at[1].strip() else []
        return "、"

    text = re.sub(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]", take, text)
    return re.sub(r"[(\[【〔](.*)$", take, text).strip(" 、,/")


def _parts(text: str, found: Names) -> None:
    for part in re.split(r"[、,/;\n&|+]+", text):
        along = re.fullmatch(_ALONG, part.strip())
        couple = re.fullmatch(rf"(.+?)\s*({COUPLE})", part.strip())
        alone = along and full_name(along[1]) and not along[1].endswith("和")
        behind = along if alone else couple
        found.notes += [behind[2]] if behind else []
        for name in _by_and(behind[1] if behind else part.strip()):
            _keep(name.strip(), found)


def _keep(name: str, found: Names) -> None:
    if not name:
        return
    if re.fullmatch(rf"{REL}|{COUPLE}", name) or name in TITLE:
        found.notes.append(name)
    elif name in PLACE:
        found.told.append(f"“{name}”不是名字，没有存。")
    else:
        bare, title = strip_title(name)
        found.names.append(re.sub(rf"(?<={_HAN}) +(?={_HAN})", "", bare))
        found.titles.append(title)


def _by_and(text: str) -> list[str]:
    """和, 与 and a blank part two whole names only."""
    bits = text.split()
    if len(bits) > 1 and re.search(_HAN, text):
        together = "".join(bits)
        if all(full_name(b) or b in TITLE or re.fullmatch(rf"{COUPLE}|{REL}", b) for b in bits):
            return _titled([name for b in bits for name in _by_and(b)])
        if all(re.fullmatch(rf"{_HAN}+", b) for b in bits):
            short = all(len(b) == 1 for b in bits) or len(together) <= 4
            return [together] if short else [name for b in bits for name in _by_and(b)]
    for at in re.finditer(r"和|与|及", text):
        left, right = text[: at.start()].strip(), text[at.end() :].strip()
        if full_name(left) and right and (full_name(right) or len(_by_and(right)) > 1):
            return [left, *_by_and(right)]
    return [text]


def _titled(names: list[str]) -> list[str]:
    """A title behind a blank belongs to the name before it."""
    made: list[str] = []
    for name in names:
        if name in TITLE and made and strip_title(made[-1])[1] is None:
            made[-1] += name
        else:
            made.append(name)
    return made
