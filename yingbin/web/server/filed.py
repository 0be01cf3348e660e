"""Photos and scans in a backup: the folder's files as one part. A bucket elsewhere is backed up by whoever keeps it."""

import os
import shutil
import tarfile
from pathlib import Path, PurePosixPath

from yingbin.files.places import FOLDER

PART = "files.tar"


def pack(data: Path, room: Path) -> int:
    """Everything in the files' folder, packed into a room after the database's moment; how many files.

    A file that is let go of meanwhile is missing: its row says in the journal why. Bytes come before their
    row, so no row of that moment lacks them.
    """
    folder, many = data / FOLDER, 0
    if not folder.is_dir():
        return 0
    with tarfile.open(room / PART, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.name.startswith(".part-") or not path.is_file() or path.is_symlink():
                continue
            try:
                archive.add(path, arcname=path.relative_to(folder).as_posix(), recursive=False)
                many += 1
            except FileNotFoundError:
                continue
    return many


def unpack(room: Path, data: Path) -> int:
    """Puts the files back, as plain files of ours below their folder; how many. Raises ValueError for any other name."""
    packed = room / PART
    if not packed.exists():
        return 0
    folder, many = data / FOLDER, 0
    _private(folder)
    with tarfile.open(packed) as archive:
        for member in archive:
            name = PurePosixPath(member.name)
            source = archive.extractfile(member) if member.isfile() else None
            if source is None or name.is_absolute() or ".." in name.parts or "\\" in member.name:
                raise ValueError(member.name)
            target = folder / name
            for above in reversed(target.relative_to(folder).parents):
                _private(folder / above)
            handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with source, os.fdopen(handle, "wb") as out:
                shutil.copyfileobj(source, out)
            many += 1
    return many


def _private(folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
