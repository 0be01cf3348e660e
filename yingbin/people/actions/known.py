"""Who and where a verb of people is about; what is unknown or over is refused."""

from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..models import Company, Site, Staff


def company_id() -> UUID:
    """The company's id, under which its own journal runs. Refuses where nothing is set up yet."""
    found = Company.objects.values_list("id", flat=True).first()
    if found is None:
        raise Refused(None, "还没有设置公司。请先打开首次设置页面。")
    return found


def site_of(pen: Pen) -> UUID | None:
    """The site whose journal is written; None for the company's own."""
    return None if Company.objects.filter(id=pen.site_id).exists() else pen.site_id


def site_here(site_id: UUID) -> Site:
    """The site, refusing one that is unknown or closed."""
    site = Site.objects.filter(id=site_id, closed_at__isnull=True).first()
    if site is None:
        raise Refused(None, "没有这个项目，或者它已经停用。请换一个项目再试。")
    return site


def active(staff_id: UUID) -> Staff:
    """The person, refusing one who is unknown or has left."""
    staff = Staff.objects.filter(id=staff_id).first()
    if staff is None:
        raise Refused(None, "没有找到这个人。请从名单里重新选择。")
    if not staff.is_active:
        raise Refused(None, f"{staff.name}已经离职。要恢复，请先在人员页办理返岗。")
    return staff
