"""What the frame of every page needs: where one is, the pages one may open, what waits behind them."""

from urllib.parse import urlencode

from django.http import HttpRequest

from yingbin.pages.placed import bare, placed
from yingbin.pages.wing import GROUPS
from yingbin.people.access import badge_of, site_of
from yingbin.people.models import Site, SiteKind
from yingbin.people.queries import Badge

from .navigation import INBOX, Frame, Item, Place, Shelf, behind, inbox, navigation, thumbs
from .shell import counts


def shell(request: HttpRequest) -> dict[str, object]:
    """The frame and the badge of the signed-in person; an empty frame for strangers."""
    user, site = getattr(request, "user", None), site_of(request)
    if user is None or not user.is_authenticated or site is None:
        return {"frame": Frame()}
    badge = badge_of(request)
    found = counts(badge, site.kind)
    items = navigation(request.path, badge.permissions, site.kind, found.pages)
    return {"frame": _frame(request, site, badge, items, found.also), "badge": badge}


def _frame(request: HttpRequest, site: Site, badge: Badge, items: list[Item], also: int) -> Frame:
    every = {g: Shelf(t, tuple(i for i in items if i.group == g)) for g, t in GROUPS.items()}
    tiles = tuple(shelf for shelf in every.values() if shelf.items)
    first = thumbs(items, badge.roles, request.path, also)
    return Frame(
        shelves=tuple(shelf for shelf in tiles if shelf is not every[INBOX]),
        tiles=tiles,
        thumbs=first,
        keys=tuple(item for item in items if item.key),
        inbox=inbox(items, request.path, also),
        more=behind(items, first),
        places=_places(request, site),
        place_kind=SiteKind(site.kind).label,
    )


def _places(request: HttpRequest, here: Site) -> tuple[Place, ...]:
    """Where the person works, each with the address that leads to the same page there."""
    asked = urlencode({"page": bare(request.path)})
    rows: list[Site] = getattr(request, "sites", [])
    return tuple(
        Place(
            s.name, SiteKind(s.kind).label, f"{placed(s.code, '/arrive/')}?{asked}", s.id == here.id
        )
        for s in rows
    )
