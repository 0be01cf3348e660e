"""签到码: a six-digit code that changes on a screen of the place, so that nobody signs in from home."""

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from django.conf import settings

PERIOD = 30  # seconds a code is shown


def _code(site_id: UUID, window: int) -> str:
    message = f"sign-in:{site_id}:{window}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06d}"


def current(site_id: UUID, at: datetime) -> str:
    """The code shown at this moment."""
    return _code(site_id, int(at.timestamp()) // PERIOD)


def seconds_left(at: datetime) -> int:
    """Seconds until the code changes."""
    return PERIOD - int(at.timestamp()) % PERIOD


def matches(site_id: UUID, at: datetime, given: str) -> bool:
    """Whether this is the code of now or of the period just gone (someone typed slowly)."""
    window = int(at.timestamp()) // PERIOD
    text = "".join(c for c in given if c.isdigit())
    valid = (_code(site_id, window), _code(site_id, window - 1))
    return any(hmac.compare_digest(text, v) for v in valid)
