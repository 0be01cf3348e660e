"""One ASGI app: event streams are truly async, every other page runs under WSGI in threads."""

import os
from collections.abc import Awaitable, Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yingbin.web.settings")

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

pages = WSGIMiddleware(get_wsgi_application(), workers=8)  # type: ignore[arg-type]

from . import live  # noqa: E402 (only after Django is set up, which the line above does)


async def app(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[dict[str, Any]]],
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    """Routes `/live/…` to the streams and everything else to the pages."""
    if scope["type"] == "http" and scope["path"].startswith("/live/"):
        await live.app(scope, receive, send)
    elif scope["type"] == "http":
        # The bridge wants real coroutines, the server gives other awaitables.
        async def more() -> dict[str, Any]:
            return await receive()

        await pages(scope, more, send)  # type: ignore[arg-type]
