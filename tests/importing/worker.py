"""The worker that goes on with imports, as tests let it work."""

from datetime import datetime

from yingbin.importing.queries import at_work
from yingbin.importing.ticks import tick


def works_on(at: datetime) -> None:
    """Until nothing is left to do; a slice in which a busy machine got nothing done isn't the end."""
    for _ in range(500):
        if not at_work():
            return
        tick(at)
    raise AssertionError("an import never ends")
