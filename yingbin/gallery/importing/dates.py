"""Days as old registers write them: each cell by itself as far as it goes, the rest by its whole column."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from yingbin.people.traditional import simple
from yingbin.tables import Cell
from yingbin.tables.grid import FIRST_DAY, folded

from .clocks import clock_in

EARLIEST = date(1990, 1, 1)
Shape = Literal["empty", "fault", "fixed", "first4", "last4", "two", "short", "day"]
# Month names of other programs, by their first three letters.
_MONTHS = {
    m: n
    for n, m in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}


@dataclass(frozen=True)
class DayCell:
    """What a cell says of a day before its column is asked.

    numbers: year, month, day for `fixed`; the three figures as written for first4, last4, two; month and day
    for `short`; the day alone for `day`. rest: words that belong to no date.
    """

    shape: Shape
    numbers: tuple[int, ...] = ()
    at: time | None = None
    fault: str = ""
    told: tuple[str, ...] = ()
    rest: str = ""
    written: tuple[str, ...] = ()
    month_said: bool = False


def day_cell(cell: Cell, epoch: int = 1900) -> DayCell:
    """Reads one cell of a column of days."""
    if cell.formula:
        return _fault("日期是公式，文件里没有存下结果。请在 Excel 里打开、保存后再上传。")
    if cell.error:
        return _fault(f"日期栏是错误值 {cell.text}，请补上日期。")
    value = cell.value
    if isinstance(value, date | time):
        return _moment(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, cell, epoch)
    return _text(cell.text, epoch) if cell.text else DayCell("empty")


def _moment(value: date | time) -> DayCell:
    if isinstance(value, time):
        return _fault(f"日期栏里只有时间 {value:%H:%M}，没有日期。")
    if isinstance(value, datetime):
        at = value.time().replace(second=0, microsecond=0)
        return _fixed(value.date(), at if at != time() else None)
    return _fixed(value)


def _fault(why: str) -> DayCell:
    return DayCell("fault", fault=why)


def _fixed(day: date, at: time | None = None, told: tuple[str, ...] = ()) -> DayCell:
    return DayCell("fixed", (day.year, day.month, day.day), at, told=told)


def _number(value: float, cell: Cell, epoch: int) -> DayCell:
    """A number is read as its cell shows it, where what is shown can be a day."""
    if 20_000 <= value < 80_000:
        at = FIRST_DAY[epoch] + timedelta(minutes=round(value * 1440))
        return _fixed(at.date(), at.time() if at.time() != time() else None)
    if float(value).is_integer() and "." not in cell.text:
        return _text(str(int(value)), epoch)
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})", cell.text)
    if found and len(found[2]) == 1:
        days = [int(found[2]), int(found[2]) * 10]
        ways = [d for d in days if real(2024, int(found[1]), d)]
        if len(ways) > 1:
            month = int(found[1])
            return _fault(
                f"「{cell.text}」可能是 {month} 月 {ways[0]} 日，也可能是 {month} 月 {ways[1]} 日，请写清楚。"
            )
    return _text(cell.text, epoch)


def real(year: int, month: int, day: int) -> date | None:
    """The day, where there is such a day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


_LUNAR = re.compile(r"农历|阴历|旧历|腊月|正月|冬月|闰|初[一二三四五六七八九十]|[廿卅]")
_WEEKDAY = re.compile(r"[(\[]?(?:星期|周|礼拜)[一二三四五六日天1-7][)\]]?")
_REPUBLIC = re.compile(r"(?:中华)?民国\s*(\d{1,3}|元|[一二三四五六七八九十百零〇]+)\s*(?=[年./\-])")
_SPAN = re.compile(
    r"\s*(?:[~～至到—–]|--|(?<=\d{4}-\d-\d)-|(?<=\d{4}-\d\d-\d)-|(?<=\d{4}-\d\d-\d\d)-|(?<=\d{4}-\d-\d\d)-)\s*\d.*$"
)
# 3月8日、9日 and 3.8、3.9: days one after the other.
_MORE = re.compile(
    r"(?<=[\d日号])\s*[、,;&和及与]\s*(?:\d{1,4}\s*[年./\-月]\s*)*\d{1,2}\s*[日号]?$"
)
_REST = r"(?:\s*T?\s*(?P<rest>.*))?"
_SEP, _SEP2 = r"\s*[./\-]\s*", r"(?:\s*[./\-]\s*|\s+)"
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "said",
        re.compile(rf"(\d{{4}}|\d{{2}})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*[日号]?{_REST}"),
    ),
    (
        "said",
        re.compile(
            rf"(\d{{4}}|\d{{2}})\s*年\s*(\d{{1,2}})\s*[./\-]\s*(\d{{1,2}})\s*[日号]?{_REST}"
        ),
    ),
    ("said", re.compile(rf"(\d{{4}})\s*[./\-]\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*[日号]?{_REST}")),
    (
        "first4",
        re.compile(rf"(\d{{4}}){_SEP2}(\d{{1,2}}){_SEP2}(\d{{1,2}})(?!\d)\s*[日号]?{_REST}"),
    ),
    ("last4", re.compile(rf"(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{4}})(?!\d){_REST}")),
    ("two", re.compile(rf"(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,2}})(?!\d)\s*[日号]?{_REST}")),
    ("solid", re.compile(rf"((?:19|20)\d{{2}})(\d{{2}})(\d{{2}})(?!\d){_REST}")),
    ("solid", re.compile(rf"(\d{{2}})(\d{{2}})(\d{{2}})(?!\d){_REST}")),
    ("short", re.compile(rf"(\d{{1,2}})\s*月\s*(\d{{1,2}})(?![\d./\-])\s*[日号]?{_REST}")),
    ("short", re.compile(rf"(\d{{1,2}}){_SEP}(\d{{1,2}})(?![\d./\-])\s*[日号]?{_REST}")),
    ("day", re.compile(rf"(\d{{1,2}})\s*[日号]{_REST}")),
    ("day", re.compile(r"(\d{1,2})(?P<rest>)")),
)
_NO_DAY = re.compile(r"\d{4}(?:\s*[年./\-]\s*\d{0,2}\s*月?)?|\d{1,2}\s*月份?|\d{6}")
_ENGLISH = (
    re.compile(rf"(?P<d>\d{{1,2}})[-\s]+(?P<m>[A-Za-z]{{3,9}})\.?[-,\s]+(?P<y>\d{{2,4}}){_REST}"),
    re.compile(rf"(?P<m>[A-Za-z]{{3,9}})\.?\s+(?P<d>\d{{1,2}}),?\s+(?P<y>\d{{4}}){_REST}"),
)


