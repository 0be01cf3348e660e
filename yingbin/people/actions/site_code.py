"""Somebody shows that they are at the place: by the code that changes on its screen."""

from datetime import timedelta

from yingbin.journal.action import Acting
from yingbin.rules.decision import Refused

from .. import site_code
from ..models import WrongCode

MOST_WRONG = 5
WRONG_SPAN = timedelta(minutes=10)


def check_code(acting: Acting, given: str, *, clause: str, wrong: str, too_many: str) -> None:
    """Refuses a code that isn't on the place's screen now (`wrong`), or too many guesses (`too_many`).

    A wrong one is remembered outside any write, since a refused write keeps nothing.
    """
    guesses = WrongCode.objects.filter(site_id=acting.site_id, staff_id=acting.by)
    if guesses.filter(at__gt=acting.at - WRONG_SPAN).count() >= MOST_WRONG:
        raise Refused(clause, too_many, about="code")
    if not site_code.matches(acting.site_id, acting.at, given):
        guesses.create(site_id=acting.site_id, staff_id=acting.by, at=acting.at)
        raise Refused(clause, wrong, about="code")
