"""Someone of another site comes to work here too: by the administrator, or by their own consent."""

from datetime import datetime
from typing import Any
from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..models import RoleOffer
from ..queries import belongs_here
from ..queries.offers import OPEN_FOR
from .authority import check_may_give, is_administrator
from .record import active, recorded
from .staff import give


def bring_in(
    *,
    site_id: UUID,
    key: str,
    by: UUID,
    at: datetime,
    staff_id: UUID,
    role: str,
    department_id: UUID | None = None,
) -> dict[str, Any]:
    """Gives a role to someone who belongs here, or by the administrator; else offers it.

    Returns `offer`, its id, or None where the role was given at once. An offer changes nothing
    until the person accepts it on their own account page.
    """

    def work(pen: Pen) -> dict[str, Any]:
        check_may_give(by, site_id, (role,), at, to=staff_id)
        staff = active(staff_id)
        if is_administrator(by, at) or belongs_here(site_id, staff_id, at):
            give(pen, staff.id, role, site_id, department_id)
            return {"offer": None}
        waiting = RoleOffer.objects.filter(site_id=site_id, staff=staff, role=role)
        waiting.filter(answered_at=None).delete()
        row = waiting.create(
            site_id=site_id,
            staff=staff,
            role=role,
            department_id=department_id,
            offered_by_id=by,
            offered_at=at,
        )
        pen.append("role.offered", {"offer": str(row.id), "staff": str(staff_id), "role": role})
        return {"offer": str(row.id)}

    told = {"staff": str(staff_id), "role": role, "department": department_id}
    return recorded(
        site_id=site_id, key=key, verb="bring_in", by=by, at=at, payload=told, work=work
    )


def answer_offer(
    *, key: str, by: UUID, at: datetime, offer_id: UUID, accepts: bool
) -> dict[str, Any]:
    """The person's own answer to an offer; only accepting gives the role.

    Refuses an offer to somebody else, one that is over, and one whose giver may not give any more.
    """
    row = RoleOffer.objects.filter(id=offer_id, staff_id=by).first()
    if row is None:
        raise Refused(None, "没有找到这份邀请，可能已经处理过了。")

    def work(pen: Pen) -> dict[str, Any]:
        waiting = RoleOffer.objects.filter(id=offer_id, answered_at=None)
        if row.offered_at <= at - OPEN_FOR or not waiting.update(answered_at=at, accepted=accepts):
            raise Refused(None, "这份邀请已经过期或处理过了。需要的话请对方再发一次。")
        pen.append("role.answered", {"offer": str(offer_id), "accepted": accepts})
        if accepts:
            check_may_give(row.offered_by_id, row.site_id, (row.role,), at)
            give(pen, active(by).id, row.role, row.site_id, row.department_id)
        return {}

    told = {"offer": str(offer_id), "accepts": accepts}
    return recorded(
        site_id=row.site_id, key=key, verb="answer_offer", by=by, at=at, payload=told, work=work
    )
