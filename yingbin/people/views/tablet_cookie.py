"""The cookie by which a shared tablet is known."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .. import queries
from ..models import SharedTablet

COOKIE = "yingbin_tablet"
_YEAR = 60 * 60 * 24 * 365


def tablet_of(request: HttpRequest) -> SharedTablet | None:
    """The shared tablet this request comes from, if it is one still in use."""
    kept = request.get_signed_cookie(COOKIE, default="", max_age=_YEAR)
    tablet_id, _, secret = (kept or "").partition(":")
    try:
        return queries.tablet(UUID(tablet_id), secret) if secret else None
    except ValueError:
        return None


def keep(response: HttpResponse, tablet: SharedTablet, secret: str) -> None:
    """Gives the tablet its cookie for a year."""
    response.set_signed_cookie(
        COOKIE,
        f"{tablet.id}:{secret}",
        max_age=_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SECURE,
    )


def forget(response: HttpResponse) -> None:
    """Takes the cookie from the tablet."""
    response.delete_cookie(COOKIE, samesite="Lax")
