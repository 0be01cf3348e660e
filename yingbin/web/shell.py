"""What the frame of every page counts, on the page and live: one question however much there is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.template.loader import render_to_string
from django.utils import timezone

from yingbin.pages.wing import called
from yingbin.people.live import Topic, Viewer
from yingbin.people.models import Site
from yingbin.people.queries import Badge

from .asked import ONE, Asked, Question, worded
from .navigation import also_waiting, behind, entries, inbox, navigation, slot, thumbs

EVERY = 20.0  # seconds; reading a notice moves no sequence


@dataclass(frozen=True)
class Counts:
    """What waits behind entries of the navigation, by the entry's page; `also`: in 待办 alone, behind no entry."""

    pages: dict[str, int]
    also: int = 0


def counts(badge: Badge, kind: str = "") -> Counts:
    """What waits for this person at this site, a place of this kind; one query."""
    now = timezone.now()
    pages, asked = _asked_for(badge, kind)
    if not asked:
        return Counts({})
    known = _in_sql(asked, ONE.badge(badge))
    row = known.row(badge, now) if known else _question(asked)(badge, now).first()
    numbers = [int(n) for n in row or [0] * len(asked)]  # type: ignore[call-overload]
    return Counts(dict(zip(pages, numbers, strict=False)), sum(numbers[len(pages) :]))


def _asked_for(badge: Badge, kind: str) -> tuple[list[str], tuple[str, ...]]:
    """The pages behind whose entries something is counted, and all that is counted, these first."""
    shown = [e for e in entries(kind) if e.count and e.opens_for(badge.permissions)]
    return [e.page for e in shown], (*(e.count for e in shown), *also_waiting(kind))


@lru_cache(maxsize=1000)
def _in_sql(asked: tuple[str, ...], like: Badge) -> Asked | None:
    return worded(_question(asked), like)


def _question(asked: tuple[str, ...]) -> Question:
    def question(badge: Badge, now: datetime) -> "QuerySet[Site, tuple[object, ...]]":
        names = {f"n{place}": _counting(path)(badge, now) for place, path in enumerate(asked)}
        return Site.objects.filter(id=badge.here).order_by().annotate(**names).values_list(*names)

    return question


def _counting(path: str) -> Callable[[Badge, datetime], Combinable]:
    return called(path)  # type: ignore[return-value]


def _render(viewer: Viewer) -> dict[str, str]:
    found = counts(viewer.badge, viewer.kind)
    items = navigation("", viewer.badge.permissions, viewer.kind, found.pages)
    waits = inbox(items, also=found.also).count
    made = {slot(page): _number(n) for page, n in found.pages.items()}
    made["bell"] = render_to_string("pages/_bell.html", {"unread": waits})
    made["n-inbox"] = _number(waits)
    made["n-more"] = _number(behind(items, thumbs(items, viewer.badge.roles)))
    return made


def _number(n: int) -> str:
    return render_to_string("pages/_count.html", {"number": n})


SHELL = Topic("", _render, every=EVERY)
TOPICS = {"shell": SHELL}
