"""Who asks, told from the bare request before any thread or view has it: cookie, address, whether signed in."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from http.cookies import CookieError, SimpleCookie
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connection
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from yingbin.people.queries import bearer, entering
from yingbin.people.signin import client_ip

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="asking")


def header(scope: Scope, name: bytes) -> str:
    """A header's value, the first if there are several; empty where it is missing."""
    return next((v.decode("latin-1") for k, v in scope["headers"] if k == name), "")


def cookie(scope: Scope, name: str) -> str:
    """A cookie's value; empty where it is missing or the header is no list of cookies."""
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(header(scope, b"cookie"))
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""


def session_key(scope: Scope) -> str:
    """The session that the request names, be there one or not."""
    return cookie(scope, settings.SESSION_COOKIE_NAME)


def address(scope: Scope) -> str:
    """Where the request comes from, by the same rule as the pages have."""
    asks = HttpRequest()
    asks.META["REMOTE_ADDR"] = (scope.get("client") or ("", 0))[0]
    asks.META["HTTP_X_FORWARDED_FOR"] = header(scope, b"x-forwarded-for")
    return client_ip(asks)


async def known(scope: Scope) -> bool:
    """Whether somebody signed in asks, or a program with a token; costs one look into the database."""
    key, token = session_key(scope), header(scope, b"authorization").removeprefix("Bearer ")
    if not key and not token:
        return False
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_pool, _is_known, key, token)


def _is_known(key: str, token: str) -> bool:
    close_old_connections()
    try:
        entry = entering(key, timezone.now()) if key else None
        return bool(entry and entry.staff) or bool(token and bearer(token, timezone.now()))
    except Exception:
        connection.close()
        return False


async def refuse(
    scope: Scope, send: Send, status: int, title: str, why: str, *, wait: int = 0
) -> None:
    """An answer without a view: a page of words, or a problem for programs. wait: seconds until it is worth trying again."""
    kind, body = _worded(scope, {"title": title, "why": why, "status": status})
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", b"default-src 'self'; frame-ancestors 'none'"),
        (b"connection", b"close"),
    ]
    if wait:
        headers.append((b"retry-after", str(wait).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _worded(scope: Scope, told: dict[str, object]) -> tuple[bytes, bytes]:
    """The content's type and the content, for programs or for people."""
    if not scope["path"].startswith("/api/"):
        return b"text/html; charset=utf-8", render_to_string("pages/refused.html", told).encode()
    problem = {"type": "about:blank", "title": told["title"], "status": told["status"]}
    problem |= {"clause": None, "detail": told["why"]}
    return b"application/problem+json", json.dumps(problem, ensure_ascii=False).encode()
