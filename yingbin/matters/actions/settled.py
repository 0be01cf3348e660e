"""Matters whose steps their wing has settled by rules of its own (`Kind.by_wing`): stored and witnessed as all are.

The wing decides, tells and runs the clocks; here nothing is decided and nobody is told.
"""

from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.rules import matters as rule

from ..models import Matter
from . import telling
from .opening import Opening, begun
from .steps import store, store_opening


def open_settled(
    pen: Pen, matter_id: UUID, step: rule.Step, opening: Opening, around: rule.Around
) -> Matter:
    """Stores a matter with its settled first step, under an id that the wing chose. Raises `Refused` without a title."""
    matter = begun(pen, opening, step, matter_id)
    store_opening(pen, matter, step, around, opening.photos)
    return matter


class SettledSteps:
    """The steps of one matter in a write. last: the place of its last one, where that is known; else it is asked."""

    def __init__(self, pen: Pen, matter: Matter, last: int | None = None) -> None:
        self._told = telling.Matters(pen, matter, last)

    def store(self, before: rule.State, step: rule.Step, around: rule.Around) -> rule.State:
        """Stores a step that was taken, with its facts; the matter as it is then."""
        return store(self._told, before, step, around)
