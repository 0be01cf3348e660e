"""Times of day."""

import re
from datetime import datetime, time

from .cells import ERR, PLACE, Cell, nf, simp
from .numerals import NUM, cnum

_PART = r"上午|下午|中午|晚上|傍晚|早上|凌晨|清晨|早晨|夜里|晚|早|午后|[AaPp]\.?[Mm]\.?"
_CLOCK = re.compile(
    rf"({_PART})?\s*({NUM})\s*[:点时]\s*(?:(半|一刻|三刻|整|钟|{NUM})\s*分?)?(?::\d\d?(?:\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?"
)
_MINUTES = {None: 0, "整": 0, "钟": 0, "半": 30, "一刻": 15, "三刻": 45}
_EVENING = ("晚上", "晚", "夜里")
Time = tuple[str | None, list[str]]


def read_time(cell: Cell) -> Time:
    """The time of a cell, and what is told."""
    value, text = cell.value, nf(cell.text)
    if isinstance(value, time | datetime):
        return f"{value:%H:%M}", []
    if cell.kind == "f":
        return None, ["来访时间是没有存下结果的公式，当作空。"]
    if cell.kind == "e" or cell.text in ERR:
        return None, ["来访时间是错误值，没有存。"]
    if not text or text in PLACE:
        return None, []
    if isinstance(value, int | float) and 1 <= value < 25:
        text = f"{value}点" if float(value).is_integer() else f"{value:.2f}"
    elif isinstance(value, int | float) or re.fullmatch(r"0?\.\d+", text):
        return _fraction(float(value if isinstance(value, int | float) else text))
    found = clock(text)
    return found or (None, [f"来访时间“{cell.text}”读不懂，没有存。"])


def _fraction(value: float) -> Time:
    minutes = min(round(value % 1 * 1440), 1439)
    return f"{minutes // 60:02d}:{minutes % 60:02d}", []


def clock(text: str) -> Time | None:
    """The time in words; None where there is none."""
    text = simp(text.strip())
    if dated := re.fullmatch(r"(\d{4}[-/.]\d\d?[-/.]\d\d?)[T\s]+(.+)", text):
        found = clock(dated[2])
        return (found[0], [*found[1], "时间前面有日期。"]) if found else None
    if text in ("中午", "正午"):
        return "12:00", [f"“{text}”读作 12:00。"]
    if solid := re.fullmatch(r"([01]?\d|2[0-3])\.([0-5]\d)|([01]\d|2[0-3])([0-5]\d)", text):
        hour, minute = (solid[1], solid[2]) if solid[1] else (solid[3], solid[4])
        return f"{int(hour):02d}:{minute}", []
    if whole := _CLOCK.fullmatch(text):
        return _read(whole)
    for shape, words in (
        (r"(.+?)\s*[-~至到—]+\s*(.+)", "是一段时间，取开始的"),
        (r"(?:约|大概|大约)(.+)", "是大概的时间"),
        (r"(.+?)(?:左右|许|多)", "是大概的时间"),
    ):
        part = re.fullmatch(shape, text)
        if part and (found := clock(part[1])):
            return found[0], [*found[1], f"“{text}”{words}。"]
    return None


def _read(found: re.Match[str]) -> Time | None:
    part = (found[4] or found[1] or "").upper().replace(".", "")
    hour = cnum(found[2])
    minute = _MINUTES[found[3]] if found[3] in _MINUTES else cnum(found[3])
    if hour is None or minute is None or minute > 59:
        return None
    if (hour == 24 and not minute) or (hour == 12 and part in _EVENING):
        return "23:59", [f"“{found[0]}”是当天结束，存为 23:59。"]
    later = part in ("下午", "傍晚", "午后", "PM") or (part in _EVENING and hour >= 5)
    later = later or (part == "中午" and hour in (1, 2))
    if later and hour < 12:
        hour += 12
    elif hour == 12 and part in ("上午", "凌晨", "早上", "AM"):
        hour = 0
    return (f"{hour:02d}:{minute:02d}", []) if hour < 24 else None
