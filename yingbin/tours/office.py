"""The company of a site in the form of the contract: departments with their people, areas, approvers, packs, days off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from yingbin.people.calendar import calendar_of
from yingbin.people.models import Assignment
from yingbin.people.policy_rows import Plain
from yingbin.people.queries import current
from yingbin.rules.decision import Refused
from yingbin.rules.gate.gatefile import AREAS
from yingbin.rules.tours.pack import Pack
from yingbin.rules.tours.visitfile import (
    ADMINISTRATION,
    RECEPTION,
    Company,
    VisitFile,
    read_visits,
)

from .company import COMPANY, TOUR_PACKS, TourCompany
from .models import TourOffice

LEADER = "senior"
_OF_ROLE = {"reception_department": RECEPTION, "administration": ADMINISTRATION}
_OF_HOUSE = ("department_head", "department")
_NOBODY = {
    RECEPTION: "这里还没有接待部的同事，参观申请收不了。请管理员在「人员」里加上。",
    ADMINISTRATION: "这里还没有行政部的同事，参观申请收不了。请管理员在「人员」里加上。",
    LEADER: "这里还没有公司领导，没有人能批示。请管理员在「人员」里加上。",
}


@dataclass(frozen=True)
class Standing:
    """A company as the rules take it."""

    company: Company
    packs: list[Pack]

    @property
    def file(self) -> VisitFile:
        """As a file in which nothing has happened yet."""
        return VisitFile(self.packs, self.company, [], None)

    def pack(self, version: str) -> Pack:
        """The pack by which a visit was judged."""
        return next(pack for pack in self.packs if pack.version == version)


@dataclass(frozen=True)
class OfficeNow:
    """The company as it is now, in the form of the contract."""

    company: Plain
    packs: list[Plain]

    def is_as(self, row: TourOffice | None) -> bool:
        """Whether this version still holds."""
        return row is not None and (self.company, self.packs) == (row.company, row.packs)


@lru_cache(maxsize=128)
def _standing(office_id: UUID) -> Standing:
    return read(TourOffice.objects.get(id=office_id))


def standing(row: TourOffice) -> Standing:
    """The company of a row; rows never change, so each is read once."""
    return _standing(row.id)


def read(row: "TourOffice | OfficeNow") -> Standing:
    """The company that a row holds, or that is now."""
    file = read_visits({"packs": row.packs, "company": row.company, "events": []})
    return Standing(file.company, file.packs)


def last_office(site_id: UUID) -> TourOffice | None:
    """The newest version of a site's company."""
    return TourOffice.objects.filter(site_id=site_id).order_by("version").last()


def office_now(site_id: UUID, at: datetime) -> OfficeNow:
    """Who receives visitors now, and by which rules. Raises `Refused` where somebody is missing."""
    chosen = COMPANY.in_force(site_id, at).values
    departments, leaders = _people(site_id, at)
    company: Plain = {
        "departments": departments,
        "approvers": _named(chosen.approvers, leaders),
        "seniors": _named(chosen.seniors, leaders),
        "areas": _areas(chosen, departments),
        "rooms": [{"room": one.room, "capacity": one.capacity} for one in chosen.rooms],
        "souvenirs": chosen.souvenirs,
        **_calendar(site_id, at),
    }
    packs = TOUR_PACKS.in_force(site_id, at).values.packs
    return OfficeNow(company, [one.plain for one in packs])


def is_another(site_id: UUID, at: datetime) -> bool:
    """Whether somebody or something of the company changed since it was last written down; not while it is incomplete."""
    try:
        now, last = office_now(site_id, at), last_office(site_id)
    except Refused:
        return False
    return last is not None and not now.is_as(last)


def standing_now(site_id: UUID, at: datetime) -> Standing:
    """The company of now, to be looked at; nothing is written. Raises `Refused` where somebody is missing."""
    now, last = office_now(site_id, at), last_office(site_id)
    return standing(last) if last is not None and now.is_as(last) else read(now)


def standing_or_last(site_id: UUID, at: datetime) -> Standing | None:
    """The same; as it last was where somebody is missing now, None where there never was one."""
    try:
        return standing_now(site_id, at)
    except Refused:
        last = last_office(site_id)
        return standing(last) if last else None


def _people(site_id: UUID, at: datetime) -> tuple[dict[str, list[str]], list[str]]:
    """Departments with those who act for them, and the company's leaders; each as long serving as listed."""
    rows = Assignment.objects.filter(
        current(at),
        site_id=site_id,
        role__in=(*_OF_ROLE, *_OF_HOUSE, LEADER),
        staff__is_active=True,
    )
    departments: dict[str, list[str]] = {RECEPTION: [], ADMINISTRATION: []}
    leaders: list[str] = []
    told = rows.order_by("since", "id").values_list("role", "staff_id", "department_id")
    for role, who, department in told:
        own = _OF_ROLE.get(role) or (str(department) if role in _OF_HOUSE and department else "")
        people = leaders if role == LEADER else departments.setdefault(own, []) if own else []
        if str(who) not in people:
            people.append(str(who))
    for name, found in (
        (RECEPTION, departments[RECEPTION]),
        (ADMINISTRATION, departments[ADMINISTRATION]),
        (LEADER, leaders),
    ):
        if not found:
            raise Refused("CV-2", _NOBODY[name])
    return departments, leaders


def _named(chosen: Iterable[str], leaders: list[str]) -> list[str]:
    """Those who were named, as far as they are still leaders here; all leaders where nobody is."""
    return [who for who in chosen if who in leaders] or leaders


def _areas(chosen: TourCompany, departments: dict[str, list[str]]) -> Plain:
    """Areas of the house; reception answers for a department in which nobody works any more."""
    found: Plain = {}
    for name in AREAS:
        if (one := chosen.areas.get(name)) is None:
            continue
        own = one.department if one.department in departments else RECEPTION
        area: Plain = {"department": own, "key": one.key, "closed_to": list(one.closed_to)}
        found[name] = area | ({"capacity": one.capacity} if one.capacity else {})
    return found


def _calendar(site_id: UUID, at: datetime) -> Plain:
    """Where the house's calendar departs from Monday to Friday, from last year on."""
    calendar = calendar_of(site_id)
    days = {**calendar.public, **calendar.exceptions}
    near = sorted((day, works) for day, works in days.items() if day.year >= at.year - 1)
    return {
        "off": [_day(day) for day, works in near if not works and day.weekday() < 5],
        "work": [_day(day) for day, works in near if works and day.weekday() >= 5],
    }


def _day(day: date) -> str:
    return day.isoformat()
