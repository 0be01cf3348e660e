"""What every posting view does alike: who, where, when, under which key; a refusal becomes a sentence."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from yingbin.journal.write import KeyReused, new_key
from yingbin.people.access import badge_of
from yingbin.rules.decision import Refused

from ..models import Visit
from ..queries import history


def acting(request: HttpRequest) -> dict[str, Any]:
    """The arguments every action wants: site, idempotency key, person, moment."""
    key = request.POST.get("key") or request.headers.get("Idempotency-Key") or new_key()
    return {
        "site_id": site_id(request),
        "key": key,
        "by": me(request),
        "at": timezone.now(),
    }


def me(request: HttpRequest) -> UUID:
    """The signed-in person's id."""
    return UUID(str(request.user.pk))


def site_id(request: HttpRequest) -> UUID:
    """The current site's id."""
    site: Any = request.site  # type: ignore[attr-defined]
    if site is None:
        raise Http404
    return UUID(str(site.id))


def may(request: HttpRequest, permission: str) -> bool:
    """Whether the signed-in person may do this here."""
    return badge_of(request).may(permission)


def visit_or_404(request: HttpRequest, visit_id: UUID) -> Visit:
    """A visit of the current site; another site's doesn't exist."""
    visit = history.visit(site_id(request), visit_id)
    if visit is None:
        raise Http404
    return visit


def perform(
    request: HttpRequest,
    action: Callable[..., dict[str, Any]],
    *,
    then: str,
    refused: str = "",
    said: str = "",
    **wants: Any,
) -> HttpResponse:
    """Runs an action and goes on to `then`; a refusal is said there, or at `refused`, in its own words."""
    try:
        action(**acting(request), **wants)
    except (Refused, KeyReused) as no:
        messages.error(request, no.message)
        then = refused or then
    else:
        if said:
            messages.success(request, said)
    return redirect(back_to(request, then))


def back_to(request: HttpRequest, otherwise: str) -> str:
    """The page of ours that the form names in `next`, else the given one."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and ours else otherwise
