"""A file under a passphrase in the age format (age-encryption.org/v1), so that `age -d` opens it without us.

Written piece by piece, so that size doesn't matter. Files sealed by versions before are opened still.
"""

import os
import re
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

AGE = b"age-encryption.org/v1\n"
PIECE = 1 << 16
TAG = 16
# Scrypt's cost as a power of two: 16 takes 64 MB. A file that asks for more than 20 (1 GB) is not opened.
WORK, MOST_WORK = 16, 20
_STANZA = re.compile(rb"-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n")

BEFORE = b"YINGBIN-SEALED-1\n"
PIECE_BEFORE = 1 << 20


class WrongPassphrase(Exception):
    """The passphrase is wrong, or the file was changed."""


def seal(source: Path, target: Path, passphrase: str) -> None:
    """Writes `source` sealed to `target`, an empty file or a new one readable by its owner only."""
    file_key, nonce = secrets.token_bytes(16), secrets.token_bytes(16)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with source.open("rb") as plain, os.fdopen(handle, "wb") as out:
        out.write(_header(file_key, passphrase) + nonce)
        key = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
        for number, (piece, last) in enumerate(_pieces(plain, PIECE)):
            out.write(key.encrypt(_nonce(number, last), piece, None))


def is_sealed(file: Path) -> bool:
    """Whether a file is one of these."""
    with file.open("rb") as start:
        return start.read(len(AGE)).startswith((AGE, BEFORE))


def unseal(source: Path, target: Path, passphrase: str) -> None:
    """Writes what was sealed; raises `WrongPassphrase`."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as sealed, os.fdopen(handle, "wb") as out:
        try:
            key, size = _opened(sealed, passphrase)
            for number, (piece, last) in enumerate(_pieces(sealed, size + TAG)):
                out.write(key.decrypt(_nonce(number, last), piece, None))
        except (InvalidTag, InvalidSignature, ValueError):
            raise WrongPassphrase from None


def _opened(sealed: BinaryIO, passphrase: str) -> tuple[ChaCha20Poly1305 | AESGCM, int]:
    """The key of what follows, and the size of its pieces; the header is read."""
    first = sealed.readline(len(AGE))
    if first == BEFORE:
        salt = sealed.read(16)
        key = Scrypt(salt=salt, length=32, n=1 << 15, r=8, p=1).derive(passphrase.encode())
        return AESGCM(key), PIECE_BEFORE
    stanza, body, mac = (sealed.readline(80) for _ in range(3))
    told = _STANZA.fullmatch(stanza)
    if first != AGE or told is None or int(told[2]) > MOST_WORK or not mac.startswith(b"--- "):
        raise ValueError("not a header of ours")
    wrapping = _wrapping(passphrase, _bytes(told[1]), int(told[2]))
    file_key = wrapping.decrypt(bytes(12), _bytes(body), None)
    _mac(file_key, first + stanza + body + b"---").verify(_bytes(mac[4:]))
    return ChaCha20Poly1305(_derived(file_key, sealed.read(16), b"payload")), PIECE


def _header(file_key: bytes, passphrase: str) -> bytes:
    salt = secrets.token_bytes(16)
    body = _wrapping(passphrase, salt, WORK).encrypt(bytes(12), file_key, None)
    head = AGE + b"-> scrypt %s %d\n%s\n---" % (_text(salt), WORK, _text(body))
    return head + b" %s\n" % _text(_mac(file_key, head).finalize())


def _wrapping(passphrase: str, salt: bytes, work: int) -> ChaCha20Poly1305:
    """The key that the passphrase gives: the file's own key lies under it."""
    whole = b"age-encryption.org/v1/scrypt" + salt
    return ChaCha20Poly1305(
        Scrypt(salt=whole, length=32, n=1 << work, r=8, p=1).derive(passphrase.encode())
    )


def _derived(file_key: bytes, salt: bytes, what: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=what).derive(file_key)


def _mac(file_key: bytes, head: bytes) -> HMAC:
    """Over the header, so that nobody adds to it or takes from it."""
    mac = HMAC(_derived(file_key, b"", b"header"), SHA256())
    mac.update(head)
    return mac


def _text(raw: bytes) -> bytes:
    return b64encode(raw).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    bare = text.removesuffix(b"\n")
    return b64decode(bare + b"=" * (-len(bare) % 4), validate=True)


def _pieces(source: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """Each piece and whether it is the last."""
    piece = source.read(size)
    while True:
        following = source.read(size)
        yield piece, not following
        if not following:
            return
        piece = following


def _nonce(number: int, last: bool) -> bytes:
    """Pieces can't be moved, dropped or cut off: number and end are part of each nonce."""
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
