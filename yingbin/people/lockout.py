"""Whose failures are counted together, so that strangers' tries don't lock out those who come in daily.

Failures are counted by account, in three kinds: from a device that signed in to this account before,
from an address that did, from anywhere else. A stranger's tries fill the last kind alone. An address
whose tries go over many accounts is braked by itself, unless colleagues sign in from it every day.

The rows are those of django-axes: a counter's name stands in their `username`.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import F, Max, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

COOKIE = "yingbin_device"
_YEAR = 60 * 60 * 24 * 365
_ACCOUNTS = 8  # that one device remembers
# Stands between account and counter; nobody can type it into a sign-in form.
_PART = "\x1f"
KNOWN_FOR = timedelta(days=30)
# So many failures from one address, over all accounts, stop it; unless so many people come from there.
BRAKE = 20
REGULARS = 3
# The first-run code: guesses from one address, and from everywhere.
SETUP = f"{_PART}setup"
SETUP_GUESSES, SETUP_GUESSES_IN_ALL = 5, 40


def counter(request: HttpRequest, account: str, address: str) -> str:
    """The name under which this try is counted; made alike whether or not there is such an account."""
    device = _device(request, account)
    if device:
        return f"{account}{_PART}device:{device}"
    if _came_from(account, address):
        return f"{account}{_PART}from:{address}"
    return account


def _device(request: HttpRequest, account: str) -> str:
    kept = request.get_signed_cookie(COOKIE, default="", max_age=_YEAR) or ""
    nonce, *marks = kept.split(".")
    return nonce if _mark(nonce, account) in marks else ""


def _mark(nonce: str, account: str) -> str:
    return hashlib.sha256(f"{nonce}:{account}".encode()).hexdigest()[:16]


def remember_device(request: HttpRequest, response: HttpResponse, account: str) -> None:
    """From now on this browser is known to have signed in to the account, for a year."""
    kept = request.get_signed_cookie(COOKIE, default="", max_age=_YEAR) or secrets.token_hex(8)
    nonce, *marks = kept.split(".")
    mine = _mark(nonce, account)
    marks = [mine, *(m for m in marks if m != mine)][:_ACCOUNTS]
    response.set_signed_cookie(
        COOKIE,
        ".".join([nonce, *marks]),
        max_age=_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SECURE,
    )


def _came_from(account: str, address: str) -> bool:
    good = AccessLog.objects.filter(ip_address=address, attempt_time__gt=timezone.now() - KNOWN_FOR)
    return bool(good.filter(_of(account)).exists())


def _of(account: str) -> Q:
    return Q(username=account) | Q(username__startswith=f"{account}{_PART}")


def _failures(at: datetime) -> QuerySet[AccessAttempt]:
    since = at - settings.AXES_COOLOFF_TIME
    rows: QuerySet[AccessAttempt] = AccessAttempt.objects.filter(attempt_time__gt=since)
    return rows


def locked_until(name: str, at: datetime) -> datetime | None:
    """Until when this counter (an account's for strangers) is locked; None when it isn't."""
    return _until(_failures(at).filter(username=name))


def account_locked_until(account: str, at: datetime) -> datetime | None:
    """The latest lock of the account, from wherever it came; None when there is none."""
    names = _failures(at).filter(_of(account)).values_list("username", flat=True).distinct()
    return max((until for n in set(names) if (until := locked_until(n, at))), default=None)


def _until(rows: QuerySet[AccessAttempt]) -> datetime | None:
    found = rows.aggregate(many=Sum("failures_since_start"), last=Max("attempt_time"))
    if (found["many"] or 0) < settings.AXES_FAILURE_LIMIT:
        return None
    last: datetime = found["last"]
    return last + settings.AXES_COOLOFF_TIME


def lift(account: str) -> int:
    """Forgets the account's failures, wherever they came from; how many locks and counts went."""
    return int(AccessAttempt.objects.filter(_of(account)).delete()[0])


def braked_until(request: HttpRequest, account: str, address: str, at: datetime) -> datetime | None:
    """Until when nobody unknown may try from this address; None for all others."""
    rows = _failures(at).filter(ip_address=address)
    found = rows.aggregate(many=Sum("failures_since_start"), last=Max("attempt_time"))
    if (found["many"] or 0) < BRAKE or _device(request, account):
        return None
    good = AccessLog.objects.filter(ip_address=address, attempt_time__gt=at - KNOWN_FOR)
    people = {n.partition(_PART)[0] for n in good.values_list("username", flat=True).distinct()}
    if len(people) >= REGULARS:
        return None
    last: datetime = found["last"]
    return last + settings.AXES_COOLOFF_TIME


def may_guess_setup(address: str, at: datetime) -> bool:
    """Whether one more guess at the first-run code is listened to from here; it is counted at once."""
    return listened_to(SETUP, address, at, here=SETUP_GUESSES, in_all=SETUP_GUESSES_IN_ALL)


def of_strangers(what: str) -> str:
    """The counter of something that people may send without signing in."""
    return f"{_PART}{what}"


def listened_to(counter: str, address: str, at: datetime, *, here: int, in_all: int) -> bool:
    """Whether one more from a stranger is listened to: so many from one address, so many in all, until things calm
    down for as long as a lock lasts. It is counted at once."""
    rows = _failures(at).filter(username=counter)
    from_here = rows.filter(ip_address=address).aggregate(n=Sum("failures_since_start"))["n"] or 0
    altogether = rows.aggregate(n=Sum("failures_since_start"))["n"] or 0
    if from_here >= here or altogether >= in_all:
        return False
    row, _ = AccessAttempt.objects.get_or_create(
        username=counter, ip_address=address, user_agent="", defaults={"failures_since_start": 0}
    )
    AccessAttempt.objects.filter(pk=row.pk).update(
        failures_since_start=F("failures_since_start") + 1, attempt_time=at
    )
    return True
