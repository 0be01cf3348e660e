"""我的: what waits for me, and all of one heap of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yingbin.pages import asked
from yingbin.pages.doing import site_id
from yingbin.people.access import badge_of, needs

from ..demo import begins_empty, preparing
from ..live import mine_context
from ..queries.mine import SHOWN, TITLES, leaf, tasks_of
from .one import ANYBODY


@needs(*ANYBODY)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for me, the next due first; with `heap` all of one, a page at a time."""
    badge, now, heap = badge_of(request), timezone.now(), request.GET.get("heap", "")
    if heap:
        return _leafed(request, heap)
    context = {
        **mine_context(badge, now),
        "past": preparing(site_id(request)),
        "bare": begins_empty(site_id(request)),
    }
    return render(request, "desk/mine.html", context)


def _leafed(request: HttpRequest, heap: str) -> HttpResponse:
    if heap not in TITLES:
        raise Http404
    badge, now = badge_of(request), timezone.now()
    page = asked.paged(request.GET, leaf(badge, heap, now), SHOWN)
    context = {
        "badge": badge, "page": page, "query": f"heap={heap}&", "title": TITLES[heap], "mark": heap,
        "tasks": tasks_of(badge, page.object_list, now), "back": request.get_full_path(),
    }  # fmt: skip
    return render(request, "desk/mine.html", context)
