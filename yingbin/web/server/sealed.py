"""A file under a passphrase: scrypt for the key, AES-GCM in pieces of a mebibyte, so that size doesn't matter."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MARK = b"YINGBIN-SEALED-1\n"
PIECE = 1 << 20


class WrongPassphrase(Exception):
    """The passphrase is wrong, or the file was changed."""


def _key(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=1 << 15, r=8, p=1).derive(passphrase.encode()))


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


def seal(source: Path, target: Path, passphrase: str) -> None:
    """Writes `source` sealed to `target`, an empty file or a new one readable by its owner only."""
    salt = secrets.token_bytes(16)
    key = _key(passphrase, salt)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with source.open("rb") as plain, os.fdopen(handle, "wb") as out:
        out.write(MARK + salt)
        for number, (piece, last) in enumerate(_pieces(plain, PIECE)):
            out.write(key.encrypt(_nonce(number, last), piece, None))


def is_sealed(file: Path) -> bool:
    """Whether a file is one of these."""
    with file.open("rb") as start:
        return start.read(len(MARK)) == MARK


def unseal(source: Path, target: Path, passphrase: str) -> None:
    """Writes what was sealed; raises `WrongPassphrase`."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as sealed, os.fdopen(handle, "wb") as out:
        sealed.read(len(MARK))
        key = _key(passphrase, sealed.read(16))
        try:
            for number, (piece, last) in enumerate(_pieces(sealed, PIECE + 16)):
                out.write(key.decrypt(_nonce(number, last), piece, None))
        except InvalidTag:
            raise WrongPassphrase from None
