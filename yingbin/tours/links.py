"""The visitor's private link: a secret that only they have; we keep its digest. And the mark of a form that we gave out."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner

_FORMS = TimestampSigner(salt="tours.form", sep="~")
GOOD_FOR = 24 * 60 * 60  # seconds a form may lie open


def secret_of(site_id: UUID, key: str) -> str:
    """The secret of the application made under a form's key: the same again for the same form, never to be guessed."""
    words = f"yingbin visit link {site_id} {key}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).digest()
    return urlsafe_b64encode(digest[:24]).decode()


def digest_of(secret: str) -> bytes:
    """What is kept of a secret."""
    return hashlib.sha256(f"tours.link {secret}".encode()).digest()


def stamp(site_id: UUID, key: str) -> str:
    """The mark of a form given out for this place now."""
    return _FORMS.sign(f"{site_id.hex}{key}")


def is_stamped(site_id: UUID, key: str, mark: str) -> bool:
    """Whether a form is one that we gave out for this place within a day."""
    try:
        return _FORMS.unsign(mark, max_age=GOOD_FOR) == f"{site_id.hex}{key}"
    except BadSignature:
        return False
