"""Passes as visits make, void and move them; called by the one door inside its write, once the visit's row is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from yingbin.journal.write import Pen

from ..models import TourVisit


@dataclass(frozen=True)
class Issue:
    """A pass that the rules accepted: for which areas, how many persons, with whom, whether they may photograph."""

    pass_id: UUID
    areas: tuple[str, ...]
    persons: int
    escort: UUID
    photo: bool
    by: UUID


def issued(pen: Pen, row: TourVisit, told: Issue) -> None:
    """A pass of this visit is issued (CV-4.1); its window is the visit's."""


def voided(pen: Pen, row: TourVisit, passes: Sequence[UUID]) -> None:
    """What happened to the visit makes these passes void, for ever (CV-4.1)."""


def moved(pen: Pen, row: TourVisit) -> None:
    """The visit's window is another one now; passes that stay valid are good for it."""
