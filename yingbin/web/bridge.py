"""Pages under WSGI behind an ASGI server: one hop to a thread and back for each request.

The body is read before a thread is taken, so a slow line holds none; a long body and a streamed answer
go through piece by piece, as fast as the other side takes them.
"""

import asyncio
import contextvars
import io
import sys
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

SHORT = 256 * 1024  # bytes of a body that are read before the page begins


class Left(OSError):
    """The other side went away in the middle of its body."""


class Pages:
    """An ASGI application made of a WSGI one, which runs in so many threads."""

    def __init__(self, pages: Callable[..., Iterable[bytes]], threads: int) -> None:
        self.pages = pages
        self.pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="pages")

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answers one request."""
        loop = asyncio.get_running_loop()
        try:
            body, more = await _beginning(receive)
        except Left:
            return
        stream = io.BufferedReader(_Rest(body, receive, loop)) if more else io.BytesIO(body)
        talk = _Talk(loop, send)
        run = contextvars.copy_context().run
        await loop.run_in_executor(self.pool, run, self._answer, environ(scope, stream), talk)
        if talk.body is not None:
            await send(talk.head)
            await send({"type": "http.response.body", "body": talk.body})

    def _answer(self, words: dict[str, Any], talk: "_Talk") -> None:
        answer = self.pages(words, talk.start)
        try:
            if getattr(answer, "streaming", True):
                talk.stream(answer)
            else:
                talk.body = b"".join(answer)
        finally:
            close = getattr(answer, "close", None)
            if close is not None:
                close()


async def _beginning(receive: Receive) -> tuple[bytes, bool]:
    """The body as far as it is short, and whether there is more. Raises `Left`."""
    body, more = b"", True
    while more and len(body) < SHORT:
        part, more = _part(await receive())
        body = body + part if body else part
    return body, more


def _part(message: Message) -> tuple[bytes, bool]:
    if message["type"] != "http.request":
        raise Left("the body was cut off")
    return message.get("body", b""), message.get("more_body", False)


class _Rest(io.RawIOBase):
    """A long body, read by the thread that wants it."""

    def __init__(self, body: bytes, receive: Receive, loop: asyncio.AbstractEventLoop) -> None:
        self.body, self.more = body, True
        self.receive, self.loop = receive, loop

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        while not self.body and self.more:
            coming = asyncio.run_coroutine_threadsafe(self._next(), self.loop)
            self.body, self.more = _part(coming.result())
        size = min(len(into), len(self.body))
        into[:size], self.body = self.body[:size], self.body[size:]
        return size

    async def _next(self) -> Message:
        return await self.receive()


class _Talk:
    """What a page answers: its head, and its body at once or piece by piece."""

    def __init__(self, loop: asyncio.AbstractEventLoop, send: Send) -> None:
        self.loop, self.send = loop, send
        self.head: Message = {}
        self.body: bytes | None = None

    def start(self, status: str, headers: list[tuple[str, str]], wrong: Any = None) -> None:
        """WSGI's `start_response`."""
        self.head = {
            "type": "http.response.start",
            "status": int(status[:3]),
            "headers": [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers],
        }

    def stream(self, answer: Iterable[bytes]) -> None:
        """Sends head and pieces from the page's thread, each when the last was taken."""
        self._say(self.head)
        for piece in answer:
            self._say({"type": "http.response.body", "body": piece, "more_body": True})
        self._say({"type": "http.response.body", "body": b""})

    def _say(self, message: Message) -> None:
        asyncio.run_coroutine_threadsafe(self._send(message), self.loop).result()

    async def _send(self, message: Message) -> None:
        await self.send(message)


def environ(scope: Any, body: Any) -> dict[str, Any]:
    """The WSGI environment of a request (PEP 3333)."""
    host, port = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    words = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw, value in scope["headers"]:
        name = _name(raw)
        # A name with an underscore could pass for another header; servers in front drop it too.
        if not name:
            continue
        told = value.decode("latin-1")
        between = "; " if name == "HTTP_COOKIE" else ","
        words[name] = f"{words[name]}{between}{told}" if name in words else told
    return words


@lru_cache(maxsize=256)
def _name(raw: bytes) -> str:
    name = raw.decode("latin-1")
    if "_" in name:
        return ""
    plain = name.upper().replace("-", "_")
    return plain if plain in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{plain}"
