"""What every request passes: a lost database becomes "not saved, try again"; the current site; closed doors."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from csp.constants import HEADER as CSP_HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from yingbin.journal.write import NotSaved
from yingbin.pages.placed import moved, parted, placed, standing_at
from yingbin.people import queries
from yingbin.people.access import site_of
from yingbin.people.entrance import entry_of, person_of
from yingbin.people.handing import handed
from yingbin.people.views.handing import gate

Get = Callable[[HttpRequest], HttpResponse]

# Views of libraries that keep their own doors.
_FOREIGN = ("allauth.", "django.views.static", "django.contrib.staticfiles")
NOT_THERE = "没有这个地方，或者您不在那里任职。请从首页进到您自己的地方。"
_GONE = (OperationalError, InterfaceError, NotSaved)


def not_saved(get_response: Get) -> Get:
    """A database that is gone while a page works answers 503 and says plainly that nothing was saved.

    What a middleware raises doesn't come here: Django asks `handler500` then, which asks `if_gone`.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return if_gone(request, exception)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def if_gone(request: HttpRequest, exception: BaseException | None) -> HttpResponse | None:
    """The answer where an exception means that the database is away, else None."""
    return _answer_503(request) if isinstance(exception, _GONE) else None


def _answer_503(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", ""):
        return HttpResponse(
            '{"type":"about:blank","title":"没有保存","status":503,"clause":null,'
            '"detail":"没有保存成功，请用同一个 Idempotency-Key 再试。"}',
            content_type="application/problem+json",
            status=503,
            headers={"Retry-After": "2"},
        )
    html = render_to_string("pages/503.html")
    return HttpResponse(html, status=503, headers={"Retry-After": "2"})


class PackedText(GZipMiddleware):
    """Pages packed on the way out, with Django's random padding; workbooks are packed already, data is small."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Leaves alone whatever is no text."""
        kind = response.headers.get("Content-Type", "")
        if not kind.startswith("text/"):
            return response
        return super().process_response(request, response)


class ContentPolicy(CSPMiddleware):
    """The content security policy: one for all pages, so it is put together once."""

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        self.same = build_policy()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Says the policy; an answer or a page with wishes of its own goes the library's way."""
        own = any(name.startswith("_csp") for name in (*vars(response), *vars(request)))
        if own or settings.DEBUG or CSP_HEADER in response:
            return super().process_response(request, response)
        response[CSP_HEADER] = self.same
        return response


class WhoAsks(AuthenticationMiddleware):
    """`request.user`, read together with the session."""

    def process_request(self, request: HttpRequest) -> None:
        """Finds out only when somebody wants to know."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: person_of(request))  # type: ignore[assignment]


def in_place(get_response: Get) -> Get:
    """Takes the place off the address, so that pages know none, and has all addresses made meanwhile lead there.

    An address of before leads to the same page, and a form that is sent to it arrives there.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        code, request.path_info = parted(request.path_info)
        if (now := moved(request.path_info)) != request.path_info:
            asked = request.META.get("QUERY_STRING", "")
            leads = f"{quote(placed(code, now) if code else now)}{f'?{asked}' if asked else ''}"
            return HttpResponsePermanentRedirect(leads, preserve_request=True)
        request.place = code  # type: ignore[attr-defined]
        with standing_at(code):
            return get_response(request)

    return middleware


def current_site(get_response: Get) -> Get:
    """Sets `request.site`: the place in the address, where the person works; without one, that of the session.

    Who opens a page at an address without a place, an old bookmark say, is led to the same page at theirs.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.site = None  # type: ignore[assignment]  # nobody is signed in yet
        if request.path.startswith(settings.STATIC_URL):
            return get_response(request)
        if request.user.is_authenticated:
            request.site = _chosen(request)
            if request.place and request.site is None:  # type: ignore[attr-defined]
                return elsewhere(request)
        return get_response(request)

    def process_view(
        request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        site = site_of(request)
        personal = getattr(view, "access", "open") not in ("open", "token")
        if site is None or request.place or not personal or not _opens_a_page(request):  # type: ignore[attr-defined]
            return None
        return HttpResponseRedirect(placed(site.code, request.get_full_path()))

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def _opens_a_page(request: HttpRequest) -> bool:
    """Whether somebody goes to a page, rather than a script asking for a piece or a form being sent."""
    return request.method == "GET" and "text/html" in request.headers.get("Accept", "")


def elsewhere(request: HttpRequest) -> HttpResponse:
    """404 for a place where the person doesn't work; it doesn't say whether the place exists."""
    with standing_at(""):
        return render(request, "pages/404.html", {"why": NOT_THERE}, status=404)


def _chosen(request: HttpRequest) -> Any:
    entry = entry_of(request)
    sites = entry.sites() if entry else queries.sites_of(request.user, timezone.now())  # type: ignore[arg-type]
    request.sites = sites  # type: ignore[attr-defined]
    if request.place:  # type: ignore[attr-defined]
        return next((s for s in sites if s.code == request.place), None)  # type: ignore[attr-defined]
    wanted = request.session.get("site_id")
    return next((s for s in sites if str(s.id) == wanted), sites[0] if sites else None)


def kept_nowhere(get_response: Get) -> Get:
    """What a session sees stays in no cache: going back asks the server anew, whoever sits there now."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        personal = settings.SESSION_COOKIE_NAME in request.COOKIES or request.path.startswith(
            "/api/"
        )
        if personal and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response

    return middleware


def with_the_customer(get_response: Get) -> Get:
    """While a customer has the device, only their pages open; every other one answers with the gate."""

    def middleware(request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if path.startswith(settings.STATIC_URL) or handed(request.session) is None:
            return get_response(request)
        if not request.user.is_authenticated or _for_customers(path):
            return get_response(request)
        return gate(request)

    return middleware


def _for_customers(path: str) -> bool:
    try:
        return hasattr(resolve(path).func, "for_customers")
    except Resolver404:
        return False


def closed_by_default(get_response: Get) -> Get:
    """Refuses any view of ours that doesn't say who may enter."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        module = getattr(view, "__module__", "")
        if not hasattr(view, "access") and not module.startswith(_FOREIGN):
            raise PermissionDenied("这个页面还没有写明谁可以进。")

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware
