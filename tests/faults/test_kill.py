"""What is acknowledged stays: web server and database killed with -9 under load, then a clean stop."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from yingbin.web.demo import cast
from yingbin.web.server import serve
from yingbin.web.server.postgres import ACCOUNT

ROOT = Path(__file__).resolve().parents[2]


def processes(parent: int) -> list[int]:
    """All descendants of a process."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError):
                ppid = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                children.setdefault(ppid, []).append(int(entry.name))
    found, todo = [], [parent]
    while todo:
        for child in children.get(todo.pop(), []):
            found.append(child)
            todo.append(child)
    return found


def named(pids: list[int], word: str) -> list[int]:
    """Those whose command line has this word."""
    chosen = []
    for pid in pids:
        with suppress(OSError):
            if word.encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
                chosen.append(pid)
    return chosen


def alive(pids: list[int]) -> dict[int, str]:
    """Those that still run, with their command lines; one that ended and waits to be reaped does not."""
    found = {}
    for pid in pids:
        with suppress(OSError, IndexError):
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
            if state not in "ZX":
                words = Path(f"/proc/{pid}/cmdline").read_bytes()
                found[pid] = f"{state} {words.replace(bytes(1), b' ').decode()}"
    return found


class House:
    """The product running on a data folder of its own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.environment = {
            k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "YINGBIN_SECRET_KEY")
        }
        self.environment["YINGBIN_DATA"] = str(data)
        self.log = open(data / "test.log", "ab")  # noqa: SIM115
        self.process = self.serve()

    def serve(self) -> subprocess.Popen[bytes]:
        self.before = (self.data / "test.log").stat().st_size
        words = [sys.executable, "-m", "yingbin.web.cli", "serve", "--port", str(self.port)]
        return subprocess.Popen(
            [*words, "--data", str(self.data), "--demo-weeks", "0"],
            cwd=ROOT,
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
        )

    def is_ready(self) -> bool:
        """Whether `serve` has said so: until then a child that is gone means that it couldn't start."""
        return b"Yingbin is ready" in (self.data / "test.log").read_bytes()[self.before :]

    def wait(self, seconds: float = 240) -> None:
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            assert self.process.poll() is None, (self.data / "test.log").read_text()[-3000:]
            with suppress(OSError, http.client.HTTPException):
                line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=3)
                line.request("GET", "/healthz")
                if line.getresponse().status == 200 and self.is_ready():
                    return
            time.sleep(0.2)
        pytest.fail("the house didn't come up: " + (self.data / "test.log").read_text()[-3000:])

    def yingbin(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "yingbin.web.cli", *words]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )

    def visits(self) -> set[str]:
        import pwd

        user = ACCOUNT if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        address = f"host={self.data / 'run'} user={user} dbname=yingbin"
        with psycopg.connect(address) as connection:
            return {str(r[0]) for r in connection.execute("select id from floor_visit")}


@pytest.fixture
def house(founded: Callable[[Path], None]) -> Iterator[House]:
    """Served data in a folder that the database's account can reach."""
    data = Path(tempfile.mkdtemp(prefix="yb-kill-", dir="/tmp"))
    data.chmod(0o755)
    founded(data)
    made = House(data)
    try:
        made.wait()
        yield made
    finally:
        for pid in [*processes(made.process.pid), made.process.pid]:
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        made.process.wait()
        with suppress(OSError, ValueError, IndexError):
            os.kill(int((data / "pg/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        made.log.close()
        shutil.rmtree(data, ignore_errors=True)


class Desk:
    """A receptionist who taps until the arrival is acknowledged, always with the same key."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.acknowledged: dict[str, str] = {}
        self.not_saved = 0
        self.stop = threading.Event()
        self.cookies = self.sign_in()

    def ask(
        self, method: str, path: str, sent: dict[str, str] | None = None
    ) -> http.client.HTTPResponse:
        line = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=10)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in getattr(self, "cookies", {}).items())}
        headers["X-CSRFToken"] = getattr(self, "cookies", {}).get("csrftoken", "")
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request(method, path, body=urlencode(sent or {}), headers=headers)
        answer = line.getresponse()
        answer.read()
        return answer

    def sign_in(self) -> dict[str, str]:
        self.cookies: dict[str, str] = {}
        first = self.ask("GET", "/login/")
        self.cookies = self.taken(first)
        answer = self.ask(
            "POST",
            "/login/",
            {"login": cast.RECEPTIONISTS[0].account, "password": cast.PASSWORD},
        )
        assert answer.status == 302, answer.status
        return {**self.cookies, **self.taken(answer)}

    def taken(self, answer: http.client.HTTPResponse) -> dict[str, str]:
        set_ = answer.headers.get_all("Set-Cookie") or []
        return dict(c.split(";")[0].split("=", 1) for c in set_)

    def work(self) -> None:
        while not self.stop.is_set():
            self.one(str(uuid.uuid4()))

    def one(self, key: str) -> None:
        for _ in range(1200):
            try:
                answer = self.ask("POST", "/floor/arrival/", {"kind": "enquirer", "key": key})
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
                continue
            if answer.status == 302:
                found = re.search(r"/visit/([0-9a-f-]{36})/", answer.headers["Location"])
                assert found, answer.headers["Location"]
                self.acknowledged[key] = found[1]
                return
            assert answer.status == 503, f"answered {answer.status} while the database was away"
            self.not_saved += 1
            time.sleep(0.1)
        raise AssertionError("never acknowledged")


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
