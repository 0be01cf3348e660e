"""What the demo's workers can do and when they work, written down by their heads on the first day (SD-4.2.2)."""

from collections.abc import Callable, Mapping
from datetime import time
from uuid import UUID

from yingbin.journal.action import Acting

from .actions.crew import seen_of, set_worker
from .crew import Hours, Worker, crew_at

EARLY = Hours(time(7), time(19), "早班")
LATE = Hours(time(10), time(22), "晚班", (0, 1, 2, 3, 4, 5))
DAY = Hours(time(8), time(17), "", (0, 1, 2, 3, 4, 5))
# Who writes it down of whom, by account.
WRITTEN = (
    ("gongcheng", "gongcheng", ("power", "lift", "access"), LATE),
    ("gongcheng", "fanqiang", ("water", "wood"), EARLY),
    ("guifang", "guifang", ("clean",), DAY),
    ("yeqing", "yeqing", ("green",), DAY),
)


def write(acting: Callable[[str, str], Acting], crew: Mapping[str, UUID]) -> None:
    """Each head writes down their people. acting: (who, what), crew: ids by account."""
    for head, who, skills, hours in WRITTEN:
        if head in crew and who in crew:
            by = acting(head, f"crew {who}")
            seen = seen_of(crew_at(by.site_id, by.at), crew[who])
            set_worker(
                by, worker=Worker(crew[who], skills, hours), reason="开台时写下的", seen=seen
            )
