"""Ending sessions: one, all others, all."""

from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet


def end_session(*, staff_id: UUID, session_id: int) -> bool:
    """Signs out one of the person's own sessions; False when it isn't theirs or gone already."""
    return _end(UserSession.objects.filter(user_id=staff_id, id=session_id)) > 0


def end_sessions(staff_id: UUID, but: str | None = None) -> int:
    """Signs the person out everywhere but in the session with the key `but`; returns how many."""
    rows = UserSession.objects.filter(user_id=staff_id)
    return _end(rows.exclude(session_key=but) if but else rows)


def _end(rows: QuerySet[UserSession]) -> int:
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)
