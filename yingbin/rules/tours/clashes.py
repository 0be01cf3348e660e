"""Visits against each other: areas that fill up, competitors kept apart, rooms (CV-3.2.2, CV-4.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .visit import Visit
from .visitfile import Company, Room

GONE = ("withdrawn", "refused", "lapsed")


@dataclass(frozen=True)
class Clash:
    """What a visit meets: in which area (None: not in one), what, with which other visits."""

    area: str | None
    code: str
    beside: tuple[str, ...]


def in_area(visit: Visit, area: str, company: Company, visits: Iterable[Visit]) -> list[Clash]:
    """Clashes of a visit in an area with those to whom it is open."""
    others = [v for v in visits if v is not visit and v.ended not in GONE and v.is_open(area)]
    found = []
    meets = [v for v in others if visit.window.meets(v.window)]
    capacity = company.areas[area].capacity
    if capacity is not None and visit.headcount + _most(visit, meets) > capacity:
        found.append(Clash(area, "area_full", tuple(v.name for v in meets)))
    buffer = visit.pack.rival_buffer
    rivals = [
        v
        for v in others
        if visit.rivals is not None
        and v.rivals == visit.rivals
        and visit.window.meets(v.window, buffer)
    ]
    if rivals:
        found.append(Clash(area, "rivals", tuple(v.name for v in rivals)))
    return found


def _most(visit: Visit, others: list[Visit]) -> int:
    """The most persons of the others at one moment of the visit's window."""
    moments = [visit.window.start, *(v.window.start for v in others)]
    inside = [m for m in moments if visit.window.start <= m < visit.window.end]
    return max(
        sum(v.headcount for v in others if v.window.start <= m < v.window.end) for m in inside
    )


def holding(visit: Visit, room: str, visits: Iterable[Visit]) -> list[str]:
    """Other visits that hold a room at the time of this one, its buffer counted in."""
    buffer = visit.pack.room_buffer
    return [
        v.name
        for v in visits
        if v is not visit and v.room == room and visit.window.meets(v.window, buffer)
    ]


def big_enough(visit: Visit, company: Company) -> list[Room]:
    """Rooms that hold the group, the smallest first, then as listed."""
    rooms = [room for room in company.rooms if room.capacity >= visit.headcount]
    return sorted(rooms, key=lambda room: room.capacity)


def conflicts(
    visit: Visit, company: Company, visits: list[Visit], *, approved: bool
) -> list[Clash]:
    """Everything a visit that hasn't ended meets: area by area, then rooms and souvenirs."""
    if visit.ended:
        return []
    found = [
        clash
        for area, asked in visit.areas.items()
        if asked.state in ("asked", "open")
        for clash in in_area(visit, area, company, visits)
    ]
    rooms = {room.name for room in big_enough(visit, company)}
    if approved and visit.offers and visit.room is None and rooms:
        taken = {name for room in rooms for name in holding(visit, room, visits)}
        found.append(Clash(None, "no_room", tuple(v.name for v in visits if v.name in taken)))
    if approved and visit.pack.hospitality[visit.klass].souvenirs and not visit.souvenirs:
        found.append(Clash(None, "no_souvenirs", ()))
    return found
