"""The working calendar of a site: opening hours, days that differ, public holidays."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yingbin.pages import asked
from yingbin.pages.doing import perform, sent, site_id, status, submit

from .. import actions, queries
from ..access import needs
from ..calendar import announced_years, public_names
from ..forms.places import ExceptionForm, HoursForm
from ..here import site_here


def _week(here: UUID) -> dict[str, object]:
    known: dict[str, object] = {}
    for row in queries.hours_of(here):
        if f"open_{row.weekday}" in known:
            known |= {"break_from": known[f"closes_{row.weekday}"], "break_until": row.opens}
        else:
            known |= {f"open_{row.weekday}": True, f"opens_{row.weekday}": row.opens}
        known[f"closes_{row.weekday}"] = row.closes
    return known


@needs("staff.manage")
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Shows it all; a post sets the week's opening hours."""
    form = HoursForm(sent(request), initial=_week(site_id(request)))
    page = partial(_page, request, hours=form)
    return submit(
        request,
        form,
        lambda _: actions.set_hours.given(hours=form.hours()),
        then=reverse("people:calendar"),
        said="开放时间已更新。",
        page=page,
    )


def _page(
    request: HttpRequest, *, hours: HoursForm | None = None, day: ExceptionForm | None = None
) -> HttpResponse:
    today, site = timezone.localdate(), site_here(request)
    years = [today.year, today.year + 1]
    context = {
        "hours": hours or HoursForm(initial=_week(site.id)),
        "day_form": day or ExceptionForm(),
        "exceptions": queries.exceptions_of(site.id, since=today),
        "years": [(y, y in announced_years(), public_names(y)) for y in years],
        "site": site,
    }
    return render(request, "people/calendar.html", context, status=status(hours, day))


@needs("staff.manage")
@require_POST
def calendar_day(request: HttpRequest) -> HttpResponse:
    """A day that differs from the calendar."""
    form = ExceptionForm(request.POST)
    page = partial(_page, request, day=form)
    return submit(
        request,
        form,
        lambda told: actions.set_exception.given(
            day=told["day"], works=told["works"] == "yes", name=told["name"]
        ),
        then=reverse("people:calendar"),
        said="已加入特别的日子。",
        page=page,
    )


@needs("staff.manage")
@require_POST
def calendar_day_drop(request: HttpRequest) -> HttpResponse:
    """The day is as usual again."""
    day = asked.day(request.POST.get("day"))
    if day is None:
        return _page(request, day=ExceptionForm(request.POST))
    return perform(
        request,
        actions.drop_exception.given(day=day),
        then=reverse("people:calendar"),
        said="这一天恢复平常。",
    )
