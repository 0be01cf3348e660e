"""Checkpoints of C2SP as text: a signed note with origin, size and root; cosignatures; keys in their one-line form.

c2sp.org/signed-note, tlog-checkpoint, tlog-cosignature, tlog-witness. Standard library only; signing is done elsewhere.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from yingbin.journal import ed25519

NOTE_KEY, COSIGNATURE_KEY = 1, 4
MOST_PROOF = 63
_NAME = re.compile(r"[^\s+]+")
_SIGNATURE = re.compile(r"— (\S+) (\S+)")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class NotANote(ValueError):
    """The text isn't a checkpoint; the words say why."""


@dataclass(frozen=True)
class NoteSignature:
    """One signature line: whose, which key, and the bytes after the key's id."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True)
class SignedLine:
    """A checkpoint: `body` is what was signed, with its last newline."""

    origin: str
    size: int
    root: bytes
    body: str
    signatures: tuple[NoteSignature, ...]


@dataclass(frozen=True)
class VerifierKey:
    """A public key with its name and what it is for (1: notes, 4: cosignatures)."""

    name: str
    sort: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The first four bytes of the hash over name, sort and key."""
        return key_hash(self.name, self.sort, self.public)

    def __str__(self) -> str:
        material = base64.b64encode(bytes([self.sort]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{material}"


def key_hash(name: str, sort: int, public: bytes) -> bytes:
    """The id by which a signature line names its key."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([sort]) + public).digest()[:4]


def verifier_key(text: str) -> VerifierKey:
    """Reads `name+id+base64`. Raises `NotANote`."""
    try:
        name, id_, material = text.strip().split("+", 2)
        data = base64.b64decode(material, validate=True)
        key = VerifierKey(name, data[0], data[1:])
        if not _NAME.fullmatch(name) or key.id.hex() != id_ or len(key.public) != 32:
            raise NotANote("公钥的名称、编号和内容对不上")
    except NotANote:
        raise
    except (ValueError, IndexError, binascii.Error):
        raise NotANote("公钥应写成 名称+编号+内容") from None
    return key


def body_of(origin: str, size: int, root: bytes) -> str:
    """The words of a checkpoint: three lines."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"


def signature_line(name: str, key_id: bytes, signature: bytes) -> str:
    """One line under a note."""
    return f"— {name} {base64.b64encode(key_id + signature).decode()}\n"


def read_line(text: str) -> SignedLine:
    """Reads a checkpoint, as pasted or from a file. Raises `NotANote`."""
    text = text.replace("\r\n", "\n").strip() + "\n"
    body, blank, below = text.partition("\n\n")
    lines = body.split("\n")
    if not blank or len(lines) < 3 or not lines[0] or not _NUMBER.fullmatch(lines[1]):
        raise NotANote("不是签名行：应有来源、条数、根，空一行，再是签名")
    try:
        root = base64.b64decode(lines[2], validate=True)
        signed = tuple(_signature(line) for line in below.rstrip("\n").split("\n"))
    except (ValueError, binascii.Error) as error:
        raise NotANote("签名行里的编码读不懂") from error
    if len(root) != 32:
        raise NotANote("签名行里的根不是 32 字节")
    return SignedLine(lines[0], int(lines[1]), root, body + "\n", signed)


def _signature(line: str) -> NoteSignature:
    found = _SIGNATURE.fullmatch(line)
    if found is None:
        raise NotANote("签名应以「— 名称」开头")
    data = base64.b64decode(found[2], validate=True)
    if len(data) < 5:
        raise NotANote("签名太短")
    return NoteSignature(found[1], data[:4], data[4:])


def signed_by(line: SignedLine, key: VerifierKey) -> bool:
    """Whether the log's own key signed the checkpoint; only under its origin."""
    return key.name == line.origin and any(
        ed25519.verify(key.public, line.body.encode(), s.signature)
        for s in line.signatures
        if s.name == key.name and s.key_id == key.id
    )


def cosigned_at(line: SignedLine, key: VerifierKey) -> int | None:
    """When this witness cosigned the checkpoint, in seconds since 1970; None where it didn't."""
    for s in line.signatures:
        if s.name == key.name and s.key_id == key.id and len(s.signature) == 72:
            at = int.from_bytes(s.signature[:8], "big")
            if ed25519.verify(key.public, cosigned(line.body, at), s.signature[8:]):
                return at
    return None


def cosigned(body: str, at: int) -> bytes:
    """What a witness signs."""
    return f"cosignature/v1\ntime {at}\n{body}".encode()


def request(old: int, proof: Sequence[bytes], line: str) -> str:
    """The body of a witness's `add-checkpoint`."""
    lines = "".join(base64.b64encode(h).decode() + "\n" for h in proof)
    return f"old {old}\n{lines}\n{line}"


def short(size: int, root: bytes) -> str:
    """A checkpoint as people write it down: the size and eighty bits of its root."""
    number = int.from_bytes(root[:10], "big")
    text = "".join(_ALPHABET[(number >> shift) & 31] for shift in range(75, -1, -5))
    return f"{size}@{'-'.join(text[n : n + 4] for n in range(0, 16, 4))}"


def is_short(text: str) -> bool:
    """Whether this is the short form of a checkpoint."""
    return re.fullmatch(r"\d{1,16}@[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", text.strip().upper()) is not None
