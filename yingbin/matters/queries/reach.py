"""Who belongs to what, who oversees, whom a mark of a clock reaches, and how a site's time counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from yingbin.people.calendar import calendar_of
from yingbin.people.models import Assignment, Staff
from yingbin.people.queries import Badge, badge, current, people_of, staff_with_role, those_who_may
from yingbin.people.roles import permissions_of
from yingbin.rules import matters as rule
from yingbin.rules.calendar import ALWAYS, NeverOpen, WorkingCalendar

from ..policies import kinds_at

HEAD = "department_head"


class SiteTime:
    """The site's working time, read when first asked for; all time where the site has no opening hours."""

    def __init__(self, site_id: UUID) -> None:
        self.site_id = site_id

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The site's calendar as it stands."""
        return calendar_of(self.site_id)

    def after(self, start: datetime, span: timedelta) -> datetime:
        """The moment by which so much working time has passed since `start`."""
        try:
            return self.calendar.after(start, span)
        except NeverOpen:
            return ALWAYS.after(start, span)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Working time from `start` to `end`."""
        return (self.calendar if any(self.calendar.week.values()) else ALWAYS).between(start, end)


@dataclass(frozen=True)
class Belonging:
    """The groups of the site a person belongs to, as the rules name them, and those they head."""

    parties: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()


def belonging(site_id: UUID, staff_id: UUID | None, at: datetime) -> Belonging:
    """A person's departments and roles here at this moment; one query."""
    if staff_id is None:
        return Belonging()
    held = Assignment.objects.filter(current(at), site_id=site_id, staff_id=staff_id)
    rows = list(held.values_list("role", "department_id"))
    roles = {f"role:{role}" for role, _ in rows}
    departments = {f"department:{own}" for _, own in rows if own}
    heads = {f"department:{own}" for role, own in rows if own and role == HEAD}
    return Belonging(frozenset(roles | departments), frozenset(heads))


def members(site_id: UUID, group: str, at: datetime) -> list[UUID]:
    """The people of a department or a role here; nobody for a post, which is kept by whoever is on duty."""
    name, _, which = group.partition(":")
    held = Assignment.objects.filter(current(at), site_id=site_id, staff__is_active=True)
    if name == "role":
        held = held.filter(role=which)
    elif name == "department":
        held = held.filter(department_id=UUID(which))
    else:
        return []
    return list(held.order_by("staff_id").values_list("staff_id", flat=True).distinct())


def people_behind(site_id: UUID, party: str, at: datetime) -> list[UUID]:
    """The person a party is, or the people of the group."""
    if not party:
        return []
    return members(site_id, party, at) if rule.is_group(party) else [UUID(party)]


def supervisors(site_id: UUID, at: datetime, permission: str = "matters.supervise") -> list[UUID]:
    """Who may get a third hand-off and is told of overdue matters.

    Where nobody holds the permission, those who oversee the site's matters: never nobody while there is anybody.
    """
    found = those_who_may(site_id, permission, at) or those_who_may(site_id, "matters.oversee", at)
    return [s.id for s in found]


def heads_of(site_id: UUID, holder: str, at: datetime) -> list[UUID]:
    """The heads of the holder's department; the supervisors where it has none."""
    group = rule.is_group(holder)
    own = {holder} if group else belonging(site_id, UUID(holder), at).parties
    departments = [UUID(p.partition(":")[2]) for p in own if p.startswith("department:")]
    held = staff_with_role(site_id, HEAD, at).filter(assignments__department_id__in=departments)
    return list(held.distinct().values_list("id", flat=True)) or supervisors(site_id, at)


def reached(site_id: UUID, at: datetime, state: rule.State, named: Iterable[str]) -> list[UUID]:
    """The people a mark names, each once, in its order; see `rules.matters.Limit` for the names."""
    found: dict[UUID, None] = {}
    for one in named:
        found |= dict.fromkeys(_reached(site_id, at, state, one))
    return list(found)


def _reached(site_id: UUID, at: datetime, state: rule.State, named: str) -> list[UUID]:
    parties = {
        "owner": state.owner,
        "holder": state.holder,
        "asker": state.opened_by,
        "offered": state.offered_to,
    }
    if named in parties:
        return people_behind(site_id, parties[named], at)
    if named == "supervisor":
        return supervisors(site_id, at, rule.KINDS[state.kind].supervisor)
    if named == "head":
        return heads_of(site_id, state.holder, at)
    kind, _, which = named.partition(":")
    if kind == "permission":
        return [s.id for s in those_who_may(site_id, which, at)]
    return people_behind(site_id, named, at)


def may_oversee(site_id: UUID, staff_id: UUID | None, at: datetime) -> bool:
    """Whether this person sees to all matters of the site."""
    return _may("matters.oversee", site_id, staff_id, at)


def may_handle(site_id: UUID, staff_id: UUID | str, at: datetime) -> bool:
    """Whether a matter can be offered to this person: they work here and handle matters."""
    return _may("matters.handle", site_id, staff_id, at)


def takes_matters(site_id: UUID, party: str, at: datetime) -> bool:
    """Whether a matter can be offered to this person or group: someone here who handles matters stands behind it."""
    return any(may_handle(site_id, who, at) for who in people_behind(site_id, party, at))


def _may(permission: str, site_id: UUID, staff_id: UUID | str | None, at: datetime) -> bool:
    return bool(permission) and bool(
        (held := _badge(site_id, staff_id, at)) and held.may(permission)
    )


def _badge(site_id: UUID, staff_id: UUID | str | None, at: datetime) -> Badge | None:
    staff = Staff.objects.filter(id=staff_id).first() if staff_id else None
    return badge(staff, site_id, at) if staff else None


def around(site_id: UUID, who: UUID | None, at: datetime, state: rule.State) -> rule.Around:
    """What a step of this matter by this person is decided with."""
    own, kind = belonging(site_id, who, at), rule.KINDS[state.kind]
    held = _badge(site_id, who, at)
    below = [m for group in own.heads for m in members(site_id, group, at)]
    return rule.Around(
        supervisors=tuple(str(s) for s in supervisors(site_id, at, kind.supervisor)),
        supervisor=bool(held and held.may("matters.oversee")),
        parties=own.parties,
        heads=own.heads,
        members=frozenset(map(str, below)),
        pool=bool(held and kind.pool and held.may(kind.pool)),
        time=SiteTime(site_id),
        kinds=kinds_at(site_id, at),
    )


def colleagues(site_id: UUID, at: datetime) -> list[Staff]:
    """Whom a matter can be offered to: those who work here now and may handle matters."""
    return [s for s in people_of(site_id, at) if _handles(s)]


def _handles(staff: Staff) -> bool:
    held = [assignment.role for assignment in staff.held]  # type: ignore[attr-defined]
    return "matters.handle" in permissions_of(held)
