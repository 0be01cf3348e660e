"""A visit and what stands of it at any moment: class, grounds, status, clashes, rooms."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.rules.second_form import AREAS, Row, day_of
from tests.rules.tours.second_opinion_form import CLASSES

GONE = ("withdrawn", "refused", "lapsed")
PLAIN = {"serve": "none", "souvenirs": False, "senior": False, "meal": False, "prepare": False}
DEFAULTS: Row = {
    "class_order": ["key_account", "institution", "important"],
    "general_min": 6,
    "lead_days": {"general": 0, "important": 5, "key_account": 0, "institution": 0},
    "days": "calendar",
    "grounds": {"small_group": "decline", "late": "exception"},
    "key_closed_to": ["general"],
    "company_approval": list(CLASSES),
    "reception_alone": ["office", "school"],
    "hospitality": {
        "general": PLAIN,
        "important": {**PLAIN, "serve": "tea_snacks", "souvenirs": True},
        "key_account": {
            **{"serve": "as_directed", "souvenirs": True},
            **{"senior": True, "meal": True, "prepare": True},
        },
        "institution": {**PLAIN, "serve": "tea_snacks"},
    },
    "souvenirs": "group",
    "capacity": "stop",
    "room_buffer": 30,
    "rival_buffer": 60,
    "window_slack": 30,
    "area_hours": 24,
    "company_hours": 24,
    "task_days": {
        **{"analysis": 2, "rehearsal": 1, "guide": 1, "senior": 1, "direction": 1},
        **{"refreshments": 0, "souvenirs": 0, "meal": 1, "passes": 1},
    },
    "due_hour": 18,
    "blocking": ["rehearsal", "passes"],
}


def over(default: Any, given: Any) -> Any:
    """The default with what is given in its place, at every depth."""
    if isinstance(default, dict) and isinstance(given, dict):
        return {**default, **{k: over(default.get(k), v) for k, v in given.items()}}
    return deepcopy(given)


@dataclass
class Permit:
    name: str
    areas: list[str]
    persons: int
    valid: bool = True


@dataclass
class Visit:
    name: str
    pack: Row
    klass: str
    sender: str
    start: int
    end: int
    headcount: int
    rivals: str | None
    asker: str | None
    judged: date
    areas: dict[str, str] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    lifted: set[str] = field(default_factory=set)
    word: bool = False
    company_asked: int | None = None
    ended: str | None = None
    sent: bool = False
    photo: bool = False
    been_approved: bool = False
    declined: bool = False
    room: str | None = None
    souvenirs: int = 0
    done: dict[str, str] = field(default_factory=dict)
    permits: list[Permit] = field(default_factory=list)

    @property
    def hospitality(self) -> Row:
        return dict(self.pack["hospitality"][self.klass])

    @property
    def needs_word(self) -> bool:
        return self.klass in self.pack["company_approval"] and not self.word

    def asked_areas(self) -> list[str]:
        asked = [area for area, state in self.areas.items() if state == "asked"]
        return sorted(asked, key=AREAS.index)

    def souvenirs_due(self) -> int:
        if not self.hospitality["souvenirs"]:
            return 0
        return self.headcount if self.pack["souvenirs"] == "person" else 1

    def valid(self) -> list[Permit]:
        return [p for p in self.permits if p.valid]

    def persons_in(self, area: str) -> int:
        return sum(p.persons for p in self.valid() if area in p.areas)

    def overlaps(self, other: Visit) -> bool:
        return other.start < self.end and self.start < other.end

    def near(self, other: Visit, minutes: int) -> bool:
        """The other begins before the end and ends after the beginning, so many minutes apart."""
        return other.start < self.end + minutes * 60 and other.end > self.start - minutes * 60


class Company:
    """The company of the file, and everything that can be said of a visit by looking."""

    def __init__(self, file: Row) -> None:
        company = file["company"]
        self.packs: list[Row] = [over(DEFAULTS, pack) for pack in file["packs"]]
        self.departments: dict[str, list[str]] = company["departments"]
        self.approvers: list[str] = company["approvers"]
        self.seniors: list[str] = company.get("seniors", [])
        self.areas: dict[str, Row] = company["areas"]
        self.rooms: list[Row] = company.get("rooms", [])
        self.stock: int = company.get("souvenirs", 0)
        self.off: list[str] = company.get("off", [])
        self.work: list[str] = company.get("work", [])
        self.visits: dict[str, Visit] = {}
        self.counted: dict[tuple[date, date, str], int] = {}

    def pack_of(self, day: date) -> Row:
        return [p for p in self.packs if date.fromisoformat(p["from"]) <= day][-1]

    # days

    def counts(self, day: date, days: str) -> bool:
        if days == "calendar":
            return True
        name = day.isoformat()
        return (day.weekday() < 5 or name in self.work) and name not in self.off

    def lead_days(self, v: Visit) -> int:
        day, last = v.judged, day_of(v.start)
        key = (day, last, v.pack["days"])
        if key not in self.counted:
            between = [day + timedelta(days=n) for n in range((last - day).days)]
            self.counted[key] = sum(self.counts(one, v.pack["days"]) for one in between)
        return self.counted[key]

    def day_before(self, v: Visit, n: int) -> date:
        """The n-th day, of those counted, before the day of the visit."""
        day = day_of(v.start)
        while n:
            day -= timedelta(days=1)
            n -= self.counts(day, v.pack["days"])
        return day

    # class, grounds, status

    def grounds(self, v: Visit) -> list[str]:
        found = []
        if v.klass == "general" and v.headcount < v.pack["general_min"]:
            found.append("small_group")
        if self.lead_days(v) < v.pack["lead_days"][v.klass]:
            found.append("late")
        return [ground for ground in found if ground not in v.lifted]

    def status(self, v: Visit) -> str:
        if v.ended:
            return v.ended
        grounds = self.grounds(v)
        if any(v.pack["grounds"][ground] == "decline" for ground in grounds):
            return "declined"
        if grounds:
            return "needs_exception"
        return "awaiting" if v.asked_areas() or v.needs_word else "approved"

    def company_is_asked(self, v: Visit) -> bool:
        return self.status(v) == "awaiting" and not v.asked_areas()

    def waiting_for(self, v: Visit) -> list[str]:
        status = self.status(v)
        if status not in ("declined", "needs_exception", "awaiting"):
            return []
        if status == "declined":
            return self.grounds(v)
        return [*self.grounds(v), *v.asked_areas(), *(["company"] if v.needs_word else [])]

    # areas and clashes

    def is_closed(self, v: Visit, area: str) -> bool:
        return v.klass in self.areas[area].get("closed_to", []) or self.key_closed(v, area)

    def key_closed(self, v: Visit, area: str) -> bool:
        return bool(self.areas[area].get("key", False)) and v.klass in v.pack["key_closed_to"]

    def with_open(self, v: Visit, area: str) -> list[Visit]:
        """The other visits that count in a clash."""
        others = [o for o in self.visits.values() if o is not v and o.ended not in GONE]
        return [o for o in others if o.areas.get(area) == "open"]

    def overfull(self, v: Visit, area: str) -> list[str] | None:
        """The visits with which it would be too many; None if the area holds them."""
        capacity = self.areas[area].get("capacity")
        others = [o for o in self.with_open(v, area) if v.overlaps(o)]
        if capacity is None:
            return None
        for moment in [v.start, *(o.start for o in others if o.start > v.start)]:
            there = sum(o.headcount for o in others if o.start <= moment < o.end)
            if there + v.headcount > capacity:
                return [o.name for o in others]
        return None

    def rivals_near(self, v: Visit, area: str) -> list[str]:
        if v.rivals is None:
            return []
        near = [o for o in self.with_open(v, area) if v.near(o, v.pack["rival_buffer"])]
        return [o.name for o in near if o.rivals == v.rivals]

    def clash(self, v: Visit, area: str) -> str | None:
        """Why the area can't be opened, if so."""
        if v.pack["capacity"] == "stop" and self.overfull(v, area) is not None:
            return "area_full"
        return "rivals" if self.rivals_near(v, area) else None

    # rooms and people

    def holders(self, v: Visit, room: str) -> list[Visit]:
        """The other visits that hold this room at its time."""
        others = [o for o in self.visits.values() if o is not v and o.room == room]
        return [o for o in others if v.near(o, v.pack["room_buffer"])]

    def rooms_for(self, v: Visit) -> list[str]:
        """The rooms that hold the group, the smallest first."""
        big = [r for r in self.rooms if r["capacity"] >= v.headcount]
        return [r["room"] for r in sorted(big, key=lambda r: int(r["capacity"]))]

    def wants_room(self, v: Visit) -> bool:
        return bool(v.hospitality["serve"] != "none")

    def busy(self, v: Visit, who: str) -> bool:
        others = [o for o in self.visits.values() if o is not v and not o.ended and o.overlaps(v)]
        return any(who in (o.done.get("guide"), o.done.get("senior")) for o in others)

    def conflicts(self, v: Visit) -> list[Row]:
        if v.ended:
            return []
        rows: list[Row] = []
        for area in AREAS:
            if v.areas.get(area) in ("asked", "open"):
                full, rivals = self.overfull(v, area), self.rivals_near(v, area)
                if full is not None:
                    rows.append({"area": area, "code": "area_full", "with": full})
                if rivals:
                    rows.append({"area": area, "code": "rivals", "with": rivals})
        if self.status(v) == "approved":
            rows += self.lacks(v)
        return rows

    def lacks(self, v: Visit) -> list[Row]:
        rows: list[Row] = []
        rooms = self.rooms_for(v)
        if self.wants_room(v) and v.room is None and rooms:
            held = {o.name for room in rooms for o in self.holders(v, room)}
            names = [name for name in self.visits if name in held]
            rows.append({"area": None, "code": "no_room", "with": names})
        if v.souvenirs_due() and not v.souvenirs:
            rows.append({"area": None, "code": "no_souvenirs", "with": []})
        return rows
