"""What the journal witnesses of visits, in one place: the wing names this function."""

from uuid import UUID

from yingbin.journal.held import Witnesses

from .breaches import BREACHES
from .gates import GATES, UNHELD
from .guests import ERASED, GUESTS
from .hosting import HOSTING
from .visits import VISITS


def of_tours(site_id: UUID) -> Witnesses:
    """The rows of visits, their preparation, guests, passes, gates and breaches."""
    return Witnesses(held=(*VISITS, *HOSTING, *GUESTS, *GATES, *BREACHES), unheld=UNHELD | ERASED)
