"""Telephone numbers in a cell: as many as stand there; what is wrong is told, and mended only one sure way."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from yingbin.customers.numbers import fault, whole_number
from yingbin.tables import Cell
from yingbin.tables.grid import folded

from .who import is_nobody

_RUN = re.compile(r"(?:\+|00)?(?:\(\d{2,4}\)|\d)(?:[\s\-().·—–_*xX#]*\d)*(?:\.0+(?!\d))?")
_APART = re.compile(
    r"[/,;、|。&\\]|或者?|和|以及|(?<=\d)\s*\+\s*(?=1[3-9]\d{9}(?!\d))|(?<=\d)\s*(?=\+\s*86\s*1[3-9]\d{9}(?!\d))"
)
_EXTENSION = re.compile(r"(?:转|分机|ext\.?)\s*:?\s*\d{1,6}(?!\d)", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.0+)?")
_POWER = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
_HIDDEN = re.compile(r"\d\s*[*xX×#·•]{2,}\s*\d")
# Eighteen figures with a day of birth among them.
_IDENTITY = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
_LOOKALIKE = str.maketrans("OoQIl", "00011")


@dataclass
class Phones:
    """The numbers in E.164 form; words for the note; what to tell."""

    area: str = ""
    numbers: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def phones_of(cell: Cell, heading: str = "电话", area: str = "") -> Phones:
    """Every number in the cell. area: the code that landlines without one get, such as 0755."""
    made = Phones(area)
    if cell.formula:
        made.told.append(f"{heading}是公式，文件里没有存下结果，按没写收。")
    elif cell.error:
        made.told.append(f"{heading}栏是错误值 {cell.text}，按没有电话收。")
    elif cell.text and not is_nobody(cell.text):
        _read(folded(cell.text), made, heading)
    made.numbers = list(dict.fromkeys(made.numbers))
    return made


def _read(text: str, made: Phones, heading: str) -> None:
    if _POWER.fullmatch(text):
        return _power(text, made, heading)
    if _HIDDEN.search(text):
        made.told.append(f"「{text}」中间几位被隐去了，写进备注，没有当电话收。")
        made.notes.append(f"{heading}：{text}")
        return None
    if _IDENTITY.search(text):
        made.told.append(f"{heading}栏里有身份证号，没有收。")
        text = _IDENTITY.sub(" ", text)
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    text = _without_letters(text, made)
    text = re.sub(r"[(\[](?=1[3-9]\d{9})", " ", text)
    for word in _EXTENSION.findall(text):
        made.notes.append(word)
        made.told.append(f"分机号「{word}」写进备注。")
    left = []
    for part in _APART.split(_EXTENSION.sub(" ", text)):
        left.append(_RUN.sub(lambda m: _taken(m, made, heading), part))
    _words(left, text, made, heading)
    return None


_LETTERS = re.compile(r"(?<![A-Za-z\d])[\dOoQIl]{11}(?![A-Za-z\d])")


def _without_letters(text: str, made: Phones) -> str:
    """Letters that stand for digits in a mobile number are read as digits, and that is told."""

    def digits(m: re.Match[str]) -> str:
        number = m[0].translate(_LOOKALIKE)
        if number == m[0] or whole_number(number) is None:
            return m[0]
        made.told.append(f"「{m[0]}」里的字母按数字读，按 {number} 收。")
        return number

    return _LETTERS.sub(digits, text)


def _power(text: str, made: Phones, heading: str) -> None:
    """`1.3812341234E+10` still has all its digits; `1.38E+10` has lost them."""
    value = Decimal(text.upper())
    digits = str(int(value)) if value < Decimal(10) ** 15 else ""
    told = len(text.upper().split("E")[0].replace(".", ""))
    number = whole_number(digits) if digits and told >= len(digits) else None
    if number:
        made.numbers.append(number)
    else:
        made.told.append(
            f"「{text}」被表格显示成了科学计数，后几位已经丢失，写进备注，没有当电话收。"
        )
        made.notes.append(f"{heading}：{text}")


def _taken(found: re.Match[str], made: Phones, heading: str) -> str:
    """Takes a run of digits as one number or several; what is none stays in the text."""
    run = _opened(re.sub(r"\.0+$", "", found[0].strip()), made.area)
    digits = re.sub(r"\D", "", run)
    of_a_word = re.search(r"[A-Za-z_]$", found.string[: found.start()])
    if len(digits) < 5 or (of_a_word and not _number(run, made.area)):
        return run
    if len(digits) == 22 and digits[0] == digits[11] == "1" and not re.search(r"\D", run):
        made.told.append(f"「{run}」是两个号码连在一起，按 {digits[:11]}、{digits[11:]} 收。")
        pieces = [digits[:11], digits[11:]]
    elif _extended(run):
        pieces = [run]
    else:
        pieces = _parted(re.sub(r"(?<=\d)\s*(?=\(0\d{2,3}\))", " ", run).split(), made.area)
    for piece in pieces:
        _one(piece, made, heading)
    return " "


def _opened(run: str, area: str) -> str:
    """`13812340001(0571-87654321)`: what stands in a bracket behind a whole number is no part of it."""
    at = run.find("(", 1)
    if at < 0 or not _number(run[:at], area):
        return run
    return f"{run[:at]} {run[at + 1 :]}"


def _extended(run: str) -> re.Match[str] | None:
    """A landline with an extension behind a dash, however its own figures are parted."""
    found = re.fullmatch(r"(.*\d{7,8}|\(?0[\d\s()]+\d{4})\s*[-—]\s*(\d{1,5})", run)
    return found if found and whole_number(found[1]) and not whole_number(run) else None


def _parted(words: list[str], area: str) -> list[str]:
    """Words of digits put together to whole numbers where they can be; else as far as they can."""
    if len(words) < 2:
        return words
    for many in range(len(words), 0, -1):
        first = " ".join(words[:many])
        if _number(first, area):
            rest = _parted(words[many:], area)
            if many == len(words) or all(_number(r, area) for r in rest):
                return [first, *rest]
    cut = next((n for n in range(len(words), 0, -1) if _number(" ".join(words[:n]), area)), 0)
    if cut:
        return [" ".join(words[:cut]), *_parted(words[cut:], area)]
    later = next((n for n in range(1, len(words)) if _number(" ".join(words[n:]), area)), 0)
    return [" ".join(words[:later]), " ".join(words[later:])] if later else [" ".join(words)]


def _number(text: str, area: str) -> str | None:
    digits = re.sub(r"\D", "", text)
    if re.fullmatch(r"9\d{6,}", digits):
        return None  # numbers of services, which nobody has at home
    return whole_number(text) or _service(digits) or _local(digits, area)


def _one(run: str, made: Phones, heading: str) -> None:
    digits = re.sub(r"\D", "", run)
    number = _number(run, made.area)
    if number:
        made.numbers.append(number)
        if re.fullmatch(r"(?:0|86)1\d{10}", digits) and not run.lstrip().startswith(
            ("+", "(86", "(+86")
        ):
            made.told.append(
                f"「{run}」多了 {len(digits) - 11} 位，按 {number.removeprefix('+86')} 收。"
            )
        return
    extension = _extended(run)
    if extension and (number := whole_number(extension[1])):
        made.numbers.append(number)
        made.notes.append(f"转{extension[2]}")
        made.told.append(f"分机号「{extension[2]}」写进备注。")
        return
    mended = _mended(run, digits)
    if mended:
        made.numbers.append(mended)
        made.told.append(f"「{run}」按 {mended.removeprefix('+86')} 收。")
        return
    made.told.append(f"「{run}」没有当电话收，写进备注：{_why(run, digits)}")
    made.notes.append(f"{heading}：{run}")


def _why(run: str, digits: str) -> str:
    if len(digits) in (7, 8) and digits[0] not in "01":
        return "固定电话没有区号。"
    return fault(run) or "这个号码不对，请核对。"


def _local(digits: str, area: str) -> str | None:
    """A landline without its code, with the one that the uploader named."""
    bare = len(digits) in (7, 8) and digits[0] not in "01"
    return whole_number(area + digits) if area and bare else None


def _service(digits: str) -> str | None:
    """Numbers that belong to no place: 400 and 800."""
    return f"+86{digits}" if re.fullmatch(r"[48]00\d{7}", digits) else None


def _mended(run: str, digits: str) -> str | None:
    """The number, where exactly one way of reading it is one."""
    ways = {digits[1:]} if digits.startswith("01") else set()
    ways |= {
        digits[n:] for n, mark in ((2, "86"), (4, "0086"), (3, "086")) if digits.startswith(mark)
    }
    if run.startswith("+1"):
        ways.add(digits)
    if len(digits) == 12:
        ways |= {digits[:n] + digits[n + 1 :] for n in range(12)}
    found = {number for way in ways if len(way) == 11 and (number := whole_number(way))}
    return found.pop() if len(found) == 1 else None


def _words(left: list[str], text: str, made: Phones, heading: str) -> None:
    """What stood beside the numbers goes to the note."""
    words = re.sub(r"\(\s*\)|\[\s*\]", "", " ".join(left))
    words = re.sub(r"[(\[]([^()\[\]]*)[)\]]", r" \1 ", words)
    words = re.sub(r"\s+", " ", words).strip(" ()[].:-+、,;")
    if not words:
        return
    made.notes.append(words if made.numbers else f"{heading}：{words}")
    if made.numbers:
        made.told.append(f"{heading}栏里的「{words}」写进备注。")
    elif not any(n.startswith(heading) for n in made.notes[:-1]):
        made.told.append(f"{heading}栏里没有号码，「{words}」写进备注。")
