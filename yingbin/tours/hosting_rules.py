"""What may be planned of a visit's preparation, and what of it has to be done again. Nothing here asks the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from yingbin.rules.decision import Refused
from yingbin.rules.times import HERE
from yingbin.rules.tours.visit import Visit, Window
from yingbin.rules.tours.visitfile import Company

from .hosting import ROOM, Hosting, Stop, explains
from .words import AREA_WORDS

WAY, MEAL = "CV-3.2.1", "CV-3.3.4"
SHORTEST, LONGEST = 5, 480  # minutes of a stop
MOST = 1_000_000  # fen a head


def check_way(visit: Visit, company: Company, stops: Sequence[Stop]) -> None:
    """Refuses a way that may not be gone: open areas alone, each once, within the time that was approved (CV-3.2.1)."""
    for stop in stops:
        _may_go(visit, company, stop)
    areas = [one.area for one in stops if one.area != ROOM]
    if len(set(areas)) < len(areas):
        raise Refused(WAY, "一个区域只排一次，要多待请把时间加长。", about="area")
    whole, total = minutes_of(visit.window), sum(one.minutes for one in stops)
    if total > whole:
        words = f"批准的时间是 {whole} 分钟，路线要 {total} 分钟，多出 {total - whole} 分钟，请缩短一段。"
        raise Refused(WAY, words, about="minutes")


def _may_go(visit: Visit, company: Company, stop: Stop) -> None:
    """A stop in an area that is open to them, or in their room, with somebody who may explain there."""
    if stop.area == ROOM:
        if not visit.room:
            raise Refused(WAY, "这次来访没有房间，路线里不能排会客。", about="area")
    elif not visit.is_open(stop.area):
        words = f"{AREA_WORDS.get(stop.area, '这个区域')}没有对这批客人开放，不能排进路线。"
        raise Refused(WAY, words, about="area")
    if not SHORTEST <= stop.minutes <= LONGEST:
        words = f"每一段请排 {SHORTEST} 到 {LONGEST} 分钟。"
        raise Refused(WAY, words, about="minutes")
    if stop.who and stop.who not in explains(company, stop.area):
        words = "讲解的人要是接待部或这个区域所属部门的同事，请重新选。"
        raise Refused(WAY, words, about="who")


def minutes_of(window: Window) -> int:
    """How long it is, in whole minutes."""
    return int((window.end - window.start).total_seconds() // 60)


@dataclass(frozen=True)
class Table:
    """A table to be booked. guests, ours: seats for guests, and for the company; per_head in fen.

    words: `place`, `diet`, `note`; they may be erased.
    """

    starts_at: datetime
    guests: int
    ours: int
    per_head: int
    place: str
    diet: str = ""
    note: str = ""


def check_table(window: Window, headcount: int, table: Table) -> None:
    """Refuses a table that doesn't fit: on the day of the visit, with a seat for no more guests than come, and one of
    ours at least (CV-3.3.4)."""
    first, last = window.start.astimezone(HERE).date(), window.end.astimezone(HERE).date()
    if not first <= table.starts_at.astimezone(HERE).date() <= last:
        raise Refused(MEAL, "用餐要在来访那一天，请改好时间。", about="time")
    if not table.place.strip():
        raise Refused(MEAL, "请写在哪里用餐。", about="place")
    if not 1 <= table.guests <= headcount:
        words = (
            f"批准来访 {headcount} 人，客人的座位要在 1 到 {headcount} 之间；人数变了请先改来访。"
        )
        raise Refused(MEAL, words, about="guests")
    if table.ours < 1:
        raise Refused(MEAL, "宴请要有公司的人陪，请写我方几个座位。", about="ours")
    if not 0 < table.per_head <= MOST:
        raise Refused(MEAL, "每位的费用请填 0.01 到 10,000 元之间的数。", about="per_head")


def reopened(hosted: Hosting, window: Window, done: Mapping[str, str]) -> dict[str, str]:
    """Tasks that the plan calls done and that have to be done again, each with whom it is about, "" for nobody.

    The rules have no event that undoes a task; what came after it stands in the facts.
    """
    found = {}
    agreed = [c for c in hosted.companions if c.answer == "confirmed" and c.window == window]
    were_asked = {c.who for c in hosted.companions} | hosted.dropped
    if done.get("senior") in were_asked and not agreed:
        found["senior"] = done["senior"]
    if "rehearsal" in done and hosted.rehearsal and not hosted.rehearsal.passed:
        found["rehearsal"] = hosted.rehearsal.guide
    return found
