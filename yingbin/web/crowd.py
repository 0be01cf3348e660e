"""How many of each may be here at once, counted in one process: streams, uploads, people who sign in."""

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
