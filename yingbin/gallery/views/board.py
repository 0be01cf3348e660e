"""轮排: the gallery's big screen, readable from five metres, live."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yingbin.pages.doing import site_id
from yingbin.people.access import badge_of, needs

from .. import live


@needs("board.see")
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Queue, who receives whom for how long, who is away and why, turns earned and owed, waiting groups."""
    context = live.board_context(site_id(request), may_code=badge_of(request).may("board.code"))
    return render(request, "gallery/board.html", context)
