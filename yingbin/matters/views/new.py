"""A matter opened by hand."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yingbin.customers.queries import Shown, shown_as
from yingbin.files.forms import taken_with
from yingbin.pages.asked import uid
from yingbin.pages.doing import acting, person_id, sent, site_id, status, submit
from yingbin.people.access import needs

from .. import actions, queries
from ..forms import OpenForm
from ..words import takers


@needs("matters.handle", "matters.oversee")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """One's own until somebody accepts it (SF-4.3.6)."""
    site = site_id(request)
    colleagues = queries.colleagues(site, timezone.now())
    wanted = request.GET.get("customer", "")
    form = OpenForm(
        sent(request),
        request.FILES or None,
        takers=takers(colleagues, without={str(person_id(request))}),
        initial={"kind": "question", "customer": wanted},
    )
    customer = _customer(site, form)

    def page() -> HttpResponse:
        context = {"form": form, "customer": customer}
        return render(request, "matters/new.html", context, status=status(form))

    who = acting(request)
    photos = taken_with(who, form) if form.is_bound else ()
    return submit(
        request,
        form,
        lambda told: actions.open_new.given(
            kind=told["kind"],
            title=told["title"],
            detail=told["detail"],
            customer_id=customer.id if customer else None,
            offered_to=told["offered_to"] or None,
            photos=photos,
        ),
        then=lambda made: reverse("matters:matter", args=[made.matter]),
        page=page,
        who=who,
    )


def _customer(site: UUID, form: OpenForm) -> Shown | None:
    """The customer the matter is about, where this site knows them."""
    wanted = uid(str(form["customer"].value() or ""))
    return shown_as(site, [wanted]).get(wanted) if wanted else None
