"""参观路线: which area when, who explains there; open areas alone, within the approved time (CV-3.2.1, CV-3.4.1)."""

from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..hosting import ROOM, Stop, explains
from ..models import HostingEvent
from ..words import AREA_WORDS
from .hosted import Preparation
from .preparing import Prepared

CLAUSE = "CV-3.2.1"
SHORTEST, LONGEST = 5, 480  # minutes of a stop
CHANGED = "路线刚才被人改过，请按最新的再改。"


@action("tours.set_route")
def set_route(pen: Pen, *, visit_id: UUID, version: int, stops: tuple[Stop, ...]) -> Prepared:
    """The way of a visit as it is from now on. version: the one that was looked at, 0 for none. Raises `Refused`."""
    host = Preparation(pen, visit_id)
    if not host.is_reception:
        raise Refused(CLAUSE, "参观路线由接待部排，请他们来改。")
    if host.row.status != "approved":
        raise Refused(CLAUSE, "这次来访还没有批准，批准以后再排路线。")
    last = host.hosting.route
    if version != (last.version if last else 0):
        raise Refused(CLAUSE, CHANGED)
    if last is not None and last.stops == stops:
        raise Refused(CLAUSE, "路线没有改动。")
    for stop in stops:
        _may_go(host, stop)
    _fits(host, stops)
    told = {"stops": [[one.area, one.minutes, one.who] for one in stops]}
    event = host.write(HostingEvent.Kind.ROUTE, CLAUSE, told)
    return Prepared(visit_id, event.index)


def _may_go(host: Preparation, stop: Stop) -> None:
    """A stop in an area that is open to them, or in their room, with somebody who may explain there."""
    if stop.area == ROOM:
        if not host.visit.room:
            raise Refused(CLAUSE, "这次来访没有房间，路线里不能排会客。", about="area")
    elif not host.visit.is_open(stop.area):
        words = f"{AREA_WORDS.get(stop.area, '这个区域')}没有对这批客人开放，不能排进路线。"
        raise Refused(CLAUSE, words, about="area")
    if not SHORTEST <= stop.minutes <= LONGEST:
        words = f"每一段请排 {SHORTEST} 到 {LONGEST} 分钟。"
        raise Refused(CLAUSE, words, about="minutes")
    if stop.who and stop.who not in explains(host.company, stop.area):
        words = "讲解的人要是接待部或这个区域所属部门的同事，请重新选。"
        raise Refused(CLAUSE, words, about="who")


def _fits(host: Preparation, stops: tuple[Stop, ...]) -> None:
    """Each area once, everything within the time that was approved."""
    areas = [one.area for one in stops if one.area != ROOM]
    if len(set(areas)) < len(areas):
        raise Refused(CLAUSE, "一个区域只排一次，要多待请把时间加长。", about="area")
    window = host.visit.window
    whole = int((window.end - window.start).total_seconds() // 60)
    total = sum(one.minutes for one in stops)
    if total > whole:
        words = f"批准的时间是 {whole} 分钟，路线要 {total} 分钟，多出 {total - whole} 分钟，请缩短一段。"
        raise Refused(CLAUSE, words, about="minutes")
