"""Folders are named as people name them: blanks, commas, signs and Chinese, from the first start to an upgrade."""

from pathlib import Path

from tests.faults.house import ALONE, Desk, House

NAMES = ("our data, 100% #1 a&b+c", '迎宾\'s "数据" (2)')


def test_start_backup_restore_upgrade_and_verify_under_any_name(room: Path) -> None:
    one, other = (room / name for name in NAMES)
    one.mkdir(mode=0o755)
    house = House(one, *ALONE)
    try:
        house.wait()
        Desk(house).one("before")
        kept = room / "保 险,箱 #1" / "a%20b.backup"
        made = house.yingbin("backup", "--to", str(kept))
        assert made.returncode == 0, made.stdout + made.stderr
    finally:
        house.end()
    again = house.yingbin("restore", str(kept), "--into", str(other))
    assert again.returncode == 0, again.stdout + again.stderr
    house.environment["YINGBIN_DATA"] = str(other)
    newer = house.yingbin("upgrade")
    assert newer.returncode == 0, newer.stdout + newer.stderr
    second = House(other, *ALONE)
    try:
        second.wait()
        Desk(second).one("after")
        whole = second.yingbin("journal", "verify", "--site", "hupan")
        assert whole.returncode == 0, whole.stdout + whole.stderr
    finally:
        second.end()
