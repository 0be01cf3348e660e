"""Change → two hundred connected boards, and what two hundred idle boards cost.

    DATABASE_URL=… python -m bench.live [--boards 200] [--changes 20]

Boards are connections to the event stream of one gallery, held by a process of their own. A change is
an arrival posted by HTTP; its delay is counted from the moment the post is sent until a board has the
event, so it contains the decision itself. Idle cost is the CPU time of the server's processes over
twenty quiet seconds, in per cent of one core.
"""

import argparse
import os
import select
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from . import place
from .arrivals import marks, request, show
from .client import Line

QUIET = 20


def boards(port: int, session: str, many: int) -> None:
    """The process of the boards: prints ready, then a line `seq moment` for every event of every board."""
    ask = f"GET /live/board/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid={session}\r\n\r\n"
    poll = select.epoll()
    lines: dict[int, socket.socket] = {}
    rest: dict[int, bytes] = {}
    for _ in range(many):
        line = socket.create_connection(("127.0.0.1", port))
        line.sendall(ask.encode())
        lines[line.fileno()] = line
        rest[line.fileno()] = b""
        poll.register(line.fileno(), select.EPOLLIN)
    print("ready", flush=True)
    while True:
        now_seen: list[str] = []
        for number, _ in poll.poll():
            got = lines[number].recv(262144)
            if not got:
                print("lost", flush=True)
                return
            now = time.monotonic()
            text = rest[number] + got
            for part in text.split(b"\n")[:-1]:
                if part.startswith(b"id: "):
                    now_seen.append(f"{number} {part[4:].decode()} {now}")
            rest[number] = text.rsplit(b"\n", 1)[-1]
        if now_seen:
            print("\n".join(now_seen), flush=True)


def measure(many: int = 200, changes: int = 20) -> list[tuple[str, str, str]]:
    """Rows of (what, figure, aim)."""
    (gallery,) = place.found("bench_live", 1, changes + 4)
    place.use("bench_live")
    from yingbin.journal.models import Ledger

    start = Ledger.objects.get(site_id=gallery.site).seq
    place.close()
    with place.server("bench_live") as server:
        words = [sys.executable, "-m", "bench.live", "--be", gallery.session, "--boards", str(many)]
        process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=place.ROOT)
        try:
            seen = _listening(process)
            time.sleep(4)
            idle = _idle(server)
            sent = _change(gallery, changes)
            time.sleep(2)
        finally:
            process.kill()
    place.drop("bench_live")
    delays, missed = _delays(seen, sent, start, many)
    p50, p99 = marks(delays)
    figure = f"p50 {p50:.0f} ms, p99 {p99:.0f} ms, {missed} missed"
    return [
        (f"change → {many} boards, {changes} changes", figure, "p99 < 1000 ms"),
        (f"{many} idle boards over {QUIET} s", f"{idle:.1f} % of a core", ""),
    ]


def _listening(process: Any) -> list[tuple[str, int, float]]:
    seen: list[tuple[str, int, float]] = []
    if process.stdout.readline().strip() != "ready":
        raise SystemExit("the boards couldn't connect")

    def listen() -> None:
        for text in process.stdout:
            board, seq, moment = text.split()
            seen.append((board, int(seq), float(moment)))

    threading.Thread(target=listen, daemon=True).start()
    return seen


def _change(gallery: place.Gallery, changes: int) -> list[float]:
    line, sent = Line(place.PORT), []
    for n in range(changes):
        words = request(gallery, 0, n)["words"].encode()
        sent.append(time.monotonic())
        status, _, body = line.ask(words)
        if status != 302:
            raise SystemExit(f"an arrival answered {status}: {body[:300]!r}")
        time.sleep(0.7)
    return sent


def _delays(
    seen: list[tuple[str, int, float]], sent: list[float], start: int, many: int
) -> tuple[list[float], int]:
    """Of every change and board: until the board first had that change or a later one."""
    each = 2  # entries an arrival of a new customer writes
    by_board: dict[str, list[tuple[int, float]]] = {}
    for board, seq, moment in seen:
        by_board.setdefault(board, []).append((seq, moment))
    delays = []
    for number, began in enumerate(sent):
        wanted = start + each * (number + 1)
        for events in by_board.values():
            first = min((m for s, m in events if s >= wanted), default=None)
            if first is not None:
                delays.append(first - began)
    return delays, len(sent) * many - len(delays)


def _idle(parent: int) -> float:
    began = _spent(parent)
    time.sleep(QUIET)
    return (_spent(parent) - began) / QUIET * 100


def _spent(parent: int) -> float:
    """CPU seconds of a process and its children so far (Linux)."""
    ticks = os.sysconf("SC_CLK_TCK")
    found = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(words[1]) == parent or int(stat.parent.name) == parent:
            found += int(words[11]) + int(words[12])
    return found / ticks


def main() -> None:
    """Measures and prints; with --be it is the boards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--boards", type=int, default=200)
    parser.add_argument("--changes", type=int, default=20)
    parser.add_argument("--be", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.be:
        boards(place.PORT, args.be, args.boards)
        return
    show(measure(args.boards, args.changes))


if __name__ == "__main__":
    main()
