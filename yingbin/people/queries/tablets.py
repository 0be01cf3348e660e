"""Shared tablets and who can be switched to on one."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.utils.crypto import constant_time_compare

from .. import roles
from ..models import Assignment, SharedTablet, Staff
from .badges import current
from .places import second_factor_demanded
from .staff import _with_totp


def sealed(secret: str) -> str:
    """How a tablet's secret is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def tablet(tablet_id: UUID, secret: str) -> SharedTablet | None:
    """The tablet with this id and secret while it is in use, with its site."""
    rows = SharedTablet.objects.select_related("site").filter(id=tablet_id, retired_at=None)
    found = rows.first()
    return found if found and constant_time_compare(found.secret_hash, sealed(secret)) else None


def tablets_of(site_id: UUID) -> list[SharedTablet]:
    """The tablets in use at a site."""
    rows = SharedTablet.objects.filter(site_id=site_id, retired_at=None)
    return list(rows.select_related("added_by").order_by("added_at"))


def people_on_tablets(site_id: UUID, at: datetime) -> list[Staff]:
    """Who takes turns at a site's shared tablets, by name.

    Someone with a second factor is not among them, nor a manager of whom it is demanded: a PIN
    must not stand in for it.
    """
    here = Assignment.objects.filter(current(at), site_id=site_id)
    found = Staff.objects.filter(
        id__in=here.filter(role__in=roles.ON_TABLETS).values("staff_id"), is_active=True
    )
    found = found.annotate(totp=_with_totp()).filter(totp=False)
    if second_factor_demanded():
        managing = Assignment.objects.filter(current(at), role__in=roles.MANAGING)
        found = found.exclude(id__in=managing.values("staff_id"))
    return list(found)
