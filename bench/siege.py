"""The program without a proxy under siege, while a receptionist goes on recording arrivals.

    python -m bench.siege --port 8150 [--only slow_bodies]

Only against 127.0.0.1, in bounded numbers, each attack for a bounded time. The house must be one with demo data that
may be filled with arrivals.
"""

import argparse
import http.client
import re
import resource
import selectors
import socket
import statistics
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from urllib.parse import urlencode

from yingbin.web.demo import cast

HERE = "127.0.0.1"


@dataclass
class Desk:
    """A receptionist: opens her page, records an arrival, and again."""

    port: int
    account: str = cast.RECEPTIONISTS[0].account
    cookies: dict[str, str] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    recorded: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def ask(self, method: str, path: str, sent: dict[str, str] | None = None) -> tuple[int, str]:
        """One page: status, and where it leads to."""
        line = http.client.HTTPConnection(HERE, self.port, timeout=20)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        headers |= {"X-CSRFToken": self.cookies.get("csrftoken", "")}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        began = time.monotonic()
        try:
            line.request(method, path, urlencode(sent) if sent else None, headers)
            answer = line.getresponse()
            answer.read()
            for kept in answer.headers.get_all("Set-Cookie") or []:
                name, value = kept.split(";")[0].split("=", 1)
                self.cookies[name] = value
            return answer.status, answer.headers.get("Location", "")
        finally:
            self.took.append(time.monotonic() - began)
            line.close()

    def sign_in(self) -> None:
        """Signs in with the demo's password."""
        self.ask("GET", "/login/")
        status, _ = self.ask("POST", "/login/", {"login": self.account, "password": cast.PASSWORD})
        if status != 302:
            raise SystemExit(f"sign-in answered {status}")
        self.took.clear()

    def work(self) -> None:
        """Records arrivals until stopped."""
        while not self.stop.is_set():
            try:
                self.ask("GET", "/gallery/arrival/")
                kind = {"kind": "enquirer", "key": str(uuid.uuid4())}
                status, leads = self.ask("POST", "/gallery/arrival/", kind)
                found = re.search(r"/visit/([0-9a-f-]{36})/", leads)
                if status == 302 and found:
                    self.recorded.append(found[1])
                else:
                    self.failed.append(str(status))
            except (OSError, http.client.HTTPException) as error:
                self.failed.append(type(error).__name__)
            self.stop.wait(0.2)


@dataclass(frozen=True)
class Outcome:
    """What an attack did to the receptionist, and what the attackers were answered."""

    attack: str
    recorded: list[str]
    failed: list[str]
    p50: float
    p95: float
    answers: dict[str, int]

    @property
    def held(self) -> bool:
        """Whether every arrival was recorded, and her pages stayed under a second."""
        return bool(self.recorded) and not self.failed and self.p95 < 1.0

    def __str__(self) -> str:
        answers = ", ".join(f"{n}× {what}" for what, n in sorted(self.answers.items()))
        return (
            f"{'held' if self.held else 'BROKE':<6}{self.attack:<14} recorded {len(self.recorded):>3}, failed"
            f" {len(self.failed)}, p50 {self.p50 * 1000:.0f} ms, p95 {self.p95 * 1000:.0f} ms; {answers}"
        )


Answers = dict[str, int]


def _opened(port: int, text: bytes) -> socket.socket | None:
    with suppress(OSError):
        line = socket.create_connection((HERE, port), timeout=3)
        line.sendall(text)
        return line
    return None


def _heads(lines: list[socket.socket], answers: Answers, ends: float) -> None:
    """Waits for what the open lines are answered, until the time is over."""
    with selectors.DefaultSelector() as chooser:
        for line in lines:
            line.setblocking(False)
            chooser.register(line, selectors.EVENT_READ)
        while chooser.get_map() and time.monotonic() < ends:
            for key, _ in chooser.select(0.2):
                line = key.fileobj
                assert isinstance(line, socket.socket)
                said = b""
                with suppress(OSError):
                    said = line.recv(4096)
                what = said.split(b" ")[1].decode() if said.startswith(b"HTTP/") else "closed"
                answers[what] = answers.get(what, 0) + 1
                chooser.unregister(line)
        answers["no answer yet"] = len(chooser.get_map())


def _hold(port: int, many: int, text: bytes, seconds: float) -> Answers:
    """Opens so many lines that say so much and then nothing more."""
    answers: Answers = {}
    ends = time.monotonic() + seconds
    lines = [made for _ in range(many) if (made := _opened(port, text))]
    answers["not let in"] = many - len(lines)
    _heads(lines, answers, ends)
    time.sleep(max(0, ends - time.monotonic()))  # those that were let in are still there
    for line in lines:
        line.close()
    return {what: n for what, n in answers.items() if n}


def peace(port: int, cookies: dict[str, str], seconds: float) -> Answers:
    """Nobody attacks: what the receptionist's pages take by themselves."""
    time.sleep(seconds)
    return {}


def slow_bodies(port: int, cookies: dict[str, str], seconds: float) -> Answers:
    """90 forms whose body never comes."""
    head = f"POST /login/ HTTP/1.1\r\nHost: {HERE}\r\nContent-Length: 9000\r\n\r\nlogin="
    return _hold(port, 90, head.encode(), seconds)


def slow_headers(port: int, cookies: dict[str, str], seconds: float) -> Answers:
    """2,000 requests whose headers never end."""
    return _hold(port, 2000, f"GET /login/ HTTP/1.1\r\nHost: {HERE}\r\n".encode(), seconds)


def streams(port: int, cookies: dict[str, str], seconds: float) -> Answers:
    """1,200 live pages of one session."""
    kept = "; ".join(f"{k}={v}" for k, v in cookies.items())
    head = f"GET /live/board/ HTTP/1.1\r\nHost: {HERE}\r\nCookie: {kept}\r\n\r\n"
    return _hold(port, 1200, head.encode(), seconds)


