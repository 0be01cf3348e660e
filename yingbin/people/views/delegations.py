"""TQ-11: who supervises in the manager's place, until when and why."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yingbin.journal.write import new_key

from .. import actions, queries
from ..access import needs
from ..acting import acting, person_id, site_id
from ..forms.places import DelegationForm, this_evening
from .doing import pressed, sent, status, tried


@needs("turns.delegate")
@require_http_methods(["GET", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """Those in force, those that are over, and a new one."""
    here, now = site_id(request), timezone.now()
    people = [(str(p.id), p.name) for p in queries.delegable(here, now, but=person_id(request))]
    form = DelegationForm(sent(request), people=people, initial={"until": this_evening()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = tried(
            form,
            actions.delegate,
            **acting(request),
            to=UUID(told["to"]),
            until=told["until"],
            reason=told["reason"],
        )
        if done is not None:
            messages.success(request, f"已授权，凭据 {done['receipt']}。")
            return redirect("people:delegations")
    context = {
        "form": form,
        "people": people,
        "delegations": queries.delegations_of(here),
        "now": now,
        "key": new_key(),
    }
    return render(request, "people/delegations.html", context, status=status(form))


@needs("turns.delegate")
@require_POST
def delegation_revoke(request: HttpRequest, delegation_id: UUID) -> HttpResponse:
    """Takes supervision back before its time."""
    return pressed(
        request,
        actions.revoke_delegation,
        then=reverse("people:delegations"),
        said="已收回授权。",
        **acting(request),
        delegation_id=delegation_id,
    )
