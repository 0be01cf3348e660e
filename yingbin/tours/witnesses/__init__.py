"""What the journal witnesses of visits, in one place: the wing names this function."""

from uuid import UUID

from yingbin.journal.held import Witnesses

from .visits import VISITS


def of_tours(site_id: UUID) -> Witnesses:
    """The rows of visits."""
    return Witnesses(held=VISITS)
