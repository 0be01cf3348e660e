"""What the frame of every page counts, on the page and live: one question however much there is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models.expressions import Combinable
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.module_loading import import_string

from yingbin.people.live import Topic, Viewer
from yingbin.people.models import Site
from yingbin.people.queries import Badge

from .context import entries, hidden

EVERY = 20.0  # seconds; reading a notice moves no sequence
_BELL = "notices:index"


@dataclass(frozen=True)
class Counts:
    """What waits behind entries of the navigation, by the entry's page."""

    pages: dict[str, int]

    @property
    def unread(self) -> int:
        """Notices not seen yet."""
        return self.pages.get(_BELL, 0)


def counts(badge: Badge) -> Counts:
    """What waits for this person at this site; one query."""
    now = timezone.now()
    asked: dict[str, Combinable] = {
        entry.page: _counting(entry.count)(badge, now)
        for entry in entries()
        if entry.count and entry.opens_for(badge.permissions)
    }
    names = {f"n{place}": number for place, number in enumerate(asked.values())}
    if not names:
        return Counts({})
    here = Site.objects.filter(id=badge.here).annotate(**names)
    row = here.values_list(*names).first() or [0] * len(names)
    return Counts(dict(zip(asked, row, strict=True)))


def _counting(path: str) -> Callable[[Badge, datetime], Combinable]:
    function: Callable[[Badge, datetime], Combinable] = import_string(path)
    return function


def _render(viewer: Viewer) -> dict[str, str]:
    found = counts(viewer.badge)
    made: dict[str, str] = {"bell": render_to_string("pages/_bell.html", {"unread": found.unread})}
    for page, number in found.pages.items():
        if page != _BELL:
            made[slot(page)] = render_to_string("pages/_count.html", {"number": number})
    more = hidden(viewer.badge.permissions, found.pages)
    made["n-more"] = render_to_string("pages/_count.html", {"number": more})
    return made


def slot(page: str) -> str:
    """The live slot of a navigation entry's number."""
    return f"n-{page.replace(':', '-')}"


SHELL = Topic("", _render, personal=True, every=EVERY)
TOPICS = {"shell": SHELL}
