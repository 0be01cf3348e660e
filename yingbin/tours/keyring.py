"""The keys that sign passes: one a site signs now, those of before hold until the last pass they signed has ended.

They lie in one file of the data folder that nobody else reads, `keys/passes.json`, and go along in a backup. The
private half of a key of before is gone: it can check, but sign nothing any more.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from .token import key_id

PLACE = "keys/passes.json"


@dataclass(frozen=True)
class PassKey:
    """A key of a site. private: hex, empty once it signs no more; until: when it stops to hold, empty for the one that signs."""

    id: str
    public: str
    private: str
    since: str
    until: str = ""

    def holds(self, at: datetime) -> bool:
        """Whether passes signed by it hold at this moment."""
        return not self.until or datetime.fromisoformat(self.until) > at


def signing_key(site_id: UUID, at: datetime) -> Ed25519PrivateKey:
    """The key that signs this site's passes, made at first use."""
    for key in _kept(site_id):
        if key.private:
            return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key.private))
    with _alone():
        if not any(key.private for key in _kept(site_id)):
            _keep(site_id, [*_kept(site_id), _new(at)])
    return signing_key(site_id, at)


def rotate(site_id: UUID, at: datetime, last_end: datetime | None) -> str:
    """A new key signs from now on; the one of before holds until the last pass has ended. The new one's id.

    last_end: when the last pass ends that may carry the old key, None where there is none.
    """
    with _alone():
        until = max(at, last_end or at).isoformat()
        old = [replace(k, private="", until=k.until or until) for k in _kept(site_id)]
        new = _new(at)
        _keep(site_id, [*(k for k in old if k.holds(at)), new])
    return new.id


def public_keys(site_id: UUID, at: datetime) -> dict[str, bytes]:
    """The keys whose passes hold now, by their id."""
    return {key.id: bytes.fromhex(key.public) for key in _kept(site_id) if key.holds(at)}


def _new(at: datetime) -> PassKey:
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    return PassKey(key_id(public), public.hex(), private.private_bytes_raw().hex(), at.isoformat())


def _file() -> Path:
    return Path(settings.DATA_DIR) / PLACE


def _kept(site_id: UUID) -> list[PassKey]:
    return [PassKey(**one) for one in _all().get(str(site_id), [])]


def _all() -> dict[str, list[dict[str, str]]]:
    file = _file()
    if not file.exists():
        return {}
    told: dict[str, list[dict[str, str]]] = json.loads(file.read_text())
    return told


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time changes the file; readers see the whole of it, old or new."""
    folder = _file().parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / ".passes.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _keep(site_id: UUID, keys: list[PassKey]) -> None:
    told = {**_all(), str(site_id): [asdict(key) for key in keys]}
    file = _file()
    fresh = file.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(told, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
