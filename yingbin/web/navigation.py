"""The navigation: which pages stand in it for whom at which kind of place, and where a role starts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from yingbin.pages.templatetags.ui import icon
from yingbin.pages.wing import GROUPS, Coming, Entry, Group, Wing, all_wings
from yingbin.people.queries import Badge

OPEN = 5  # entries a group shows; the others lie folded under it
THUMB = 4  # places of a phone's bar, beside 更多
INBOX: Group = "inbox"
_ROW = '<a class="menu-item" href="{}"{}>{}<span class="place">{}<small>{}</small></span></a>'
_CURRENT = format_html(' aria-current="{}"', "true")


@dataclass(frozen=True)
class Item:
    """One entry of the navigation as a page shows it; `slot` is where its number comes in live."""

    label: str
    page: str
    url: str
    icon: str
    group: Group
    key: str = ""
    active: bool = False
    slot: str = ""
    count: int = 0


@dataclass(frozen=True)
class Shelf:
    """A group of the navigation: what is open, and what lies folded under it."""

    title: str
    items: tuple[Item, ...]

    @property
    def open(self) -> tuple[Item, ...]:
        """The first few."""
        return self.items[:OPEN]

    @property
    def folded(self) -> tuple[Item, ...]:
        """The others."""
        return self.items[OPEN:]

    @property
    def one_is_folded(self) -> bool:
        """Whether the page one is on is among the others, which then lie open."""
        return any(item.active for item in self.folded)


@dataclass(frozen=True)
class Place:
    """A place of the switch."""

    name: str
    kind: str
    url: str
    here: bool


@dataclass(frozen=True)
class Frame:
    """The frame of a page for one person at one place."""

    shelves: tuple[Shelf, ...] = ()
    tiles: tuple[Shelf, ...] = ()
    thumbs: tuple[Item, ...] = ()
    keys: tuple[Item, ...] = ()
    inbox: Item | None = None
    more: int = 0
    places: tuple[Place, ...] = ()
    place_kind: str = ""

    @cached_property
    def place_rows(self) -> SafeString:
        """The rows of the switch of places, made once: they stand on a page twice, and a head may have hundreds."""
        here, other = (_CURRENT, icon("check")), ("", icon("building"))
        rows = ((p.url, *(here if p.here else other), p.name, p.kind) for p in self.places)
        return format_html_join("\n", _ROW, rows)

    def above(self, path: str) -> Item | None:
        """The entry that the page at this path lies under; none for an entry's own page."""
        active = (i for shelf in self.tiles for i in shelf.items if i.active)
        return next((item for item in active if item.url != path), None)


def behind(items: list[Item], bar: tuple[Item, ...]) -> int:
    """How much waits on pages that only 更多 shows; 待办 has its own number on every page."""
    shown = {item.page for item in bar}
    return sum(i.count for i in items if i.page not in shown and i.group != INBOX)


@cache
def entries(kind: str = "") -> tuple[Entry, ...]:
    """The entries of all wings that work at this kind of place, in the order of groups and ranks."""
    every = [e for wing in all_wings() if works_at(wing, kind) for e in wing.entries]
    if not coming(kind):
        every = [e for e in every if e.page != "now"]
    order = list(GROUPS)
    return tuple(sorted(every, key=lambda e: (order.index(e.group), e.rank)))


@cache
def also_waiting(kind: str = "") -> tuple[str, ...]:
    """Dotted paths of what wings at this kind of place count into 待办 beside its entries."""
    return tuple(path for w in all_wings() if works_at(w, kind) for path in w.inbox_counts)


def works_at(wing: Wing, kind: str) -> bool:
    """Whether the wing has anything to do at this kind of place."""
    return not kind or not wing.at or kind in wing.at


@cache
def coming(kind: str) -> Coming | None:
    """What will be at this kind of place while its wing is empty."""
    return next((w.coming[kind] for w in all_wings() if kind in w.coming), None)


def navigation(
    path: str, permissions: frozenset[str], kind: str = "", waits: Mapping[str, int] | None = None
) -> list[Item]:
    """The pages these permissions open, in order, with what waits there; the one at `path` is marked."""
    told = waits or {}
    plain = [
        Item(e.label, e.page, reverse(e.page), e.icon, e.group, e.key)
        for e in entries(kind)
        if e.opens_for(permissions)
    ]
    items = [
        replace(i, slot=slot(i.page), count=told[i.page]) if i.page in told else i for i in plain
    ]
    under = [item for item in items if path.startswith(item.url)]
    here = max(under, key=lambda item: len(item.url)) if under else None
    return [replace(item, active=True) if item is here else item for item in items]


def inbox(items: list[Item], path: str = "", also: int = 0) -> Item:
    """待办, which holds all pages of its group and counts what waits there; `also`: what waits behind none of them."""
    inside = [item for item in items if item.group == INBOX]
    here, waits = reverse("inbox"), sum(item.count for item in inside) + also
    active = path == here or any(item.active for item in inside)
    return Item("待办", "inbox", here, "inbox", INBOX, "i", active, "n-inbox", waits)


def thumbs(
    items: list[Item], roles: frozenset[str], path: str = "", also: int = 0
) -> tuple[Item, ...]:
    """The four places of a phone's bar: where one's role starts, what is live here, 待办, then the others."""
    start = {page for w in all_wings() for role, page in w.landing.items() if role in roles}
    order: list[Group] = ["live", INBOX, "books", "manage"]
    places = [item for item in items if item.group != INBOX]
    if start.isdisjoint(item.page for item in places):
        start = {item.page for item in places[:1]}
    if len(places) < len(items):
        places.append(inbox(items, path, also))
    ranked = sorted(places, key=lambda i: (i.page not in start, order.index(i.group)))
    return tuple(ranked[:THUMB])


def landing(badge: Badge, kind: str = "") -> str:
    """The page a person starts on: their role's. A delegation adds to what they may do, and moves nobody."""
    wings = [w for w in all_wings() if works_at(w, kind)]
    own = [page for w in wings for role, page in w.landing.items() if role in badge.roles]
    open_to_me = [e.page for e in entries(kind) if e.opens_for(badge.openable)]
    live = [e.page for e in entries(kind) if e.page in open_to_me and e.group != INBOX]
    return next((page for page in [*own, *live] if page in open_to_me), "manual:index")


def slot(page: str) -> str:
    """The live slot of a navigation entry's number."""
    return f"n-{page.replace(':', '-')}"
