"""Who may give which role and touch whose sign-in: managing roles are the administrator's alone.

Without this, whoever may add people could make themselves a supervisor of the queue (TQ-11), or
take over a manager's account by resetting its password. For the same reason nobody takes in, and
then touches, a person of another site: that needs the administrator, or the person's own consent.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from yingbin.rules.decision import Refused

from .. import roles
from ..models import Assignment, Delegation, Staff
from ..queries import badge, belongs_here, current, has_administrator, manages_anywhere
from ..rows import person_behind

# Whoever sets up the company before anybody is there.
SET_UP = "setup"


def is_administrator(by: UUID | str, at: datetime) -> bool:
    """Whether this is an active administrator, or the first run naming the first one."""
    if by == SET_UP:
        return not has_administrator(at)
    who = person_behind(str(by))
    held = Assignment.objects.filter(current(at), staff=who, staff__is_active=True)
    return who is not None and held.filter(site__isnull=True, role="administrator").exists()


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
    _check_manages_here(by, site_id, at)
    if to is not None and to == person_behind(str(by)):
        raise Refused(None, "自己的角色要由别的管理者来改。")
    managing = [roles.ROLES[r].title for r in asked if r in roles.MANAGING or site_id is None]
    if managing:
        raise Refused("TQ-11", f"「{'、'.join(managing)}」只能由系统管理员指定。")


def check_may_bring_in(by: UUID | str, site_id: UUID | None, staff_id: UUID, at: datetime) -> None:
    """Refuses all but the administrator to take in someone who belongs to another site."""
    if not is_administrator(by, at) and not (site_id and belongs_here(site_id, staff_id, at)):
        raise Refused(
            None,
            "这位同事不在本项目。请用「调入已有的同事」发出邀请，由本人在「我的账号」里同意，或者请系统管理员办理。",
        )


def check_may_touch(by: UUID | str, site_id: UUID | None, staff_id: UUID, at: datetime) -> None:
    """Refuses all but the administrator to change the data and sign-in of a manager, or of someone
    who works elsewhere, be it as well."""
    why = why_not_touch(by, site_id, staff_id, at)
    if why is not None:
        raise why


def why_not_touch(
    by: UUID | str, site_id: UUID | None, staff_id: UUID, at: datetime
) -> Refused | None:
    """What keeps `by` from changing this person's data and sign-in; None where nothing does."""
    if is_administrator(by, at):
        return None
    if not _manages_here(by, site_id, at):
        return Refused(None, "您不管理这个项目的人员。请找该项目的管理者或系统管理员。")
    held = Assignment.objects.filter(current(at), staff_id=staff_id)
    if not held.filter(site=site_id).exists():
        return Refused(None, "这位同事不在本项目，您不能更改。请找系统管理员。")
    if staff_id == person_behind(str(by)):
        return None
    return _why_not_this_one(by, site_id, staff_id, at)


def _why_not_this_one(
    by: UUID | str, site_id: UUID | None, staff_id: UUID, at: datetime
) -> Refused | None:
    held = Assignment.objects.filter(current(at), staff_id=staff_id)
    if manages_anywhere(staff_id, at):
        name = Staff.objects.values_list("name", flat=True).get(id=staff_id)
        return Refused("TQ-11", f"{name}是管理者，登录和资料只能由系统管理员更改。")
    if held.exclude(site=site_id).exists():
        return Refused(None, "这位同事还在别的项目任职，资料和登录只能由系统管理员更改。")
    if _supervises_for_others(staff_id, by, at):
        return Refused(
            "TQ-11", "这位同事正在代管督导，资料和登录只能由授权的销售经理或系统管理员更改。"
        )
    return None


def _manages_here(by: UUID | str, site_id: UUID | None, at: datetime) -> bool:
    who = person_behind(str(by))
    asking = Staff.objects.filter(id=who).first() if who else None
    return asking is not None and badge(asking, site_id, at).may("staff.manage")


def _check_manages_here(by: UUID | str, site_id: UUID | None, at: datetime) -> None:
    if site_id is not None and not _manages_here(by, site_id, at):
        raise Refused(None, "您不管理这个项目的人员。请找该项目的管理者或系统管理员。")


def _supervises_for_others(staff_id: UUID, by: UUID | str, at: datetime) -> bool:
    """Whether this is a delegate of the moment, at a site where `by` isn't the sales manager."""
    rows = Delegation.objects.filter(given_to_id=staff_id, revoked_at=None, since__lte=at)
    sites = rows.filter(until__gt=at).values_list("site_id", flat=True)
    asking = Staff.objects.get(id=by)
    return any(not badge(asking, site, at).may("turns.delegate") for site in sites)
