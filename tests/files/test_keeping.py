"""Photos go into a backup and come back as they were; a forged archive reaches nothing outside their folder."""

import io
import stat
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from yingbin.web.server import backup, filed


@contextmanager
def moment(url: str) -> Iterator[tuple[str, dict[str, str], list[str]]]:
    yield "s", {}, []


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with two photos, one half written, and a link."""
    folder = tmp_path / "data"
    (folder / "files" / "site" / "ab").mkdir(parents=True)
    (folder / "files" / "site" / "ab" / "abc").write_bytes(b"picture")
    (folder / "files" / "site" / "ab" / "abc.small").write_bytes(b"small")
    (folder / "files" / "site" / "ab" / ".part-x").write_bytes(b"half")
    (folder / "files" / "site" / "ab" / "link").symlink_to("/etc/hostname")
    monkeypatch.setattr(backup, "_moment", moment)
    monkeypatch.setattr(backup, "_dump", lambda url, snapshot, to: to.write_bytes(b"PGDMP"))
    return folder


@pytest.mark.parametrize("passphrase", ["", "湖畔"])
def test_photos_come_back_from_a_backup_as_they_were(
    data: Path, tmp_path: Path, passphrase: str
) -> None:
    said: list[str] = []
    made = tmp_path / "a.backup"
    backup.back_up("", data, made, passphrase=passphrase, say=said.append)
    assert "2 个照片文件" in said[-1]
    room, into = tmp_path / "room", tmp_path / "into"
    room.mkdir()
    into.mkdir()
    assert backup._unpack(made, room, passphrase)["files"] == 2
    backup._files_back(room, into)
    found = {p.name: p.read_bytes() for p in (into / "files").rglob("*") if p.is_file()}
    assert found == {"abc": b"picture", "abc.small": b"small"}
    for path in [into / "files", *(into / "files").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_a_changed_part_is_refused(data: Path, tmp_path: Path) -> None:
    made, room = tmp_path / "a.backup", tmp_path / "room"
    backup.back_up("", data, made, say=lambda said: None)
    made.write_bytes(made.read_bytes().replace(b"picture", b"pirates"))
    room.mkdir()
    with pytest.raises(backup.NotRestored, match=r"files\.tar"):
        backup._unpack(made, room, "")


def test_a_house_without_photos_backs_up_as_before(tmp_path: Path, data: Path) -> None:
    import shutil

    shutil.rmtree(data / "files")
    made, room = tmp_path / "a.backup", tmp_path / "room"
    backup.back_up("", data, made, say=lambda said: None)
    room.mkdir()
    backup._unpack(made, room, "")
    backup._files_back(room, tmp_path / "into")
    assert not (tmp_path / "into").exists()


def test_a_backup_says_where_the_photos_are_when_they_are_not_in_it(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setenv("YINGBIN_FILES", "s3")
    backup.back_up("", data, tmp_path / "a.backup", say=said.append)
    assert "请另行备份那个存储桶" in said[-1]


@pytest.mark.parametrize("name", ["../out", "/out", "a/../../out", "a\\..\\out"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    room, into = tmp_path / "room", tmp_path / "into"
    room.mkdir()
    into.mkdir()
    with tarfile.open(room / filed.PART, "w") as archive:
        member = tarfile.TarInfo(name)
        member.size = 1
        archive.addfile(member, io.BytesIO(b"x"))
    with pytest.raises(backup.NotRestored, match="损坏或被改动"):
        backup._files_back(room, into)
    assert not [p for p in tmp_path.rglob("out") if p.is_file()]


def test_a_link_in_it_is_no_file(tmp_path: Path) -> None:
    room, into = tmp_path / "room", tmp_path / "into"
    room.mkdir()
    into.mkdir()
    with tarfile.open(room / filed.PART, "w") as archive:
        link = tarfile.TarInfo("site")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc"
        archive.addfile(link)
    with pytest.raises(backup.NotRestored):
        backup._files_back(room, into)
