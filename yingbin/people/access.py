"""Doors: every view says who may enter. A view that says nothing is closed (tested)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from yingbin.pages.doors import View
from yingbin.pages.onward import is_ours, onward

from . import roles
from .entrance import entry_of
from .models import Site, Staff
from .queries import Badge, badge, second_factor_demanded
from .unsent import handed_back

# Where the session keeps how its person signed in: by "password", "second_factor" or "pin".
SIGNED_IN_BY = "signed_in_by"
# When the session's person last gave their password or code in it, and how long that holds, in seconds.
CONFIRMED = "confirmed_at"
CONFIRMED_FOR = 600


# What our script says it is, so that it can be answered without a page.
SCRIPT = "fetch"


def _go(request: HttpRequest, page: str) -> HttpResponse:
    target = f"{page}?{urlencode({'next': _came_for(request)})}"
    if page == settings.LOGIN_URL and request.headers.get("X-Requested-With") == SCRIPT:
        # The page stays as it is and asks its person in place.
        return HttpResponse(status=401, headers={"X-Gate": "sign-in"})
    back = handed_back(request, signed_out=True) if page == settings.LOGIN_URL else None
    if back is not None:
        return back
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _came_for(request: HttpRequest) -> str:
    """Where to go on afterwards: a page, never a post that would have to be sent again."""
    return request.get_full_path() if request.method == "GET" else "/"


def signed_in(view: View) -> View:
    """A page for everyone who has signed in."""

    @wraps(view)
    def door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return _stopped(request) or view(request, *args, **kwargs)

    door.access = "signed_in"  # type: ignore[attr-defined]
    return door


def with_first_password(view: View) -> View:
    """A page that also opens while the first password waits to be replaced; signed in otherwise."""

    @wraps(view)
    def door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return _go(request, settings.LOGIN_URL)
        return view(request, *args, **kwargs)

    door.access = "signed_in"  # type: ignore[attr-defined]
    return door


def by_password(view: View) -> View:
    """A page about one's own sign-in: open to those who came in by password, not by a PIN."""

    @wraps(view)
    def door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated and request.session.get(SIGNED_IN_BY) == "pin":
            raise PermissionDenied("用 PIN 换人进来的，不能改密码和 PIN。请退出后用密码登录。")
        return view(request, *args, **kwargs)

    return signed_in(door)


def confirmed_lately(view: View) -> View:
    """What opens an account to others (secrets, keys, sign-in) wants the password or code given in
    this session within ten minutes: an unattended screen, or a stolen session, isn't enough."""

    @wraps(view)
    def door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if is_confirmed(request):
            return view(request, *args, **kwargs)
        messages.info(request, "先确认是您本人，再做这一步。")
        came = request.get_full_path() if request.method == "GET" else onward(request, "")
        asking = f"{reverse('people:confirm')}?{urlencode({'next': came or _page_of(request)})}"
        return HttpResponseRedirect(asking)

    return door


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the password or code was given in this session a short while ago."""
    since = timezone.now().timestamp() - request.session.get(CONFIRMED, 0)
    return bool(0 <= since < CONFIRMED_FOR)


def _page_of(request: HttpRequest) -> str:
    """The page a form stood on, as far as the browser says it and it is ours."""
    page = urlsplit(request.headers.get("Referer", "")).path
    return page if is_ours(page) else "/"


def needs(*permissions: str) -> Callable[[View], View]:
    """A page for those who hold any one of these permissions at the current site."""
    for permission in permissions:
        if permission not in roles.PERMISSIONS:
            raise KeyError(permission)

    def wrap(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            answer = _stopped(request) or _missing(request, permissions)
            return answer or view(request, *args, **kwargs)

        door.access = permissions  # type: ignore[attr-defined]
        return door

    return wrap


def _stopped(request: HttpRequest) -> HttpResponse | None:
    """What keeps anyone from any page: not signed in, or a first password not yet replaced."""
    if not request.user.is_authenticated:
        return _go(request, settings.LOGIN_URL)
    if request.user.must_change_password:
        return _go(request, reverse("people:change_password"))
    return None


def _missing(request: HttpRequest, permissions: tuple[str, ...]) -> HttpResponse | None:
    held = badge_of(request)
    if may(request, *permissions):
        return None
    kept = held.withheld.intersection(permissions)
    words = "、".join(roles.PERMISSIONS[p] for p in permissions)
    if kept and held.why_withheld == "second_factor":
        return _go(request, reverse("people:second_factor"))
    if kept:
        raise PermissionDenied(f"「{words}」要用密码登录才能做，用 PIN 换人进来的不行。")
    raise PermissionDenied(f"您的角色不能「{words}」。需要的话请找这里的负责人或管理员。")


def may(request: HttpRequest, *permissions: str) -> bool:
    """Whether the signed-in person may do any one of these here."""
    held = badge_of(request)
    return any(held.may(p) for p in permissions)


def site_of(request: HttpRequest) -> Site | None:
    """The place this request is about; None for someone who works at none."""
    site: Site | None = getattr(request, "site", None)
    return site


def badge_of(request: HttpRequest) -> Badge:
    """The signed-in person's badge at the current site, read once a request."""
    held: Badge | None = getattr(request, "_badge", None)
    if held is None:
        held = _read_badge(request)
        request._badge = held  # type: ignore[attr-defined]
    return held


def _read_badge(request: HttpRequest) -> Badge:
    site = site_of(request)
    site_id = site.id if site else None
    entry = entry_of(request)
    if entry is not None:
        return _carried(entry.badge(site_id), request.session, lambda: entry.demanded)
    staff = request.user
    assert isinstance(staff, Staff)
    return session_badge(staff, site_id, timezone.now(), request.session)


def session_badge(
    staff: Staff, site_id: UUID | None, at: datetime, session: Mapping[str, object]
) -> Badge:
    """The badge as far as this session carries it: a PIN opens no guarded door, and a manager's
    guarded doors stay shut until the second factor was given, where the company demands it."""
    return _carried(badge(staff, site_id, at), session, second_factor_demanded)


def _carried(held: Badge, session: Mapping[str, object], demanded: Callable[[], bool]) -> Badge:
    how = session.get(SIGNED_IN_BY, "password")
    if how == "pin":
        return held.without(roles.GUARDED, "pin")
    guarded = held.manages and held.permissions & roles.GUARDED
    if guarded and how != "second_factor" and demanded():
        return held.without(roles.GUARDED, "second_factor")
    return held
