"""Identifiers: UUIDv7, so rows sort by the moment they were made and never clash between sites."""

from uuid import UUID

from uuid_utils.compat import uuid7 as _uuid7

# Stands where a person's id is written, for what the program did by itself.
SYSTEM = UUID(int=0)


def uuid7() -> UUID:
    """A fresh time-ordered identifier."""
    return _uuid7()
