"""The pair of keys that signs Web Push messages: made once, kept in the data folder, readable by nobody else."""

import os
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from webpush import WebPush
from webpush.types import WebPushKeys, WebPushSubscription
from webpush.vapid import VAPID

from .models import PushDevice

PLACE = "keys/vapid.pem"


def public_key() -> str:
    """The public half as browsers take it, when they subscribe: base64url without padding."""
    key = load_pem_private_key(_private(), None)
    return str(VAPID.get_application_server_key(key.public_key()))


def sealed(device: PushDevice, message: bytes, *, ttl: int) -> tuple[bytes, dict[str, str]]:
    """The message encrypted for this device alone, and the headers that say from whom and how long (seconds)."""
    to = WebPushSubscription(
        endpoint=device.endpoint,
        keys=WebPushKeys(auth=device.auth, p256dh=device.p256dh),
    )
    made = WebPush(*_pair(_private()), subscriber=_contact(), ttl=ttl).get(message, to)
    return made.encrypted, dict(made.headers)


def _private() -> bytes:
    """The private key from the data folder, made if missing."""
    file = Path(settings.DATA_DIR) / PLACE
    if not file.exists():
        _make(file)
    return file.read_bytes()


@cache
def _pair(private: bytes) -> tuple[bytes, bytes]:
    public = load_pem_private_key(private, None).public_key()
    return private, public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = ec.generate_private_key(ec.SECP256R1())
    made = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    # Written whole beside its place first: nobody may read half a key, or find an empty one after a crash.
    room = file.with_name(f".{file.name}.{os.getpid()}")
    with os.fdopen(os.open(room, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(made)
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(room, file)
    except FileExistsError:  # another process made it meanwhile
        pass
    finally:
        room.unlink()


def _contact() -> str:
    """Whom a push service may write to about our messages; some refuse a sender without an address."""
    host = urlsplit(settings.YINGBIN_ADDRESS).hostname
    return settings.YINGBIN_PUSH_CONTACT or f"push@{host or 'yingbin.invalid'}"
