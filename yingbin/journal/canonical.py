"""One byte form for every entry: RFC 8785 over a small set of values, SHA-256, a chain, a receipt code."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

import rfc8785

GENESIS = bytes(32)
MOST = 2**53 - 1
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def stamp(at: datetime) -> str:
    """A moment in the one form that is hashed: UTC with microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(value: object) -> bytes:
    """Canonical JSON. Raises `ValueError` for anything but null, booleans, integers, text, lists, objects."""
    if _only_plain(value):
        return _PLAIN.encode(value).encode()
    return rfc8785.dumps(value)  # type: ignore[arg-type]  # `_only_plain` has looked at it


# The same bytes as RFC 8785 for these values as long as every key is ASCII (others sort as UTF-16).
_PLAIN = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), check_circular=False
)


def _only_plain(value: object) -> bool:
    """Refuses what has no place; whether all keys are ASCII."""
    if value is None or type(value) is str or isinstance(value, (bool, str)):
        return True
    if isinstance(value, int):
        if abs(value) > MOST:
            raise ValueError(f"{value} is too large for the journal")
        return True
    if isinstance(value, (list, tuple)):
        return False not in [_only_plain(item) for item in value]
    if isinstance(value, dict) and all(isinstance(k, str) for k in value):
        inside = [_only_plain(item) for item in value.values()]
        return False not in inside and all(k.isascii() for k in value)
    raise ValueError(f"{type(value).__name__} has no place in the journal")


def content(
    *,
    site_id: UUID,
    seq: int,
    at: datetime,
    kind: str,
    actor: str,
    clause: str | None,
    body: Mapping[str, object],
) -> dict[str, object]:
    """What is hashed of an entry."""
    return {
        "site": str(site_id),
        "seq": seq,
        "at": stamp(at),
        "kind": kind,
        "actor": actor,
        "clause": clause,
        "body": body,
    }


def link(prev: bytes, entry: Mapping[str, object]) -> bytes:
    """The hash of an entry in its chain: SHA-256 of the previous hash and the entry's bytes."""
    return hashlib.sha256(prev + canonical(entry)).digest()


def receipt(hash_: bytes) -> str:
    """The receipt code of an entry: forty bits of its hash, as people can read them out."""
    number = int.from_bytes(hash_[:5], "big")
    text = "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(35, -1, -5))
    return f"{text[:4]}-{text[4:]}"
