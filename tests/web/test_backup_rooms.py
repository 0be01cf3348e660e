"""A sealed backup writes nothing unsealed outside the data folder, and a killed one leaves nothing for long."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from yingbin.web.server import backup, rooms, sealed

KEY, WORDS = b"the-installations-secret", b"PGDMP what the database holds"
SCRIPT = """
import sys, time
from contextlib import contextmanager
from pathlib import Path
from yingbin.web.server import backup, sealed

data, target, stop = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

@contextmanager
def moment(url):
    yield "s", {}, []

def wait(*more):
    print("here", flush=True)
    time.sleep(60)

backup._moment = moment
backup._dump = lambda url, snapshot, to: to.write_bytes(b"PGDMP what the database holds")
if stop == "packing":
    backup._pack = wait
else:
    plain = sealed.seal
    def half(source, to, passphrase):
        plain(source, to, passphrase)
        wait()
    sealed.seal = half
backup.back_up("", data, target, passphrase="\\u6e56\\u7554", say=lambda said: None)
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "keys").mkdir(parents=True)
    (folder / "keys" / "secret").write_bytes(KEY)
    return folder


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


@contextmanager
def moment(url: str) -> Iterator[tuple[str, dict[str, object], list[str]]]:
    yield "s", {}, []


def bytes_in(folder: Path) -> bytes:
    return b"".join(f.read_bytes() for f in folder.rglob("*") if f.is_file())


def killed(data: Path, target: Path, stop: str) -> None:
    """A backup that is killed in the middle, whatever it was doing."""
    child = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(data), str(target), stop], stdout=subprocess.PIPE
    )
    assert child.stdout
    assert child.stdout.readline() == b"here\n"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()


@pytest.mark.parametrize("stop", ["packing", "sealing"])
def test_a_killed_backup_leaves_nothing_unsealed_outside_and_the_next_one_sweeps(
    data: Path, outside: Path, monkeypatch: pytest.MonkeyPatch, stop: str
) -> None:
    target = outside / "a.backup"
    killed(data, target, stop)
    assert KEY not in bytes_in(outside)
    assert WORDS not in bytes_in(outside)
    (left,) = data.glob(".backup-*")
    assert left.stat().st_mode & 0o777 == 0o700

    monkeypatch.setattr(backup, "_moment", moment)
    monkeypatch.setattr(backup, "_dump", lambda url, snapshot, to: to.write_bytes(WORDS))
    backup.back_up("", data, target, passphrase="湖畔", say=lambda said: None)
    assert [f.name for f in outside.iterdir()] == ["a.backup"]
    assert not list(data.glob(".backup-*"))
    assert target.stat().st_mode & 0o777 == 0o600
    assert sealed.is_sealed(target)
    assert KEY not in bytes_in(outside)


def test_what_an_older_version_left_beside_the_target_is_swept(
    data: Path, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (outside / ".backup-x1").mkdir()
    (outside / ".backup-x1" / "secret").write_bytes(KEY)
    monkeypatch.setattr(backup, "_moment", moment)
    monkeypatch.setattr(backup, "_dump", lambda url, snapshot, to: to.write_bytes(WORDS))
    backup.back_up("", data, outside / "a.backup", say=lambda said: None)
    assert [f.name for f in outside.iterdir()] == ["a.backup"]
    assert KEY in bytes_in(outside), "without a passphrase the file itself holds the keys, 0600"


def test_a_room_in_use_is_left_alone(data: Path) -> None:
    with rooms.room_in(data) as one, rooms.room_in(data) as other:
        assert one.exists()
        assert other.exists()
        assert rooms.sweep(data) == 0
    time.sleep(0)
    assert not list(data.glob(".backup-*"))
