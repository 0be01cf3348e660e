"""What tidies itself: sessions, failures and slips that are over; safe to run twice."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.utils import timezone

from .models import PasswordSlips

EVERY = timedelta(hours=1)
# Sign-ins are kept this long, so that a strange one can still be looked into.
LOG_KEPT = timedelta(days=90)
_last: dict[str, datetime] = {}


def tick(at: datetime | None = None) -> int:
    """Removes what is over, at most once an hour. Returns how many rows went."""
    now = at or timezone.now()
    if now - _last.get("tick", now - EVERY) < EVERY:
        return 0
    _last["tick"] = now
    return tidy(now)


def tidy(at: datetime) -> int:
    """Removes expired sessions and their lines, old failures and logs, stale slips."""
    gone: int = Session.objects.filter(expire_date__lt=at).delete()[0]
    alive = Session.objects.values("session_key")
    gone += UserSession.objects.exclude(session_key__in=alive).delete()[0]
    gone += AccessAttempt.objects.filter(attempt_time__lt=at - timedelta(days=1)).delete()[0]
    gone += AccessLog.objects.filter(attempt_time__lt=at - LOG_KEPT).delete()[0]
    day_ago = at - timedelta(days=1)
    gone += PasswordSlips.objects.filter(made_at__lt=day_ago).delete()[0]
    return gone
