"""Commitments: what stands in the journal for text about people, without saying it."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings


def new_salt() -> str:
    """A fresh salt, kept beside the text; erasing both leaves the commitment meaningless."""
    return secrets.token_hex(16)


def salted(text: str, salt: str) -> str:
    """The commitment to a text under its salt: `sha256:` and 64 hex digits."""
    digest = hmac.new(bytes.fromhex(salt), text.encode(), hashlib.sha256).hexdigest()
    return f"sha256:{digest}"


def committed(texts: Mapping[str, str], salt: str) -> dict[str, str]:
    """The commitments to a row's free words, by the field they stand in; empty ones have none.

    What entries keep under `words`: the last entry about a row that has them says all its words anew.
    """
    return {name: salted(text, salt) for name, text in texts.items() if text}


def name_salt(site_id: UUID, who: str) -> str:
    """The salt of a colleague's name at a site: always the same, known to whoever holds our secret.

    Not for customers' words: those have a salt of their own, so that erasing it erases the proof.
    """
    words = f"yingbin name salt {site_id} {who}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).hexdigest()[:32]


@dataclass(frozen=True)
class Commitments:
    """A row's free words as the journal keeps them, by field, and the salt that the row keeps."""

    salt: str
    words: dict[str, str]


def commit_to(**texts: str) -> Commitments:
    """Commitments to a new row's free words under a fresh salt; empty words have none."""
    salt = new_salt()
    return Commitments(salt, committed(texts, salt))
