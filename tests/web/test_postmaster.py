"""Only a process proven to be the PostgreSQL of this very folder is ever stopped."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from yingbin.web.server import folders, postmaster, serve
from yingbin.web.server.postgres import CannotStart, Embedded


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder that the database's account can reach."""
    folder = Path(tempfile.mkdtemp(prefix="yb-pg-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    for data in [d for d in folder.rglob("pg") if d.is_dir()]:
        postmaster.stop(data)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def innocent() -> Iterator[subprocess.Popen[bytes]]:
    """Somebody's program that has nothing to do with us."""
    sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    yield sleeper
    sleeper.kill()
    sleeper.wait()


def names(server: Embedded) -> list[str]:
    with psycopg.connect(server.url) as line:
        return [str(n) for (n,) in line.execute("select datname from pg_database")]


def test_a_stale_file_that_names_an_innocent_program_hurts_nobody(
    room: Path, innocent: subprocess.Popen[bytes]
) -> None:
    server = Embedded(room, durable=False)
    server.start()
    true = (server.data / "postmaster.pid").read_text().splitlines()
    assert server.process
    server.process.kill()
    server.process.wait()
    (server.data / "postmaster.pid").write_text("\n".join([str(innocent.pid), *true[1:]]) + "\n")
    assert not server.running()
    again = Embedded(room, durable=False)
    again.start()
    assert "yingbin" in names(again)
    assert innocent.poll() is None
    again.stop()


def test_a_copy_of_a_running_folder_never_stops_the_original(room: Path) -> None:
    (room / "one").mkdir(mode=0o755)
    original = Embedded(room / "one", durable=False)
    original.start()
    shutil.copytree(room / "one", room / "two", ignore=shutil.ignore_patterns(".s.*"))
    for path in [room / "two" / "pg", *(room / "two" / "pg").rglob("*")]:
        if original.owner.uid is not None:
            os.chown(path, original.owner.uid, original.owner.gid or -1)
    copy = Embedded(room / "two", durable=False)
    assert original.running()
    assert not copy.running(), "its file names the server of the original"
    copy.start()
    assert original.process
    assert original.process.poll() is None
    assert "yingbin" in names(original)
    copy.stop()
    assert original.running()
    original.stop()


def test_a_server_left_behind_is_proven_and_taken_over(room: Path) -> None:
    first = Embedded(room, durable=False)
    first.start()
    second = Embedded(room, durable=False)
    assert second.running()
    second.start()
    assert first.process
    assert first.process.wait(5) == 0, "stopped cleanly, not killed"
    assert "yingbin" in names(second)
    second.stop()


def test_whoever_started_the_server_stops_it_when_the_next_line_fails(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(self: Embedded) -> None:
        raise RuntimeError

    monkeypatch.setattr(Embedded, "_create_database", fails)
    server = Embedded(room, durable=False)
    with pytest.raises(RuntimeError):
        server.start()
    assert not server.running()


def test_killed_while_the_database_was_made_it_starts_again(room: Path) -> None:
    server = Embedded(room, durable=False)
    server._folders()
    half = room / "pg.new"
    folders.own(half, server.owner.uid, server.owner.gid)
    (half / "PG_VERSION").write_text("18\n")
    server.start()
    assert "yingbin" in names(server)
    assert not half.exists()
    server.stop()


def test_root_with_a_strict_umask_starts_and_the_databases_account_gets_in(room: Path) -> None:
    before = os.umask(0o077)
    try:
        with serve.only_one(room / "house" / "data"):
            server = Embedded(room / "house" / "data", durable=False)
            server.start()
            assert "yingbin" in names(server)
            server.stop()
    finally:
        os.umask(before)


def test_a_folder_with_strange_things_is_never_made_anew(room: Path) -> None:
    (room / "pg").mkdir()
    (room / "pg" / "what.dat").write_text("somebody's")
    with pytest.raises(CannotStart, match="不是完整的数据库"):
        Embedded(room, durable=False).start()
    assert (room / "pg" / "what.dat").exists()


AWKWARD = ["my data, 100%", "#1 a&b+c", '数据 it\'s "x"', "a\\b'c", "x" * 120]


@pytest.mark.parametrize("name", AWKWARD)
def test_a_folder_of_any_name_is_served_and_reached_by_its_address(room: Path, name: str) -> None:
    (room / name).mkdir(mode=0o755)
    server = Embedded(room / name, durable=False)
    server.start()
    assert "yingbin" in names(server)
    assert (server.sockets.stat().st_mode & 0o777) == 0o700
    assert (room / name / "run" / "server.log").exists()
    server.stop()


def test_a_link_where_the_socket_shall_lie_is_not_followed(room: Path) -> None:
    (room / "elsewhere").mkdir()
    os.chown(room / "elsewhere", 12345, 12345)
    (room / "run").symlink_to(room / "elsewhere")
    with pytest.raises(CannotStart, match="链接"):
        Embedded(room, durable=False).start()
    assert (room / "elsewhere").stat().st_uid == 12345


def test_a_folder_of_somebody_else_is_not_taken(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs to make a folder of somebody else")
    (tmp_path / "run").mkdir()
    os.chown(tmp_path / "run", 12345, 12345)
    with pytest.raises(folders.NotOurs):
        folders.own(tmp_path / "run")
    assert (tmp_path / "run").stat().st_uid == 12345


TIED = """
import sys, time
from pathlib import Path
from yingbin.web.server.postgres import Embedded
Embedded(Path(sys.argv[1]), durable=False, tied=sys.argv[2] == "tied").start()
print("up", flush=True)
time.sleep(300)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux's kernel tells it")
@pytest.mark.parametrize("tied", [True, False])
def test_a_tied_server_ends_with_whoever_started_it(room: Path, tied: bool) -> None:
    words = [sys.executable, "-c", TIED, str(room), "tied" if tied else "free"]
    starter = subprocess.Popen(words, stdout=subprocess.PIPE)
    assert starter.stdout
    assert starter.stdout.readline() == b"up\n"
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    starter.stdout.close()
    ends = time.monotonic() + 5
    while postmaster.serving(room / "pg") and time.monotonic() < ends:
        time.sleep(0.1)
    assert bool(postmaster.serving(room / "pg")) is not tied
