"""Things that happen at the same instant."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections


def at_once(times: int, work: Callable[[int], Any]) -> list[Any]:
    """Runs work in so many threads that all begin together; returns results and exceptions."""
    gate = threading.Barrier(times)
    results: list[Any] = [None] * times

    def run(n: int) -> None:
        gate.wait()
        try:
            results[n] = work(n)
        except Exception as error:
            results[n] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(times)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return results
