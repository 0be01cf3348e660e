"""Commitments: what stands in the journal for text about people, without saying it."""

import hashlib
import hmac
import secrets


def new_salt() -> str:
    """A fresh salt, kept beside the text; erasing both leaves the commitment meaningless."""
    return secrets.token_hex(16)


def salted(text: str, salt: str) -> str:
    """The commitment to a text under its salt: `sha256:` and 64 hex digits."""
    digest = hmac.new(bytes.fromhex(salt), text.encode(), hashlib.sha256).hexdigest()
    return f"sha256:{digest}"
