"""The working calendar of a site: opening hours, days that differ, public holidays."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST

from yingbin.journal.write import new_key

from .. import actions, queries
from ..access import needs
from ..acting import acting, site_id
from ..calendar import announced_years, public_names
from ..forms.places import ExceptionForm, HoursForm
from .doing import pressed, sent, status, tried


def _week(hours: list[Any]) -> dict[str, Any]:
    known: dict[str, Any] = {}
    for row in hours:
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
    form = HoursForm(sent(request), initial=_week(queries.hours_of(site_id(request))))
    if request.method == "POST" and form.is_valid():
        done = tried(form, actions.set_hours, **acting(request), hours=form.hours())
        if done is not None:
            messages.success(request, "开放时间已更新。")
            return redirect("people:calendar")
    return _page(request, form, ExceptionForm())


def _page(request: HttpRequest, hours: HoursForm, day: ExceptionForm) -> HttpResponse:
    today = timezone.localdate()
    years = [today.year, today.year + 1]
    context = {
        "hours": hours,
        "day_form": day,
        "exceptions": queries.exceptions_of(site_id(request), since=today),
        "years": [(y, y in announced_years(), public_names(y)) for y in years],
        "site": request.site,  # type: ignore[attr-defined]
        "key": new_key(),
    }
    return render(request, "people/calendar.html", context, status=max(status(hours), status(day)))


@needs("staff.manage")
@require_POST
def calendar_day(request: HttpRequest) -> HttpResponse:
    """A day that differs from the calendar."""
    form = ExceptionForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        done = tried(
            form,
            actions.set_exception,
            **acting(request),
            day=told["day"],
            works=told["works"] == "yes",
            name=told["name"],
        )
        if done is not None:
            messages.success(request, "已加入特别的日子。")
            return redirect("people:calendar")
    week = HoursForm(initial=_week(queries.hours_of(site_id(request))))
    return _page(request, week, form)


@needs("staff.manage")
@require_POST
def calendar_day_drop(request: HttpRequest) -> HttpResponse:
    """The day is as usual again."""
    day = parse_date(request.POST.get("day", "")[:10])
    if day is None:
        messages.error(request, "没有找到这一天。")
        return redirect("people:calendar")
    return pressed(
        request,
        actions.drop_exception,
        then=reverse("people:calendar"),
        said="这一天恢复平常。",
        **acting(request),
        day=day,
    )
