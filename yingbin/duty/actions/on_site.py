"""到岗、签退 at the place itself: by the code that changes on its screen, where the place asks for it (SF-4.3.7)."""

from typing import TypeVar

from yingbin.journal.action import Acting, Deed
from yingbin.people.actions.site_code import check_code

from ..policies import SIGN_ON

R = TypeVar("R")


def on_site(deed: Deed[R], given: str) -> Deed[R]:
    """The deed of somebody who typed `given`; refused for a wrong code, which is remembered outside of any write."""

    def done(acting: Acting) -> R:
        if SIGN_ON.in_force(acting.site_id, acting.at).values.code:
            check_code(
                acting,
                given,
                clause="SF-4.3.7",
                wrong="签到码不对。请看现场屏幕上当前的数字，每半分钟换一次。",
                too_many="签到码输错太多次，请十分钟后再试，或请领班代为到岗。",
            )
        return deed(acting)

    return done
