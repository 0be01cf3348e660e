"""How large a pass's code is beside the same fields as a JSON Web Signature, and how long a check takes.

`python -m bench passes`; needs no database.
"""

import json
import time
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta, timezone
from statistics import median

import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from yingbin.tours.token import PassToken, key_id, signed, verified

Row = tuple[str, str, str]
CHINA = timezone(timedelta(hours=8))
AREAS = frozenset({"plant", "workshop"})


def as_jws(token: PassToken, private: Ed25519PrivateKey) -> str:
    """The same fields as a compact JSON Web Signature (RFC 7515, RFC 9864)."""
    head = {"alg": "Ed25519", "kid": key_id(private.public_key().public_bytes_raw())}
    body = {
        "p": token.number,
        "r": token.revision,
        "nbf": int(token.start.timestamp()),
        "exp": int(token.end.timestamp()),
        "a": sorted(token.areas),
        "n": token.persons,
        "ph": token.photo,
    }
    parts = [_text(json.dumps(part, separators=(",", ":")).encode()) for part in (head, body)]
    return ".".join([*parts, _text(private.sign(".".join(parts).encode()))])


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def measure(times: int) -> list[Row]:
    """Modules and characters of both forms; milliseconds of one check."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    keys = {key_id(public): public}
    start = datetime(2026, 11, 30, 9, 30, tzinfo=CHINA)
    token = PassToken(1024, 1, start, start + timedelta(hours=2), AREAS, 12)
    ours, theirs = signed(token, private), as_jws(token, private)
    took = []
    for _ in range(times):
        began = time.perf_counter()
        verified(ours, keys)
        took.append((time.perf_counter() - began) * 1000)
    return [
        ("pass's code, modules at level M", _modules(ours), f"{len(ours)} characters"),
        ("the same as JWS", _modules(theirs), f"{len(theirs)} characters"),
        ("one check, ms", f"{median(took):.3f}", f"median of {times}"),
    ]


def _modules(text: str) -> str:
    size, _ = segno.make(text, error="m", boost_error=False, micro=False).symbol_size(border=0)
    return f"{size} × {size}"
