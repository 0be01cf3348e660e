"""axe-core over pages: what a walk from link to link finds, and on what nobody looked."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.test import Client
from django.urls import Resolver404, get_resolver, resolve
from playwright.sync_api import Page

from tests.journeys.window import SIZES, Window, client_of
from tests.project.test_access import ALL, walk
from yingbin.pages.placed import bare
from yingbin.people.models import Staff
from yingbin.people.roles import ROLES

LOOKS = [(width, *how) for width in SIZES for how in (("light", ""), ("dark", "color-contrast"))]
# A phone by day is looked at whole; the frame around a page is the same everywhere, but of a role's first pages.
FIRST = 4
LOOK = """async ([within, only, but]) => {
  for (const moving of document.getAnimations()) { try { moving.finish(); } catch { moving.cancel(); } }
  const wish = { preload: false, resultTypes: ["violations"], rules: { "label-content-name-mismatch": { enabled: true }, ...(but ? { [but]: { enabled: false } } : {}) }, ...(only ? { runOnly: { type: "rule", values: [only] } } : {}) };
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


def faults(page: Page, *, framed: bool = True, again: bool = False) -> list[str]:
    """What axe finds on the open page: on a phone by day and by night, on a desk by day; `framed`: around it too.

    again: a page of this address, or made of nothing but what others are made of, has been looked at, so that a phone by
    day is enough. A desk has a phone's colours: they are looked at with the frame.
    """
    found = []
    for width, scheme, only in LOOKS[: 1 if again else 4 if framed else 3]:
        page.set_viewport_size(SIZES[width])
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        whole = framed or (width, scheme) == ("390", "light")
        but = "" if whole else "color-contrast"
        said = page.evaluate(LOOK, ["html" if whole else "main", only, "" if only else but])
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
        window.close()

    def _wants(self, route: str, opened: Counter[str]) -> bool:
        return bool(route) and self.ours(route) and opened[route] < self.most.get(route, 1)

    def missed(self, but: set[str], people: Iterable[Staff]) -> list[str]:
        """Our pages that somebody may ask for and nobody looked at; most verbs only listen to forms."""
        routes = [str(route) for route, _ in walk(get_resolver().url_patterns)]
        paths = {route: path for route, (path, _) in zip(routes, ALL, strict=True)}
        unseen = [r for r in routes if self.ours(r) and r not in but and r not in self.built]
        clients = [client_of(one) for one in people]
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
