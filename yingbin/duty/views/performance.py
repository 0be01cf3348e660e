"""维修情况: how suppliers, departments and people keep up with repairs (SF-4.4, SC-4.4)."""

from datetime import datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yingbin.pages.asked import day
from yingbin.pages.doing import site_id
from yingbin.people.access import needs
from yingbin.people.calendar import ZONE

from ..queries.performance import performance

USUAL = timedelta(days=29)


@needs("duty.lead")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The repairs written in a period; the last thirty days where none is chosen."""
    now = timezone.now()
    last = day(request.GET.get("last")) or timezone.localdate()
    first = day(request.GET.get("first")) or last - USUAL
    first, last = min(first, last), max(first, last)
    begins = datetime.combine(first, time(), ZONE)
    ends = datetime.combine(last + timedelta(days=1), time(), ZONE)
    seen = performance(site_id(request), begins, ends, now)
    shown = {"seen": seen, "first": first, "last": last}
    return render(request, "duty/performance.html", shown)
