"""登记表 and 我的: all matters of an office; what waits for me."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yingbin.pages.doing import site_id
from yingbin.people.access import badge_of, needs

from ..demo import preparing
from ..live import mine_context
from .one import ANYBODY


@needs(*ANYBODY)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for me, the next due first."""
    context = {
        **mine_context(badge_of(request), timezone.now()),
        "past": preparing(site_id(request)),
    }
    return render(request, "desk/mine.html", context)