def upload(port: int, cookies: dict[str, str], seconds: float) -> Answers:
    """600 MB as a file, by nobody."""
    total, ends = 600 * 1024 * 1024, time.monotonic() + seconds
    head = f"POST /login/ HTTP/1.1\r\nHost: {HERE}\r\nContent-Length: {total}\r\n"
    head += "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    line = _opened(port, head.encode() + part)
    if line is None:
        return {"not let in": 1}
    piece, sent = b"x" * (1 << 20), 0
    with suppress(OSError):
        while sent < total and time.monotonic() < ends:
            line.sendall(piece)
            sent += len(piece)
    answers: Answers = {"MB taken from the line": sent >> 20}
    _heads([line], answers, time.monotonic() + 5)
    time.sleep(max(0, ends - time.monotonic()))
    return {what: n for what, n in answers.items() if n}


def sign_ins(port: int, cookies: dict[str, str], seconds: float) -> Answers:
    """60 at once, again and again, who try passwords of accounts that don't exist."""
    answers: Answers = {}
    ends = time.monotonic() + seconds

    def one(n: int) -> None:
        tries = Desk(port, f"nobody{n}")
        with suppress(OSError, http.client.HTTPException):
            tries.ask("GET", "/login/")
            while time.monotonic() < ends:
                told = {"login": f"nobody{n}", "password": str(uuid.uuid4())}
                status, _ = tries.ask("POST", "/login/", told)
                answers[str(status)] = answers.get(str(status), 0) + 1
                time.sleep(0.5 if status == 429 else 0)

    crowd = [threading.Thread(target=one, args=(n,)) for n in range(60)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join(seconds + 25)
    return answers


FORM = "/visit/zongbu/"
A_SECOND, SENDERS = 300, 10


def nonsense(port: int, cookies: dict[str, str], seconds: float) -> Answers:
    """300 applications for a visit a second that are none, while a guest opens the form again and again."""
    answers: Answers = {}
    ends, guest = time.monotonic() + seconds, Desk(port)
    told = {
        "visitor": "x" * 40,
        "contact": "\u202e",
        "phone": "1" * 20,
        "headcount": "9" * 9,
        "stamp": "~",
    }

    def send() -> None:
        due = time.monotonic()
        while time.monotonic() < ends:
            with suppress(OSError, http.client.HTTPException):
                status, _ = Desk(port).ask("POST", FORM, {**told, "key": str(uuid.uuid4())})
                answers[str(status)] = answers.get(str(status), 0) + 1
            due += SENDERS / A_SECOND
            time.sleep(max(0, due - time.monotonic()))

    crowd = [threading.Thread(target=send) for _ in range(SENDERS)]
    for each in crowd:
        each.start()
    while time.monotonic() < ends:
        with suppress(OSError, http.client.HTTPException):
            status, _ = guest.ask("GET", FORM)
            answers[f"guest {status}"] = answers.get(f"guest {status}", 0) + 1
        time.sleep(0.1)
    for each in crowd:
        each.join(25)
    answers["guest's page p95 in ms"] = int(statistics.quantiles(guest.took, n=20)[18] * 1000)
    return answers


def application(port: int, cookies: dict[str, str], seconds: float) -> Answers:
    """50 MB as an application for a visit; how long until the answer."""
    head = f"POST {FORM} HTTP/1.1\r\nHost: {HERE}\r\nContent-Length: {50 << 20}\r\n\r\nvisitor="
    began, line = time.monotonic(), _opened(port, head.encode())
    answers: Answers = {}
    if line is not None:
        line.shutdown(socket.SHUT_WR)
        _heads([line], answers, began + seconds)
    answers["ms until the answer"] = int((time.monotonic() - began) * 1000)
    return {what: n for what, n in answers.items() if n}


ATTACKS: dict[str, Callable[[int, dict[str, str], float], Answers]] = {
    "peace": peace,
    "slow_bodies": slow_bodies,
    "slow_headers": slow_headers,
    "streams": streams,
    "upload": upload,
    "sign_ins": sign_ins,
}
# At a headquarters' public form.
STRANGERS = {"nonsense": nonsense, "application": application}


@contextmanager
def at_work(port: int) -> Iterator[Desk]:
    """A receptionist who works while the block lasts."""
    desk = Desk(port)
    desk.sign_in()
    working = threading.Thread(target=desk.work)
    working.start()
    try:
        yield desk
    finally:
        desk.stop.set()
        working.join(30)


def besiege(port: int, attack: str, seconds: float = 15) -> Outcome:
    """One attack, and what became of the receptionist meanwhile."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4096)), hard))
    # In a process of its own: what the attackers cost this machine's Python shall not slow the receptionist's.
    with ProcessPoolExecutor(1, get_context("spawn")) as attackers, at_work(port) as desk:
        begun = attackers.submit((ATTACKS | STRANGERS)[attack], port, dict(desk.cookies), seconds)
        answers = begun.result(seconds + 90)
    steps = statistics.quantiles(desk.took, n=20) if len(desk.took) > 1 else [9.9] * 19
    return Outcome(attack, desk.recorded, desk.failed, steps[9], steps[18], answers)


def main(words: list[str]) -> int:
    """Every attack in turn; ends with 1 where one broke the house."""
    parser = argparse.ArgumentParser(prog="bench.siege", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--only", choices=ATTACKS | STRANGERS)
    args = parser.parse_args(words)
    came = []
    for attack in [args.only] if args.only else ATTACKS | STRANGERS:
        came.append(besiege(args.port, attack, args.seconds))
        print(came[-1], flush=True)
    return 0 if all(outcome.held for outcome in came) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
