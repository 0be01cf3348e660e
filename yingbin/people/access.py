"""Doors: every view says who may enter. A view that says nothing is closed (tested for every URL)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from . import roles
from .queries import Badge, badge

View = Callable[..., HttpResponse]


def open_to_all(view: View) -> View:
    """A page anyone may see without signing in."""
    view.access = "open"  # type: ignore[attr-defined]
    return view


def _to_login(request: HttpRequest) -> HttpResponse:
    target = f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def signed_in(view: View) -> View:
    """A page for everyone who has signed in."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_login(request)
        return view(request, *args, **kwargs)

    door.access = "signed_in"  # type: ignore[attr-defined]
    return door


def needs(*permissions: str) -> Callable[[View], View]:
    """A page for those who hold any one of these permissions at the current site."""
    for permission in permissions:
        if permission not in roles.PERMISSIONS:
            raise KeyError(permission)

    def wrap(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _to_login(request)
            if not any(badge_of(request).may(p) for p in permissions):
                words = "、".join(roles.PERMISSIONS[p] for p in permissions)
                raise PermissionDenied(f"您的角色不能「{words}」。需要的话请找销售经理或管理员。")
            return view(request, *args, **kwargs)

        door.access = permissions  # type: ignore[attr-defined]
        return door

    return wrap


def badge_of(request: HttpRequest) -> Badge:
    """The signed-in person's badge at the current site, read once a request."""
    held: Badge | None = getattr(request, "_badge", None)
    if held is None:
        site = getattr(request, "site", None)
        held = badge(request.user, site.id if site else None, timezone.now())  # type: ignore[arg-type]
        request._badge = held  # type: ignore[attr-defined]
    return held
