"""The office of a site in the form of the contract: its people by their roles, its policy, its calendar."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property, lru_cache
from uuid import UUID

from yingbin.journal.trips import Ask, Rows, Statement, ask, asking
from yingbin.journal.trips import read as row_of
from yingbin.people.calendar import asked_calendar, calendar_of
from yingbin.people.policy_rows import Plain
from yingbin.rules.calendar import MIDNIGHT, WorkingCalendar
from yingbin.rules.decision import Refused
from yingbin.rules.desk.desk import Desk
from yingbin.rules.desk.kinds import kinds_of
from yingbin.rules.desk.office import Office
from yingbin.rules.desk.officefile import read_calendar, read_people
from yingbin.rules.desk.policy import DeskPolicy
from yingbin.rules.desk.policyfile import read_policy
from yingbin.rules.matters import Kind

from .choices import DESK, chosen_at, in_contract
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

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """The five kinds with the office's limits."""
        return kinds_of(self.policy)

    def desk(self) -> Desk:
        """A desk of this office, with nothing on it yet."""
        return Desk(self.office, self.policy, self.calendar, self.kinds)


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


def asked_last(site_id: UUID) -> Statement:
    """Asks for what `last_office` gives."""
    rest = "where o.site_id = %s order by o.version desc limit 1"
    return asking(DeskOffice, "o", rest, site_id)


def last_office(site_id: UUID, through: Ask = ask) -> DeskOffice | None:
    """The newest version of a site's office."""
    found = through(asked_last(site_id))
    return row_of(DeskOffice, found[0]) if found else None


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


def asked_now(site_id: UUID, at: datetime) -> tuple[Statement, ...]:
    """Asks for all that `office_now` and `last_office` need."""
    held = Statement(_HELD, (site_id, at, at, *_RANK))
    return held, DESK.asked(site_id, at), asked_calendar(site_id), asked_last(site_id)


def office_now(site_id: UUID, at: datetime, through: Ask = ask) -> OfficeNow:
    """Who works for the desk now, by which policy, in which hours. Raises `Refused` where somebody is missing."""
    held, *_ = asked_now(site_id, at)
    people, departments = _people(_ranked(through(held)))
    policy = in_contract(chosen_at(site_id, at, through), departments)
    return OfficeNow(people, policy, _calendar(calendar_of(site_id, through), at))


_HELD = f"""
select a.role, a.staff_id, a.department_id from people_assignment a join people_staff s on s.id = a.staff_id
 where a.site_id = %s and a.since <= %s and (a.until is null or a.until > %s) and s.is_active
   and a.role in ({", ".join(["%s"] * len(_RANK))}) order by a.since, a.id
"""


def _ranked(rows: Rows) -> list[Held]:
    """Everybody once, in their first role, the longest serving first."""
    ranked = sorted(rows, key=lambda row: _RANK.index(row[0]))
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
