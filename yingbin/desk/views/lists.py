"""登记表 and 我的: all matters of an office; what waits for me."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yingbin.pages.asked import paged
from yingbin.pages.doing import site_id
from yingbin.people.access import badge_of, needs

from ..demo import preparing
from ..live import mine_context
from ..queries import lists
from .one import ANYBODY

A_PAGE = 25


@needs("desk.see")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All matters of this office, the newest first."""
    site, now, which = site_id(request), timezone.now(), request.GET.get("which", "open")
    if which not in lists.WHICH:
        raise Http404
    page = paged(request.GET, lists.of_office(site, which, now), A_PAGE)
    context = {
        "page": page,
        "lines": lists.lines(site, page.object_list, now),
        "which": which,
        "tabs": list(lists.WHICH.items()),
        "query": f"which={which}&",
        "past": preparing(site),
    }
    return render(request, "desk/index.html", context)


@needs(*ANYBODY)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for me, the next due first."""
    context = {
        **mine_context(badge_of(request), timezone.now()),
        "past": preparing(site_id(request)),
    }
    return render(request, "desk/mine.html", context)
