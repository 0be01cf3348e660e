"""参观路线 of a visit on its page: each part with its time, what can be moved, what doesn't fit (CV-3.2.1, CV-3.4.1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from yingbin.rules.tours.visit import Visit, Window
from yingbin.rules.tours.visitfile import Company

from ..hosting import ROOM, Hosting, Route, Stop, explains
from ..hosting_rules import LONGEST, minutes_of
from ..timeline import Prepared, faults_of_route
from ..words import AREA_WORDS

ROOM_WORDS = "会客"
PLACES = {**AREA_WORDS, ROOM: ROOM_WORDS}
MOVES = ("up", "down", "remove", "change", "add", "fill")
_WELCOME, _STEP = 20, 5  # minutes


@dataclass(frozen=True)
class StopLine:
    """A part of the way. who: who explains there; people: who may."""

    n: int
    stop: Stop
    title: str
    window: Window
    who: str
    people: tuple[tuple[str, str], ...]
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class RouteView:
    """The way, what may still be added to it, what doesn't fit. left: minutes that nothing stands for."""

    version: int
    stops: tuple[StopLine, ...]
    offered: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    faults: tuple[str, ...]
    left: int
    by: str = ""


def route_view(
    visit: Visit, hosted: Hosting, company: Company, called: Callable[[object], str]
) -> RouteView:
    """The way of a visit as it stands."""
    route = hosted.route
    timed = route.timed(visit.window.start) if route else []
    guide = called(visit.done.get("guide"))
    lines = tuple(
        StopLine(
            n, stop, PLACES[stop.area], window, called(stop.who) or guide,
            people_of(company, stop.area, called), n == 0, n == len(timed) - 1,
        )
        for n, (stop, window) in enumerate(timed)
    )  # fmt: skip
    whole = minutes_of(visit.window)
    left = whole - (route.minutes if route else 0)
    everybody = dict(
        pair for area in visit.in_state("open") for pair in people_of(company, area, called)
    )
    return RouteView(
        route.version if route else 0, lines, tuple(_offered(visit, route)), tuple(everybody.items()),
        tuple(faults_of_route(Prepared(visit, hosted), AREA_WORDS)), left, called(route.mark.by) if route else "",
    )  # fmt: skip


def people_of(
    company: Company, area: str, called: Callable[[object], str]
) -> tuple[tuple[str, str], ...]:
    """Who may explain in an area, by name."""
    return tuple((who, called(who)) for who in sorted(explains(company, area)))


def _offered(visit: Visit, route: Route | None) -> list[tuple[str, str]]:
    """What isn't in the route yet: open areas, and the room."""
    placed = {stop.area for stop in route.stops} if route else set()
    places = [*([ROOM] if visit.room else []), *visit.in_state("open")]
    return [(one, PLACES[one]) for one in places if one not in placed or one == ROOM]


def proposed(visit: Visit) -> tuple[Stop, ...]:
    """A welcome in the room, then each open area as long as the others, in steps of five minutes; as many as fit."""
    areas = visit.in_state("open")
    whole = minutes_of(visit.window)
    welcome = [Stop(ROOM, _WELCOME)] if visit.room and whole >= 3 * _WELCOME else []
    rest = whole - sum(one.minutes for one in welcome)
    each = min(max(_STEP, rest // max(len(areas), 1) // _STEP * _STEP), LONGEST)
    return (*welcome, *(Stop(area, each) for area in areas[: rest // each]))


def moved(stops: Sequence[Stop], move: str, n: int, stop: Stop | None = None) -> tuple[Stop, ...]:
    """The way with one part further up or down, gone, otherwise, or one more at the end; as it was for a place it hasn't."""
    found = list(stops)
    if move == "add" and stop is not None:
        return (*found, stop)
    if not 0 <= n < len(found):
        return tuple(found)
    if move == "remove":
        del found[n]
    elif move == "change" and stop is not None:
        found[n] = replace(stop, area=found[n].area)
    else:
        to = n - 1 if move == "up" else n + 1
        if 0 <= to < len(found):
            found[n], found[to] = found[to], found[n]
    return tuple(found)
