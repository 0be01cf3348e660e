"""A room to prepare a backup in: inside the data folder, for its owner alone, swept when its maker was killed."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

PREFIX, PART = ".backup-", ".part"
_LOCK = "in-use"


@contextmanager
def room_in(data: Path) -> Iterator[Path]:
    """A new folder of mode 0700 in the data folder, held while it is in use and removed afterwards."""
    sweep(data)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=data))
    try:
        with _held(folder / _LOCK):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def part_of(target: Path) -> Iterator[Path]:
    """Where the finished file is written before it gets its name; what a killed one left is removed."""
    for left in target.parent.glob(f".{target.name}.*{PART}"):
        if not _in_use(left):
            left.unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=PART, dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "ab") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield part
            os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)


def sweep(folder: Path) -> int:
    """Removes the rooms whose makers are gone; how many. Those in use stay."""
    swept = 0
    for left in folder.glob(f"{PREFIX}*"):
        if left.is_dir() and not left.is_symlink() and not _in_use(left / _LOCK):
            shutil.rmtree(left, ignore_errors=True)
            swept += 1
    return swept


@contextmanager
def _held(lock: Path) -> Iterator[IO[bytes]]:
    with open(lock, "wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield held


def _in_use(lock: Path) -> bool:
    with suppress(FileNotFoundError), open(lock, "rb") as asked:
        try:
            fcntl.flock(asked, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
