"""Bytes in and out of the storage, whatever it is; a store that is away means "not saved", never half a file."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages

from yingbin.journal.write import NotSaved

ALIAS = "files"
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700


class Folder(FileSystemStorage):
    """A folder nobody else enters. A file is there whole or not at all; the same name again replaces it."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: names of ours are made of what is in the file."""
        return name

    def _save(self, name: str, content: IO[bytes]) -> str:
        target = Path(self.path(name))
        for folder in [p for p in reversed(target.parents) if not p.exists()]:
            folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=target.parent, prefix=".part-")
        try:
            with os.fdopen(handle, "wb") as out:
                for piece in File(content).chunks():
                    out.write(piece)
                out.flush()
                os.fsync(out.fileno())
            os.chmod(part, PRIVATE_FILE)
            os.replace(part, target)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
        return name


def _storage() -> Storage:
    return storages[ALIAS]


def _away() -> tuple[type[Exception], ...]:
    """What a storage raises when it is away, full or refuses us."""
    try:
        from botocore.exceptions import BotoCoreError, ClientError
    except ImportError:
        return (OSError,)
    return (OSError, BotoCoreError, ClientError)


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except _away() as error:
        raise NotSaved(NotSaved.message) from error


def sha256(data: bytes) -> str:
    """The digest that the journal keeps."""
    return hashlib.sha256(data).hexdigest()


def name_for(site_id: object, key: str, digest: str) -> str:
    """Where a file lies: the same upload (its key and content) at a site always in the same place."""
    mark = hashlib.sha256(f"{site_id}\n{key}\n{digest}".encode()).hexdigest()
    return f"{site_id}/{mark[:2]}/{mark}"


def put(name: str, data: bytes) -> None:
    """Keeps bytes under a name. Raises `NotSaved` where the storage is away or full."""
    with _reached():
        _storage().save(name, ContentFile(data))


@contextmanager
def opened(name: str) -> Iterator[IO[bytes]]:
    """The bytes under a name. Raises FileNotFoundError, `NotSaved` where the storage is away."""
    with _reached(), _storage().open(name, "rb") as file:
        yield file


def get(name: str) -> bytes:
    """All bytes under a name, as `opened`."""
    with opened(name) as file:
        return bytes(file.read())


def wipe(name: str) -> None:
    """Removes what lies under a name; nothing there is no fault. Raises `NotSaved` where the storage is away."""
    with _reached():
        _storage().delete(name)


def is_folder() -> bool:
    """Whether the bytes lie on this machine, so that a backup takes them with it."""
    return isinstance(_storage(), Folder)


def names(folder: str) -> list[str]:
    """Names in one folder of the storage; none where it doesn't exist."""
    with _reached():
        try:
            return [f"{folder}/{name}" for name in _storage().listdir(folder)[1]]
        except FileNotFoundError:
            return []


def folders(folder: str = "") -> list[str]:
    """Folders in a folder of the storage."""
    with _reached():
        try:
            found = _storage().listdir(folder)[0]
        except FileNotFoundError:
            return []
    return [f"{folder}/{name}".strip("/") for name in found]


def since(name: str) -> float:
    """When a name was last written, in seconds of the epoch."""
    with _reached():
        return _storage().get_modified_time(name).timestamp()


def fault(name: str, sha256: str, size: int) -> str:
    """What is wrong with the bytes under a name, in words; "" for nothing.

    On this machine every byte is read; of a store elsewhere only that it is there, and how long.
    """
    try:
        if is_folder():
            with opened(name) as file:
                digest = hashlib.sha256()
                while piece := file.read(1024 * 1024):
                    digest.update(piece)
            return "" if digest.hexdigest() == sha256 else "内容被改过，与记录链里的摘要不符"
        with _reached():
            if not _storage().exists(name):
                return "内容不见了"
            return "" if _storage().size(name) == size else "长度与记录的不符"
    except FileNotFoundError:
        return "内容不见了"
