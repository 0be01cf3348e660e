"""The one way people, roles and delegations change: a write at a site, with its journal."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from yingbin.journal.write import Pen, write
from yingbin.rules.decision import Refused

from ..models import Company, Site, Staff

Work = Callable[[Pen], dict[str, Any]]


def recorded(
    *,
    site_id: UUID | None,
    key: str,
    verb: str,
    by: UUID | str,
    at: datetime,
    payload: Mapping[str, Any],
    work: Work,
) -> dict[str, Any]:
    """One idempotent write; without a site it stands in the company's own journal."""
    try:
        return write(
            site_id=site_id or company_id(),
            key=key,
            verb=verb,
            by=str(by),
            at=at,
            payload=payload,
            work=work,
        ).response
    except IntegrityError:
        raise Refused(None, "同一时刻有人做了同样的更改。请刷新页面，核对后再试。") from None


def company_id() -> UUID:
    """The company's id, under which its own journal runs. Refuses where nothing is set up yet."""
    found = Company.objects.values_list("id", flat=True).first()
    if found is None:
        raise Refused(None, "还没有设置公司。请先打开首次设置页面。")
    return found


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
