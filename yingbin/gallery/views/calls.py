"""来电: recorded in seconds, found when the customer walks in (TQ-1)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yingbin.customers.queries import find, shown_as
from yingbin.pages.asked import paged
from yingbin.pages.doing import person_id as me
from yingbin.pages.doing import site_id, status, submit
from yingbin.people.access import may, needs
from yingbin.people.queries import names_of, staff_with_role

from ..actions.calls import record_call
from ..forms import split
from ..forms.calls import CallForm
from ..queries import calls as queries

PAGE = 30


@needs("calls.record")
@require_http_methods(["GET", "POST"])
def calls(request: HttpRequest) -> HttpResponse:
    """Record a call, and the calls so far: one's own, or everybody's for desk and manager."""
    form = CallForm(request.POST if "asked" in request.POST else None)
    return submit(
        request,
        form,
        lambda told: record_call.given(told=form.told()),
        then="gallery:calls",
        said=lambda kept: f"来电已记下，回执码 {kept.receipt}。",
        page=lambda: _page(request, form),
    )


def _page(request: HttpRequest, form: CallForm) -> HttpResponse:
    site, everyone = site_id(request), may(request, "customers.all")
    text = request.POST.get("find", "").strip()[:40]
    mine = not everyone or "1" in (request.GET.get("mine"), request.POST.get("mine"))
    rows = queries.calls(site, taker=me(request) if mine else None, text=text)
    page = paged(request.POST if request.method == "POST" else request.GET, rows, PAGE)
    typed = request.POST.get("q", "")
    shown = shown_as(site, {c.customer_id for c in page.object_list if c.customer_id})
    context: dict[str, object] = {
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
    }
    return render(request, "gallery/calls.html", context, status=status(form))