def _text(text: str, epoch: int) -> DayCell:
    words = simple(folded(text)).rstrip(". ").removeprefix("公元")
    if _LUNAR.search(words):
        return _fault(f"「{text}」是农历日期，请换成公历。")
    words = _WEEKDAY.sub(" ", words).strip()
    if not words:
        return _fault(f"「{text}」只写了星期，请写清楚是哪一天。")
    serial = re.fullmatch(r"([2-7]\d{4})(\.\d+)?", words)
    if serial:
        return _number(float(words), Cell(float(words), words), epoch)
    republic = _REPUBLIC.search(words)
    words = arabic(_REPUBLIC.sub(lambda m: str(_republic(m[1])), words))
    words, span = _first_of_span(words, text)
    if _NO_DAY.fullmatch(words) and not _six(words):
        return _fault(f"「{text}」没有写是哪一天。")
    shaped = _shaped(words, text, span)
    if shaped and republic and shaped.shape == "first4":
        return _dated(shaped.numbers, text, shaped.at, shaped.rest, shaped.told)
    return shaped or _english(words) or _fault(f"看不懂日期「{text}」，请写成 2025-03-08 这样。")


def _six(words: str) -> bool:
    """Six figures are year, month and day where the last two can be a day."""
    six = re.fullmatch(r"(\d{2})(\d{2})(\d{2})", words)
    return bool(six and real(2000 + int(six[1]), int(six[2]), int(six[3])))


def _republic(years: str) -> int:
    """民国 years in figures or words: 元 is the first, 一百一十四 the hundred and fourteenth."""
    hundred, mark, rest = years.replace("元", "1").rpartition("百")
    rest = arabic(rest.lstrip("零〇") or "0")
    return 1911 + (100 * int(arabic(hundred or "1")) if mark else 0) + int(rest)


def arabic(text: str) -> str:
    """`二〇二五年三月十八日` in figures."""
    text = text.translate(str.maketrans("〇零○一二三四五六七八九", "000123456789"))
    text = re.sub(r"(?<=\d)十(?=\d)", "", text)
    text = re.sub(r"(?<!\d)十(?=\d)", "1", text)
    text = re.sub(r"(\d)十", r"\g<1>0", text)
    return text.replace("十", "10") if re.search(r"十[月日号]?|月十", text) else text


def _first_of_span(words: str, text: str) -> tuple[str, tuple[str, ...]]:
    """Of several days the first counts, and that is told."""
    cut = _MORE.sub("", _SPAN.sub("", words))
    if cut == words and re.search(r"[./年月]", words):
        # A dash between two days whose own marks are others.
        cut = (
            re.sub(r"(?<=[\d日号])\s*-\s*\d[\d./年月日号]*$", "", words) if "-" in words else words
        )
        cut = words if re.search(r"^\d{1,4}$", cut) else cut
    if cut == words or re.search(r":\d", words[len(cut) - 3 : len(cut)]):
        return words, ()
    return cut, (f"「{text}」是几天，按第一天收。",)


def _shaped(words: str, text: str, told: tuple[str, ...]) -> DayCell | None:
    for shape, pattern in _SHAPES:
        found = pattern.fullmatch(words)
        if not found:
            continue
        figures = list(found.groups()[: 1 if shape == "day" else 2 if shape == "short" else 3])
        at, rest, more = _clock(found["rest"])
        numbers = tuple(int(f) for f in figures)
        if shape in ("said", "solid"):
            return _dated(numbers, text, at, rest, (*told, *more))
        return DayCell(
            shape,  # type: ignore[arg-type]
            numbers,
            at,
            told=(*told, *more),
            rest=rest,
            written=tuple(figures),
            month_said="月" in words,
        )
    return None


def _dated(
    numbers: tuple[int, ...], text: str, at: time | None, rest: str, told: tuple[str, ...]
) -> DayCell:
    """A day whose year, month and day the cell itself names."""
    year = numbers[0] + (2000 if numbers[0] < 100 else 0)
    if real(year, numbers[1], numbers[2]) is None:
        return _fault(f"没有「{text}」这一天，请核对年月日。")
    return DayCell("fixed", (year, numbers[1], numbers[2]), at, told=told, rest=rest)


def _clock(rest: str | None) -> tuple[time | None, str, tuple[str, ...]]:
    """The time behind a day, or words that are none."""
    words = (rest or "").strip(" ,;、")
    if not words:
        return None, "", ()
    found = clock_in(words)
    if found.at is None:
        return None, words, ()
    return found.at, found.rest, (found.told,) if found.told else ()


def _english(words: str) -> DayCell | None:
    for pattern in _ENGLISH:
        found = pattern.fullmatch(words)
        month = _MONTHS.get(found["m"][:3].lower()) if found else None
        if found and month:
            at, rest, told = _clock(found["rest"])
            return _dated((int(found["y"]), month, int(found["d"])), words, at, rest, told)
    return None
