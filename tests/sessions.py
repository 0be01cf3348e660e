"""Sessions as signing in leaves them."""

from typing import Any

from allauth.usersessions.models import UserSession

from yingbin.people.entrance import SessionStore


def begin(user: Any, held: dict[str, str]) -> str:
    """A session of this person that holds these; its key."""
    session = SessionStore()
    session.update(held)
    session.create()
    key = str(session.session_key)
    UserSession.objects.create(session_key=key, user=user, ip="127.0.0.1", user_agent="")
    return key
