"""Whatever is killed with -9: within ten seconds nothing of it serves on, and what is needed serves anew."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.house import ROOT, House, alive, named, processes
from yingbin.web.server import leash


def until(true: Callable[[], object], what: str, seconds: float = 10) -> None:
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, what
        time.sleep(0.1)


def everybody(house: House) -> list[int]:
    """All processes of a house, found by its data folder: also those that lost their parent."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                surroundings = (entry / "environ").read_bytes()
                if f"YINGBIN_DATA={house.data}\0".encode() in surroundings + b"\0" or (
                    entry / "cwd"
                ).samefile(house.data / "pg"):
                    found.append(int(entry.name))
    return [p for p in found if p != os.getpid()]


def web(house: House) -> tuple[int, list[int]]:
    """The web server's master and its workers."""
    master = named(processes(house.process.pid), "granian")[0]
    return master, processes(master)


def postmaster(house: House) -> int:
    return int((house.data / "pg/postmaster.pid").read_text().split()[0])


def killed(house: House, pids: list[int], gone: list[int]) -> None:
    """Kills; then those that lived by them are gone, and the house answers with others."""
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    until(lambda: not alive(gone), f"left behind: {alive(gone)}")
    house.wait(60)  # loading the program takes what the machine has to spare
    left = set(everybody(house)) - set(processes(house.process.pid)) - {house.process.pid}
    assert not alive(list(left)), "without a parent in the house"


@pytest.fixture
def on_the_network() -> list[str]:
    """Words that make a house serve the office network too, with its page for phones."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return ["--lan", "--lan-port", str(port), "--with-demo"]


def test_whoever_is_killed_is_replaced_and_leaves_nobody_behind(house: House) -> None:
    master, workers = web(house)
    assert len(workers) >= 2
    killed(house, [master], [master, *workers])
    _, workers = web(house)
    killed(house, workers[:1], workers[:1])
    until(lambda: len(web(house)[1]) >= 2, "the web worker wasn't replaced")
    (tick,) = named(processes(house.process.pid), "yingbin.web.cli\0worker")
    killed(house, [tick], [tick])
    until(lambda: named(processes(house.process.pid), "yingbin.web.cli\0worker"), "no worker")
    backends = [p for p in processes(postmaster(house)) if named([p], "postgres: ")]
    killed(house, [backends[-1]], backends)
    first = postmaster(house)
    killed(house, [first], [first, *processes(first)])
    assert postmaster(house) != first
    house.visits()


def test_with_serve_everything_ends_and_the_next_start_finds_its_port_free(house: House) -> None:
    all_of_them = everybody(house)
    assert len(all_of_them) > 8
    os.kill(house.process.pid, signal.SIGKILL)
    house.process.wait()
    house.process = house.serve()  # at once, as a supervisor would
    until(lambda: not alive(all_of_them), f"left behind: {alive(all_of_them)}")
    house.wait(60)
    assert not set(all_of_them) & set(everybody(house))


def test_the_page_for_phones_comes_back_too(house: House, on_the_network: list[str]) -> None:
    house.process.terminate()
    assert house.process.wait(40) == 0
    house.environment["PYTHONUNBUFFERED"] = "1"
    house.before = (house.data / "test.log").stat().st_size
    words = ["serve", "--data", str(house.data), "--port", str(house.port), *on_the_network]
    house.process = subprocess.Popen(
        [sys.executable, "-m", "yingbin.web.cli", *words],
        cwd=ROOT,
        env=house.environment,
        stdout=house.log,
        stderr=house.log,
    )
    pages = lambda: named(processes(house.process.pid), "lan_page")  # noqa: E731
    until(house.is_ready, "not ready", 180)
    (first,) = pages()
    os.kill(first, signal.SIGKILL)
    until(lambda: pages() and pages() != [first], "the page wasn't replaced")
    all_of_them = everybody(house)
    os.kill(house.process.pid, signal.SIGKILL)
    house.process.wait()
    until(lambda: not alive(all_of_them), f"left behind: {alive(all_of_them)}")


def served(folder: Path, environment: dict[str, str]) -> tuple[list[int], int]:
    """A web server with a worker, its master killed: who was there, and the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "tiny.py").write_text(
        "from yingbin.web.server import leash\nleash.hold()\nasync def app(scope, receive, send): ..."
    )
    words = [
        "-m",
        "yingbin.web.server.leash",
        "granian",
        "--interface",
        "asgi",
        "--port",
        str(port),
    ]
    master = subprocess.Popen(
        [sys.executable, *words, "tiny:app"],
        env={**environment, "PYTHONPATH": f"{ROOT}:{folder}"},
        cwd=folder,
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )
    until(lambda: named(processes(master.pid), "granian"), "no worker")
    time.sleep(1)  # until the worker has loaded its application
    workers = processes(master.pid)
    os.kill(master.pid, signal.SIGKILL)
    master.wait()
    return workers, port


def test_without_the_leash_a_killed_web_server_leaves_its_workers(tmp_path: Path) -> None:
    """The control: the same server, not held."""
    held = {**os.environ, leash.HELD: str(os.getpid())}
    workers, _ = served(tmp_path, held)
    until(lambda: not alive(workers), "held, and left behind", 5)
    workers, _ = served(tmp_path, {k: v for k, v in os.environ.items() if k != leash.HELD})
    time.sleep(3)
    left = alive(workers)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert left, "nothing to be afraid of: this test can't fail"
