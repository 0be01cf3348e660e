"""A sealed backup is an age file: other programs open it, a changed one nobody; files sealed before open still."""

import os
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from yingbin.web.server import sealed

WORDS = "湖畔雅居 2026"
SIZES = [
    0,
    1,
    sealed.PIECE - 1,
    sealed.PIECE,
    sealed.PIECE + 1,
    3 * sealed.PIECE,
    3 * sealed.PIECE + 17,
]


def file(folder: Path, name: str, body: bytes) -> Path:
    made = folder / name
    made.write_bytes(body)
    return made


def opened(closed: Path, words: str = WORDS) -> bytes:
    """What is inside, in a new file each time."""
    target = closed.with_name(f"{closed.name}.open")
    target.unlink(missing_ok=True)
    sealed.unseal(closed, target, words)
    return target.read_bytes()


@pytest.mark.parametrize("size", SIZES)
def test_another_program_opens_what_we_sealed(tmp_path: Path, size: int) -> None:
    body, closed = os.urandom(size), tmp_path / "closed"
    sealed.seal(file(tmp_path, "plain", body), closed, WORDS)
    assert sealed.is_sealed(closed)
    assert pyrage.passphrase.decrypt(closed.read_bytes(), WORDS) == body
    assert opened(closed) == body


@pytest.mark.parametrize("size", [0, sealed.PIECE, 2 * sealed.PIECE + 5])
def test_we_open_what_another_program_sealed(tmp_path: Path, size: int) -> None:
    body = os.urandom(size)
    assert opened(file(tmp_path, "theirs", pyrage.passphrase.encrypt(body, WORDS))) == body


def _swapped(whole: bytes) -> bytes:
    start, step = whole.index(b"\n--- ") + 1 + 4 + 43 + 1 + 16, sealed.PIECE + sealed.TAG
    one, two = whole[start : start + step], whole[start + step : start + 2 * step]
    return whole[:start] + two + one + whole[start + 2 * step :]


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "a changed byte": lambda whole: whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:],
    "the last piece gone": lambda whole: whole[: -(17 + sealed.TAG)],
    "cut within a piece": lambda whole: whole[: -sealed.PIECE],
    "two pieces changed about": _swapped,
    "another cost": lambda whole: whole.replace(b" 16\n", b" 15\n", 1),
    "a cost nobody pays": lambda whole: whole.replace(b" 16\n", b" 40\n", 1),
    "a header of another version": lambda whole: whole.replace(b"/v1", b"/v2", 1),
    "one more line in the header": lambda whole: whole.replace(b"\n---", b"\n-> x\n\n---", 1),
    "a header alone": lambda whole: whole[:60],
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A sealed file of several pieces."""
    folder = tmp_path_factory.mktemp("whole")
    sealed.seal(file(folder, "plain", os.urandom(3 * sealed.PIECE + 17)), folder / "closed", WORDS)
    return (folder / "closed").read_bytes()


@pytest.mark.parametrize("what", BROKEN)
def test_a_changed_or_cut_file_is_not_opened(tmp_path: Path, whole: bytes, what: str) -> None:
    broken = BROKEN[what](whole)
    assert broken != whole
    with pytest.raises(sealed.WrongPassphrase):
        opened(file(tmp_path, "broken", broken))


def test_another_passphrase_opens_nothing_and_no_word_of_it_lies_open(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    sealed.seal(file(tmp_path, "plain", b"the keys of the house" * 5000), closed, WORDS)
    assert b"keys of the house" not in closed.read_bytes()
    assert closed.stat().st_mode & 0o777 == 0o600
    with pytest.raises(sealed.WrongPassphrase):
        opened(closed, "别的口令")


def sealed_before(body: bytes) -> bytes:
    """As the version before sealed a file."""
    salt, size = os.urandom(16), sealed.PIECE_BEFORE
    key = AESGCM(Scrypt(salt=salt, length=32, n=1 << 15, r=8, p=1).derive(WORDS.encode()))
    pieces = [body[n : n + size] for n in range(0, len(body), size)] or [b""]
    whole = sealed.BEFORE + salt
    for n, piece in enumerate(pieces):
        last = b"\x01" if n == len(pieces) - 1 else b"\x00"
        whole += key.encrypt(n.to_bytes(11, "big") + last, piece, None)
    return whole


@pytest.mark.parametrize("size", [0, 5, (1 << 20), 2 * (1 << 20) + 3])
def test_a_file_sealed_by_the_version_before_opens_still(tmp_path: Path, size: int) -> None:
    body = os.urandom(size)
    closed = file(tmp_path, "before", sealed_before(body))
    assert sealed.is_sealed(closed)
    assert opened(closed) == body
    with pytest.raises(sealed.WrongPassphrase):
        opened(closed, "别的口令")
    cut = file(tmp_path, "cut", closed.read_bytes()[:-1])
    with pytest.raises(sealed.WrongPassphrase):
        opened(cut)
