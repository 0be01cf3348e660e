"""The office of a site in the form of the contract: its people by their roles, its policy, its calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from uuid import UUID

from yingbin.people.calendar import calendar_of
from yingbin.people.models import Assignment
from yingbin.people.policy_rows import Plain
from yingbin.people.queries import current
from yingbin.rules.calendar import MIDNIGHT, WorkingCalendar
from yingbin.rules.decision import Refused
from yingbin.rules.desk.office import Office
from yingbin.rules.desk.officefile import read_calendar, read_people
from yingbin.rules.desk.policy import DeskPolicy
from yingbin.rules.desk.policyfile import read_policy

from .choices import chosen_at, in_contract
from .models import DeskOffice

MANAGER, SUPERVISOR, CLERK, GUARD = "desk_manager", "desk_supervisor", "desk_clerk", "duty_guard"
HEAD, MEMBER = "department_head", "department"
# Whoever holds several of these stands in the office as the first of them.
_RANK = (MANAGER, SUPERVISOR, CLERK, GUARD, HEAD, MEMBER)
_NOBODY = {
    MANAGER: "这里还没有管理处主任，客服台开不了。请管理员在「人员」里加上。",
    SUPERVISOR: "这里还没有客服主管，客服台开不了。请管理员在「人员」里加上。",
    CLERK: "这里还没有客服前台的同事，客服台开不了。请管理员在「人员」里加上。",
}


@dataclass(frozen=True)
class Held:
    """A role somebody holds."""

    role: str
    who: str
    department: str


@dataclass(frozen=True)
class Standing:
    """An office as the rules take it."""

    office: Office
    policy: DeskPolicy
    calendar: WorkingCalendar


@lru_cache(maxsize=128)
def _standing(office_id: UUID) -> Standing:
    return read(DeskOffice.objects.get(id=office_id))


def standing(row: DeskOffice) -> Standing:
    """The office of a row; rows never change, so each is read once."""
    return _standing(row.id)


def read(row: "DeskOffice | OfficeNow") -> Standing:
    """The office that a row holds, or that is now."""
    told = {"people": row.people, "policy": row.policy, "calendar": row.calendar}
    people = read_people(told)
    return Standing(people, read_policy(told, people.departments), read_calendar(told))


def last_office(site_id: UUID) -> DeskOffice | None:
    """The newest version of a site's office."""
    return DeskOffice.objects.filter(site_id=site_id).order_by("version").last()


@dataclass(frozen=True)
class OfficeNow:
    """The office as it is now, in the form of the contract."""

    people: Plain
    policy: Plain
    calendar: Plain

    def is_as(self, row: DeskOffice | None) -> bool:
        """Whether this version still holds."""
        mine = (self.people, self.policy, self.calendar)
        return row is not None and mine == (row.people, row.policy, row.calendar)


def office_now(site_id: UUID, at: datetime) -> OfficeNow:
    """Who works for the desk now, by which policy, in which hours. Raises `Refused` where somebody is missing."""
    people, departments = _people(_held(site_id, at))
    policy = in_contract(chosen_at(site_id, at), departments)
    return OfficeNow(people, policy, _calendar(calendar_of(site_id), at))


def _held(site_id: UUID, at: datetime) -> list[Held]:
    """Everybody once, in their first role, the longest serving first."""
    rows = Assignment.objects.filter(
        current(at), site_id=site_id, role__in=_RANK, staff__is_active=True
    )
    told = rows.order_by("since", "id").values_list("role", "staff_id", "department_id")
    ranked = sorted(told, key=lambda row: _RANK.index(row[0]))
    found: dict[str, Held] = {}
    for role, who, department in ranked:
        in_one = role not in (HEAD, MEMBER) or department
        if in_one:
            own = f"department:{department}" if role in (HEAD, MEMBER) else ""
            found.setdefault(str(who), Held(role, str(who), own))
    return list(found.values())


def _people(held: list[Held]) -> tuple[Plain, frozenset[str]]:
    """The contract's `people`. One supervises and one manages: the longest serving; the others of these are clerks."""
    chief: dict[str, str] = {}
    for one in held:
        if one.role in (MANAGER, SUPERVISOR):
            chief.setdefault(one.role, one.who)
    others = [one.who for one in held if one.role in (MANAGER, SUPERVISOR, CLERK)]
    clerks = [who for who in others if who not in chief.values()]
    for role in (MANAGER, SUPERVISOR):
        if role not in chief:
            raise Refused("SD-3.3", _NOBODY[role])
    if not clerks:
        raise Refused("SD-3.1", _NOBODY[CLERK])
    departments = dict(_departments(held))
    people: Plain = {
        "clerks": clerks,
        "guards": [one.who for one in held if one.role == GUARD],
        "supervisor": chief[SUPERVISOR],
        "manager": chief[MANAGER],
        "departments": departments,
    }
    return people, frozenset(departments)


def _departments(held: list[Held]) -> Iterator[tuple[str, Plain]]:
    """Each department with its head; where none is named, the longest serving of it answers for it."""
    own: dict[str, list[str]] = {}
    for one in held:
        if one.department:
            own.setdefault(one.department, []).append(one.who)
    for name, (head, *members) in sorted(own.items()):
        yield name, {"head": head, "members": members}


def _calendar(calendar: WorkingCalendar, at: datetime) -> Plain:
    """The contract's `calendar`, from last year on; without a single window the contract's usual week."""
    plain: Plain = {}
    week = [[_window(pair) for pair in calendar.week.get(day, ())] for day in range(7)]
    if any(week):
        plain["week"] = week
    days = {**calendar.public, **calendar.exceptions}
    near = sorted((day, works) for day, works in days.items() if day.year >= at.year - 1)
    plain["holidays"] = [_day(day) for day, works in near if not works]
    plain["make_up"] = [_day(day) for day, works in near if works]
    return plain


def _window(pair: tuple[time, time]) -> list[str]:
    opens, closes = pair
    return [f"{opens:%H:%M}", "24:00" if closes == MIDNIGHT else f"{closes:%H:%M}"]


def _day(day: date) -> str:
    return day.isoformat()
