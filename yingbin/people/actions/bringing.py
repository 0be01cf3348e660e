"""People brought in many at a time by a sheet, inside a write: entered, put on slips, and taken back.

Whoever calls has asked `check_may_give` for the roles; these do the writing.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from yingbin.journal.write import Pen

from ..models import Assignment, PasswordSlips, Staff
from ..queries import current
from .slips import set_first_password
from .staff import Person, enrol, give, new_staff, take


def bring_in(pen: Pen, person: Person, slips_id: UUID) -> Staff:
    """A new person with roles at the pen's site and a first password on these slips."""
    staff = new_staff(person)
    set_first_password(staff, slips_id)
    staff.save(force_insert=True)
    enrol(pen, staff, person, pen.site_id)
    return staff


def give_more(pen: Pen, staff_id: UUID, roles: Collection[str], department_id: UUID | None) -> None:
    """Roles at the pen's site for somebody who is known."""
    for role in roles:
        give(pen, staff_id, role, pen.site_id, department_id)


def put_on_slips(pen: Pen, slips_id: UUID, people: Sequence[Staff]) -> None:
    """Adds new people to the slips of their sheet, so that those of every site stand on the same ones."""
    if not people:
        return
    slips, _ = PasswordSlips.objects.get_or_create(
        id=slips_id, defaults={"made_by_id": UUID(pen.by), "made_at": pen.at}
    )
    slips.staff_ids += [str(p.id) for p in people]
    slips.save(update_fields=["staff_ids"])


def take_back_roles(pen: Pen, staff_id: UUID, roles: Collection[str], since: datetime) -> None:
    """Ends those of these roles that were given at that moment and are still held."""
    held = Assignment.objects.filter(
        current(pen.at), staff_id=staff_id, site_id=pen.site_id, since=since, role__in=roles
    )
    for role in held.values_list("role", flat=True):
        take(pen, staff_id, role, pen.site_id)


def take_back(pen: Pen, staff: Staff, roles: Collection[str], since: datetime) -> str:
    """A person who was brought in by mistake leaves as if never come; or why they stay, in a few words.

    Their account and telephone are free again; the row stays, as the journal speaks of it.
    """
    if why := _met_since(staff, pen, roles, since):
        return why
    take_back_roles(pen, staff.id, roles, since)
    freed = f"{staff.account[:33]}.{staff.id.hex[-6:]}"
    Staff.objects.filter(id=staff.id).update(
        is_active=False, left_at=pen.at, phone=None, pin="", account=freed
    )
    pen.append("staff.left", {"staff": str(staff.id), "delegations": []})
    return ""


def _met_since(staff: Staff, pen: Pen, roles: Collection[str], since: datetime) -> str:
    if not staff.is_active:
        return "已经办了离职"
    if staff.last_login is not None or not staff.must_change_password:
        return "已经登录过"
    held = Assignment.objects.filter(current(pen.at), staff=staff)
    others = held.exclude(site_id=pen.site_id, since=since, role__in=roles)
    return "后来加了别的角色" if others.exists() else ""
