"""Someone of another site comes to work here too: by the administrator, or by their own consent."""

from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..models import RoleOffer
from ..queries import belongs_here
from ..queries.offers import OPEN_FOR
from ..rows import actor
from .authority import check_may_give, is_administrator
from .known import active
from .staff import give


@action("bring_in")
def bring_in(
    pen: Pen, *, staff_id: UUID, role: str, department_id: UUID | None = None
) -> UUID | None:
    """Gives a role to someone who belongs here, or by the administrator; else offers it.

    Returns the offer's id, or None where the role was given at once. An offer changes nothing
    until the person accepts it on their own account page.
    """
    check_may_give(pen.by, pen.site_id, (role,), pen.at, to=staff_id)
    staff = active(staff_id)
    if is_administrator(pen.by, pen.at) or belongs_here(pen.site_id, staff_id, pen.at):
        give(pen, staff.id, role, pen.site_id, department_id)
        return None
    waiting = RoleOffer.objects.filter(site_id=pen.site_id, staff=staff, role=role)
    waiting.filter(answered_at=None).delete()
    row = waiting.create(
        site_id=pen.site_id,
        staff=staff,
        role=role,
        department_id=department_id,
        offered_by_id=UUID(pen.by),
        offered_at=pen.at,
    )
    pen.append("role.offered", {"offer": str(row.id), "staff": str(staff_id), "role": role})
    return row.id


@action("answer_offer")
def answer_offer(pen: Pen, *, offer_id: UUID, accepts: bool) -> None:
    """The person's own answer to an offer of this site; only accepting gives the role.

    Refuses an offer to somebody else, one that is over, and one whose giver may not give any more.
    """
    row = RoleOffer.objects.filter(id=offer_id, site_id=pen.site_id, staff=actor(pen)).first()
    if row is None:
        raise Refused(None, "没有找到这份邀请，可能已经处理过了。")
    waiting = RoleOffer.objects.filter(id=offer_id, answered_at=None)
    over = row.offered_at <= pen.at - OPEN_FOR
    if over or not waiting.update(answered_at=pen.at, accepted=accepts):
        raise Refused(None, "这份邀请已经过期或处理过了。需要的话请对方再发一次。")
    pen.append("role.answered", {"offer": str(offer_id), "accepted": accepts})
    if accepts:
        check_may_give(row.offered_by_id, row.site_id, (row.role,), pen.at)
        give(pen, active(row.staff_id).id, row.role, row.site_id, row.department_id)
