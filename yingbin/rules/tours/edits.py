"""改期、改人数、改区域: an edit asks again only those whom it concerns (CV-3.2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from . import clashes, judging
from .house import House
from .refusal import VisitRefusal
from .visit import Asked, Visit, Window
from .visitfile import Event

CLAUSE = "CV-3.2.1"


@dataclass(frozen=True)
class Edit:
    """What an edit changes, against the visit as it was."""

    window: Window
    old: Window
    headcount: int
    grows: bool
    falls: bool
    areas: list[str]
    areas_change: bool
    leaves: bool
    other_day: bool

    @property
    def moves(self) -> bool:
        """Whether the window changes."""
        return self.window != self.old


def edit(house: House, visit: Visit, event: Event) -> None:
    """Another window, headcount, or other areas."""
    change = _read(visit, event)
    if not (change.moves or change.grows or change.falls or change.areas_change):
        raise VisitRefusal("no_change", CLAUSE, "没有改动。")
    if "from" in event.fields and change.window.start <= event.at:
        raise VisitRefusal("past", CLAUSE, "新的时间已经过去，请改成以后的时间。")
    if change.window.end <= change.window.start:
        raise VisitRefusal("bad_window", CLAUSE, "结束时间要在开始时间之后。")
    begun = event.at >= visit.window.start
    visit.window, visit.headcount = change.window, change.headcount
    if not begun:
        _areas(house, visit, change, event.at)
        _word_plan_tasks(house, visit, change)
        _day_of_judging(visit, change, event.at)
    _room(house, visit, change)
    if not begun:
        _meets_others(house, visit, change, event.at)


def _read(visit: Visit, event: Event) -> Edit:
    told, old = event.fields, visit.window
    window = Window(
        event.time("from") if "from" in told else old.start,
        event.time("to") if "to" in told else old.end,
    )
    areas = event.areas() if "areas" in told else list(visit.areas)
    count = told.get("headcount", visit.headcount)
    slack = timedelta(minutes=visit.pack.window_slack)
    other_day = window.start.date() != old.start.date()
    return Edit(
        window,
        old,
        count,
        grows=count > visit.headcount,
        falls=count < visit.headcount,
        areas=areas,
        areas_change=set(areas) != set(visit.areas),
        leaves=other_day or window.start < old.start - slack or window.end > old.end + slack,
        other_day=other_day,
    )


def _areas(house: House, visit: Visit, change: Edit, now: datetime) -> None:
    """Areas no longer wanted go, new ones are closed or asked; some are asked again."""
    kept: dict[str, Asked] = {}
    for name in change.areas:
        closed = judging.is_closed(visit, house.company.areas[name])
        kept[name] = visit.areas.get(name) or Asked("closed" if closed else "asked", now)
        again = kept[name].state == "open" and (change.grows or change.leaves)
        if again or (kept[name].state == "refused" and change.leaves):
            kept[name] = Asked("asked", now)
    visit.areas = kept


def _word_plan_tasks(house: House, visit: Visit, change: Edit) -> None:
    if change.grows or change.leaves:
        visit.company = visit.company_since = None
        for paper in visit.passes:
            paper.valid = False
    if change.moves or change.areas_change or not change.falls:
        visit.plan_sent = False
    undone = {"guide", "senior", "refreshments", "meal"} if change.leaves else set()
    if change.grows or change.falls:
        undone |= {"refreshments", "souvenirs", "meal"}
        house.give_up_souvenirs(visit)
    for task in undone:
        visit.done.pop(task, None)


def _day_of_judging(visit: Visit, change: Edit, now: datetime) -> None:
    """Moved to another day, a visit is judged anew for lateness."""
    if change.other_day:
        visit.judged = now.date()
        visit.lifted.discard("late")


def _room(house: House, visit: Visit, change: Edit) -> None:
    taken = visit.room is not None and clashes.holding(visit, visit.room, house.all())
    if change.grows or (change.moves and taken):
        visit.room = None


def _meets_others(house: House, visit: Visit, change: Edit, now: datetime) -> None:
    """At the new time: areas in which it clashes are asked again, a guide or senior now busy is undone."""
    if not change.moves:
        return
    for name in visit.in_state("open"):
        codes = {clash.code for clash in house.in_area(visit, name)}
        if "rivals" in codes or ("area_full" in codes and visit.pack.capacity == "stop"):
            visit.areas[name] = Asked("asked", now)
    for task in ("guide", "senior"):
        if task in visit.done and house.is_busy(visit, visit.done[task]):
            del visit.done[task]
