"""A request's body is taken here, asynchronously, before one of the few threads is used for it.

Anybody may send 64 kB; more only whoever is signed in, up to the largest upload there is. Ten seconds, and one more
for each 16 kB that came: a drip ends. When too many are under way the slowest goes, so that a newcomer, whose body is
there within a moment, never waits behind those who dawdle.
"""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO

from django.conf import settings

from yingbin.tables import MAX_BYTES

from .asking import Message, Receive, Scope, Send, address, header, known, refuse, session_key
from .crowd import Crowd
from .turnstile import of_stranger

ANYBODY = 64 * 1024  # bytes
PLAIN = 3 * 1024 * 1024  # bytes of a form without files, or of a call
UPLOAD = MAX_BYTES + 1024 * 1024  # the largest upload with the form around it
IN_MEMORY = 256 * 1024  # bytes; beyond that a file without a name, which is gone with its process
PATIENCE, RATE = 10.0, 16 * 1024  # seconds for the first byte on; bytes that buy a second more
FROM_ONE, ALL = 48, 512  # small bodies under way in this process, from one address and together
_PIECE = 64 * 1024
_LISTEN = 3.0  # seconds that go on being listened to, so that the refusal is heard
# Each upload may fill a file of its own: two at once of a session, six in this process.
_uploads = Crowd(each=2, everybody=6)


class NotTaken(Exception):
    """A body that isn't taken: status, title, why and what to do; seconds until it is worth trying again."""

    def __init__(self, status: int, title: str, why: str, wait: int = 0) -> None:
        super().__init__(why)
        self.status, self.title, self.why, self.wait = status, title, why, wait


class Gone(Exception):
    """Whoever asked went away."""


def _too_large(most: int, scope: Scope) -> NotTaken:
    if most == ANYBODY and of_stranger(scope):
        why = (
            "这张表最多收 64 KB 文字，不收照片和文件。您填的都还在原来那一页上，请去掉多出来的再提交。"
            "This form takes 64 kB of text, no photos or files. What you wrote is still on the page before."
        )
        return NotTaken(413, "传的内容太大 Too large", why)
    if most == ANYBODY:
        why = "没有登录时最多传 64 KB。请先登录，再上传文件。"
    else:
        largest = MAX_BYTES if most == UPLOAD else most
        why = f"最多传 {largest // 1024 // 1024} MB。请去掉图片和无关的内容，或分成几个文件上传。"
    return NotTaken(413, "传的内容太大", f"{why}这一步没有保存。")


def _too_slow() -> NotTaken:
    why = "网络太慢，这一步没有保存。请换个网络再试一次。"
    return NotTaken(408, "传得太慢，没有收全", why)


def _crowded() -> NotTaken:
    why = "这一步没有保存。请等前面的文件传完，再试一次。"
    return NotTaken(429, "同时上传的文件太多", why, wait=10)


def _no_room() -> NotTaken:
    why = "服务器的磁盘写不下了，这一步没有保存。请告诉管理员。"
    return NotTaken(507, "磁盘满了", why)


class Taking:
    """One body under way: what came so far, how much may come, since when."""

    def __init__(self, scope: Scope, receive: Receive, file: IO[bytes]) -> None:
        self.scope, self.receive, self.file = scope, receive, file
        self.size, self.most, self.began = 0, ANYBODY, time.monotonic()
        self.places = contextlib.ExitStack()

    async def whole(self) -> None:
        """Takes everything; raises `NotTaken` or `Gone`."""
        await self.allow(int(header(self.scope, b"content-length") or 0))
        while True:
            message = await self.next()
            if message["type"] == "http.disconnect":
                raise Gone
            piece = message.get("body", b"")
            self.size += len(piece)
            await self.allow(self.size)
            self.keep(piece)
            if not message.get("more_body", False):
                return

    def keep(self, piece: bytes) -> None:
        """Puts a piece to the others."""
        try:
            self.file.write(piece)
        except OSError:
            raise _no_room() from None

    async def next(self) -> Message:
        """The next piece, while the sender's time lasts."""
        left = self.began + PATIENCE + self.size / RATE - time.monotonic()
        try:
            return await asyncio.wait_for(_awaited(self.receive), max(left, 0.01))
        except TimeoutError:
            raise _too_slow() from None

    async def allow(self, size: int) -> None:
        """Whether so many bytes may come; asks who it is only where it matters, and then takes a place for uploads."""
        if size <= self.most:
            return
        if self.most > ANYBODY or not await known(self.scope):
            raise _too_large(self.most, self.scope)
        multipart = header(self.scope, b"content-type").startswith("multipart/form-data")
        self.most = UPLOAD if multipart else PLAIN
        if size > self.most:
            raise _too_large(self.most, self.scope)
        _line.leave(self)
        who = session_key(self.scope) or header(self.scope, b"authorization")
        if not self.places.enter_context(_uploads.place(who)):
            raise _crowded()


