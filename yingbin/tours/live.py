"""What the pages of visits show and push: page and fragment are made by the same code."""

from collections.abc import Collection
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone

from yingbin.people.live import Topic, Viewer

from .queries.countdown import BoardDay, board, by_day
from .queries.gate_pages import Here, here

CALLS = ("gate.scan", "gate.supervise")
SEES = (*CALLS, "tours.reception")


def board_context(site_id: UUID, now: datetime) -> dict[str, tuple[BoardDay, ...]]:
    """The reception department's board."""
    return {"days": by_day(board(site_id, now), now)}


def _board(viewer: Viewer) -> dict[str, str]:
    shown = board_context(viewer.badge.here, timezone.now())
    return {"tours-board": render_to_string("tours/_board.html", shown)}


class HereContext(TypedDict):
    """Who is on site, and whether whoever looks may call the roll."""

    here: Here
    calls: bool


def here_context(site_id: UUID, now: datetime, held: Collection[str]) -> HereContext:
    """在场 and the roll call for their template."""
    return {"here": here(site_id, now), "calls": not set(CALLS).isdisjoint(held)}


def _here(viewer: Viewer) -> dict[str, str]:
    if set(SEES).isdisjoint(viewer.badge.permissions):
        return {}
    told = here_context(viewer.site_id, timezone.now(), viewer.badge.permissions)
    shown = {**told, "csrf_token": viewer.csrf}
    return {"gate-here": render_to_string("tours/_gate_here.html", shown)}


TOPICS = {
    "tours-board": Topic("tours.reception", _board, every=60),
    "gate-here": Topic("", _here, every=60),  # one of several permissions, which it asks for itself
}
