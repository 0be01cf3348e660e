"""What the pages about people do alike: run an action, say a refusal in its own words, go on."""

import ipaddress
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from yingbin.journal.write import KeyReused, new_key, page_key
from yingbin.pages.forms import KeyedForm
from yingbin.pages.onward import onward
from yingbin.rules.decision import Refused

PAGE = 50


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def tried(form: KeyedForm, action: Callable[..., Any], /, **told: Any) -> Any:
    """What the action answers; None when it refuses, and the form says why."""
    try:
        return action(**told)
    except (Refused, KeyReused) as no:
        form.refuse(no.message)
        return None


def pressed(
    request: HttpRequest, action: Callable[..., Any], /, *, then: str, said: str, **told: Any
) -> HttpResponse:
    """A button's action, and on to a page that says what came of it."""
    try:
        action(**told)
    except (Refused, KeyReused) as no:
        messages.error(request, no.message)
    else:
        messages.success(request, said)
    return redirect(onward(request, then))


def company_acting(request: HttpRequest) -> dict[str, Any]:
    """The arguments of an action that concerns the whole company."""
    return {
        "key": page_key(request.POST.get("key") or new_key()),
        "by": request.user.pk,
        "at": timezone.now(),
    }


def paged(asked: QueryDict, rows: Any) -> Page[Any]:
    """The page of a long list that the address, or what was posted, asks for."""
    return Paginator(rows, PAGE).get_page(asked.get("page"))


def status(form: Any) -> int:
    """422 for a form that was sent and refused, 200 for a fresh one."""
    return 422 if form.is_bound else 200


def outward(request: HttpRequest) -> str:
    """The address under which other people reach the product; "" where only this machine is known."""
    if settings.YINGBIN_ADDRESS:
        return f"{settings.YINGBIN_ADDRESS}/"
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    return "" if _only_here(host) else request.build_absolute_uri("/")


def _only_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
