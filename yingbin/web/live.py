"""Live screens: one stream a browser, fed by one cheap poll of the sites' sequence per process.

A stream names its topics; when its site's sequence moves, their fragments are rendered (once for all who
see the same) and pushed. On connecting, the full fragments are sent, so a page that lost the line catches up.
A session that ends is said on its streams within seconds: the page is covered then.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, load_backend
from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections, connection
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.module_loading import import_string

from yingbin.pages.placed import parted, standing_at
from yingbin.pages.wing import paths
from yingbin.people import queries
from yingbin.people.access import session_badge
from yingbin.people.handing import handed
from yingbin.people.live import Topic, Viewer
from yingbin.people.models import Site

from .asking import address, cookie
from .crowd import Crowd

log = logging.getLogger(__name__)

POLL = 0.15  # seconds between two looks at the sequence
BEAT = 2.0  # seconds between two signs of life
LIFE = 120.0  # seconds a stream lives before it signs in anew
MOST = 8  # topics of one stream

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]


@cache
def topics() -> dict[str, Topic]:
    """The pages that are live, by the wings that have them."""
    tables: list[dict[str, Topic]] = [import_string(path) for path in paths("topics")]
    return {name: topic for table in tables for name, topic in table.items()}


class Hub:
    """One per process: polls the sequence of every watched site and wakes the streams."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(max_workers=3, thread_name_prefix="live")
        self.seq: dict[UUID, int] = {}
        self.watchers: Counter[UUID] = Counter()
        self.sessions: Counter[str] = Counter()
        self.ended: set[str] = set()
        self.looked_at = 0.0
        self.changed = asyncio.Event()
        self.healthy_at = 0.0
        self.cache: dict[tuple[Any, ...], asyncio.Future[dict[str, str]]] = {}
        self.task: asyncio.Task[None] | None = None
        # In this process: streams of one session and of one person, and requests that are being looked at.
        self.tabs = Crowd(each=8, everybody=800)
        self.people = Crowd(each=24, everybody=800)
        self.asking = Crowd(each=16, everybody=32)

    async def in_thread(self, work: Callable[..., Any], *args: object) -> Any:
        """Runs database work beside the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self.pool, _fresh, work, *args)

    def start(self) -> None:
        """Starts polling with the first watcher."""
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._poll())

    async def _poll(self) -> None:
        while self.watchers:
            try:
                now = await self.in_thread(_sequences, list(self.watchers))
                self.healthy_at = time.monotonic()
                if any(self.seq.get(site) != n for site, n in now.items()):
                    self.seq.update(now)
                    self.cache.clear()
                    self._wake()
                if time.monotonic() - self.looked_at > BEAT:
                    await self._who_is_gone()
            except Exception as error:
                log.warning("live poll failed: %s", type(error).__name__)
                await asyncio.sleep(1)
            await asyncio.sleep(POLL)

    async def _who_is_gone(self) -> None:
        """One question for all sessions watched: which have ended meanwhile."""
        self.looked_at = time.monotonic()
        watched = set(self.sessions)
        ended = watched - await self.in_thread(_alive, list(watched))
        self.ended = ended
        if ended:
            self._wake()

    @contextmanager
    def watching(self, site_id: UUID, session_key: str) -> Iterator[None]:
        """The site and the session are watched as long as a stream of theirs is open."""
        held: list[tuple[Counter[Any], Any]] = [
            (self.watchers, site_id),
            (self.sessions, session_key),
        ]
        for counter, name in held:
            counter[name] += 1
        self.start()
        try:
            yield
        finally:
            for counter, name in held:
                counter[name] -= 1
                if not counter[name]:
                    del counter[name]

    def _wake(self) -> None:
        changed, self.changed = self.changed, asyncio.Event()
        changed.set()

    @property
    def healthy(self) -> bool:
        """Whether the database answered within the last seconds."""
        return time.monotonic() - self.healthy_at < BEAT * 1.5

    async def fragments(self, viewer: Viewer, topic: Topic, tick: int) -> dict[str, str]:
        """The viewer's fragments, rendered once for all who see the same."""
        if topic.shared:
            viewer = viewer.anybody
        who = (viewer.badge.staff_id, viewer.csrf, viewer.badge.permissions)
        key = (viewer.topic, viewer.arg, viewer.site_id, self.seq.get(viewer.site_id), who, tick)
        made = self.cache.get(key)
        if made is None:
            made = asyncio.ensure_future(self.in_thread(_rendered, topic, viewer))
            self.cache[key] = made
        try:
            return await asyncio.shield(made)
        except Exception:
            self.cache.pop(key, None)
            raise


def _rendered(topic: Topic, viewer: Viewer) -> dict[str, str]:
    """The fragments, whose links stay at the viewer's place."""
    with standing_at(viewer.place):
        return topic.render(viewer)


def _fresh(work: Callable[..., Any], *args: object) -> Any:
    close_old_connections()
    try:
        return work(*args)
    except Exception:
        connection.close()
        raise


def _sequences(sites: list[UUID]) -> dict[UUID, int]:
    with connection.cursor() as cursor:
        cursor.execute("select site_id, seq from journal_ledger where site_id = any(%s)", [sites])
        return dict(cursor.fetchall())


def _alive(keys: list[str]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select session_key from django_session where session_key = any(%s) and expire_date > now()",
            [keys],
        )
        return {key for (key,) in cursor.fetchall()}


