"""Folders of ours: made whatever the umask says, belonging to whom they shall, and no link is followed."""

import os
from pathlib import Path


class NotOurs(Exception):
    """A folder that belongs to somebody else, or a link in its place; the message says which."""


def make(folder: Path) -> None:
    """Makes a folder and what is missing above it; as root passable for others, so that the database's account gets in."""
    missing = [p for p in (folder, *folder.parents) if not p.exists()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        if os.geteuid() == 0:
            each.chmod(0o711)


def own(folder: Path, uid: int | None = None, gid: int | None = None) -> None:
    """Makes a folder that only one account enters (the present one unless said otherwise).

    A link is left as it is where it leads to a folder that already belongs to the account; else `NotOurs`.
    """
    wanted = os.geteuid() if uid is None else uid
    if folder.is_symlink():
        if not folder.is_dir() or folder.stat().st_uid != wanted:
            raise NotOurs(
                f"{folder} 是一个链接，指向的文件夹不属于运行数据库的账号。请换成普通文件夹。"
            )
        return
    make(folder.parent)
    folder.mkdir(exist_ok=True, mode=0o700)
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if os.fstat(handle).st_uid not in {wanted, os.geteuid()}:
            raise NotOurs(f"{folder} 属于别的账号，不能用来放数据库。请换一个数据文件夹。")
        if uid is not None:
            os.fchown(handle, uid, -1 if gid is None else gid)
        os.fchmod(handle, 0o700)
    finally:
        os.close(handle)
