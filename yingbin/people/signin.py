"""How a session begins: whose failures are counted, from where, what the session remembers."""

import ipaddress
from collections.abc import Mapping
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import authenticate, login, update_session_auth_hash
from django.http import HttpRequest
from django.utils import timezone

from yingbin.pages.phones import normalised

from .access import CONFIRMED, SIGNED_IN_BY
from .lockout import counter
from .models import Staff

BACKEND = "yingbin.people.backends.AccountOrPhone"
PENDING = "second_factor_pending"
# A PIN's session ends with the working day, a password's with SESSION_COOKIE_AGE.
PIN_SESSION = timedelta(hours=12)
NOWHERE = "0.0.0.0"


def named(request: HttpRequest, credentials: Mapping[str, object] | None) -> str:
    """Whose failures these are: the account however typed, so that a phone is no second try, and
    apart for devices and addresses that signed in to it before."""
    typed = str((credentials or {}).get("username") or request.POST.get("login", ""))
    known: dict[str, str] = request.__dict__.setdefault("_named", {})
    if typed not in known:
        known[typed] = counter(request, account_of(typed), client_ip(request))
    return known[typed]


def account_of(typed: str) -> str:
    """The account that is meant, by whatever was typed; a phone of nobody stands for itself."""
    return _account("".join(c for c in typed if c.isprintable()).strip())


def _account(typed: str) -> str:
    phone = normalised(typed)
    owner = Staff.objects.filter(phone=phone).values_list("account", flat=True) if phone else None
    return (owner.first() if owner else None) or phone or typed.lower()[:60]


def client_ip(request: HttpRequest) -> str:
    """The client's address; behind our proxy the one it saw, which is the last it passes on.

    What stands before that one anybody may have written. What isn't an address (`unknown`, a name)
    is not believed: then it is the connection's own.
    """
    seen = _address(str(request.META.get("REMOTE_ADDR") or "")) or NOWHERE
    if not settings.BEHIND_PROXY:
        return seen
    passed = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    return _address(passed.rpartition(",")[2]) or seen


def _address(text: str) -> str | None:
    """The address in `1.2.3.4`, `1.2.3.4:5678`, `2001:db8::1` or `[2001:db8::1]:5678`."""
    word = text.strip().strip('"')
    if word.startswith("["):
        word = word[1:].partition("]")[0]
    elif word.count(":") == 1:
        word = word.partition(":")[0]
    try:
        found = ipaddress.ip_address(word.partition("%")[0])
    except ValueError:
        return None
    mapped = getattr(found, "ipv4_mapped", None)
    return str(mapped or found)


def confirmed(request: HttpRequest, password: str) -> bool:
    """Whether the signed-in person knows their own password; failures count as failed sign-ins."""
    account = request.user.account  # type: ignore[union-attr]
    right = authenticate(request, username=account, password=password) is not None
    if right:
        confirm(request)
    return right


def confirm(request: HttpRequest) -> None:
    """Whoever sits here has just shown, by password or code, that they are the account's person."""
    request.session[CONFIRMED] = timezone.now().timestamp()


def begin(request: HttpRequest, staff: Staff, *, how: str) -> None:
    """Starts a session for this person; nothing of the session before it is left over."""
    end(request)
    login(request, staff, backend=BACKEND)
    request.session[SIGNED_IN_BY] = how
    if how == "pin":
        request.session.set_expiry(PIN_SESSION)
    else:
        confirm(request)
    remember(request)


def end(request: HttpRequest) -> None:
    """Ends the session and forgets it in the list of sessions."""
    if request.session.session_key:
        UserSession.objects.filter(session_key=request.session.session_key).delete()
    request.session.flush()


def remember(request: HttpRequest) -> None:
    """Puts the session into its person's list of sessions, under its present key."""
    if not request.session.session_key:
        request.session.save()
    UserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": request.user,
            "ip": client_ip(request),
            "user_agent": request.headers.get("User-Agent", "")[:200],
        },
    )


def moved(before: str | None, now: str | None) -> None:
    """A session goes on under a new key, in the list of sessions too."""
    UserSession.objects.filter(session_key=before).update(session_key=now)


def renew(request: HttpRequest, staff: Staff) -> None:
    """Keeps this session after its person changed their password, under a new key."""
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    update_session_auth_hash(request, staff)
    remember(request)
