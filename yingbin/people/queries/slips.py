"""Slips with first passwords, for the one who made them and for half an hour."""

from datetime import datetime, timedelta
from uuid import UUID

from ..models import PasswordSlips, Staff

SHOWN_FOR = timedelta(minutes=30)


def slips(slips_id: UUID, by: UUID, at: datetime) -> PasswordSlips | None:
    """These slips, if this person made them a short while ago and hasn't put them away."""
    return PasswordSlips.objects.filter(
        id=slips_id, made_by_id=by, made_at__gt=at - SHOWN_FOR, put_away_at__isnull=True
    ).first()


def people_on_slips(found: PasswordSlips) -> list[Staff]:
    """The people on the slips who still have to replace the password that stands there."""
    rows = Staff.objects.filter(id__in=found.staff_ids, first_slips=found.id, is_active=True)
    return list(rows.filter(must_change_password=True))


def open_slips(by: UUID, at: datetime) -> list[PasswordSlips]:
    """All slips this person can still look at, newest first."""
    return list(
        PasswordSlips.objects.filter(
            made_by_id=by, made_at__gt=at - SHOWN_FOR, put_away_at__isnull=True
        ).order_by("-made_at")
    )
