"""The names of before for what `yingbin.pages.doing` does; gone as soon as no page says them any more."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from yingbin.journal.action import Acting, Action
from yingbin.journal.write import KeyReused
from yingbin.pages import doing
from yingbin.pages.doing import person_id, site_id
from yingbin.pages.onward import onward
from yingbin.rules.decision import Refused

from .here import site_here

__all__ = ["acting", "perform", "person_id", "site_here", "site_id"]


def acting(request: HttpRequest) -> dict[str, Any]:
    """The arguments of an action that is called with each of them."""
    who = doing.acting(request)
    return {"site_id": who.site_id, "key": who.key, "by": who.by, "at": who.at}


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
        if isinstance(action, Action):
            action(Acting(**acting(request)), **wants)
        else:
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
