"""One ASGI app: event streams are truly async, every other page runs under WSGI in threads.

Before a thread is used the request is whole, and whoever types a password has waited for their turn.
"""

import gc
import os
from importlib import import_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yingbin.web.settings")

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application

gc.disable()  # while everything is loaded, which makes no garbage worth looking for
# Room for an answer of any size, so that a slow reader holds no thread.
pages = WSGIMiddleware(get_wsgi_application(), workers=8, send_queue_size=0)  # type: ignore[arg-type]

from yingbin.pages.placed import bare  # noqa: E402

from . import bodies, live, turnstile  # noqa: E402 (only after Django is set up, which the line above does)
from .asking import Receive, Scope, Send, refuse  # noqa: E402
from .server import leash  # noqa: E402

leash.hold()
# Everything that answers is loaded now and stays for good: looking through all of it now and then would hold an arrival up
# for a tenth of a second.
for module in (settings.ROOT_URLCONF, "pypinyin"):
    import_module(module)
gc.freeze()
gc.enable()


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Routes `/live/…` to the streams and everything else to the pages."""
    if scope["type"] != "http":
        return
    if bare(scope["path"]).startswith("/live/"):
        return await live.app(scope, receive, send)
    if not turnstile.hears(scope):
        why = (
            "刚才提交的太多了。请过一分钟再试，您填的都还在原来那一页上。"
            "Too many were sent just now. Please try again in a minute; what you wrote is still on the page before."
        )
        return await refuse(scope, send, 429, "请稍等再试 Please wait", why, wait=60)
    async with bodies.taken(scope, receive, send) as body:
        if body is not None:
            await _page(scope, body, send)


async def _page(scope: Scope, body: Receive, send: Send) -> None:
    async with turnstile.through(scope) as admitted:
        if admitted:
            return await pages(scope, body, send)  # type: ignore[arg-type]
    why = "正在登录的人太多。请等几秒，再试一次；先前保存的都在。"
    await refuse(scope, send, 429, "请稍等再试", why, wait=turnstile.WAIT)
