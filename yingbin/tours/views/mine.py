"""我的, and 接待: what waits for me; the countdown board of the reception department."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from yingbin.pages.doing import site_id
from yingbin.people.access import badge_of, needs

from ..demo import begins_empty, preparing
from ..live import board_context
from ..queries.find import ANYBODY
from ..queries.leading import leading
from ..queries.mine import mine as waits


@needs(*ANYBODY)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for me, the next due first."""
    site_id(request)
    badge, now = badge_of(request), timezone.now()
    led = leading(badge, now)
    context = {
        "mine": waits(badge, now),
        "back": reverse("tours:mine"),
        "leading": led,
        "no_photographs": any(not one.row.photo for one in led),
        "now": now,
    }
    return render(request, "tours/mine.html", context)


@needs("tours.reception")
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Every visit to come, the next first, and what is missing until then."""
    now = timezone.now()
    site = site_id(request)
    context = {**board_context(site, now), "past": preparing(site), "bare": begins_empty(site)}
    return render(request, "tours/board.html", context)
