"""What the journal witnesses of days on duty, and of the plans they begin with."""

from uuid import UUID

from yingbin.journal.held import Witnesses

from .asked import ASKED
from .checks import CHECKED
from .day import DAYS
from .handovers import HANDOVERS
from .incidents import INCIDENTS
from .lines import LINES
from .plans import PLANNED
from .visits import VISITS, sheet

UNHELD = {
    "duty.words_erased": "names rows whose words are gone, each of which is held by its own entry"
}


def of_duty(site_id: UUID) -> Witnesses:
    """The rows of days on duty, in one place: `YINGBIN_WITNESSES` names this function."""
    held = (*DAYS, *HANDOVERS, *PLANNED, *ASKED, *CHECKED, *INCIDENTS, *VISITS, *LINES)
    return Witnesses(held=held, also=(sheet(site_id),), unheld=UNHELD)
