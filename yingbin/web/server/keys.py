"""The installation's keys on disk: made once and whole, readable by their owner only, and missed aloud."""

import os
import secrets
from pathlib import Path

from .postgres import CannotStart

_HEX = 64  # digits of the key that signs the journal's roots


def secret(data: Path) -> str:
    """The installation's secret. Made where it is missing, or empty before there was a database; else `CannotStart`."""
    file = data / "keys" / "secret"
    text = file.read_text().strip() if file.exists() else ""
    if not text and file.exists() and _in_use(data):
        raise _empty(file, "会话和二次验证都靠它")
    _check_journal(data / "keys" / "journal.ed25519", data)
    if text:
        return text
    made = secrets.token_urlsafe(48)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = file.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(made)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
    return made


def _check_journal(file: Path, data: Path) -> None:
    """The key of the roots is made when the first is signed; one that can't be read is said before."""
    if not file.exists() or os.environ.get("YINGBIN_JOURNAL_KEY"):
        return
    text = file.read_text(errors="replace").strip()
    if not text and not _in_use(data):
        file.unlink()
    elif len(text) != _HEX or not all(c in "0123456789abcdefABCDEF" for c in text):
        raise _empty(file, "记录链的每日签名靠它")


def _in_use(data: Path) -> bool:
    return (data / "pg" / "global" / "pg_control").exists() or bool(os.environ.get("DATABASE_URL"))


def _empty(file: Path, what: str) -> CannotStart:
    return CannotStart(
        f"密钥文件是空的或坏了：{file}。{what}，请从备份里取回这个文件；没有备份就把它移走，程序会另做一个。\n"
        f"The key file is empty or damaged: {file}. Take it from a backup, or move it away and a new one is made."
    )
