"""The past of a demo's place: how far it has been played, and what is said where a demo was started without one."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings

from yingbin.pages.wing import Progress

from .models import Company


class Past(Protocol):
    """The past of a place, as a wing plays it; how far it is stands in the wing's own rows."""

    def progress(self, site_id: UUID) -> Progress:
        """How far this place is; one query."""

    def play_next(self, site_id: UUID, at: datetime) -> None:
        """Plays the next day by the actions people use."""


def is_demo() -> bool:
    """Whether this is the demo's company; one query."""
    return Company.objects.filter(is_demo=True).exists()


def still_played(past: Past, site_id: UUID) -> Progress | None:
    """How far the past of this place is; None where none is being played."""
    if not settings.YINGBIN_DEMO_PAST or not is_demo():
        return None
    told = past.progress(site_id)
    return None if told.is_over else told


def without_past() -> bool:
    """Whether this is a demo that was started without any; no query where it has one."""
    return not settings.YINGBIN_DEMO_PAST and is_demo()
