"""备份与恢复: one file with the database as of one moment, photos, the keys, and where every journal stood.

The file holds secrets: whoever has it can read everything and sign in the house's name. It is readable by
its owner only, and sealed when a passphrase is given.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from yingbin import __version__

from . import filed, folders, rooms, sealed
from .postgres import CannotStart, Embedded, wheel

KEYS = {
    "secret": "keys/secret",
    "journal.ed25519": "keys/journal.ed25519",
    "vapid.pem": "keys/vapid.pem",
    "passes.json": "keys/passes.json",
}
PARTS = ("database.dump", *KEYS, filed.PART)
Say = Callable[[str], None]


class NotRestored(Exception):
    """The backup can't be used; the message says why and what to do."""


# What a backup says of itself: versions, sizes, digests; read from JSON that was just written or checked.
Manifest = dict[str, Any]


def digest(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def back_up(url: str, data: Path, target: Path, *, passphrase: str = "", say: Say = print) -> Path:
    """Writes a backup of the running installation to `target`; nothing stops meanwhile."""
    if target.exists():
        raise NotRestored(f"{target} 已经存在，请换一个文件名，备份不会覆盖旧文件。")
    target.parent.mkdir(parents=True, exist_ok=True)
    # Versions before prepared beside the target: what a killed one left there held the keys in clear.
    rooms.sweep(target.parent)
    with rooms.room_in(data) as room:
        say("正在取数据库这一刻的样子 …")
        with _moment(url) as (snapshot, heads, state):
            _dump(url, snapshot, room / "database.dump")
        for part, place in KEYS.items():
            source = data / place
            if source.exists():
                (room / part).write_bytes(source.read_bytes())
        files = filed.pack(data, room)
        manifest = {
            "yingbin_backup": 1,
            "version": __version__,
            "made_at": datetime.now(UTC).isoformat(),
            "heads": heads,
            "migrations": state,
            "files": files,
            "sha256": {p: digest(room / p) for p in PARTS if (room / p).exists()},
        }
        (room / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1))
        _pack(room, target, passphrase)
    say(
        f"备份好了：{target}（{target.stat().st_size // 1024} KB，{len(heads)} 条记录链，{files} 个照片文件）"
    )
    if os.environ.get("YINGBIN_FILES", "") == "s3":
        say("照片存在对象存储里，不在这个备份里：请另行备份那个存储桶。")
    return target


@contextmanager
def _moment(url: str) -> Any:
    """One moment of the database, held open: its snapshot, the journals' heads, the migrations."""
    with psycopg.connect(url) as line:
        line.execute("set transaction isolation level repeatable read, read only")
        row = line.execute("select pg_export_snapshot()").fetchone()
        ledgers = line.execute("select site_id::text, seq, head from journal_ledger").fetchall()
        done = line.execute(
            "select app || '.' || name from django_migrations order by 1"
        ).fetchall()
        heads = {site: {"seq": seq, "head": bytes(head).hex()} for site, seq, head in ledgers}
        yield (row[0] if row else ""), heads, [name for (name,) in done]


def _program(name: str) -> str:
    return str(wheel() / "bin" / name)


