"""代客人申请: any colleague asks for a guest; a department's first word on a key account (CV-3.2.1, CV-3.3.1)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yingbin.journal.action import Deed
from yingbin.pages.doing import Told, sent, site_id, status, submit
from yingbin.people.access import badge_of, needs

from ..actions import verbs
from ..company import COMPANY
from ..forms.acts import areas_named
from ..forms.application import ApplicationForm, soon
from ..names import departments_of
from ..office import standing_or_last


@needs("tours.apply")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The application, as a colleague fills it in."""
    site, now, badge = site_id(request), timezone.now(), badge_of(request)
    stands = standing_or_last(site, now)
    company = stands.company if stands else None
    names = departments_of(site)
    mine = [
        (key, names.get(key, ""))
        for key in (company.departments if company else ())
        if company and company.belongs(str(badge.staff_id), key)
    ]
    form = ApplicationForm(
        sent(request),
        areas=areas_named(company.areas if company else ()),
        circles=COMPANY.in_force(site, now).values.circles,
        departments=mine,
        initial=soon(now),
    )

    def page() -> HttpResponse:
        context = {"form": form, "ready": bool(company and company.areas)}
        return render(request, "tours/new.html", context, status=status(form))

    def deed(told: Told) -> Deed[verbs.Opened]:
        return verbs.open_visit.given(told=form.application())

    return submit(
        request,
        form,
        deed,
        page=page,
        then=lambda done: reverse("tours:visit", args=[done.visit]),
        said=lambda done: done.because,
    )
