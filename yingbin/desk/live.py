"""What the desk's pages show and push: page and fragment are made by the same code."""

from datetime import datetime

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from yingbin.people.live import Topic, Viewer
from yingbin.people.queries import Badge

from .queries.mine import Mine, mine


def mine_context(badge: Badge, now: datetime) -> dict[str, Mine | str | Badge]:
    """What waits for somebody, and where a tap leads back to."""
    return {"mine": mine(badge, now), "back": reverse("desk:mine"), "badge": badge}


def _mine(viewer: Viewer) -> dict[str, str]:
    shown = {**mine_context(viewer.badge, timezone.now()), "csrf_token": viewer.csrf}
    return {"desk-mine": render_to_string("desk/_mine.html", shown)}


TOPICS = {"desk-mine": Topic("matters.handle", _mine, every=60)}
