"""What a wing's matter says beyond what all matters have; the wing names the function that tells it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from yingbin.pages.wing import called, paths
from yingbin.people.queries import Badge

from .models import Matter


@dataclass(frozen=True)
class Aside:
    """A line of it: what it is, in words or a moment, and where it leads, "" for nowhere."""

    title: str
    words: str = ""
    link: str = ""
    at: datetime | None = None


def asides_of(badge: Badge, matter: Matter) -> tuple[Aside, ...]:
    """All that the wings say of a matter."""
    told = (called(path)(badge, matter) for path in paths("matter_asides"))
    return tuple(aside for one in told for aside in cast("Iterable[Aside]", one))
