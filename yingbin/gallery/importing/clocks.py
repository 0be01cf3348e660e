"""The time of day in a cell, as a Chinese reader reads it."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, time

from yingbin.people.traditional import simple
from yingbin.tables import Cell
from yingbin.tables.grid import folded

from .who import is_nobody

END_OF_DAY = time(23, 59)
_PART = r"凌晨|清晨|早晨|早上|上午|早|中午|正午|下午|午后|傍晚|晚上|夜里|夜晚|深夜|半夜|午夜|晚|[aA]\.?[mM]\.?|[pP]\.?[mM]\.?"
_BEHIND = (
    r"凌晨|早上|上午|中午|下午|傍晚|晚上"  # 3:15 下午; with a figure behind it, it belongs to that
)
_CLOCK = re.compile(
    rf"(?P<before>{_PART})?\s*(?P<hour>\d{{1,2}})\s*(?:[:点时.]\s*(?P<minute>[13一三]刻|\d{{1,2}}|半|整)?\s*分?(?::\d{{1,2}}(?:\.\d+)?)?)?\s*(?P<after>[aA]\.?[mM]\b\.?|[pP]\.?[mM]\b\.?|(?:{_BEHIND})(?!\s*\d))?"
)
_FIGURES = str.maketrans("零〇一二三四五六七八九", "00123456789")
# A whole day before the time, as programs write it.
_DAY_BEFORE = re.compile(r"^\d{4}([-/.])\d{1,2}\1\d{1,2}[T\s]+(?=\S)")
_MINUTES = {"半": 30, "一刻": 15, "1刻": 15, "三刻": 45, "3刻": 45, "整": 0, None: 0}
_MORNING = {"凌晨", "清晨", "早晨", "早上", "上午", "早"}
_EVENING = {"傍晚", "晚上", "夜里", "夜晚", "深夜", "半夜", "午夜", "晚"}


@dataclass(frozen=True)
class Clock:
    """A time of day, what to tell about it, and what of the text is none of it."""

    at: time | None = None
    told: str = ""
    rest: str = ""


def clock_of(cell: Cell) -> Clock:
    """What a cell of times says."""
    if cell.formula:
        return Clock(told="时间是公式，文件里没有存下结果，按没写收。")
    if cell.error:
        return Clock(told=f"时间栏是错误值 {cell.text}，没有收。")
    value = cell.value
    if isinstance(value, datetime):
        return Clock(value.time().replace(second=0, microsecond=0))
    if isinstance(value, time):
        return Clock(value.replace(second=0, microsecond=0))
    if isinstance(value, float | int) and not isinstance(value, bool) and 0 <= value < 1:
        minutes = min(round(value * 1440), 1439)
        return Clock(time(minutes // 60, minutes % 60))
    return clock_in(cell.text) if cell.text and not is_nobody(cell.text) else Clock()


def clock_in(text: str) -> Clock:
    """The time in a text: `2:30 PM`, `中午1点半`, `1430`; a text without one is told."""
    words = _figures(simple(folded(text)))
    if day := _DAY_BEFORE.match(words):
        found = clock_in(words[day.end() :])
        rest = f"{day[0].strip(' T')} {found.rest}".strip()
        return replace(found, rest=rest) if found.at else found
    if re.fullmatch(r"0?\.\d+", words):
        return clock_of(Cell(float(words), words))
    if re.fullmatch(r"\d{3,4}", words):
        words = f"{words[:-2]}:{words[-2:]}"
    return _without_figures(words, text) or _clock_among(words, text)


def _without_figures(words: str, text: str) -> Clock | None:
    """What is an hour without a figure, or has figures that say two hours."""
    if re.fullmatch(rf"(?:{_PART})?\s*\d{{1,2}}\.[1-5]", words):
        return Clock(told=f"「{text}」可能是几点几分，也可能是几点几十分，没有收。")
    if words in ("中午", "正午"):
        return Clock(time(12), f"「{words}」按 12:00 收。")
    if words in ("半夜", "午夜"):
        return Clock(told=f"「{words}」说不准是当天开始还是结束，没有收。")
    return None


def _clock_among(words: str, text: str) -> Clock:
    found = _CLOCK.search(words)
    if not found or not _says_time(found, words):
        return Clock(told=f"时间「{text}」看不懂，没有收。")
    at, told = _read(found)
    if at is None:
        return Clock(told=f"没有「{text}」这个时间，没有收。")
    rest = (words[: found.start()] + " " + words[found.end() :]).strip(" ,;、-~至到")
    if re.match(r"\d|[上下]午", rest) and re.search(r"[-~至到—–]", words[found.end() :][:3]):
        told, rest = told or f"「{text}」是一段时间，按开始的 {at:%H:%M} 收。", ""
    elif rest in ("左右", "多", "许", "前后", "分左右", "过"):
        told, rest = told or f"「{text}」按 {at:%H:%M} 收。", ""
    return Clock(at, told, rest)


def _figures(text: str) -> str:
    """Hours in Chinese figures as digits."""
    if not re.search(r"[零〇一二两三四五六七八九十]\s*[点时]", text):
        return text
    text = text.replace("两点", "2点")

    def number(m: re.Match[str]) -> str:
        word = m[0].translate(_FIGURES)
        word = re.sub(r"(\d)十(\d)", r"\1\2", word)
        word = re.sub(r"(\d)十", r"\g<1>0", word)
        return re.sub(r"十", "10", re.sub(r"十(\d)", r"1\1", word))

    text = re.sub(r"[零〇一二三四五六七八九十]+(?=\s*[点时分])", number, text)
    return re.sub(r"(?<=[点时])[零〇一二三四五六七八九十]+(?!刻)", number, text)


def _says_time(found: re.Match[str], words: str) -> bool:
    """A bare figure is an hour only with a part of the day beside it or 点 behind it."""
    said = found["before"] or found["after"] or found["minute"]
    return bool(said or re.search(r"\d\s*[点时:]", found[0])) or found[0].strip() == words


def _read(found: re.Match[str]) -> tuple[time | None, str]:
    hour = int(found["hour"])
    spoken = found["minute"]
    minute = _MINUTES[spoken] if spoken in _MINUTES else int(spoken)
    part = (found["before"] or found["after"] or "").replace(".", "")
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None, ""
    said = found[0].strip()
    if hour == 24 or (hour == 12 and part in _EVENING):
        ends = "过了当天结束" if minute else "是当天结束"
        return END_OF_DAY, f"「{said}」{ends}，按 23:59 收。"
    at = time(_hour(hour, part), minute)
    odd = hour < 4 if part in _EVENING else hour > 12 and _is_morning(part)
    return at, f"「{said}」按 {at:%H:%M} 收。" if odd else ""


def _is_morning(part: str) -> bool:
    return part in _MORNING or part.lower() == "am"


def _hour(hour: int, part: str) -> int:
    if _is_morning(part):
        return 0 if hour == 12 else hour
    later = part in _EVENING or part in ("下午", "午后") or part.lower() == "pm"
    if part in ("中午", "正午"):
        later = hour < 10
    if part in _EVENING and hour < 4:
        later = False
    return hour + 12 if later and hour < 12 else hour
