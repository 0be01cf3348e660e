"""Headcounts, first visits, receivers and plain words."""

import re

from .cells import ERR, PLACE, Cell, nf, simp
from .headings import head
from .names import read_names
from .numerals import CN, NUM, cnum

_UNIT = r"(?:个人|人|位|口|个|名|口人|口之家)?"
_GROUP = r"(?:一行|父子|母女|母子|父女|姐妹|兄弟|朋友|[一二两三\d]家|全家|一家|共)"
_PAIR = r"(?:夫妻|夫妇|两口子|小两口|情侣|母女|父子|母子|父女)"
_TICKS, _CROSSES = "√✓✔Vv☑", "×xXoO●"


def broken(cell: Cell, what: str) -> list[str] | None:
    """What is told of a cell without a value of its own."""
    if cell.kind == "f":
        return [f"{what}是没有存下结果的公式，当作空。"]
    if cell.kind == "e" or cell.text in ERR:
        return [f"{what}是错误值，没有存。"]
    return None


def read_people(cell: Cell) -> tuple[int | None, list[str]]:
    """How many came."""
    if (told := broken(cell, "人数")) is not None:
        return None, told
    text = re.sub(r"\.0+$", "", nf(cell.text).replace(" ", ""))
    if not text or text in PLACE:
        return None, []
    about = re.fullmatch(r"(?:大约|大概|约)(.+)|(.+?)(?:左右|上下|以内)", text)
    many, guessed = _many(about[1] or about[2] if about else text)
    if many is None or not 1 <= many <= 200:
        return None, [f"人数“{text}”说不准，没有存。"]
    return many, [f"人数“{text}”按 {many} 人存。"] if about or guessed else []


def _many(text: str) -> tuple[int | None, bool]:
    """How many, and whether it is a guess."""
    if re.fullmatch(_PAIR + r"(?:俩|二人|两人|2人|两个)?", text):
        return 2, False
    if text == "本人":
        return 1, False
    if more := re.fullmatch(_PAIR + r"\+(\d)(?:个?孩子?)?", text):
        return 2 + int(more[1]), False
    for shape in (
        rf"(?:大人|成人)({NUM})[人个位]?(?:小孩|孩子|儿童)({NUM})[人个位]?",
        rf"(?:老人|男)({NUM})(?:大人|女)({NUM})",
        rf"({NUM})男({NUM})女",
        rf"({NUM})个?(?:大人|大|成人)[,、+]?({NUM})个?(?:小孩|小|孩子|儿童|孩)",
        r"(\d)\+(\d)",
    ):
        if both := re.fullmatch(shape, text):
            return (cnum(both[1]) or 0) + (cnum(both[2]) or 0), False
    if ends := re.fullmatch(rf"({NUM}){_UNIT}[-~至到—、,]({NUM}){_UNIT}", text):
        return cnum(ends[2]), True
    if alone := re.fullmatch(rf"{_GROUP}?({NUM}|俩|仨)(?:{_UNIT}|个?大人|大|人/\d+组)", text):
        return _figure(alone[1])
    inside = re.fullmatch(rf"({NUM}){_UNIT}[(,、].*\)?", text)
    return (cnum(inside[1]), False) if inside else (None, False)


def _figure(word: str) -> tuple[int | None, bool]:
    """`两三` is the next to each other's greater, `三五` is vague."""
    if re.fullmatch(r"[一二两三四五六七八九]{2}", word):
        low, high = CN[word[0]], CN[word[1]]
        return (high, True) if high == low + 1 else (None, False)
    return cnum(word), False


def read_first(cell: Cell, heading: str) -> tuple[bool | None, list[str]]:
    """Whether it was the first visit."""
    if (told := broken(cell, "首访栏")) is not None:
        return None, told
    text = re.sub(r"\.0+$", "", simp(nf(cell.text)).replace(" ", ""))
    if not text or text in PLACE:
        return None, []
    if text in {*_TICKS, *_CROSSES}:
        return _tick(text, heading)
    if text in ("是", "否", "Y", "N", "y", "n", "不是", "TRUE", "FALSE"):
        asked = _asks(heading)
        yes = text in ("是", "Y", "y", "TRUE")
        return (yes == asked, []) if asked is not None else (None, [f"“{text}”说不准。"])
    if boxed := _boxed(text):
        return boxed
    first = _meant(text)
    return first, [] if first is not None else [f"“{cell.text}”读不懂，没有存。"]


def _asks(heading: str) -> bool | None:
    """Whether the heading asks for first visits (True) or for repeats; None where it asks for both."""
    first = bool(re.search(r"首|初|新|第一", head(heading)))
    again = bool(re.search(r"复|再|老", head(heading)))
    return first if first != again else None


def _tick(text: str, heading: str) -> tuple[bool | None, list[str]]:
    asked = _asks(heading)
    if text in _CROSSES or asked is None:
        return None, [f"“{text}”是什么意思说不准，没有存。"]
    return asked, [f"“{text}”按“{heading}”读。"]


def _boxed(text: str) -> tuple[bool | None, list[str]] | None:
    """The one word of a printed form that is ticked, told."""
    if not re.search(r"[□☑]", text):
        return None
    shape = r"[☑√](\w+)" if text[0] in "□☑√" else r"(\w+)[☑√]"
    ticked = re.findall(shape, text)
    return (_meant(ticked[0]) if len(ticked) == 1 else None), [f"“{text}”按勾的读。"]


def _meant(text: str) -> bool | None:
    if number := re.fullmatch(rf"第?({NUM})(?:次来访|次到访|次|访)?", text):
        many = cnum(number[1])
        return many == 1 if many else None
    if re.fullmatch(r"(?:首|初)[次访]?/?(?:复|再)[次访]?", text):
        return None
    if re.match(r"(?:非|不是)(?:首|初)", text):
        return False
    if re.search(r"老(?:客户|业主)?带新", text):
        return True
    yes = bool(re.search(r"首|初|第一次|头一次|新", text))
    no = bool(re.search(r"复|再|老|旧|[二三四五六]访|[二三四五六]次|回访|多次", text))
    if yes and no:
        return True if re.match(r"首|初|新|第一次", text) else None
    return yes if yes or no else None


def read_receiver(cell: Cell) -> tuple[str | None, list[str]]:
    """Who received: the text as it is, and what in it is no one colleague."""
    if (told := broken(cell, "接待人")) is not None:
        return None, told
    text = nf(cell.text).strip()
    if not text:
        return None, []
    if "离职" in text:
        return cell.text, ["接待人已离职。"]
    if text in PLACE or not re.search(r"[\u3400-\u9fffA-Za-z]", text):
        return cell.text, ["接待人一栏不是名字。"]
    several = len(read_names(Cell(text, text, "s")).names) > 1
    return cell.text, ["接待人写了两个名字。"] if several else []


def plain(cell: Cell, what: str) -> tuple[str | None, list[str]]:
    """A text as it stands."""
    told = broken(cell, what)
    return (None, told) if told is not None else (cell.text or None, [])
