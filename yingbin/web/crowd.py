"""How many of each may be here at once or within a while, counted in one process: streams, uploads, people who sign in,
forms of strangers."""

import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager


class Crowd:
    """Places for everybody, and fewer for any one of them."""

    def __init__(self, *, each: int, everybody: int) -> None:
        self.each, self.everybody = each, everybody
        self._here: dict[Hashable, int] = {}
        self.count = 0

    @contextmanager
    def place(self, who: Hashable) -> Iterator[bool]:
        """A place while the block lasts; False when there is none left, and then nothing was taken."""
        if self.count >= self.everybody or self._here.get(who, 0) >= self.each:
            yield False
            return
        self._here[who] = self._here.get(who, 0) + 1
        self.count += 1
        try:
            yield True
        finally:
            self.count -= 1
            self._here[who] -= 1
            if not self._here[who]:
                del self._here[who]


class Tally:
    """So many within a stretch of seconds, and fewer for any one of them; what lies before is forgotten.

    Memory is bounded: the stretch's sum stops before there are more names than it.
    """

    def __init__(self, *, each: int, everybody: int, seconds: float) -> None:
        self.each, self.everybody, self.seconds = each, everybody, seconds
        self._since, self._said = 0.0, dict[Hashable, int]()
        self.count = 0

    def hears(self, who: Hashable) -> bool:
        """Whether one more is listened to; it is counted."""
        now = time.monotonic()
        if now - self._since >= self.seconds:
            self._since, self._said, self.count = now, {}, 0
        if self.count >= self.everybody or self._said.get(who, 0) >= self.each:
            return False
        self._said[who] = self._said.get(who, 0) + 1
        self.count += 1
        return True
