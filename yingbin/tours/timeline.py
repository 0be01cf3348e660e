"""The visits of a day against each other: who leads whom when, which room, which area; where two meet (CV-3.2.1, CV-3.4.1).

The rules keep areas and rooms apart by the times of whole visits; here they are looked at part by part, as routes say.
Nothing here asks the database.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from yingbin.rules.tours.visit import Visit, Window
from yingbin.rules.tours.visitfile import Company

from .hosting import ROOM, Hosting

LaneKind = Literal["room", "person", "area"]
KINDS: tuple[LaneKind, ...] = ("room", "person", "area")
Code = Literal["person", "room", "full", "rivals"]


@dataclass(frozen=True)
class Prepared:
    """A visit with what was prepared for it."""

    visit: Visit
    hosting: Hosting


@dataclass(frozen=True)
class Block:
    """A part of a visit. part: `guide`, `explains`, `asked` or `accompanies` of a person; `stop`, or `open` where no
    route says when, of an area; `room`."""

    visit: Visit
    window: Window
    part: str


@dataclass(frozen=True)
class Lane:
    """A room, a person or an area with the parts of visits it has that day, the earliest first."""

    kind: LaneKind
    key: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Meeting:
    """Visits that meet where they shouldn't: in which lane, how, from when until when at the widest."""

    code: Code
    lane: Lane
    visits: tuple[str, ...]
    window: Window


def lanes(visits: Iterable[Prepared]) -> tuple[Lane, ...]:
    """Rooms, people and areas of these visits, each once."""
    found: dict[tuple[LaneKind, str], list[Block]] = {}
    for one in visits:
        for kind, key, block in _blocks(one):
            found.setdefault((kind, key), []).append(block)
    every = (
        Lane(kind, key, tuple(sorted(own, key=lambda b: b.window.start)))
        for (kind, key), own in found.items()
    )
    return tuple(sorted(every, key=lambda lane: (KINDS.index(lane.kind), lane.key)))


def _blocks(one: Prepared) -> Iterator[tuple[LaneKind, str, Block]]:
    visit, hosted = one.visit, one.hosting
    if visit.room:
        yield "room", visit.room, Block(visit, visit.window, "room")
    if guide := visit.done.get("guide"):
        yield "person", guide, Block(visit, visit.window, "guide")
    for asked in hosted.companions:
        if asked.answer != "declined":
            part = "accompanies" if asked.answer == "confirmed" else "asked"
            yield "person", asked.who, Block(visit, asked.window, part)
    planned = hosted.route.timed(visit.window.start) if hosted.route else []
    for stop, window in planned:
        if stop.area != ROOM:
            yield "area", stop.area, Block(visit, window, "stop")
        if stop.who and stop.who != guide:
            yield "person", stop.who, Block(visit, window, "explains")
    placed = {stop.area for stop, _ in planned}
    for area in visit.in_state("open"):
        if area not in placed:
            yield "area", area, Block(visit, visit.window, "open")


def meetings(every: Iterable[Lane], company: Company) -> tuple[Meeting, ...]:
    """Where visits meet that shouldn't, lane by lane."""
    return tuple(found for lane in every for found in _of_lane(lane, company))


def _of_lane(lane: Lane, company: Company) -> Iterator[Meeting]:
    if lane.kind == "area":
        yield from _full(lane, company)
    for one, two in combinations(lane.blocks, 2):
        if one.visit is two.visit:
            continue
        names = (one.visit.name, two.visit.name)
        if lane.kind == "person" and one.window.meets(two.window):
            yield Meeting("person", lane, names, _both(one.window, two.window))
        if lane.kind == "room" and one.window.meets(two.window, one.visit.pack.room_buffer):
            yield Meeting("room", lane, names, _both(one.window, two.window))
        if lane.kind == "area" and are_rivals(one.visit, two.visit):
            buffer = max(one.visit.pack.rival_buffer, two.visit.pack.rival_buffer)
            if one.window.meets(two.window, buffer):
                yield Meeting("rivals", lane, names, _both(one.window, two.window))


def _full(lane: Lane, company: Company) -> Iterator[Meeting]:
    """The moments at which more guests are in an area than it holds, the widest group of visits once."""
    known = company.areas.get(lane.key)
    if known is None or known.capacity is None:
        return
    told: set[tuple[str, ...]] = set()
    for block in lane.blocks:
        at = block.window.start
        there = [b for b in lane.blocks if b.window.start <= at < b.window.end]
        names = tuple(dict.fromkeys(b.visit.name for b in there))
        heads = sum({b.visit.name: b.visit.headcount for b in there}.values())
        if heads > known.capacity and names not in told:
            told.add(names)
            yield Meeting("full", lane, names, Window(at, min(b.window.end for b in there)))


def are_rivals(one: Visit, two: Visit) -> bool:
    """Whether two visits' companies compete."""
    return one.rivals is not None and one.rivals == two.rivals


def rivals_of_day(visits: Iterable[Prepared]) -> list[tuple[Visit, Visit]]:
    """The pairs of competitors who come that day, the earlier first."""
    in_order = sorted((one.visit for one in visits), key=lambda v: v.window.start)
    return [(one, two) for one, two in combinations(in_order, 2) if are_rivals(one, two)]


def gap(one: Visit, two: Visit, every: Iterable[Lane]) -> int | None:
    """How many minutes lie between two visits where they come nearest in one area; None where they share none."""
    gaps = [
        max(b.window.start - a.window.end, a.window.start - b.window.end)
        for lane in every
        if lane.kind == "area"
        for a in lane.blocks
        if a.visit.name == one.name
        for b in lane.blocks
        if b.visit.name == two.name
    ]
    return max(0, int(min(gaps).total_seconds() // 60)) if gaps else None


def _both(one: Window, two: Window) -> Window:
    """From where the later begins until where the earlier ends, in order of time where they don't touch."""
    start, end = max(one.start, two.start), min(one.end, two.end)
    return Window(min(start, end), max(start, end))


def faults_of_route(one: Prepared, words: Mapping[str, str]) -> list[str]:
    """What doesn't fit any more between a route and its visit, in words."""
    route, visit = one.hosting.route, one.visit
    if route is None:
        return []
    said = []
    shut = [s.area for s in route.stops if s.area != ROOM and not visit.is_open(s.area)]
    if shut:
        said.append(f"{'、'.join(words[a] for a in shut)}不再对这批客人开放，请从路线里去掉。")
    if not visit.room and any(s.area == ROOM for s in route.stops):
        said.append("这次来访没有房间了，会客请从路线里去掉。")
    whole = int((visit.window.end - visit.window.start).total_seconds() // 60)
    if route.minutes > whole:
        said.append(f"批准的时间是 {whole} 分钟，路线多出 {route.minutes - whole} 分钟，请缩短。")
    placed = {s.area for s in route.stops}
    left = [words[a] for a in visit.in_state("open") if a not in placed]
    if left:
        said.append(f"{'、'.join(left)}可以参观，还没有排进路线。")
    return said
