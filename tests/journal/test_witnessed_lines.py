"""A witness outside the house signs each line as the gallery grows, and refuses a rewritten day."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.db import connection

from tests import served
from tests.gallery.conftest import Gallery
from tests.journal.lines_of_a_day import busy
from tests.journal.small_witness import SmallWitness
from tests.journal.test_tampering import rechain
from yingbin.journal import checkpoints, notes
from yingbin.journal.export import export_lines
from yingbin.journal.models import Departure
from yingbin.journal.verify import verify
from yingbin.notices import lines


@pytest.fixture
def witness(hall: Gallery, settings: Any) -> Iterator[SmallWitness]:
    """A witness on a port of its own that knows the gallery's log."""
    small = SmallWitness()
    small.logs[checkpoints.origin(hall.site)] = checkpoints.log_key(hall.site).public

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status, body = small.add_checkpoint(asked)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Door)
    served.begin(server)
    settings.YINGBIN_HOOKS_INSIDE = True
    settings.YINGBIN_OUTSIDE_WITNESSES = f"{small.vkey}=http://127.0.0.1:{server.server_port}/w"
    yield small
    server.shutdown()


def offered(hall: Gallery) -> str:
    """The newest line is made and offered to the one witness; why it wasn't cosigned."""
    line = checkpoints.make(hall.site, hall.now) or checkpoints.latest(hall.site)
    assert line is not None
    return lines.submit(lines.witnesses()[0], line, hall.now)


def test_a_witness_cosigns_a_gallery_as_it_grows(hall: Gallery, witness: SmallWitness) -> None:
    for _ in range(3):
        busy(hall, 7)
        assert offered(hall) == ""
    assert witness.answers == [200, 200, 200]
    newest = checkpoints.latest(hall.site)
    assert newest is not None
    kept = notes.read_line(lines.with_cosignatures(newest))
    assert notes.cosigned_at(kept, witness.vkey) == witness.clock
    window = checkpoints.window(hall.site, set_up=True)
    assert window.entries == 0


def test_a_witness_that_remembers_more_than_we_do_is_asked_from_there(
    hall: Gallery,
    witness: SmallWitness,
) -> None:
    busy(hall, 7)
    assert offered(hall) == ""
    Departure.objects.all().delete()
    busy(hall, 7)
    assert offered(hall) == ""
    assert witness.answers == [200, 409, 200]


def rewrite_the_day(hall: Gallery) -> None:
    """Whoever owns the database takes the guards away and rewrites an early entry and all after it, without a fault."""
    rows = [json.loads(line) for line in export_lines(hall.site)]
    rows[4]["entry"]["body"]["forged"] = True
    rechain(rows, 4)
    with connection.cursor() as cursor:
        cursor.execute("alter table journal_entry disable trigger all")
        cursor.execute("alter table journal_checkpoint disable trigger all")
        cursor.execute("delete from journal_checkpoint")
        for row in rows:
            if "entry" in row:
                e = row["entry"]
                cursor.execute(
                    "update journal_entry set body = %s, prev = %s, hash = %s, receipt = %s where site_id = %s and seq = %s",
                    [json.dumps(e["body"]), bytes.fromhex(e["prev"]), bytes.fromhex(e["hash"]), e["receipt"], hall.site, e["seq"]],
                )  # fmt: skip
        cursor.execute(
            "update journal_ledger set head = %s where site_id = %s",
            [bytes.fromhex(rows[-1]["end"]["head"]), hall.site],
        )


def test_a_witness_refuses_a_rewritten_day(hall: Gallery, witness: SmallWitness) -> None:
    busy(hall, 9)
    assert offered(hall) == ""
    true = checkpoints.latest(hall.site)
    assert true is not None
    rewrite_the_day(hall)
    assert verify(export_lines(hall.site))[1] == [], "inside the house everything fits"
    assert "另一个根" in offered(hall)
    busy(hall, 9)
    assert "对不上" in offered(hall)
    assert witness.answers == [200, 409, 409, 422]
    assert witness.seen[checkpoints.origin(hall.site)] == (true.size, true.root)
    faults = verify(export_lines(hall.site), checkpoints=[true.text])[1]
    assert [f.kind for f in faults] == ["rewritten 被重写"], "and whoever kept the line finds it"
