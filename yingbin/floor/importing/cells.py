"""What stands in a cell of an old register: numbers, days, headcounts, wishes, in any usual notation.

Nothing here raises: a cell that can't be read says why, in one Chinese sentence.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from yingbin.customers.numbers import fault, whole_number

LONGEST = 500
EMPTY = {"", "-", "--", "/", "\\", "无", "没有", "没留", "未留", "不详", "不留", "未填", "空", "n/a", "#n/a", "none"}  # fmt: skip


def text_of(value: Any) -> str:
    """A cell's text: numbers without exponent or `.0`, days as ISO, blanks folded."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M" if value.time() != time() else "%Y-%m-%d")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        value = int(value)
    text = unicodedata.normalize("NFKC", str(value)[: LONGEST * 2]).replace("\x00", "")
    text = re.sub(r"[\s\u200b-\u200f\ufeff\ud800-\udfff]+", " ", text).strip().lstrip("'").strip()
    return "" if text.casefold() in EMPTY else text[:LONGEST]


@dataclass(frozen=True)
class Phones:
    """The numbers in a cell in E.164 form, what is wrong with others, and what to mention."""

    numbers: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


_RUN = re.compile(r"(?:\+|00)?\d[\d\s\-().·—–_]*")
_APART = re.compile(r"[/,;、|。]|或者?|和|以及|\s{2,}")
_EXTENSION = re.compile(r"(?:转|分机|ext\.?)\s*\d{1,6}", re.IGNORECASE)
_POWER = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")


def phones(text: str, area: str = "") -> Phones:
    """Every number in the cell. `area`: the code that landlines without one get, such as 0755."""
    text = text_of(text)
    if not re.search(r"\d", text):
        return Phones(warnings=("电话栏里没有号码，按没有电话收。",) if text else ())
    if re.search(r"\d\s*[*xX×#·•]{2,}\s*\d", text):
        return Phones(faults=("号码中间几位被隐去了，请补全。",))
    if _POWER.fullmatch(text):
        return _from_power(text)
    warnings = ("分机号没有收，请写在备注里。",) if _EXTENSION.search(text) else ()
    numbers: list[str] = []
    faults: list[str] = []
    for piece in _pieces(_EXTENSION.sub(" / ", text)):
        number = _number(piece, area)
        if number:
            numbers.append(number)
        else:
            faults.append(fault(piece))
    if not numbers and not faults:
        faults.append(fault(text))
    return Phones(tuple(dict.fromkeys(numbers)), tuple(faults), warnings)


def _from_power(text: str) -> Phones:
    """`1.3812341234E+10` still has all digits; `1.38E+10` has lost them."""
    value = Decimal(text.upper())
    digits = str(int(value)) if value < Decimal(10) ** 15 else ""
    told = len(text.upper().split("E")[0].replace(".", ""))
    if digits and told >= len(digits) - 1 and (number := whole_number(digits)):
        return Phones((number,))
    return Phones(
        faults=("号码被表格显示成了科学计数，后几位已经丢失，请把这一列改成文本后补全。",)
    )


def _pieces(text: str) -> list[str]:
    """The runs of digits that may each be one number; 22 digits in a row are two mobiles."""
    found: list[str] = []
    for part in _APART.split(text):
        for run in _RUN.findall(part):
            digits = re.sub(r"\D", "", run)
            if len(digits) == 22 and digits[0] == digits[11] == "1":
                found += [digits[:11], digits[11:]]
            elif len(digits) >= 5:
                found.append(run.strip(" -.—–_()·"))
    return found[:6]


def _number(piece: str, area: str) -> str | None:
    number = whole_number(piece)
    if number is None and area:
        digits = re.sub(r"\D", "", piece)
        if len(digits) in (7, 8) and not digits.startswith(("0", "1")):
            number = whole_number(area + digits)
    return number


@dataclass(frozen=True)
class Day:
    """The day in a cell, with the time of day where one stands there, or what is wrong."""

    day: date | None = None
    at: time | None = None
    fault: str = ""
    warning: str = ""


_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_SEP = r"\s*[年./\-\s]\s*"
_SEP_M = r"\s*[月./\-\s]\s*"
_FULL = re.compile(rf"(\d{{4}}|\d{{2}}){_SEP}(\d{{1,2}}){_SEP_M}(\d{{1,2}})(?!\d)\s*[日号]?(.*)")
_US = re.compile(r"(\d{1,2})\s*[./\-]\s*(\d{1,2})\s*[./\-]\s*(\d{4})(?!\d)(.*)")
_SHORT = re.compile(r"(\d{1,2})\s*[月./\-]\s*(\d{1,2})(?![\d.])\s*[日号]?(.*)")
_SOLID = re.compile(r"((?:19|20)\d{2}|\d{2})(\d{2})(\d{2})(?:\s+(.*))?")
_SERIAL = re.compile(r"([3-6]\d{4})(\.\d+)?")
_TIME = re.compile(r"(上午|下午|早上|晚上|中午|[aApP][mM])?\s*(\d{1,2})\s*[:时点]\s*(\d{1,2}|半)?")
_FIRST = date(1990, 1, 1)


