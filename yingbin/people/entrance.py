"""The session engine: a session is read together with its person and what they may do, in one trip."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore as KeptSession
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from .queries.entering import Entry, entering


class SessionStore(KeptSession):
    """Django's sessions in the database; `entry` is what came with the session when it was read."""

    entry: Entry | None = None

    def load(self) -> dict[str, object]:
        """What the session holds; nothing where it ended."""
        self.entry = entering(self.session_key, timezone.now()) if self.session_key else None
        if self.entry is None:
            self._session_key = None
            return {}
        return self.decode(self.entry.session)


def entry_of(request: HttpRequest) -> Entry | None:
    """What came with the session of this request, where it belongs to the person signed in."""
    entry: Entry | None = getattr(request.session, "entry", None)
    return entry if entry and entry.staff and entry.staff.pk == request.user.pk else None


def person_of(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    """Whoever the session belongs to, under the same conditions as `django.contrib.auth.get_user`."""
    session = request.session
    signed_in_as = session.get(SESSION_KEY)
    entry: Entry | None = getattr(session, "entry", None)
    if entry is None or entry.staff is None or str(entry.staff.pk) != signed_in_as:
        return get_user(request)
    backend, seal = session.get(BACKEND_SESSION_KEY), session.get(HASH_SESSION_KEY, "")
    valid = constant_time_compare(seal, entry.staff.get_session_auth_hash())
    if valid and backend in settings.AUTHENTICATION_BACKENDS:
        return entry.staff
    return get_user(request)