def _dump(url: str, snapshot: str, target: Path) -> None:
    words = [_program("pg_dump"), "-Fc", "-Z", "6", "--no-owner", "--no-acl"]
    words += [f"--snapshot={snapshot}", "-d", url]
    with target.open("wb") as out:
        done = subprocess.run(words, stdout=out, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        raise NotRestored(f"数据库没有取出来：{done.stderr.decode(errors='replace')[-300:]}")


def _pack(room: Path, target: Path, passphrase: str) -> None:
    """Outside the data folder only the finished file is written, sealed from its first byte."""
    with rooms.part_of(target) as part:
        packed = room / "backup.tar" if passphrase else part
        with tarfile.open(packed, "w") as archive:
            for name in ("manifest.json", *PARTS):
                if (room / name).exists():
                    archive.add(room / name, arcname=name)
        if passphrase:
            sealed.seal(packed, part, passphrase)


def restore(
    file: Path, into: Path, *, passphrase: str = "", keep_hooks: bool = False, say: Say = print
) -> Manifest:
    """Restores a backup into an empty folder with a server of its own, and verifies every journal.

    keep_hooks: the copy takes the place of what was lost, and goes on posting to other programs; otherwise
    its webhooks are ended, so that a drill sends nothing twice. Returns the manifest. The server is stopped again at the end.
    """
    if into.exists() and any(into.iterdir()):
        raise NotRestored(f"{into} 里已经有东西。请换一个空文件夹，恢复不会覆盖任何数据。")
    if not file.exists():
        raise NotRestored(f"没有找到 {file}。")
    folders.make(into)
    with tempfile.TemporaryDirectory(dir=into, prefix=".restore-") as folder:
        room = Path(folder)
        manifest = _unpack(file, room, passphrase)
        say(f"备份完整：{manifest['made_at']}，版本 {manifest['version']}")
        for part, place in KEYS.items():
            if (room / part).exists():
                _keep(room / part, into / place)
        _files_back(room, into)
        server = Embedded(into, tied=True)
        server.start()
        try:
            say("正在恢复数据库 …")
            _load(server.url, room / "database.dump")
            server.settle()
            if not keep_hooks:
                _silence(server.url, say)
            _bring_up(server.url, into, manifest, say)
            say("正在核验记录链 …")
            _verify(server.url, into, manifest, say)
        finally:
            server.stop()
    say(f"恢复好了。启动：bin/serve --data {into}")
    return manifest


def _files_back(room: Path, into: Path) -> None:
    try:
        filed.unpack(room, into)
    except (tarfile.TarError, OSError, ValueError) as error:
        raise NotRestored("备份里的照片取不出来：文件损坏或被改动过。") from error


def _unpack(file: Path, room: Path, passphrase: str) -> Manifest:
    packed = file
    if sealed.is_sealed(file):
        if not passphrase:
            raise NotRestored("这个备份有口令。请设置 YINGBIN_BACKUP_PASSPHRASE 后再恢复。")
        packed = room / "backup.tar"
        try:
            sealed.unseal(file, packed, passphrase)
        except sealed.WrongPassphrase:
            raise NotRestored("口令不对，或者文件被改动过。") from None
    try:
        with tarfile.open(packed) as archive:
            for name in ("manifest.json", *PARTS):
                if name in archive.getnames():
                    _take_out(archive, name, room / name)
        manifest: Manifest = json.loads((room / "manifest.json").read_text())
        sums = dict(manifest["sha256"])
    except (tarfile.TarError, OSError, ValueError, KeyError) as error:
        raise NotRestored("这个文件不是迎宾的备份，或者已经损坏。") from error
    for name, wanted in sums.items():
        if name not in PARTS or not (room / name).exists() or digest(room / name) != wanted:
            raise NotRestored(f"备份里的 {name} 与清单不符：文件被改动或传输中损坏。")
    return manifest


def _take_out(archive: tarfile.TarFile, name: str, target: Path) -> None:
    """Only what stands in a plain file: an archive names no place, no owner and no mode of ours."""
    member = archive.getmember(name)
    source = archive.extractfile(member) if member.isfile() else None
    if source is None:
        raise ValueError(name)
    with source, target.open("xb") as out:
        shutil.copyfileobj(source, out)


def _keep(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(source.read_bytes())


def _load(url: str, dump: Path) -> None:
    words = [_program("pg_restore"), "--no-owner", "--no-acl", "--exit-on-error", "-d", url]
    done = subprocess.run([*words, str(dump)], stderr=subprocess.PIPE, check=False)
    if done.returncode:
        raise NotRestored(f"数据库没有恢复成：{done.stderr.decode(errors='replace')[-300:]}")


def _silence(url: str, say: Say) -> None:
    """Ends every webhook of the copy, and lets it call no phone; an old backup may know neither."""
    with psycopg.connect(url) as line:
        if line.execute("select to_regclass('notices_pushdevice')").fetchone() != (None,):
            line.execute("delete from notices_pushdevice")
        if line.execute("select to_regclass('notices_webhook')").fetchone() == (None,):
            return
        ended = line.execute(
            "update notices_webhook set ended_at = now(), ended_why = '恢复备份时停用'"
            " where ended_at is null"
        ).rowcount
    if ended:
        say(
            f"停用了 {ended} 个推送地址；要接着推送，请用 --keep-hooks 恢复，或在「接口」里重新添加。"
        )


def _bring_up(url: str, data: Path, manifest: Manifest, say: Say) -> None:
    """The tables of a backup made by an earlier version as this version has them: it can't verify others."""
    ours = _ours(["-m", "yingbin.web.cli", "manage", "migrate", "--check"], url, data)
    if not ours.returncode:
        return
    say(f"备份来自版本 {manifest['version']}，正在把表更新到现在的版本 …")
    done = _ours(["-m", "yingbin.web.cli", "manage", "migrate", "--noinput"], url, data)
    if done.returncode:
        raise NotRestored(f"旧版本的表没有更新成：{done.stderr[-300:]}")


def _verify(url: str, data: Path, manifest: Manifest, say: Say) -> None:
    """Every journal stands where the manifest says, and verifies from its first entry to its last."""
    with psycopg.connect(url) as line:
        rows = line.execute("select site_id::text, seq, head from journal_ledger").fetchall()
    heads = {site: {"seq": seq, "head": bytes(head).hex()} for site, seq, head in rows}
    if heads != manifest["heads"]:
        raise NotRestored("恢复出的记录链与备份清单不符，请换一份备份。")
    for site in heads:
        words = ["-m", "yingbin.web.cli", "journal", "verify", "--site", site]
        done = _ours(words, url, data)
        if done.returncode:
            raise NotRestored(f"记录链核验不通过：{done.stdout[-400:]}{done.stderr[-400:]}")
        say(f"记录链 {site}：{heads[site]['seq']} 条，核验通过")
        _hold(site, url, data, say)


def _hold(site: str, url: str, data: Path, say: Say) -> None:
    """Says whether every restored row stands as the journal saw it; a fault of long ago comes back too."""
    done = _ours(["-m", "yingbin.web.cli", "check", "--site", site, "--keep"], url, data)
    told = done.stdout.strip().splitlines()
    if not told or ("OK" not in told[-1] and "FAULTS" not in told[-1]):
        say("这个备份来自旧版本，表还没有更新：升级之后请运行 bin/yingbin check --all。")
        return
    for line in told if done.returncode else told[-1:]:
        say(line)
    if done.returncode:
        say(f"注意：项目 {site} 有内容与记录链不符，备份时就已如此。请按上面的位置核对。")


def _ours(words: list[str], url: str, data: Path) -> subprocess.CompletedProcess[str]:
    env = dict(os.environ) | {"DATABASE_URL": url, "YINGBIN_DATA": str(data)}
    secret = data / "keys" / "secret"
    if secret.exists():
        env["YINGBIN_SECRET_KEY"] = secret.read_text().strip()
    return subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, env=env, check=False
    )


__all__ = ["CannotStart", "NotRestored", "back_up", "restore"]
