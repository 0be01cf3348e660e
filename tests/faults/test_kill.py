"""What is acknowledged stays: web server and database killed with -9 under load, then a clean stop."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

import pytest

from tests.faults.house import Desk, House, alive, named, processes
from yingbin.web.server import serve


def at_work_again(desks: list[Desk]) -> None:
    """Waits until arrivals are acknowledged once more, however busy the machine is."""
    was, ends = sum(len(d.acknowledged) for d in desks), time.monotonic() + 120
    time.sleep(1)
    while sum(len(d.acknowledged) for d in desks) < was + 9:
        assert time.monotonic() < ends, "nobody records anything any more"
        time.sleep(0.2)


def test_whatever_was_acknowledged_survives_every_kill(house: House) -> None:
    before = house.visits()
    desks = [Desk(house) for _ in range(3)]
    threads = [threading.Thread(target=d.work) for d in desks]
    for t in threads:
        t.start()
    time.sleep(2)
    for pid in named(processes(house.process.pid), "granian"):
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
    at_work_again(desks)
    postmaster = int((house.data / "pg/postmaster.pid").read_text().split()[0])
    # The supervisor sleeps for two seconds, else the database may be back before anyone notices.
    os.kill(house.process.pid, signal.SIGSTOP)
    os.kill(postmaster, signal.SIGKILL)
    time.sleep(2)
    os.kill(house.process.pid, signal.SIGCONT)
    at_work_again(desks)
    for d in desks:
        d.stop.set()
    for t in threads:
        t.join(60)
    assert not any(t.is_alive() for t in threads)
    acknowledged = {v for d in desks for v in d.acknowledged.values()}
    keys = [k for d in desks for k in d.acknowledged]
    assert len(acknowledged) == len(keys) > 20
    assert acknowledged == house.visits() - before
    assert sum(d.not_saved for d in desks) > 0
    check = house.yingbin("queue", "check", "--site", "hupan")
    assert check.returncode == 0, check.stdout + check.stderr
    whole = house.yingbin("journal", "verify", "--site", "hupan")
    assert whole.returncode == 0, whole.stdout + whole.stderr


def test_a_second_start_says_so_and_a_killed_house_comes_back_whole(house: House) -> None:
    second = house.yingbin("serve", "--data", str(house.data), "--port", "1")
    assert second.returncode == 3
    assert "已经在用" in second.stderr
    desk = Desk(house)
    desk.one("k")
    os.kill(house.process.pid, signal.SIGKILL)
    house.process.wait()
    house.process = house.serve()
    house.wait()
    assert set(desk.acknowledged.values()) <= house.visits()
    desk.one("k")
    assert len(set(desk.acknowledged.values())) == 1
    running = processes(house.process.pid)
    house.process.send_signal(signal.SIGINT)
    assert house.process.wait(40) == 0
    assert not alive(running), "Ctrl-C came back before everything had ended"
    assert not (house.data / "pg/postmaster.pid").exists()


DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True);"


def test_a_child_that_does_not_listen_is_ended_with_all_it_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(serve, "_PATIENCE", 0.2)
    parent = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {DEAF!r} 'time.sleep(60)']); {DEAF} time.sleep(60)"
    child = subprocess.Popen(
        [sys.executable, "-c", parent], stdout=subprocess.PIPE, start_new_session=True
    )
    assert child.stdout
    assert [child.stdout.readline() for _ in range(2)] == [b"1\n", b"1\n"]
    running = [child.pid, *processes(child.pid)]
    assert len(running) == 2
    serve._stop_all({"web": child}, None)
    assert not alive(running)
    child.stdout.close()
