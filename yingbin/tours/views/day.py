"""日程: a day's visits on one time line."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yingbin.pages.doing import site_id
from yingbin.people.access import needs

from ..queries.day import day_plan

SEES = ("tours.reception", "tours.administration", "tours.approve")


@needs(*SEES)
@require_GET
def day(request: HttpRequest) -> HttpResponse:
    """Rooms, people, areas; what clashes; the day before and after."""
    now = timezone.now()
    shown = _asked(request.GET.get("day", ""), timezone.localtime(now).date())
    step = timedelta(days=1)
    context = {
        "plan": day_plan(site_id(request), shown, now),
        "today": timezone.localtime(now).date(),
        "before": shown - step,
        "after": shown + step,
    }
    return render(request, "tours/day.html", context)


def _asked(said: str, today: date) -> date:
    """The day that was asked for; today for what is none, or lies beyond the years visits have."""
    try:
        found = date.fromisoformat(said)
    except ValueError:
        return today
    return found if 2000 < found.year < 2900 else today
