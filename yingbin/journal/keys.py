"""The key that signs roots: made once, kept in the data folder, readable by nobody else."""

import hashlib
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings


def _file() -> Path:
    return Path(settings.DATA_DIR) / "keys" / "journal.ed25519"


def signing_key() -> Ed25519PrivateKey:
    """The key from `YINGBIN_JOURNAL_KEY` (64 hex digits), else from the data folder, made if missing."""
    given = os.environ.get("YINGBIN_JOURNAL_KEY")
    if given:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(given))
    file = _file()
    if not file.exists():
        _make(file)
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(file.read_text().strip()))


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = Ed25519PrivateKey.generate().private_bytes_raw().hex()
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process made it meanwhile
        return
    with os.fdopen(handle, "w") as out:
        out.write(made + "\n")
        out.flush()
        os.fsync(out.fileno())


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The public half, 32 bytes."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(public: bytes) -> str:
    """A short name for a public key."""
    return hashlib.sha256(public).hexdigest()[:16]
