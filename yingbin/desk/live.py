"""What the desk's pages show and push: page and fragment are made by the same code."""

from datetime import datetime

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from yingbin.people.live import Topic, Viewer
from yingbin.people.queries import Badge

from .queries.mine import Mine, mine
from .queries.supervision import counts, load


def mine_context(badge: Badge, now: datetime) -> dict[str, Mine | str | Badge]:
    """What waits for somebody, and where a tap leads back to."""
    return {"mine": mine(badge, now), "back": reverse("desk:mine"), "badge": badge}


def _mine(viewer: Viewer) -> dict[str, str]:
    shown = {**mine_context(viewer.badge, timezone.now()), "csrf_token": viewer.csrf}
    return {"desk-mine": render_to_string("desk/_mine.html", shown)}


def watch_context(badge: Badge, now: datetime) -> dict[str, object]:
    """The figures above the supervisor's lists."""
    return {"counts": counts(badge, now), "badge": badge}


def _watch(viewer: Viewer) -> dict[str, str]:
    shown = watch_context(viewer.badge, timezone.now())
    return {"desk-watch": render_to_string("desk/_counts.html", shown)}


def _load(viewer: Viewer) -> dict[str, str]:
    now = timezone.now()
    shown = {
        **watch_context(viewer.badge, now),
        "load": load(viewer.badge.here, now),
        "tab": "load",
    }
    return {"desk-load": render_to_string("desk/_load.html", shown)}


TOPICS = {
    "desk-mine": Topic("matters.handle", _mine, every=60),
    "desk-watch": Topic("desk.supervise", _watch, every=60),
    "desk-load": Topic("desk.supervise", _load, every=60),
}
