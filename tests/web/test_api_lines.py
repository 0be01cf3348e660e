"""A device on a line that fails: one key sent many times writes once, and the sample client tries again."""

import json
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from django.db import OperationalError
from django.test import Client

from tests import served
from tests.gallery.conftest import Gallery
from tests.race import at_once
from yingbin.gallery.models import Visit

from .caller import NEW, call, token

SAMPLE = Path(__file__).parents[2] / "docs" / "samples" / "arrival_client.py"


def test_a_lost_database_says_not_saved(
    client: Client, hall: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = token(hall, "苏晴", "arrivals.write", "queue.read")

    def gone(*_: Any, **__: Any) -> Any:
        raise OperationalError("the server closed the connection")

    for place in ("yingbin.journal.write._enter", "yingbin.people.bearing.bearer"):
        with monkeypatch.context() as patch:
            patch.setattr(place, gone)
            answer = client.post(
                "/api/v1/arrivals", "{}", content_type="application/json",
                headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": "arrival-1"},
            )  # fmt: skip
        assert (answer.status_code, answer["Retry-After"]) == (503, "2")
        assert "Idempotency-Key" in answer.json()["detail"]
    assert call(client, secret, "POST", "/arrivals", NEW, "arrival-1")[0] == 201


@pytest.mark.django_db(transaction=True)
def test_sixteen_sendings_of_one_key_at_the_same_instant_make_one_visit(gallery: Gallery) -> None:
    gallery.open("林悦", "周航")
    secret = token(gallery, "苏晴", "arrivals.write")
    answers = at_once(16, lambda n: call(Client(), secret, "POST", "/arrivals", NEW, "arrival-1"))
    assert {a[0] for a in answers} == {201}
    assert len({json.dumps(a[1], sort_keys=True) for a in answers}) == 1
    assert Visit.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_sample_client_of_thirty_lines_works(live_server: Any, gallery: Gallery) -> None:
    assert SAMPLE.read_text().count("\n") <= 30
    gallery.open("林悦", "周航")
    secret = token(gallery, "苏晴", "arrivals.write")
    asked = [sys.executable, str(SAMPLE), live_server.url, secret, "张伟", "13812341234"]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "林悦" in done.stdout
    wrong = subprocess.run([*asked[:3], "yb_wrong", *asked[4:]], capture_output=True, text=True)
    assert "密钥可能已停用" in wrong.stderr


@pytest.mark.django_db(transaction=True)
def test_the_sample_client_tries_again_with_the_same_key(
    live_server: Any, gallery: Gallery
) -> None:
    gallery.open("林悦", "周航")
    secret = token(gallery, "苏晴", "arrivals.write")
    with Forgetful(live_server.url) as line:
        asked = [sys.executable, str(SAMPLE), line.url, secret, "张伟", "13812341234"]
        done = subprocess.run(asked, capture_output=True, text=True, timeout=60)
    assert "林悦" in done.stdout, done.stderr
    assert len(line.keys) == 3
    assert len(set(line.keys)) == 1
    assert Visit.objects.count() == 1


class Forgetful:
    """A line that passes every call on, but loses the first answer and answers 503 for the second."""

    def __init__(self, to: str) -> None:
        self.keys: list[str] = []
        line = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                line.keys.append(self.headers["Idempotency-Key"])
                body = self.rfile.read(int(self.headers["Content-Length"]))
                wanted = ("Authorization", "Idempotency-Key", "Content-Type")
                asked = Request(to + self.path, body, {n: self.headers[n] for n in wanted})
                answer = urlopen(asked, timeout=20).read()
                if len(line.keys) == 1:
                    self.close_connection = True
                    return
                self.send_response(503 if len(line.keys) == 2 else 201)
                self.end_headers()
                self.wfile.write(b'{"detail": "x"}' if len(line.keys) == 2 else answer)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> "Forgetful":
        served.begin(self.server)
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
