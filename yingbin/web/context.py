"""What the frame of every page needs: navigation by permission, and what waits behind its entries."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from yingbin.pages.wing import Entry, all_wings
from yingbin.people.access import badge_of
from yingbin.people.queries import Badge

THUMB = 5  # places a phone's bar has; the last becomes 更多 when there are more pages
# On a phone what one works with stands first; the inbox is counted on the bar anyway.
_ORDER = {"live": 0, "books": 1, "inbox": 2, "manage": 3}


@dataclass
class Item:
    """One entry of the navigation as a page shows it; `extra`: beyond a phone's bar."""

    label: str
    page: str
    url: str
    icon: str
    active: bool = False
    extra: bool = False
    slot: str = ""
    badge: int = 0


def shell(request: HttpRequest) -> dict[str, object]:
    """Navigation, badge and unread notices of the signed-in person; nothing for strangers."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or getattr(request, "site", None) is None:
        return {"nav": [], "nav_more": [], "unread": 0}
    from .shell import counts, slot

    badge = badge_of(request)
    nav = navigation(request.path, badge.permissions)
    waits = counts(badge)
    for item in nav:
        if item.page in waits.pages:
            item.slot, item.badge = slot(item.page), waits.pages[item.page]
    return {
        "nav": nav,
        "nav_more": [item for item in nav if item.extra],
        "more_badge": hidden(badge.permissions, waits.pages),
        "badge": badge,
        "unread": waits.unread,
    }


def entries() -> list[Entry]:
    """All entries of all wings, in the order of groups and ranks."""
    every = [entry for wing in all_wings() for entry in wing.entries]
    return sorted(every, key=lambda e: (_ORDER[e.group], e.rank))


def navigation(path: str, permissions: frozenset[str]) -> list[Item]:
    """The pages these permissions open, in order; `extra` are those beyond a phone's bar."""
    items = [
        Item(e.label, e.page, reverse(e.page), e.icon)
        for e in entries()
        if e.opens_for(permissions) and e.page != "notices:index"
    ]
    under = [item for item in items if path.startswith(item.url)]
    if under:
        max(under, key=lambda item: len(item.url)).active = True
    if len(items) > THUMB:
        for item in items[THUMB - 1 :]:
            item.extra = True
    return items


def hidden(permissions: frozenset[str], waits: Mapping[str, int]) -> int:
    """How much waits behind entries that a phone keeps under 更多."""
    return sum(waits.get(i.page, 0) for i in navigation("", permissions) if i.extra)


def landing(badge: Badge) -> str:
    """The page a person starts on: their role's. A delegation adds to what they may do, and moves nobody."""
    own = [
        page for wing in all_wings() for role, page in wing.landing.items() if role in badge.roles
    ]
    open_to_me = [e.page for e in entries() if e.opens_for(badge.openable)]
    return next((page for page in [*own, *open_to_me] if page in open_to_me), "manual:index")
