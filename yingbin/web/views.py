"""The front door, the health page and the pages of refusal."""

import sys

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from yingbin.pages.doors import open_to_all
from yingbin.pages.placed import standing_at
from yingbin.people import queries
from yingbin.people.access import SCRIPT, badge_of, site_of
from yingbin.people.unsent import handed_back

from .middleware import if_gone
from .navigation import landing


@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    """Sends everyone to the page they work on; an empty installation to the first-run page."""
    if not request.user.is_authenticated:
        return redirect("people:login" if queries.is_set_up() else "people:first_run")
    site = site_of(request)
    with standing_at(site.code if site else ""):
        return redirect(landing(badge_of(request), site.kind if site else ""))


@open_to_all
def health(request: HttpRequest) -> HttpResponse:
    """Says `ok` when the database answers; a lost database turns into 503 on the way out."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("ok", content_type="text/plain")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 with the sentence that says what is missing."""
    return render(request, "pages/403.html", {"why": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 that doesn't tell whether the thing exists for someone else."""
    if request.path.startswith("/api/"):
        said = {"type": "about:blank", "title": "没有找到", "status": 404, "clause": None}
        return JsonResponse({**said, "detail": "没有这个地址，请对照接口文档。"}, status=404)
    return render(request, "pages/404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 in plain words."""
    return render(request, "pages/400.html", status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """500: nothing was saved, what to do; 503 where it was the database that went away."""
    return if_gone(request, sys.exception()) or render(request, "pages/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long: go back, reload, what was typed is still there."""
    if request.headers.get("X-Requested-With") == SCRIPT:
        return HttpResponse(status=403, headers={"X-Gate": "token"})
    back = handed_back(request, signed_out=False)
    return back or render(
        request,
        "pages/403.html",
        {"why": "这个页面打开太久，安全校验已过期。请返回上一页刷新后再提交。"},
        status=403,
    )
