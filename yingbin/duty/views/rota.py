"""用餐安排: the day's meals on a time line, proposed by the program, planned by the lead (SF-4.3.7, SC-4.3.9)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.pages.doing import perform, site_id, status
from yingbin.people.access import needs

from ..actions import rota as actions
from ..forms.rota import ProposalForm, RotaForm
from ..queries import rota as queries

USUAL = {"minutes": 30, "first": "11:00", "last": "13:30"}


@needs("duty.lead")
@require_GET
def rota(request: HttpRequest) -> HttpResponse:
    """Who eats when; with a proposal where one is asked for."""
    now = timezone.now()
    form = ProposalForm(request.GET) if "minutes" in request.GET else ProposalForm(initial=USUAL)
    wanted = form.asked(now) if form.is_bound else None
    shown = queries.rota(site_id(request), now, wanted)
    minutes = wanted.minutes if wanted else 30
    context = {"rota": shown, "form": form, "plan": RotaForm(initial={"minutes": minutes})}
    return render(request, "duty/rota.html", context | {"proposed": wanted is not None})


@needs("duty.lead")
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Whether the times of the page would be planned, before they are: the sentence of the rules beside each that wouldn't."""
    now, form = timezone.now(), RotaForm(request.POST)
    shown = queries.rota(site_id(request), now, None)
    meals = form.meals(shown.rows, now) if form.is_valid() else ()
    found = queries.refusals(site_id(request), now, meals)
    whys = [(row.who, found.get(UUID(row.who), "")) for row in shown.rows]
    return render(request, "duty/_rota_checked.html", {"whys": whys, "form": form})


@needs("duty.lead")
@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """就这样定: all of it, or nothing with why."""
    now, form = timezone.now(), RotaForm(request.POST)
    shown = queries.rota(site_id(request), now, None)

    def page() -> HttpResponse:
        rows = form.typed(shown.rows)
        asked = ProposalForm(initial=USUAL | {"minutes": request.POST.get("minutes", "")})
        context = {"rota": shown.of(rows), "form": asked, "plan": form}
        return render(request, "duty/rota.html", context, status=status(form))

    if not form.is_valid():
        return page()
    meals = form.meals(shown.rows, now)
    if form.errors:
        return page()
    return perform(
        request, actions.plan_rota.given(meals=meals), form=form, page=page,
        then=reverse("duty:rota"), said=lambda n: f"定了 {n} 个人的用餐时间，到点各自在「现在」里点去用餐。",
    )  # fmt: skip
