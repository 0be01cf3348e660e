"""What every posting view does alike: who, where, when, under which key; a refusal becomes a sentence."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from yingbin.journal.write import KeyReused, new_key, page_key
from yingbin.pages.onward import onward
from yingbin.rules.decision import Refused

from .models import Site


def site_id(request: HttpRequest) -> UUID:
    """The current site's id; 404 for someone who works at none."""
    site = getattr(request, "site", None)
    if site is None:
        raise Http404
    return UUID(str(site.id))


def site_here(request: HttpRequest) -> Site:
    """The current site; 404 for someone who works at none."""
    site = getattr(request, "site", None)
    if not isinstance(site, Site):
        raise Http404
    return site


def person_id(request: HttpRequest) -> UUID:
    """The signed-in person's id."""
    return UUID(str(request.user.pk))


def acting(request: HttpRequest) -> dict[str, Any]:
    """The arguments every action wants: site, idempotency key, person, moment."""
    key = request.POST.get("key") or request.headers.get("Idempotency-Key") or new_key()
    return {
        "site_id": site_id(request),
        "key": page_key(key),
        "by": person_id(request),
        "at": timezone.now(),
    }


def perform(
    request: HttpRequest,
    action: Callable[..., Any],
    *,
    then: str,
    refused: str = "",
    said: str = "",
    kept: Callable[[str], HttpResponse] | None = None,
    **wants: Any,
) -> HttpResponse:
    """Runs an action and goes on to `then`; a refusal is said there, or at `refused`, in its own words.

    kept: makes the page that says the refusal beside what was typed, which then stays.
    """
    try:
        action(**acting(request), **wants)
    except (Refused, KeyReused) as no:
        if kept is not None:
            return kept(no.message)
        messages.error(request, no.message)
        then = refused or then
    else:
        if said:
            messages.success(request, said)
    return redirect(onward(request, then))