def day(text: str, today: date, year: int | None = None) -> Day:
    """The day in the cell. `year`: whose days those without a year are; else the latest past one."""
    text = re.sub(r"[(（]?(?:星期|周|礼拜)[一二三四五六日天1-7][)）]?", " ", text_of(text)).strip()
    if not text:
        return Day(fault="没有来访日期。")
    text = _arabic(text)
    serial = _SERIAL.fullmatch(text)
    if serial:
        return _from_serial(serial, today)
    parts, rest, warning = _parts(text, today, year)
    if parts is None:
        return Day(fault="看不懂这个日期，请写成 2025-03-08 这样。")
    try:
        found = date(*parts)
    except ValueError:
        return Day(fault="没有这一天，请核对年月日。")
    return _within(found, clock(rest), warning, today)


def _arabic(text: str) -> str:
    """`二〇二五年三月十八日` in figures."""
    text = text.translate(_DIGITS)
    text = re.sub(r"(?<!\d)十(?=\d)", "1", text)
    text = re.sub(r"(?<=\d)十(?=\d)", "", text)
    text = re.sub(r"(\d)十", r"\g<1>0", text)
    return text.replace("十", "10")


_Parts = tuple[int, int, int]


def _parts(text: str, today: date, year: int | None) -> tuple[_Parts | None, str, str]:
    """Year, month and day, what follows them, and what to mention."""
    if m := _US.match(text):
        month, day_, full = int(m[1]), int(m[2]), int(m[3])
        if month > 12:
            month, day_ = day_, month
        plain = month == day_ or max(month, day_) > 12
        said = "" if plain else f"按 {full} 年 {month} 月 {day_} 日读的。"
        return (full, month, day_), m[4], said
    if m := _FULL.match(text):
        return (_year(m[1]), int(m[2]), int(m[3])), m[4], ""
    if m := _SOLID.fullmatch(text):
        return (_year(m[1]), int(m[2]), int(m[3])), m[4] or "", ""
    if m := _SHORT.match(text):
        month, day_ = int(m[1]), int(m[2])
        guessed = year or (today.year - ((month, day_) > (today.month, today.day)))
        return (guessed, month, day_), m[3], f"没写年份，按 {guessed} 年收。"
    return None, "", ""


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _from_serial(found: re.Match[str], today: date) -> Day:
    """Excel counts days from the end of 1899."""
    minutes = round(float(found[2] or 0) * 1440)
    at = datetime(1899, 12, 30) + timedelta(days=int(found[1]), minutes=minutes)
    return _within(at.date(), at.time() if minutes else None, "", today)


def _within(found: date, at: time | None, warning: str, today: date) -> Day:
    if found > today:
        return Day(fault=f"{found} 还没有到，请核对。")
    if found < _FIRST:
        return Day(fault=f"{found} 太早了，请核对年份。")
    return Day(found, at, warning=warning)


def clock(text: str) -> time | None:
    """The time of day in a text: `14:30`, `下午3点半`; None where none is."""
    m = _TIME.search(text)
    if not m:
        return None
    hour = int(m[2])
    minute = 30 if m[3] == "半" else int(m[3] or 0)
    if (m[1] or "").lower() in ("下午", "晚上", "pm") and hour < 12:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


_COUNTS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}


def headcount(text: str) -> int | None:
    """How many people: `3`, `三人`, `2大1小`; None where that can't be read."""
    text = text_of(text)
    figures = [int(f) for f in re.findall(r"\d{1,3}", text)]
    figures = figures or [_COUNTS[c] for c in text if c in _COUNTS]
    many = sum(figures[:3])
    return many if 1 <= many <= 200 and not re.search(r"\d{4}", text) else None


def first_visit(text: str) -> bool | None:
    """Whether it was the first visit, where the cell says so."""
    text = text_of(text)
    if re.search(r"再|复|二|老|多次|回访|[2-9]|否|不是", text):
        return False
    return True if re.search(r"首|初|第一|新|是|√|✓|1", text) else None


_TITLE = re.compile(r"(先生|女士|小姐|太太|老师)$")


def names(text: str) -> tuple[list[str], str]:
    """The names in a cell and how the first is addressed: `张先生` is 张, mr."""
    found: list[str] = []
    title = ""
    for part in re.split(r"[/,;、|&]|和(?=\S{2,4}$)", text_of(text)):
        name = part.strip(" .:()")
        said = _TITLE.search(name)
        if said and len(name) > len(said[0]):
            name = name[: -len(said[0])].strip()
            if not found and said[0] != "老师":
                title = "mr" if said[0] == "先生" else "ms"
        if name and not name.isdecimal():
            found.append(name)
    return list(dict.fromkeys(found))[:4], title
