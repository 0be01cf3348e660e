"""axe-core over pages: what a walk from link to link finds, and on what nobody looked."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextvars import copy_context
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
from django.test import Client
from django.urls import Resolver404, get_resolver, resolve
from playwright.sync_api import Browser, Page, Route

from tests.project.test_access import ALL, walk
from yingbin.pages.placed import bare
from yingbin.people.models import Staff
from yingbin.people.roles import ROLES

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
BACKEND = "yingbin.people.backends.AccountOrPhone"
INSIDE = "http://localhost"  # a secure place in a browser's eyes
STATIC: dict[str, tuple[int, dict[str, str], bytes]] = {}
SIZES = {"390": {"width": 390, "height": 844}, "1280": {"width": 1280, "height": 900}}

LOOKS = [(width, *how) for width in SIZES for how in (("light", ""), ("dark", "color-contrast"))]
# A phone by day is looked at whole; the frame around a page is the same everywhere, but of a role's first pages.
FIRST = 4
LOOK = """async ([within, only]) => {
  for (const moving of document.getAnimations()) { try { moving.finish(); } catch { moving.cancel(); } }
  const wish = { resultTypes: ["violations"], rules: { "label-content-name-mismatch": { enabled: true } }, ...(only ? { runOnly: { type: "rule", values: [only] } } : {}) };
  const found = await axe.run(document.querySelector(within) || document, wish);
  return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(" ")} · ${n.failureSummary}`));
}"""
# What a designer sees at a glance: nothing wider than the glass, no hint cut off, one way back, one primary action.
FITS = """() => {
  const seen = (e) => e.getBoundingClientRect().width && !e.closest("details:not([open]), dialog");
  const all = (what) => [...document.querySelectorAll(what)].filter(seen);
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth + 1) found.push("wider than the glass");
  const pen = document.createElement("canvas").getContext("2d");
  for (const box of all("main input[placeholder]")) {
    const look = getComputedStyle(box);
    pen.font = `${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
    const room = box.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight);
    if (pen.measureText(box.placeholder).width > room + 1) found.push(`cut off: ${box.placeholder}`);
  }
  if (all("main .page-head .where, main .trail").length > 1) found.push("two ways back");
  const ground = (e) => getComputedStyle(e).backgroundColor;
  const buttons = all("main .btn-primary");
  const loud = buttons.filter((e) => ground(e) === ground(buttons[0])).map((e) => e.textContent.trim());
  if (new Set(loud).size > 1) found.push(`several primary actions: ${loud.join(", ")}`);
  return found;
}"""
# An element with its class and the names of its attributes: what a page is made of, without its words.
TAG = re.compile(r"<([a-z][\w-]*)((?:\s[^<>]*)?)>")
ATTRIBUTE = re.compile(r"([\w-]+)(?:=\"([^\"]*)\")?")
LINK = re.compile(r"<a\b[^>]*?href=\"(/[^\"#]*)")


@dataclass(frozen=True)
class Window:
    """A browser's page of somebody; `read`: where an address leads to and the page there, nothing for a file or a refusal."""

    page: Page
    read: Callable[[str], tuple[str, str]]


def inside(browser: Browser, staff: Staff | None = None) -> Window:
    """The window of this person, or of a stranger, without a server and without the form.

    This very process answers, by the clock and the uncommitted rows of the test.
    """
    client, page = _client(staff), _page(browser)
    # The browser's questions come from beside the test: they are answered with its connection, which has its rows.
    here = copy_context()
    ready: dict[str, tuple[int, dict[str, str], bytes]] = {}  # read for its links, to be shown next

    def fetched(path: str) -> tuple[int, dict[str, str], bytes]:
        got = here.run(client.get, path)
        body = b"".join(got.streaming_content) if got.streaming else got.content  # type: ignore[attr-defined]
        return got.status_code, dict(got.headers), body

    def answer(route: Route) -> None:
        asked = urlsplit(route.request.url)
        if "/live/" in asked.path:  # which would never end
            return route.abort()
        path = f"{asked.path}?{asked.query}"
        if path.startswith("/static/") and path not in STATIC:
            STATIC[path] = fetched(path)
        shown = ready.pop(path.rstrip("?"), None)
        status, headers, body = shown or STATIC.get(path) or fetched(path)
        route.fulfill(status=status, headers=headers, body=body)

    def read(path: str) -> tuple[str, str]:
        answer = client.get(path, follow=True)
        there = answer.redirect_chain[-1][0] if answer.redirect_chain else path
        told = answer.headers.get("content-type", "")
        text = answer.content.decode() if told.startswith("text/html") else ""
        good = answer.status_code == 200 and "<!DOCTYPE" in text
        ready.clear()
        if good:
            ready[there] = (200, dict(answer.headers), answer.content)
        return there, text if good else ""

    page.context.route("**/*", answer)
    return Window(page, read)


