"""The drill: backed up while people work, restored into an empty folder, every journal verified.

The folders have names as people give them: with blanks, commas, signs and Chinese.
"""

import tarfile
import threading
from pathlib import Path

import pytest

from tests.faults.house import ALONE, AWKWARD, Desk, House
from yingbin.web.server import backup


def test_a_backup_taken_under_load_restores_whole_and_is_verified(
    house: House,
    room: Path,
) -> None:
    desk = Desk(house)
    working = threading.Thread(target=desk.work)
    working.start()
    house.environment["YINGBIN_BACKUP_PASSPHRASE"] = "湖畔 2026"
    kept, into = room / "保 险,箱 #1" / "a%20b.backup", room / AWKWARD[1]
    made = house.yingbin("backup", "--to", str(kept))
    desk.stop.set()
    working.join(60)
    assert made.returncode == 0, made.stdout + made.stderr
    assert kept.stat().st_mode & 0o077 == 0
    assert b"visit" not in kept.read_bytes()

    again = house.yingbin("restore", str(kept), "--into", str(into))
    assert again.returncode == 0, again.stdout + again.stderr
    assert "核验通过" in again.stdout
    twice = house.yingbin("restore", str(kept), "--into", str(into))
    assert twice.returncode == 1
    assert "已经有东西" in twice.stderr

    other = House(into, *ALONE)
    try:
        other.wait()
        assert other.visits()
        assert other.visits() <= house.visits()
        Desk(other).one("after-restore")  # people sign in and go on working
        whole = other.yingbin("journal", "verify", "--site", "hupan")
        assert whole.returncode == 0, whole.stdout + whole.stderr
    finally:
        other.end()

    house.environment["YINGBIN_BACKUP_PASSPHRASE"] = "wrong"
    wrong = house.yingbin("restore", str(kept), "--into", str(room / "x"))
    assert "口令不对" in wrong.stderr


def test_an_upgrade_backs_up_first_and_verifies_afterwards(house: House) -> None:
    busy = house.yingbin("upgrade", "--data", str(house.data))
    assert busy.returncode == 3, "never under a running house"
    house.process.terminate()
    house.process.wait(60)
    done = house.yingbin("upgrade", "--data", str(house.data))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "核验通过" in done.stdout
    assert list((house.data / "backups").glob("*升级前.backup"))
    house.process = house.serve()
    house.wait()


def packed(room: Path, **parts: bytes) -> Path:
    """A backup-like archive with these parts."""
    for name, body in parts.items():
        (room / name.replace("_", ".", 1)).write_bytes(body)
    target = room / "some.backup"
    with tarfile.open(target, "w") as archive:
        for name in parts:
            plain = name.replace("_", ".", 1)
            archive.add(room / plain, arcname=plain)
    return target


@pytest.mark.parametrize(
    "parts",
    [
        {"manifest_json": b"{}"},
        {"manifest_json": b"not json"},
        {"database_dump": b"x"},
        {
            "manifest_json": b'{"version":"1","made_at":"","heads":{},"sha256":{"database.dump":"00"}}',
            "database_dump": b"changed",
        },
    ],
)
def test_a_file_that_is_no_whole_backup_is_refused_in_words(
    room: Path, parts: dict[str, bytes]
) -> None:
    with pytest.raises(backup.NotRestored, match=r"不是迎宾的备份|与清单不符"):
        backup.restore(packed(room, **parts), room / "into", say=lambda text: None)


def test_a_backup_with_a_link_for_a_file_is_refused(room: Path) -> None:
    target = room / "some.backup"
    with tarfile.open(target, "w") as archive:
        link = tarfile.TarInfo("manifest.json")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    with pytest.raises(backup.NotRestored, match="不是迎宾的备份"):
        backup.restore(target, room / "into", say=lambda text: None)
