"""What the pages of visits show and push: page and fragment are made by the same code."""

from datetime import datetime
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone

from yingbin.people.live import Topic, Viewer

from .queries.mine import BoardLine, board


def board_context(site_id: UUID, now: datetime) -> dict[str, tuple[BoardLine, ...]]:
    """The reception department's board."""
    return {"lines": board(site_id, now)}


def _board(viewer: Viewer) -> dict[str, str]:
    shown = board_context(viewer.badge.here, timezone.now())
    return {"tours-board": render_to_string("tours/_board.html", shown)}


TOPICS = {"tours-board": Topic("tours.reception", _board, every=60)}
