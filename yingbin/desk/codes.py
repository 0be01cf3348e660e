"""The six digits with which a resident accepts one quote; whoever reads the database can't tell them."""

import hashlib
import hmac
from uuid import UUID

from django.conf import settings

DIGITS = 6
MOST_TRIES = 5


def code_for(quote_id: UUID, key: str) -> str:
    """The code that is made for a quote under a form's key; pressed twice it is the same."""
    number = int(_keyed(f"desk code {quote_id} {key}"), 16) % 10**DIGITS
    return f"{number:0{DIGITS}d}"


def digest_of(quote_id: UUID, code: str) -> str:
    """What is kept of a code."""
    return _keyed(f"desk code kept {quote_id} {code}")


def fits(quote_id: UUID, code: str, digest: str) -> bool:
    """Whether this is the code of which the digest was kept."""
    return hmac.compare_digest(digest_of(quote_id, code), digest)


def _keyed(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
