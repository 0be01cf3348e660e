"""A column of days settled by itself and by what stands around it."""

import re
from collections.abc import Iterable
from datetime import date

from .cells import Day, nf
from .days import mk
from .numerals import NUM, cnum

Period = tuple[int | None, int | None]
ORD = {"YMD": (0, 1, 2), "YDM": (0, 2, 1), "MDY": (2, 0, 1), "DMY": (2, 1, 0)}


def by(nums: tuple[int, ...], order: str) -> date | None:
    """Three figures read in this order."""
    year, month, day = (nums[n] for n in ORD[order])
    return mk(year + 2000 if year < 100 else year, month, day)


def settle(days: list[Day], today: date, year: int | None = None) -> None:
    """Full days for all values of three figures: first where a two-digit year stands, then the order."""
    _ends([d for d in days if d.group == "T2"], today, year)
    for kind, usual, other in (
        ("F4", "YMD", "YDM"),
        ("F2", "YMD", "YDM"),
        ("L4", "MDY", "DMY"),
        ("L2", "MDY", "DMY"),
    ):
        mine = [d for d in days if d.group == kind]
        shows = [bool(by(d.nums, usual)) - bool(by(d.nums, other)) for d in mine]
        if shows.count(-1) > shows.count(1):
            usual, other = other, usual  # noqa: PLW2901  the column shows it
        for day in mine:
            _read(day, by(day.nums, usual), by(day.nums, other), any(shows))


def _read(day: Day, usual: date | None, other: date | None, settled: bool) -> None:
    written = "/".join(map(str, day.nums))
    day.day = usual or other
    day.state = "full" if day.day else "bad"
    if day.day is None:
        day.why = f"“{written}”不是一个日期。"
    elif usual is None:
        day.told.append(f"“{written}”与这一栏别的写法不合，读作 {day.day}。")
    elif other not in (None, usual) and not settled and day.group[0] == "L":
        day.told.append(f"“{written}”分不清月和日，读作 {day.day}。")


def _ends(days: list[Day], today: date, year: int | None) -> None:
    """Where the two-digit year stands: where it alone can be one, else as in most of the column, else where less changes."""
    votes = {"F2": 0, "L2": 0}
    open_ = []
    for day in days:
        front = _likely(day.nums[0], today) and any(by(day.nums, o) for o in ("YMD", "YDM"))
        back = _likely(day.nums[2], today) and any(by(day.nums, o) for o in ("MDY", "DMY"))
        if front and back and year:
            ends = [2000 + day.nums[n] == year for n in (0, 2)]
            front, back = ends if ends[0] != ends[1] else (front, back)
        if front != back:
            day.group = "F2" if front else "L2"
            votes[day.group] += 1
        else:
            open_.append(day)
    changes = [len({d.nums[n] for d in open_}) for n in (0, 2)]
    later = sum(d.nums[2] - d.nums[0] for d in open_)
    for day in open_:
        if votes["F2"] != votes["L2"]:
            day.group = max(votes, key=lambda kind: votes[kind])
        elif changes[0] != changes[1]:
            day.group = "F2" if changes[0] < changes[1] else "L2"
        else:
            day.group = "L2" if later > 0 else "F2"
            if day.nums[0] != day.nums[2] and _likely(day.nums[0], today):
                day.told.append(f"“{'/'.join(map(str, day.nums))}”的年写在哪一头说不准。")


def _likely(year: int, today: date) -> bool:
    return today.year - 15 <= 2000 + year <= today.year


# What is missing

_PRINTED = re.compile(r"打印|导出|制表|填表|更新|电话|截止")
_SOLID = re.compile(r"(?<!\d)(20\d\d)(?:\s*[年./-]\s*(1[0-2]|0?[1-9])(?!\d)|(0[1-9]|1[0-2])(?!\d))")
_WORDS = re.compile(
    rf"([二2][零〇○O0][零〇○O一二三四五六七八九\d]{{2}}|(?<!\d)\d\d)年\s*(?:({NUM})\s*月)?"
)
_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?!\d)")
_MONTH = re.compile(
    r"(?<![\d一二三四五六七八九十])(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月"
)


def period(texts: Iterable[str]) -> Period:
    """Year and month written in titles or a sheet's name; the dates of printing don't count."""
    year: int | None = None
    month: int | None = None
    for text in (nf(t) for t in texts if not _PRINTED.search(t)):
        found = _SOLID.search(text)
        if found:
            return year or int(found[1]), month or int(found[2] or found[3])
        if words := _WORDS.search(text):
            said = cnum(words[1]) or 0
            year = year or (said if said > 99 else 2000 + said)
            month = month or cnum(words[2] or "")
            continue
        alone, named = _YEAR.search(text), _MONTH.search(text)
        year = year or (int(alone[1]) if alone else None)
        month = month or (cnum(named[1]) if named else None)
    return year, month


def complete(
    day: Day,
    at: int,
    days: dict[int, Day],
    own: tuple[Period, Period],
    around: list[Period],
    today: date,
) -> None:
    """Year and month of a day without them: from the titles, the name, the column, the sheets beside, else the last."""
    near = _nearest(at, days, today)
    sources = [*own, *([(near.year, near.month)] if near else []), *around]
    lacks = "年份" if day.month else "月份和年份"
    month = day.month or next((m for _, m in sources if m), None)
    year = next((y for y, _ in sources if y), None)
    day.day = _last(year, month, day.dom, today)
    day.made = True
    day.state = "full" if day.day else "bad"
    if day.day:
        day.told.append(f"没写{lacks}，读作 {day.day}。")
    else:
        day.why = f"{year} 年 {month} 月没有 {day.dom} 日。"


def _nearest(at: int, days: dict[int, Day], today: date) -> date | None:
    known = [
        (abs(n - at), n > at, d.day)
        for n, d in days.items()
        if d.state == "full" and d.day and d.day <= today and not d.made
    ]
    return min(known)[2] if known else None


def _last(year: int | None, month: int | None, dom: int | None, today: date) -> date | None:
    """The day where both are known; else the last one, not after today, that fits what is known."""
    if year and month:
        return mk(year, month, dom)
    ways = (
        mk(y, m, dom)
        for y in ([year] if year else range(today.year, today.year - 9, -1))
        for m in ([month] if month else range(12, 0, -1))
    )
    return next((way for way in ways if way and way <= today), None)
