"""Everything a request must know of whoever sends it, in one statement, read afresh each time."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection

from yingbin.journal.trips import columns, read

from .. import roles
from ..models import Site, Staff
from .badges import Badge, badge_with


@dataclass(frozen=True)
class Entry:
    """A session as it is kept, and its person with all they hold at this moment.

    staff: None where the list of sessions doesn't know this one or its person left. held: (site,
    role), site None for the whole company. `demanded`: managers need a second factor here.
    """

    session: str
    staff: Staff | None
    held: tuple[tuple[UUID | None, str], ...]
    delegated: tuple[UUID, ...]
    works_at: tuple[Site, ...]
    demanded: bool

    def sites(self) -> list[Site]:
        """Sites where the person works now, by code; all of them for a company-wide role."""
        return list(self.works_at)

    def badge(self, site_id: UUID | None) -> Badge:
        """The person's badge at a site, without asking again."""
        assert self.staff is not None
        here = frozenset(
            role
            for site, role in self.held
            if site == site_id or (site is None and role in roles.COMPANY_ROLES)
        )
        return badge_with(self.staff.id, site_id, here, site_id in self.delegated)


def entering(session_key: str, at: datetime) -> Entry | None:
    """The session with this key and its person; None where there is no such session any more."""
    row = _asked(session_key, at)
    if row is None:
        return None
    session, held, delegated, sites, demanded, *person = row
    known = person[0] is not None
    return Entry(
        session=session,
        staff=read(Staff, person[1:]) if known else None,
        held=tuple((UUID(site) if site else None, role) for site, role in held or ()),
        delegated=tuple(delegated or ()),
        works_at=tuple(_site(values) for values in sites or ()),
        demanded=demanded,
    )


def _asked(session_key: str, at: datetime) -> tuple[Any, ...] | None:
    """The row of a session. Asking is also the proof that the line to the database still stands:
    a line that broke since the last request is made anew, once, as Django's own check would."""
    line: Any = connection
    unproven = not line.health_check_done and not line.in_atomic_block
    kept = unproven and line.connection is not None
    line.health_check_done = True
    try:
        return _row(session_key, at)
    except (OperationalError, InterfaceError):
        if not kept:
            raise
        line.close()
        return _row(session_key, at)


def _row(session_key: str, at: datetime) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"key": session_key, "at": at, "all": _EVERYWHERE})
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row


def _site(values: dict[str, Any]) -> Site:
    fields: Any = Site._meta.concrete_fields
    made = [f.to_python(values[f.column]) for f in fields]
    return Site.from_db(connection.alias, [f.attname for f in fields], made)


_EVERYWHERE = sorted(roles.COMPANY_ROLES)


@cache
def _statement() -> str:
    return _ENTER.format(staff=columns(Staff, "u"))


_ENTER = """
select s.session_data,
       (select json_agg(json_build_array(a.site_id, a.role)) from people_assignment a
         where a.staff_id = u.id and a.since <= %(at)s and (a.until is null or a.until > %(at)s)),
       (select array_agg(d.site_id) from people_delegation d
         where d.given_to_id = u.id and d.revoked_at is null
           and d.since <= %(at)s and d.until > %(at)s),
       (select json_agg(row_to_json(p) order by p.code) from people_site p
         where p.closed_at is null and exists (
               select from people_assignment a where a.staff_id = u.id
                  and (a.site_id = p.id or a.site_id is null and a.role = any(%(all)s))
                  and a.since <= %(at)s and (a.until is null or a.until > %(at)s))),
       exists (select from people_company c where c.managers_need_second_factor
                  and not c.is_demo and c.set_up_at is not null),
       u.id, {staff}
  from django_session s
  left join usersessions_usersession l on l.session_key = s.session_key
  left join people_staff u on u.id = l.user_id and u.is_active
 where s.session_key = %(key)s and s.expire_date > %(at)s
"""
