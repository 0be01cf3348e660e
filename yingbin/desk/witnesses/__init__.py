"""What the journal witnesses of the desk, in one place: the wing names this function."""

from uuid import UUID

from yingbin.journal.held import Witnesses

from .answers import ANSWERS
from .callbacks import CALLS
from .complaints import COMPLAINTS
from .estate import ESTATE
from .matters import MATTERS
from .money import MONEY
from .paid import PAID
from .register import REGISTERS

UNHELD = {
    "desk.words_erased": "names rows whose words are gone, each of which is held by its own entry"
}


def of_desk(site_id: UUID) -> Witnesses:
    """The rows of the desk."""
    return Witnesses(
        held=(*MATTERS, *ESTATE, *REGISTERS, *PAID, *MONEY, *CALLS, *ANSWERS, *COMPLAINTS),
        unheld=UNHELD,
    )
