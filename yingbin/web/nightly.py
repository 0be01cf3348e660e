"""At night every row is held against the journal, beside the worker, so that nobody waits for it."""

import subprocess
import sys
from datetime import date, datetime

from django.utils import timezone

from yingbin.journal.models import CheckResult
from yingbin.people.calendar import ZONE

HOURS = range(3, 5)  # of the night, when galleries are closed
WORDS = [sys.executable, "-m", "yingbin.web.cli", "check", "--all", "--keep"]
_begun: list[date] = []
_running: list["subprocess.Popen[bytes]"] = []


def tick(at: datetime | None = None) -> int:
    """Begins the night's check once; how many were begun. Its results are rows, so another worker sees them."""
    now = (at or timezone.now()).astimezone(ZONE)
    _running[:] = [one for one in _running if one.poll() is None]
    if now.hour not in HOURS or _running or now.date() in _begun or _done(now.date()):
        return 0
    _begun[:] = [now.date()]
    _running.append(begin())
    return 1


def begin() -> "subprocess.Popen[bytes]":
    """The check as a process of its own; it belongs to the worker's group and ends with it."""
    return subprocess.Popen(WORDS, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _done(night: date) -> bool:
    last = CheckResult.objects.order_by("-at").values_list("at", flat=True).first()
    return last is not None and last.astimezone(ZONE).date() == night
