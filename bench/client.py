"""Clients in a process of their own: plain sockets that post arrivals and time the answers.

    python -m bench.client < plan.json

`plan`: {"port", "lanes": [[request, …], …], "due": false, "status": 302}. A request is {"head", "body", "due", "then"}.
Lanes run side by side, each on one kept connection. With "due", a request is sent at its second from
the start (or as soon as its lane is free) and its latency counts from the second it was due: a server
that falls behind can't hide it. "then" follows the redirect and fetches the page of the decision.
"""

import json
import socket
import sys
import threading
import time
from typing import Any


class Line:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket = self._connect()

    def _connect(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def ask(self, words: bytes) -> tuple[int, bytes, bytes]:
        """Status, head and body of the answer."""
        self.socket.sendall(words)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _, body = got.partition(b"\r\n\r\n")
        length = _length(head)
        while len(body) < length:
            body += self._more()
        return int(head[9:12]), head, body

    def _more(self) -> bytes:
        part = self.socket.recv(65536)
        if not part:
            raise ConnectionError("the server closed the connection")
        return part


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line.split(b":")[1])
    raise ValueError("an answer without its length")


def run(plan: dict[str, Any]) -> dict[str, Any]:
    """Plays the plan; seconds in all, of them on a processor, latencies in seconds, answers that were none."""
    took: list[tuple[float, float]] = []  # when it was due, how long until its answer
    pages: list[float] = []
    wrong: list[str] = []
    gate = threading.Barrier(len(plan["lanes"]) + 1)

    def lane(requests: list[dict[str, Any]]) -> None:
        line = Line(plan["port"])
        gate.wait()
        start = time.perf_counter()
        for request in requests:
            began = time.perf_counter()
            if plan.get("due"):
                began = start + request["due"]
                time.sleep(max(0.0, began - time.perf_counter()))
            status, head, body = line.ask(request["words"].encode())
            took.append((request["due"], time.perf_counter() - began))
            if status != plan.get("status", 302):
                wrong.append(f"{status} {body[:200]!r}")
            elif request.get("then"):
                again = time.perf_counter()
                where = _location(head)
                status, _, _ = line.ask(f"GET {where} HTTP/1.1\r\n{request['then']}\r\n".encode())
                pages.append(time.perf_counter() - again)

    threads = [threading.Thread(target=lane, args=(r,)) for r in plan["lanes"]]
    for t in threads:
        t.start()
    gate.wait()
    began, busy = time.perf_counter(), time.process_time()
    for t in threads:
        t.join()
    return {
        "seconds": time.perf_counter() - began,
        "busy": time.process_time() - busy,
        "times": [seconds for _, seconds in took],
        "due": [due for due, _ in took],
        "pages": pages,
        "wrong": wrong,
    }


def _location(head: bytes) -> str:
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"location:"):
            return line.split(b":", 1)[1].strip().decode()
    return "/"


if __name__ == "__main__":
    json.dump(run(json.load(sys.stdin)), sys.stdout)
