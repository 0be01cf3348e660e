"""Who may give which role and touch whose sign-in: managing roles are the administrator's alone.

Without this, whoever may add people could make themselves a supervisor of the queue (TQ-11), or
take over a manager's account by resetting its password.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from yingbin.rules.decision import Refused

from .. import roles
from ..models import Assignment, Delegation, Staff
from ..queries import badge, current, has_administrator, manages_anywhere

# Whoever sets up the company before anybody is there.
SET_UP = "setup"


def is_administrator(by: UUID | str, at: datetime) -> bool:
    """Whether this is an active administrator, or the first run naming the first one."""
    if by == SET_UP:
        return not has_administrator(at)
    held = Assignment.objects.filter(current(at), staff_id=by, staff__is_active=True)
    return held.filter(site__isnull=True, role="administrator").exists()


def check_may_give(
    by: UUID | str,
    site_id: UUID | None,
    wanted: Iterable[str],
    at: datetime,
    to: UUID | None = None,
) -> None:
    """Refuses unknown roles, company roles at a site, managing roles by others, one's own roles."""
    asked = list(wanted)
    if not asked:
        raise Refused(None, "请至少选择一个角色。")
    for role in asked:
        if role not in roles.ROLES:
            raise Refused(None, f"没有「{role}」这个角色。请从列表里选择。")
        if (role in roles.COMPANY_ROLES) != (site_id is None):
            title = roles.ROLES[role].title
            where = "全公司" if role in roles.COMPANY_ROLES else "具体项目"
            raise Refused(None, f"「{title}」这个角色要给在{where}，请在对应的页面设置。")
    if is_administrator(by, at):
        return
    if to is not None and to == by:
        raise Refused(None, "自己的角色要由别的管理者来改。")
    managing = [roles.ROLES[r].title for r in asked if r in roles.MANAGING or site_id is None]
    if managing:
        raise Refused("TQ-11", f"「{'、'.join(managing)}」只能由系统管理员指定。")


def check_may_touch(by: UUID | str, site_id: UUID | None, staff_id: UUID, at: datetime) -> None:
    """Refuses all but the administrator to change a manager's sign-in, or someone of elsewhere."""
    if is_administrator(by, at):
        return
    here = Assignment.objects.filter(current(at), Q(site=site_id), staff_id=staff_id)
    if site_id is None or not here.exists():
        raise Refused(None, "这位同事不在本项目，您不能更改。请找系统管理员。")
    if staff_id != by and manages_anywhere(staff_id, at):
        name = Staff.objects.values_list("name", flat=True).get(id=staff_id)
        raise Refused("TQ-11", f"{name}是管理者，登录和资料只能由系统管理员更改。")
    if staff_id != by and _supervises_for_others(staff_id, by, at):
        raise Refused(
            "TQ-11", "这位同事正在代管督导，资料和登录只能由授权的销售经理或系统管理员更改。"
        )


def _supervises_for_others(staff_id: UUID, by: UUID | str, at: datetime) -> bool:
    """Whether this is a delegate of the moment, at a site where `by` isn't the sales manager."""
    rows = Delegation.objects.filter(given_to_id=staff_id, revoked_at=None, since__lte=at)
    sites = rows.filter(until__gt=at).values_list("site_id", flat=True)
    asking = Staff.objects.get(id=by)
    return any(not badge(asking, site, at).may("turns.delegate") for site in sites)
