"""A headquarters with its gates in a browser: served by this very process, so that its clock can be moved, and every page's with it."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from uuid import UUID

import segno
from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.customers.office import as_
from tests.tours.headquarters import Headquarters
from yingbin.tours import keyring
from yingbin.tours.actions import gates
from yingbin.tours.gate_checking import GatesReplayed
from yingbin.tours.models import GateEvent, PassPlace, VisitorPass
from yingbin.tours.token import PassToken, signed

GATES = (("北门", ("plant",), True), ("南门", (), True), ("车间门", ("plant", "workshop"), False))
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
# What a guard hears and feels is written down instead.
BEFORE = "window.ticks = performance.now.bind(performance);"  # a stopped clock stops this too
SENSES = """
window.marks = {};
performance.mark = (name) => { window.marks[name] = window.ticks(); };
window.felt = [];
navigator.vibrate = (how) => window.felt.push(how);
window.heard = [];
window.SpeechSynthesisUtterance = function (words) { this.words = words; };
Object.defineProperty(window, "speechSynthesis", { value: { cancel() {}, speak: (one) => window.heard.push(`${one.lang} ${one.words}`) } });
"""


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing of what was asked."""


@contextmanager
def served_here() -> Iterator[str]:
    """The pages, answered by threads of this process; its address."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Silent)
    server.set_app(get_wsgi_application())
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


class GateHouse(Headquarters):
    """The headquarters with two gates of the site and one of the workshop; `come` opens a page of somebody's, or of a visitor's."""

    def __init__(self, base: str, browser: Browser) -> None:
        super().__init__()
        self.base, self.browser = base, browser
        self.contexts: list[BrowserContext] = []
        self.broken: list[str] = []
        made = [
            self.do(gates.add_gate, "何", name=name, areas=areas, on_site=on_site)
            for name, areas, on_site in GATES
        ]
        self.gates = dict(zip((name for name, *_ in GATES), made, strict=True))

    def come(self, who: str = "", path: str = "", *, phone: bool = True) -> Page:
        """Somebody's own device; nobody's name: a visitor's."""
        size = PHONE if phone else DESK
        context = self.browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            locale="zh-CN",
            base_url=self.base,
            reduced_motion="reduce",
        )
        context.on("weberror", lambda told: self.broken.append(f"{told.page} {told.error}"))
        context.add_init_script(BEFORE)
        context.clock.set_fixed_time(self.now)
        context.add_init_script(SENSES)
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        if who:
            session = as_(self, who).cookies[settings.SESSION_COOKIE_NAME].value
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.base}
            context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        if path:
            page.goto(path)
        return page

    def to(self, name: str, *args: object) -> str:
        """An address of the wing, here."""
        return f"/s/{self.place.code}{reverse(f'tours:{name}', args=args)}"

    def gate(self, who: str = "孟", name: str = "北门", **more: bool) -> Page:
        """A guard's phone at a gate, with its list; taken over from the phone that was."""
        page = self.come(who, self.to("gate", self.gates[name].device), **more)
        if page.locator("[data-away]").count():
            page.get_by_role("button", name="改在这部手机上用").click()
        expect(page.locator("[data-line]")).to_contain_text("联网 · 名单 刚更新")
        return page

    def wait(self, **span: float) -> None:
        """Time goes on, on every device too."""
        self.later(**span)
        for context in self.contexts:
            context.clock.set_fixed_time(self.now)

    def shown(self, number: int, revision: int = 0) -> str:
        """What the code of a pass says."""
        row = VisitorPass.objects.get(site=self.place, number=number)
        told = PassToken(
            number, revision or row.revision, row.starts_at, row.ends_at, frozenset(row.areas), row.persons, row.photo
        )  # fmt: skip
        return signed(told, keyring.signing_key(self.site, self.now))

    def passes(self, one: UUID) -> list[int]:
        """The numbers of a visit's passes."""
        rows = VisitorPass.objects.filter(visit=one).order_by("number")
        return list(rows.values_list("number", flat=True))

    def given(self, one: UUID, by: str, persons: int, *areas: str, **more: object) -> int:
        """The department of an area issues a pass; its number."""
        self.issue(one, by, persons=persons, areas=areas, **more)
        return self.passes(one)[-1]

    def inside(self) -> dict[str, int]:
        """How many of each visitor are on site."""
        found: dict[str, int] = {}
        rows = PassPlace.objects.values_list("visitor_pass__visit__visitor", "persons")
        for visitor, persons in rows:
            found[visitor] = found.get(visitor, 0) + persons
        return found

    def faults(self) -> list[str]:
        """Where journal, rows and the rules' replay of visits and of the gates aren't one."""
        return [*super().faults(), *GatesReplayed(self.site).faults()]

    def scans(self) -> list[tuple[str, str]]:
        """What was shown at the gates, and how it was answered."""
        rows = GateEvent.objects.filter(event__in=("scan", "admit")).order_by("number")
        return list(rows.values_list("event", "code"))


def types(guard: Page, text: str, *, way: str = "", count: int = 1) -> None:
    """A scanner that types like a keyboard: the letters, then Enter."""
    if way:
        guard.locator(f'[data-gate-form] [name=way][value="{way}"]').check(force=True)
    if count != 1:
        guard.locator("[data-gate-form] [name=count]").fill(str(count))
    box = guard.locator("[data-gate-form] [name=code]")
    box.focus()
    guard.keyboard.insert_text(text)
    guard.keyboard.press("Enter")


def answered(guard: Page, word: str, *because: str) -> None:
    """What stands there large, and why."""
    expect(guard.locator("[data-answer-slot] .gate-word")).to_have_text(word)
    for words in because:
        expect(guard.locator("[data-answer-slot]")).to_contain_text(words)


def filmed(file: Path, text: str) -> None:
    """What a camera sees of a code on a phone held before it, a little askew: some seconds of moving pictures."""
    out = io.BytesIO()
    segno.make(text, error="m", boost_error=False, micro=False).save(out, kind="png", scale=7)
    code = Image.open(out).convert("RGB")
    with file.open("wb") as film:
        for n in range(12):
            held = code.rotate(n - 6, expand=True, fillcolor="white")
            picture = Image.new("RGB", (640, 480), "#807a70")
            picture.paste(held, (110 + 3 * n, 30 + 2 * n))
            picture.save(film, "JPEG", quality=80)


def form_of(page: Page, button: str) -> Locator:
    """The form that a button sends."""
    return page.locator("main form", has=page.get_by_role("button", name=button, exact=True)).first
