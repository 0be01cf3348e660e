"""What a pass carries in its code: a compact form signed with Ed25519, read by whoever has the public key (CV-4.1).

`docs/tours-pass-format.md` is its definition. It holds no personal data: numbers, times, areas, nothing else. The
algorithm is pinned to the version byte; nothing in the token chooses it. Neither database nor settings.
"""

import re
from base64 import b32decode, b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from yingbin.rules.gate.gatefile import AREAS

LEAD = "YB"
VERSION = 1
# Signed before the body, so that no signature made for something else is one of a pass.
CONTEXT = b"yingbin pass\x00"
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
BODY, SIGNATURE = 25, 64
_TEXT = re.compile(r"YB[A-Z2-7]{143}")
_PHOTO = 1 << 15
_SECOND = timedelta(seconds=1)

Fault = Literal["no_pass", "newer", "unknown_key", "forged"]
WORDS: dict[Fault, str] = {
    "no_pass": "这不是参观证的码",
    "newer": "这张证是新版本程序发的，请更新这台设备上的程序",
    "unknown_key": "这张证不是这里发的，或签发它的密钥已停用",
    "forged": "签名不成立：这张证是伪造的或被改过",
}


class BadToken(Exception):
    """A code that is no pass of ours; `fault` says why, `words` says it to a guard."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault, self.words = fault, WORDS[fault]


@dataclass(frozen=True)
class PassToken:
    """What one revision of a pass says of itself.

    number: the pass's number at its site. end: not included. persons: for how many it stands.
    """

    number: int
    revision: int
    start: datetime
    end: datetime
    areas: frozenset[str]
    persons: int
    photo: bool = False


def key_id(public: bytes) -> str:
    """The name of a public key in a token: eight hex digits."""
    return sha256(public).hexdigest()[:8]


def signed(token: PassToken, private: Ed25519PrivateKey) -> str:
    """The text of the code. Raises ValueError for what the form can't hold."""
    body = _packed(token, key_id(private.public_key().public_bytes_raw()))
    whole = body + private.sign(CONTEXT + body)
    return LEAD + b32encode(whole).decode().rstrip("=")


def verified(text: str, keys: Mapping[str, bytes]) -> PassToken:
    """What a code says, if a key of these (by `key_id`) signed exactly it. Raises `BadToken`."""
    whole = _bytes(text)
    if whole[0] != VERSION:
        raise BadToken("newer")
    body, public = whole[:BODY], keys.get(whole[1:5].hex())
    if public is None:
        raise BadToken("unknown_key")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(whole[BODY:], CONTEXT + body)
    except (InvalidSignature, ValueError):
        raise BadToken("forged") from None
    return _read(body)


def scanned(text: str) -> str:
    """A code as a scanner that types like a keyboard brings it: without blanks, whatever its Caps Lock."""
    return "".join(text.split()).upper()


def _packed(token: PassToken, key: str) -> bytes:
    if not token.areas or not token.areas <= frozenset(AREAS):
        raise ValueError("a pass has one or more of the nine areas")
    start, rest = divmod(token.start - BEGINNING, _SECOND)
    length, over = divmod(token.end - token.start, _SECOND)
    if rest or over or length < 1:
        raise ValueError("a window has whole seconds and isn't empty")
    if min(token.number, token.revision, token.persons) < 1:
        raise ValueError("numbers count from 1")
    flags = sum(1 << AREAS.index(area) for area in token.areas) | (_PHOTO if token.photo else 0)
    fields = ((token.number, 4), (token.revision, 2), (start, 5), (length, 4), (flags, 2))
    try:
        told = b"".join(n.to_bytes(size) for n, size in (*fields, (token.persons, 3)))
    except OverflowError:
        raise ValueError("a number is too large for a pass") from None
    return bytes([VERSION]) + bytes.fromhex(key) + told


def _read(body: bytes) -> PassToken:
    """The fields of a body whose signature holds; one that no house of ours signs is still refused."""
    number, revision, begin, length, flags, persons = (
        int.from_bytes(body[a:b])
        for a, b in ((5, 9), (9, 11), (11, 16), (16, 20), (20, 22), (22, 25))
    )
    areas = frozenset(area for bit, area in enumerate(AREAS) if flags >> bit & 1)
    unknown = flags & ~(_PHOTO | (1 << len(AREAS)) - 1)
    if unknown or not areas or min(number, revision, length, persons) < 1:
        raise BadToken("newer")
    try:
        start = BEGINNING + begin * _SECOND
        end = start + length * _SECOND
    except OverflowError:
        raise BadToken("newer") from None
    return PassToken(number, revision, start, end, areas, persons, bool(flags & _PHOTO))


def _bytes(text: str) -> bytes:
    """The bytes of a code; every text but the one that stands for them is refused."""
    if not _TEXT.fullmatch(text):
        raise BadToken("no_pass")
    whole = b32decode(text[len(LEAD) :] + "=")
    if b32encode(whole).decode().rstrip("=") != text[len(LEAD) :]:
        raise BadToken("no_pass")
    return whole
