"""Sending beside the worker's loop: a thread for each receiver, so that a slow one holds nobody else."""

import threading
from collections.abc import Callable

from django.db import connection


class Beside:
    """Threads by name: never two of one name at once, and never more than so many altogether.

    They are daemons: what the end of the worker cuts off was only claimed, and is sent again.
    """

    def __init__(self, at_most: int) -> None:
        self.at_most = at_most
        self._running: dict[str, threading.Thread] = {}

    def names(self) -> set[str]:
        """Which are at work now."""
        self._running = {n: t for n, t in self._running.items() if t.is_alive()}
        return set(self._running)

    def has_room(self) -> bool:
        """Whether one more may begin."""
        return len(self.names()) < self.at_most

    def start(self, name: str, work: Callable[[], object]) -> bool:
        """Begins this work in a thread; False where its name is at work or all places are taken."""
        if name in self.names() or not self.has_room():
            return False

        def run() -> None:
            try:
                work()
            finally:
                connection.close()

        thread = threading.Thread(target=run, name=f"beside:{name}", daemon=True)
        self._running[name] = thread
        thread.start()
        return True

    def wait(self, seconds: float) -> bool:
        """Waits until nothing is at work any more, at most so long; whether that was reached."""
        for thread in list(self._running.values()):
            thread.join(seconds)
        return not self.names()
