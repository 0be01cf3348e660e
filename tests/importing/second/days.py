"""One cell of a column of days."""

import re
from datetime import date, datetime

from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

from .cells import ERR, Cell, Day, nf, simp
from .clocks import clock
from .numerals import NUM, cnum

MONTHS = {
    m: n
    for n, m in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_LUNAR = re.compile(r"农历|阴历|旧历|正月|腊月|冬月|闰|初[一二三四五六七八九十]|廿")
_WEEK = re.compile(r"[(\[]?\s*(?:星期|周|礼拜)[一二三四五六日天]\s*[)\]]?")
_PART = r"上午|下午|中午|晚上|傍晚|早上|凌晨|晚|早|午后"
_READ = ("full", "three", "part")


def mk(year: int | None, month: int | None, day: int | None) -> date | None:
    """The day, where there is one."""
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def bad(why: str) -> Day:
    return Day("bad", why=why)


def _full(found: date | None, text: str) -> Day:
    return Day("full", found) if found else bad(f"“{text}”不是一个日期。")


def read_day(cell: Cell, epoch: datetime | None) -> Day:
    """What the cell says by itself."""
    value, text = cell.value, nf(cell.text)
    faults = {"f": "是没有存下结果的公式", "e": "是错误值", "t": "里只有时间"}
    if cell.kind in faults or cell.text in ERR:
        return bad(f"来访日期{faults.get(cell.kind, faults['e'])}。")
    if isinstance(value, datetime):
        return _moment(value)
    if not cell.text:
        return Day("empty")
    if isinstance(value, int | float):
        return _number(text, float(value), cell.fmt, epoch)
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return _number(text, None, "", epoch)
    return _text(text)


def _moment(at: datetime) -> Day:
    return Day("full", at.date(), time=f"{at:%H:%M}" if at.hour or at.minute else None)


def _number(text: str, value: float | None, form: str, epoch: datetime | None) -> Day:
    """Figures alone. value: where the cell holds a number and not a text."""
    if value is None or form == "General":
        text = re.sub(r"\.0+$", "", text)
    amount = float(text) if value is None else value
    if re.fullmatch(r"\d{8}", text):
        return _full(mk(int(text[:4]), int(text[4:6]), int(text[6:])), text)
    if re.fullmatch(r"\d{6}", text):
        return _full(mk(2000 + int(text[:2]), int(text[2:4]), int(text[4:])), text)
    if 25000 <= amount <= 62000:
        at = from_excel(amount, epoch or WINDOWS_EPOCH)
        assert isinstance(at, datetime)
        return _moment(at)
    if parts := re.fullmatch(r"(\d\d?)\.(\d\d?)", text):
        month, day = int(parts[1]), parts[2]
        two_ways = value is not None and form == "General" and len(day) == 1
        if two_ways and mk(2024, month, int(day) * 10):
            return bad(f"“{text}”可能是 {month} 月 {day} 日，也可能是 {month} 月 {day}0 日。")
        return _part(month, int(day), text)
    if re.fullmatch(r"\d\d?", text) and 1 <= int(text) <= 31:
        return Day("part", dom=int(text))
    return bad(f"“{text}”里没有日期。")


def _part(month: int | None, day: int | None, text: str) -> Day:
    if mk(2024, month, day) is None:
        return bad(f"“{text}”不是一个日期。")
    return Day("part", month=month, dom=day)


def _text(text: str) -> Day:
    words = simp(text.strip())
    if _LUNAR.search(words):
        return bad(f"“{text}”是农历或说不清的日子。")
    if first := _first_of_several(words):
        day = _text(first)
        if day.state in _READ:
            day.told.append(f"“{text}”是一段日子，取第一天。")
        return day
    words = _WEEK.sub(" ", words).strip()
    if behind := re.match(rf"(.*?\d|.*[日号])\s*({_PART})$", words):
        day = _text(behind[1])
        day.rest = behind[2]
        return day
    words, at, told = _without_time(words)
    day = _bare(words.strip(" ,."), text)
    day.told[:0] = told
    day.time = at if day.state in _READ else None
    return day


_SEVERAL = (
    rf"(.+?(?:\d|[日号]|{NUM}))\s*(?:~|～|至|到|—|–|--+)\s*.*(?:\d|[一二三四五六七八九十]).*",
    r"(\d{1,2}([./])\d{1,2})-\d{1,2}\2\d{1,2}",
    rf"(.*月{NUM}[日号]?)-(?:{NUM}月)?{NUM}[日号]?",
    r"(\d{4}([./])\d{1,2}\2\d{1,2})-[\d./]+",
    r"(\d{4}-\d{1,2}-\d{1,2})-(?:\d{4}-\d{1,2}-)?\d{1,2}",
    rf"(.*(?:[日号]|\d[./-]\d+|月\s*{NUM}))[、,和]\s*(?:(?:\d+[年./-])?{NUM}[月./-])?{NUM}[日号]?",
)


def _first_of_several(words: str) -> str | None:
    found = (re.fullmatch(shape, words) for shape in _SEVERAL)
    return next((one[1].strip() for one in found if one), None)


def _without_time(words: str) -> tuple[str, str | None, list[str]]:
    """The day's words, the time behind them, what is told of it."""
    behind = re.match(
        rf"(.+?)(?:[T ]\s*|(?<=[日号])\s*|(?={_PART}))((?:{_PART})?\s*{NUM}\s*[:点时].*)$", words
    )
    if not behind:
        return words, None, []
    text = re.sub(r"(\d:\d\d:\d\d)(\.\d+)?(Z|\+\d\d:\d\d)?$", r"\1", behind[2].strip())
    found = clock(text)
    return (behind[1], *found) if found else (behind[1], None, [f"“{text}”读不懂，没有存。"])


def _years(word: str) -> int | None:
    """A year of the republic: 114, 一百一十四, 元."""
    hundred, mark, rest = word.replace("元", "一").rpartition("百")
    small = cnum(rest.lstrip("零〇")) if rest.lstrip("零〇") else 0
    return None if small is None else small + (100 * (cnum(hundred or "一") or 1) if mark else 0)


def _bare(words: str, text: str) -> Day:
    """A day and nothing else."""
    sep, end = r"\s*[年./-]\s*", r"\s*[日号]?"
    if found := re.fullmatch(
        rf"民国\s*([\d百元零〇一二三四五六七八九十]+){sep}({NUM})\s*[月./-]\s*({NUM}){end}", words
    ):
        year = _years(found[1])
        return _full(mk(year and year + 1911, cnum(found[2]), cnum(found[3])), text)
    if found := re.fullmatch(rf"(?:公元)?({NUM})\s*年\s*({NUM})\s*[月.-]\s*({NUM}){end}", words):
        year = cnum(found[1])
        year = year + 2000 if year is not None and year < 100 else year
        return _full(mk(year, cnum(found[2]), cnum(found[3])), text)
    if found := re.fullmatch(rf"({NUM})\s*月\s*({NUM}){end}", words):
        return _part(cnum(found[1]), cnum(found[2]), text)
    if found := re.fullmatch(rf"({NUM})\s*[日号]", words):
        return (
            _part(1, cnum(found[1]), text)
            if mk(2024, 1, cnum(found[1])) is None
            else Day("part", dom=cnum(found[1]))
        )
    return _english(words) or _figures(words, text)


def _english(words: str) -> Day | None:
    for shape in (
        r"(?P<m>[A-Za-z]{3,9})\.?\s*(?P<d>\d\d?)(?:st|nd|rd|th)?\s*,?\s*(?P<y>\d{4}|\d\d)",
        r"(?P<d>\d\d?)[-/ .](?P<m>[A-Za-z]{3,9})[-/ .,]+(?P<y>\d{4}|\d\d)",
        r"(?P<d>\d\d?)[-/ .](?P<m>[A-Za-z]{3,9})(?P<y>)",
    ):
        found = re.fullmatch(shape, words)
        month = MONTHS.get(found["m"][:3].lower()) if found else None
        if found and month:
            year = int(found["y"] or 0)
            if not year:
                return _part(month, int(found["d"]), words)
            return _full(mk(year + 2000 if year < 100 else year, month, int(found["d"])), words)
    return None


def _figures(words: str, text: str) -> Day:
    sep = r"\s*[-/. 、,]\s*"
    if found := re.fullmatch(rf"(\d{{1,4}}){sep}(\d\d?){sep}(\d{{1,4}})\s*[日号]?", words):
        first, last = len(found[1]), len(found[3])
        kinds = {(True, False): "F4", (False, True): "L4", (False, False): "T2"}
        kind = kinds.get((first == 4, last == 4))
        if kind is None or 3 in (first, last):
            return bad(f"“{text}”不是一个日期。")
        return Day("three", nums=tuple(int(n) for n in found.groups()), group=kind)
    if found := re.fullmatch(r"(\d\d?)\s*[-/.]\s*(\d\d?)\s*[日号]?", words):
        month, day = int(found[1]), int(found[2])
        if mk(2024, month, day) is None:
            month, day = day, month
        return _part(month, day, text)
    if re.fullmatch(r"\d+(\.\d+)?", words):
        return _number(words, None, "", None)
    if beside := re.fullmatch(r"(.*?[\d日号])\s*(左右|前后|\([^()]*\))", words):
        day_ = _bare(beside[1], text)
        day_.rest = beside[2]
        return day_
    return bad(f"“{text}”里没有读得懂的日期。")