class Line:
    """The small bodies under way in this process, the oldest first."""

    def __init__(self) -> None:
        self.tasks: dict[Taking, tuple[str, asyncio.Task[None]]] = {}

    def enter(self, taking: Taking, task: asyncio.Task[None]) -> None:
        """One more; where one address has too many under way, or all together, the oldest of them goes."""
        here = address(taking.scope)
        same = [t for t, (where, _) in self.tasks.items() if where == here]
        for full, oldest in ((len(same) >= FROM_ONE, same), (len(self.tasks) >= ALL, self.tasks)):
            if full:
                late = next(iter(oldest))
                self.tasks[late][1].cancel()
                self.leave(late)
        self.tasks[taking] = (here, task)

    def leave(self, taking: Taking) -> None:
        """It ended, or goes on as an upload."""
        self.tasks.pop(taking, None)


_line = Line()


def spool() -> Path:
    """Where large bodies lie while their request lasts."""
    folder = Path(settings.YINGBIN_SPOOL)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def has_body(scope: Scope) -> bool:
    """Whether anything comes after the headers."""
    return header(scope, b"content-length") not in ("", "0") or bool(
        header(scope, b"transfer-encoding")
    )


@contextlib.asynccontextmanager
async def taken(scope: Scope, receive: Receive, send: Send) -> AsyncIterator[Receive | None]:
    """The body as a `receive` that never waits for the network; None when it was refused or its sender left."""
    if not has_body(scope):
        yield _nothing
        return
    with tempfile.SpooledTemporaryFile(IN_MEMORY, "w+b", dir=str(spool())) as file:
        taking = Taking(scope, receive, file)
        with taking.places:
            try:
                await _in_line(taking)
            except Gone:
                yield None
            except NotTaken as why:
                await _listen(taking)
                await refuse(scope, send, why.status, why.title, why.why, wait=why.wait)
                yield None
            else:
                file.seek(0)
                _say_size(scope, taking.size)
                yield _reader(file, taking.size)


async def _in_line(taking: Taking) -> None:
    task = asyncio.ensure_future(taking.whole())
    _line.enter(taking, task)
    try:
        await asyncio.wait({task})
        if task.cancelled():
            raise _too_slow()
        task.result()
    finally:
        task.cancel()
        _line.leave(taking)


async def _listen(taking: Taking) -> None:
    """Lets a sender finish for a moment: who is cut off in mid-sentence doesn't hear why."""
    if header(taking.scope, b"expect"):
        return
    ends = time.monotonic() + _LISTEN
    with contextlib.suppress(TimeoutError):
        while (left := ends - time.monotonic()) > 0:
            message = await asyncio.wait_for(_awaited(taking.receive), left)
            if not message.get("more_body", False):
                return


async def _awaited(receive: Receive) -> Message:
    """A true coroutine: the server gives other awaitables."""
    return await receive()


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def _say_size(scope: Scope, size: int) -> None:
    """What came in pieces has a length now; pages read no further than it says."""
    kept = [
        (k, v)
        for k, v in scope["headers"]
        if k not in (b"content-length", b"transfer-encoding", b"expect")
    ]
    scope["headers"] = [*kept, (b"content-length", str(size).encode())]


def _reader(file: IO[bytes], size: int) -> Receive:
    async def receive() -> Message:
        piece = file.read(_PIECE)
        return {"type": "http.request", "body": piece, "more_body": file.tell() < size}

    return receive
