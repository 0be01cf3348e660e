"""A house for the faults: the product served on a data folder of its own, and a receptionist at its desk."""

import http.client
import os
import pwd
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
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from yingbin.web.demo import cast
from yingbin.web.server.postgres import ACCOUNT, _socket_folder

ROOT = Path(__file__).resolve().parents[2]
MEMORY = Path("/dev/shm")
ALONE = ("--workers", "1")  # enough where nobody is killed and nothing is stormed
AWKWARD = ("our data, 100% #1 a&b+c", '迎宾\'s "数据" (2)')  # folders are named as people name them
ROOMY = 3_000_000_000  # bytes: a few houses with their databases


@contextmanager
def room(word: str) -> Iterator[Path]:
    """A folder that the database's account can reach, in memory where there is enough of it: no kill of ours loses what lies there."""
    spacious = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOMY
    folder = Path(tempfile.mkdtemp(prefix=f"yb-{word}-", dir=MEMORY if spacious else "/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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


def surroundings(data: Path) -> dict[str, str]:
    """What a house on this folder runs with: nothing of the suite's own database and secret."""
    ours = {"DATABASE_URL", "YINGBIN_SECRET_KEY"}
    return {k: v for k, v in os.environ.items() if k not in ours} | {"YINGBIN_DATA": str(data)}


class House:
    """The product running on a data folder of its own; `more`: further words for `serve`."""

    def __init__(self, data: Path, *more: str) -> None:
        self.data, self.more = data, more
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.environment = surroundings(data)
        self.log = open(data / "test.log", "ab")  # noqa: SIM115
        self.process = self.serve()

    def serve(self) -> subprocess.Popen[bytes]:
        self.before = (self.data / "test.log").stat().st_size
        words = [sys.executable, "-m", "yingbin.web.cli", "serve", "--port", str(self.port)]
        return subprocess.Popen(
            [*words, "--data", str(self.data), "--demo-weeks", "0", *self.more],
            cwd=ROOT,
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
        )

    @property
    def sockets(self) -> str:
        """Where its database listens: in a folder of a plainer name where the data folder's can't be said to a client."""
        return str(_socket_folder(self.data))

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

    def end(self) -> None:
        """Stops it as people do."""
        self.process.terminate()
        self.process.wait(60)
        self.log.close()

    def kill(self) -> None:
        """Whatever state it is in: nothing of it is left running."""
        for pid in [*processes(self.process.pid), self.process.pid]:
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        with suppress(OSError, ValueError, IndexError):
            os.kill(int((self.data / "pg/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        self.log.close()

    def visits(self) -> set[str]:
        user = ACCOUNT if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        with psycopg.connect(host=self.sockets, user=user, dbname="yingbin") as connection:
            return {str(r[0]) for r in connection.execute("select id from floor_visit")}


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
                answer = self.ask("POST", "/gallery/arrival/", {"kind": "enquirer", "key": key})
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