def _viewers(
    session_key: str, names: list[str], arg: str, csrf: str, place: str = ""
) -> list[Viewer]:
    """Who looks at which of these topics, checked as the pages check it; none when nobody may look."""
    session = SessionStore(session_key) if session_key else {}
    user_id, backend = session.get(SESSION_KEY), session.get(BACKEND_SESSION_KEY)
    if not user_id or handed(session) or backend not in settings.AUTHENTICATION_BACKENDS:
        return []
    user = load_backend(backend).get_user(user_id)
    if (
        user is None
        or user.must_change_password
        or not constant_time_compare(
            session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()
        )
    ):
        return []
    sites = queries.sites_of(user, timezone.now())
    site = _looked_at(sites, place, session.get("site_id"))
    badge = session_badge(user, site.id if site else None, timezone.now(), session)
    asked = [name.partition(":") for name in names[:MOST]]
    known = [(name, own, topics()[name]) for name, _, own in asked if name in topics()]
    return [
        Viewer(badge, name, own or arg, csrf, site.code, site.kind)
        for name, own, topic in known
        if site and (not topic.permission or badge.may(topic.permission))
    ]


def _looked_at(sites: list[Site], place: str, chosen: str | None) -> Site | None:
    """The place in the address; without one, that of the session, as the pages have it."""
    if place:
        return next((s for s in sites if s.code == place), None)
    return next((s for s in sites if str(s.id) == chosen), sites[0] if sites else None)


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """The hub of this event loop."""
    return _hubs.setdefault(asyncio.get_running_loop(), Hub())


async def app(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """The event stream: `/s/<place>/live/<topic>+<topic>:<its argument>/`. Whoever has too many open already is told so at once."""
    if scope["type"] != "http":
        return
    line = hub()
    key = cookie(scope, settings.SESSION_COOKIE_NAME)
    if not key:
        return await _refuse(send, 403)
    with line.tabs.place(key) as a_tab, line.asking.place(address(scope)) as heard:
        admitted = await _admitted(line, scope, key) if a_tab and heard else 429
    if isinstance(admitted, int):
        return await _refuse(send, admitted)
    who = admitted[0].badge.staff_id
    with line.tabs.place(key) as a_tab, line.people.place(who) as one_more:
        if not (a_tab and one_more):
            return await _refuse(send, 429)
        await _watch(line, key, admitted, receive, send)


async def _admitted(line: Hub, scope: dict[str, Any], key: str) -> list[Viewer] | int:
    """Who looks at what; else the status of the refusal."""
    place, path = parted(scope["path"])
    parts = [p for p in path.split("/") if p]
    arg = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("arg", [""])[0]
    names = parts[-1].split("+") if parts else []
    csrf = cookie(scope, settings.CSRF_COOKIE_NAME)
    viewers: list[Viewer]
    try:
        viewers = await line.in_thread(_viewers, key, names, arg, csrf, place)
    except Exception:
        return 503
    return viewers or 403


async def _watch(line: Hub, key: str, viewers: list[Viewer], receive: Receive, send: Send) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    gone = asyncio.create_task(_until_gone(receive))
    try:
        with line.watching(viewers[0].site_id, key):
            await _stream(line, key, [_Part(v, topics()[v.topic]) for v in viewers], send, gone)
    finally:
        gone.cancel()


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"connection", b"close"), (b"content-length", b"0")]
    if status in (429, 503):
        headers.append((b"retry-after", b"10"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


@dataclass
class _Part:
    """One topic of a stream, and what of it was sent already."""

    viewer: Viewer
    topic: Topic
    sent: tuple[int | None, int] | None = None
    before: dict[str, str] = field(default_factory=dict)

    async def news(self, line: Hub) -> str:
        """The events that are due now."""
        topic = self.topic
        tick = int(time.time() // topic.every) if topic.every else 0
        now = (line.seq.get(self.viewer.site_id), tick)
        if now[0] is None or now == self.sent or not line.healthy:
            return ""
        made = await line.fragments(self.viewer, topic, tick)
        news = {slot: html for slot, html in made.items() if self.before.get(slot) != html}
        self.sent, self.before = now, made
        return "".join(_event(slot, html, now[0]) for slot, html in news.items())

    def patience(self) -> float:
        """Seconds until the topic changes by itself, two at most."""
        every = self.topic.every
        return min(BEAT, every - time.time() % every) if every else BEAT


async def _stream(
    line: Hub, key: str, parts: list[_Part], send: Send, gone: asyncio.Task[None]
) -> None:
    ends = time.monotonic() + LIFE
    await _say(send, "retry: 500\n\n")
    while not gone.done() and time.monotonic() < ends:
        changed = line.changed  # taken before looking, so that nothing in between is missed
        if key in line.ended:
            await _say(send, "event: gone\ndata: session\n\n")
            break
        for part in parts:
            await _say(send, await part.news(line))
        if line.healthy:
            seq = line.seq.get(parts[0].viewer.site_id) or 0
            await _say(send, f"event: beat\ndata: {seq}\n\n")
        await _wait(changed, gone, min(part.patience() for part in parts))
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _wait(signal: asyncio.Event, gone: asyncio.Task[None], patience: float) -> None:
    changed = asyncio.create_task(signal.wait())
    await asyncio.wait({changed, gone}, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
    changed.cancel()


def _event(slot: str, html: str, seq: int | None) -> str:
    lines = "\n".join(f"data: {part}" for part in html.splitlines() or [""])
    return f"event: {slot}\nid: {seq}\n{lines}\n\n"


async def _say(send: Send, text: str) -> None:
    if text:
        body = text.encode()
        await send({"type": "http.response.body", "body": body, "more_body": True})
