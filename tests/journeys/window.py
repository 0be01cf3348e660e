"""A browser's window onto pages that this very process answers: by the clock and the uncommitted rows of the test."""

from contextvars import copy_context
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread

import axe_playwright_python
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page

from yingbin.people.models import Staff

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
BACKEND = "yingbin.people.backends.AccountOrPhone"
SIZES = {"390": {"width": 390, "height": 844}, "1280": {"width": 1280, "height": 900}}

Answer = tuple[int, dict[str, str], bytes]
STATIC: dict[str, Answer] = {}
KEPT = {
    "cache-control": "max-age=3600"
}  # a browser that keeps scripts and styles loads a page in a fraction of the time
NOT_PASSED_ON = {"content-length", "cache-control", "set-cookie"}


class _Asked(BaseHTTPRequestHandler):
    """One question of the browser, answered by the test's client."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if "/live/" in self.path:  # which would never end
            self.send_response(204)
            self.end_headers()
            return
        status, headers, body = self.server.answer(self.path)  # type: ignore[attr-defined]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing of what was asked."""


class _Pages(ThreadingHTTPServer):
    """Answers as this client is answered, one question at a time."""

    daemon_threads = True

    def __init__(self, client: Client) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.client, self.one_at_a_time = client, Lock()
        self.here, self.connection = copy_context(), connections["default"]
        self.ready: dict[str, Answer] = {}  # read for its links, to be shown next
        self.connection.inc_thread_sharing()
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def answer(self, path: str) -> Answer:
        """What the client gets there; a script, a style or a picture of the product only once."""
        with self.one_at_a_time:
            if path.startswith("/static/"):
                if path not in STATIC:
                    STATIC[path] = self._fetched(path, KEPT)
                return STATIC[path]
            return self.ready.pop(path, None) or self._fetched(path, {})

    def _fetched(self, path: str, more: dict[str, str]) -> Answer:
        connections["default"] = self.connection  # with its rows
        got = self.here.run(self.client.get, path)
        body = b"".join(got.streaming_content) if got.streaming else got.content  # type: ignore[attr-defined]
        return got.status_code, passed_on(dict(got.headers)) | more, body

    def server_close(self) -> None:
        self.connection.dec_thread_sharing()
        super().server_close()


def passed_on(headers: dict[str, str]) -> dict[str, str]:
    """What the browser is told beside the page."""
    return {k: v for k, v in headers.items() if k.lower() not in NOT_PASSED_ON}


@dataclass
class Window:
    """A browser's page of somebody, or of a stranger, without a server's process and without the form to sign in."""

    page: Page
    pages: _Pages

    def read(self, path: str) -> tuple[str, str]:
        """Where an address leads to and the page there, nothing for a file or a refusal."""
        answer = self.pages.client.get(path, follow=True)
        there = answer.redirect_chain[-1][0] if answer.redirect_chain else path
        told = answer.headers.get("content-type", "")
        text = answer.content.decode() if told.startswith("text/html") else ""
        good = answer.status_code == 200 and "<!DOCTYPE" in text
        self.pages.ready.clear()
        if good:
            self.pages.ready[there] = (200, passed_on(dict(answer.headers)), answer.content)
        return there, text if good else ""

    def close(self) -> None:
        """Nobody looks any more."""
        self.page.context.close()
        self.pages.shutdown()
        self.pages.server_close()


def inside(browser: Browser, staff: Staff | None = None) -> Window:
    """The window of this person, or of a stranger."""
    pages = _Pages(client_of(staff))
    context = browser.new_context(
        viewport=SIZES["1280"],  # type: ignore[arg-type]
        locale="zh-CN",
        base_url=f"http://127.0.0.1:{pages.server_port}",
        service_workers="block",
    )
    context.add_init_script(path=AXE)
    return Window(context.new_page(), pages)


def client_of(staff: Staff | None) -> Client:
    """Signed in as this person; a stranger's where there is none."""
    client = Client()
    if staff:
        client.force_login(staff, backend=BACKEND)
    return client
