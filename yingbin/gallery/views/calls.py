"""来电与渠道报备: recorded in seconds, found when the customer walks in (TQ-1)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yingbin.customers.queries import find, shown_as
from yingbin.journal.write import KeyReused, new_key
from yingbin.people.access import needs
from yingbin.people.queries import names_of, staff_with_role
from yingbin.rules.decision import Refused

from ..actions.calls import record_call
from ..actions.channels import add_channel, register_by_channel
from ..actions.days import values_in_force
from ..forms import CallForm, first_error, split
from ..queries import calls as queries
from .acting import acting, may, me, perform, site_id

PAGE = 30


@needs("calls.record")
@require_http_methods(["GET", "POST"])
def calls(request: HttpRequest) -> HttpResponse:
    """Record a call, and the calls so far: one's own, or everybody's for desk and manager."""
    typed = request.POST if "asked" in request.POST else None
    form, refused = CallForm(typed), ""
    if typed is not None and form.is_valid():
        try:
            done = record_call(**acting(request), rang=form.rang())
        except (Refused, KeyReused) as no:
            refused = no.message
        else:
            messages.success(request, f"来电已记下，回执码 {done['receipt']}。")
            return redirect("gallery:calls")
    refused = refused or (first_error(form) if typed is not None else "")
    context = _calls_context(request, form) | {"refused": refused}
    return render(request, "gallery/calls.html", context, status=422 if refused else 200)


def _calls_context(request: HttpRequest, form: CallForm) -> dict[str, Any]:
    site, everyone = site_id(request), may(request, "customers.all")
    text = request.POST.get("find", "").strip()[:40]
    mine = not everyone or "1" in (request.GET.get("mine"), request.POST.get("mine"))
    rows = queries.calls(site, taker=me(request) if mine else None, text=text)
    page = Paginator(rows, PAGE).get_page(request.POST.get("page") or request.GET.get("page"))
    typed = request.POST.get("q", "")
    shown = shown_as(site, {c.customer_id for c in page.object_list if c.customer_id})
    return {
        "form": form,
        "page": page,
        "shown": {str(k): v for k, v in shown.items()},
        "names": names_of({c.taken_by for c in page.object_list}),
        "found": find(site, split(typed)[1] or typed) if typed else [],
        "q": typed,
        "find": text,
        "everyone": everyone,
        "may_claim": may(request, "turns.take", "turns.supervise"),
        "mine": mine,
        "takers": staff_with_role(site, "salesperson", timezone.now()),
        "query": "mine=1&" if mine and everyone else "",
        "posted": [("find", text), ("mine", "1" if mine else "")] if text else [],
        "key": request.POST.get("key") or new_key(),
    }


@needs("channels.keep")
@require_http_methods(["GET", "POST"])
def channels(request: HttpRequest) -> HttpResponse:
    """Channels and their registrations; nothing to do while the policy is off."""
    refused = ""
    if request.method == "POST":
        done, refused = _register(request)
        if done:
            return redirect("gallery:channels")
    site = site_id(request)
    values = values_in_force(site)
    page = Paginator(queries.registrations(site), PAGE).get_page(request.GET.get("page"))
    now, before = timezone.now(), int(values["channel_before_minutes"])
    for row in page.object_list:
        row.words = queries.standing_words(row, now, before)  # type: ignore[attr-defined]
    shown = shown_as(site, {r.customer_id for r in page.object_list})
    context = {
        "on": values["channels"],
        "values": values,
        "channels": queries.channels(site),
        "page": page,
        "shown": {str(k): v for k, v in shown.items()},
        "typed": request.POST,
        "refused": refused,
        "may_policy": may(request, "turns.supervise"),
        "query": "",
        "key": request.POST.get("key") or new_key(),
    }
    return render(request, "gallery/channels.html", context, status=422 if refused else 200)


def _register(request: HttpRequest) -> tuple[bool, str]:
    name, phone = split(request.POST.get("q", "")[:80])
    try:
        channel = UUID(request.POST.get("channel", ""))
    except ValueError:
        return False, "请从名单里选渠道。"
    try:
        done = register_by_channel(**acting(request), channel_id=channel, name=name, phone=phone)
    except (Refused, KeyReused) as no:
        return False, no.message
    words = {
        "valid": "报备有效",
        "known": "客户早先已来访或登记，报备无效",
        "taken": "已由别的渠道报备",
    }
    messages.success(request, f"{words[done['standing']]}，回执码 {done['receipt']}。")
    return True, ""


@needs("channels.keep")
@require_POST
def new_channel(request: HttpRequest) -> HttpResponse:
    """A new channel in the list."""
    return perform(
        request,
        add_channel,
        then=reverse("gallery:channels"),
        name=request.POST.get("name", ""),
        contact=request.POST.get("contact", ""),
    )
