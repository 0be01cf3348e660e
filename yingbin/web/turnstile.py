"""Passwords are weighed one after the other: each costs a tenth of a second of a core and 100 MB, by intention.

Strangers and people who are signed in wait in two lines, so that no crowd at the door holds up a PIN inside.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from yingbin.pages.placed import bare

from .asking import Scope, address, session_key
from .crowd import Crowd, Tally

# Where a password, PIN or code is typed. `people.hashers` bounds whatever isn't named here.
_OUTSIDE = ("/login/", "/setup/")
_INSIDE = ("/switch/", "/me/", "/tablets/")
WAIT = 3  # seconds to be told


class Line:
    """One at a time in this process; so many may wait, and fewer of one address."""

    def __init__(self, *, each: int, everybody: int) -> None:
        self.crowd = Crowd(each=each, everybody=everybody)
        self.turn = asyncio.Lock()


# A form that anybody may send without an account; how many are listened to before anything of them is read.
_STRANGERS = "/visit/"
_forms = Tally(each=20, everybody=240, seconds=60)
_outside, _inside = Line(each=16, everybody=32), Line(each=4, everybody=64)


def of_stranger(scope: Scope) -> bool:
    """Whether somebody without an account writes from outside, perhaps from abroad."""
    return bare(scope["path"]).startswith(_STRANGERS)


def hears(scope: Scope) -> bool:
    """Whether a stranger's form is taken at all; 20 a minute from one address, 240 from all, in this process."""
    if scope["method"] != "POST" or not of_stranger(scope):
        return True
    return _forms.hears(address(scope))


@asynccontextmanager
async def through(scope: Scope) -> AsyncIterator[bool]:
    """Waits for one's turn where a password is weighed; False where too many wait already."""
    line = who = None
    path = bare(scope["path"])
    if scope["method"] == "POST" and path.startswith(_OUTSIDE):
        line, who = _outside, address(scope)
    elif scope["method"] == "POST" and path.startswith(_INSIDE):
        line, who = _inside, session_key(scope)
    if line is None:
        yield True
        return
    with line.crowd.place(who) as admitted:
        if not admitted:
            yield False
            return
        async with line.turn:
            yield True
