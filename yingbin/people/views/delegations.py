"""TQ-11: who supervises in the manager's place, until when and why."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yingbin.pages.doing import perform, person_id, sent, site_id, status, submit

from .. import actions, queries
from ..access import needs
from ..forms.places import DelegationForm, this_evening


@needs("turns.delegate")
@require_http_methods(["GET", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """Those in force, those that are over, and a new one."""
    here, now = site_id(request), timezone.now()
    people = [(str(p.id), p.name) for p in queries.delegable(here, now, but=person_id(request))]
    form = DelegationForm(sent(request), people=people, initial={"until": this_evening()})
    page = partial(_page, request, form)
    return submit(
        request,
        form,
        lambda told: actions.delegate.given(
            to=UUID(told["to"]), until=told["until"], reason=told["reason"]
        ),
        then=reverse("people:delegations"),
        said=lambda made: f"已授权，凭据 {made.receipt}。",
        page=page,
    )


def _page(request: HttpRequest, form: DelegationForm) -> HttpResponse:
    context = {
        "form": form,
        "delegations": queries.delegations_of(site_id(request)),
        "now": timezone.now(),
    }
    return render(request, "people/delegations.html", context, status=status(form))


@needs("turns.delegate")
@require_POST
def delegation_revoke(request: HttpRequest, delegation_id: UUID) -> HttpResponse:
    """Takes supervision back before its time."""
    return perform(
        request,
        actions.revoke_delegation.given(delegation_id=delegation_id),
        then=reverse("people:delegations"),
        said="已收回授权。",
    )
