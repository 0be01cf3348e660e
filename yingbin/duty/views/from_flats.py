"""样板间对接, at the gallery: what show flats laid beside this register, for the sales department to confirm (SF-4.3.2)."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.pages.doing import acting, site_id, status, submit
from yingbin.people.access import needs

from ..actions import visit_sheets as actions
from ..forms.visit_sheets import AnswerForm
from ..hours import day_of
from ..models import VisitMatching
from ..queries.referring import flats_referring
from ..queries.visit_sheets import at_gallery, matchings_at, seen_matching

DAYS = 31


@needs("visits.confirm")
@require_GET
def matchings(request: HttpRequest) -> HttpResponse:
    """A month of them, the newest day first."""
    since = day_of(timezone.now()) - timedelta(days=DAYS)
    here = site_id(request)
    shown = {
        "matchings": matchings_at(here, since),
        "flats": flats_referring(here, timezone.now()),
    }
    return render(request, "duty/from_flats.html", shown)


def _here(request: HttpRequest, matching: UUID) -> VisitMatching:
    row = at_gallery(site_id(request), matching)
    if row is None:
        raise Http404
    return row


@needs("visits.confirm")
@require_GET
def matching(request: HttpRequest, matching: UUID) -> HttpResponse:
    """Both books side by side, every difference with its word."""
    return _page(request, matching)


def _page(request: HttpRequest, matching: UUID, form: AnswerForm | None = None) -> HttpResponse:
    shown = {"seen": seen_matching(_here(request, matching)), "form": form or AnswerForm()}
    return render(request, "duty/from_flat.html", shown, status=status(form))


@needs("visits.confirm")
@require_POST
def answer(request: HttpRequest, matching: UUID) -> HttpResponse:
    """认可, or back with a word; it is written at the flat, whose matching it is."""
    row, form = _here(request, matching), AnswerForm(request.POST)
    return submit(
        request,
        form,
        lambda told: actions.answer_matching.given(
            matching=row.id,
            gallery=site_id(request),
            agreed=told["agreed"] == "yes",
            word=told["word"],
        ),
        page=partial(_page, request, matching, form),
        then=reverse("duty:from_flat", args=[matching]),
        said=lambda _: "已确认。" if form.cleaned_data["agreed"] == "yes" else "已退回样板间。",
        who=acting(request, row.site_id),
    )
