"""各处: all places a lead or a project head sees, on one page that moves by itself (SF-3.3, SC-3.3)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yingbin.pages.doing import person_id
from yingbin.people.access import needs

from ..live_places import ALL, places_context


@needs("duty.lead")
@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """What is wrong anywhere; for a lead also every post."""
    return render(request, "duty/places.html", {**places_context(person_id(request), "")})


@needs("duty.lead")
@require_GET
def every(request: HttpRequest) -> HttpResponse:
    """The same with every post, for a project head who wants to look."""
    return render(request, "duty/places.html", {**places_context(person_id(request), ALL)})