def _client(staff: Staff | None) -> Client:
    client = Client()
    if staff:
        client.force_login(staff, backend=BACKEND)
    return client


def _page(browser: Browser) -> Page:
    context = browser.new_context(
        viewport=SIZES["1280"], locale="zh-CN", base_url=INSIDE, service_workers="block"
    )
    context.add_init_script(path=AXE)
    return context.new_page()


def faults(page: Page, *, framed: bool = True, again: bool = False) -> list[str]:
    """What axe finds on the open page: on a phone by day and by night, on a desk by day; `framed`: around it too.

    again: a page of this address, or made of nothing but what others are made of, has been looked at, so that a phone is
    enough. A desk by night has the colours of a phone by night: it is looked at with the frame.
    """
    found = []
    for width, scheme, only in LOOKS[: 2 if again else 4 if framed else 3]:
        page.set_viewport_size(SIZES[width])
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        whole = framed or (width, scheme) == ("390", "light")
        said = page.evaluate(LOOK, ["html" if whole else "main", only])
        found += [f"{width} {scheme} {words}" for words in said]
        if not only:
            found += [f"{width} {words}" for words in page.evaluate(FITS)]
    return found


def pieces_of(text: str) -> set[str]:
    """The kinds of elements of a page: two pages alike in this are judged alike."""
    found = set()
    for name, rest in TAG.findall(text):
        told = dict(ATTRIBUTE.findall(rest))
        found.add(" ".join([name, told.pop("class", ""), *sorted(told)]))
    return found


def route_of(path: str) -> str:
    """The address's pattern, or nothing."""
    try:
        return str(resolve(bare(path.split("?", maxsplit=1)[0])).route)
    except Resolver404:
        return ""


@dataclass
class Walk:
    """From link to link over the pages of which the route begins so.

    most: how many pages of a route a person opens, of those of which there are many kinds; of any other, one.
    """

    ours: Callable[[str], bool]
    most: Mapping[str, int] = field(default_factory=dict)
    built: dict[str, set[str]] = field(default_factory=dict)
    anywhere: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def over(self, who: str, window: Window, starts: list[str]) -> None:
        """Every page that can be reached from these addresses; axe looks at those not built like one seen."""
        opened, todo, known = Counter[str](), list(starts), set(starts)
        while todo:
            path = todo.pop(0)
            if not self._wants(route_of(path), opened):
                continue
            there, text = window.read(path)
            route = route_of(there)
            if not text or not self._wants(route, opened):
                continue
            opened[route] += 1
            seen = self.built.get(route, set())
            pieces = pieces_of(text)
            if not pieces <= seen:
                window.page.goto(there, wait_until="domcontentloaded")
                again = bool(seen) or pieces <= self.anywhere
                found = faults(window.page, framed=len(opened) < FIRST, again=again)
                self.wrong += [f"{who} {route}  {fault}" for fault in found]
            self.built[route] = seen | pieces
            self.anywhere |= pieces
            new = [href for href in LINK.findall(text) if href not in known]
            known.update(new)
            todo += new
        window.page.context.close()

    def _wants(self, route: str, opened: Counter[str]) -> bool:
        return bool(route) and self.ours(route) and opened[route] < self.most.get(route, 1)

    def missed(self, but: set[str], people: Iterable[Staff]) -> list[str]:
        """Our pages that somebody may ask for and nobody looked at; most verbs only listen to forms."""
        routes = [str(route) for route, _ in walk(get_resolver().url_patterns)]
        paths = {route: path for route, (path, _) in zip(routes, ALL, strict=True)}
        unseen = [r for r in routes if self.ours(r) and r not in but and r not in self.built]
        clients = [_client(one) for one in people]
        return [r for r in unseen if not NO_PAGE.search(r) and _shown(paths[r], clients)]


def _shown(path: str, clients: list[Client]) -> bool:
    """Whether one of them is shown something there; what only listens to forms says so to anybody who may."""
    for client in clients:
        told = client.get(path).status_code
        if told in (200, 404, 405):
            return told != 405
    return False


def starts_of(role: str) -> list[str]:
    """Addresses without ids that the role may open."""
    allowed = ROLES[role].allows
    may = [path for path, view in ALL if "x" not in path.split("/") and opens(view.access, allowed)]
    return [
        path
        for path in may
        if "-" * 4 not in path and len(path) < 60 and not path.startswith("/logout")
    ]


def opens(access: object, allowed: frozenset[str]) -> bool:
    return access in ("open", "signed_in") or (
        isinstance(access, tuple) and bool(set(access) & allowed)
    )


# Files, fragments and data; and "/", which only leads on.
NO_PAGE = re.compile(
    r"^$|^(static|api|healthz|sw\.js|manifest)|find/$|\.(xlsx|ics)$|^notices/<uuid:notice_id>/$|/(packet|file|pdf|report|export|excel|labels|damage-sheet|root/.*|proof|line)/$|^files/"
)
