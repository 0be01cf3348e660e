"""Who may see a file: whoever may see what it is attached to, at the file's own site; until then who took it in."""

from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from yingbin.people.access import session_badge
from yingbin.people.models import Staff
from yingbin.people.queries import Badge

from .models import StoredFile
from .owners import owners


def file_for(request: HttpRequest, file_id: UUID) -> StoredFile | None:
    """The file, if the signed-in person may see it; None as well where there is none."""
    row = StoredFile.objects.filter(id=file_id, gone_at__isnull=True).first()
    if row is None:
        return None
    return row if may_see(badge_at(request, row.site_id), row) else None


def badge_at(request: HttpRequest, site_id: UUID) -> Badge:
    """The person's badge at a site that need not be the one chosen in this session."""
    staff = Staff.objects.get(pk=str(request.user.pk))
    return session_badge(staff, site_id, timezone.now(), request.session)


def may_see(badge: Badge, row: StoredFile) -> bool:
    """Whether this badge, of the file's site, opens the file."""
    if row.gone_at is not None or badge.site_id != row.site_id or not badge.permissions:
        return False
    if row.about_id is None:
        return badge.staff_id == row.taken_by
    known = owners().get(row.owner)
    return known is not None and known.may_see(badge, row.about_id)
