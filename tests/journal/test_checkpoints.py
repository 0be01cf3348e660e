"""Signed lines during the day: made in time, read by other people's software, watched by a witness, sent outside."""

import base64
import json
import struct
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from tests.journal.test_tampering import rechain
from yingbin.gallery.actions import days
from yingbin.journal import bundle, checkpoints, keys, merkle, notes
from yingbin.journal.export import export_lines
from yingbin.journal.models import Checkpoint, Departure, Entry, Ledger
from yingbin.journal.verify import verify
from yingbin.journal.write import Pen, write
from yingbin.notices import lines
from yingbin.notices.actions import choose_channel
from yingbin.notices.models import Delivery
from yingbin.people.ids import uuid7
from yingbin.people.models import Company, Site, SiteKind


def sizes(site: Any) -> list[int]:
    return list(
        Checkpoint.objects.filter(site_id=site).order_by("size").values_list("size", flat=True)
    )


def seq(hall: Gallery) -> int:
    return Ledger.objects.get(site_id=hall.site).seq


def busy(hall: Gallery, entries: int) -> None:
    """Groups come in until so many entries were written."""
    until = seq(hall) + entries
    while seq(hall) < until:
        hall.arrive()


# When lines are made


def test_a_line_is_made_an_hour_after_the_first_entry_it_covers(hall: Gallery) -> None:
    first = Entry.objects.get(site_id=hall.site, seq=1).at
    lines.tick(first + timedelta(minutes=59))
    assert sizes(hall.site) == []
    lines.tick(first + timedelta(minutes=60))
    assert sizes(hall.site) == [seq(hall)]
    lines.tick(first + timedelta(hours=5))
    assert sizes(hall.site) == [seq(hall)], "nothing new, no new line"


def test_a_line_is_made_after_a_hundred_entries(hall: Gallery) -> None:
    busy(hall, 99 - seq(hall))
    lines.tick(hall.now)
    assert sizes(hall.site) == []
    busy(hall, 1)
    lines.tick(hall.now)
    assert sizes(hall.site) == [seq(hall)]


def test_a_closing_is_covered_at_once_and_a_day_at_its_end(hall: Gallery) -> None:
    hall.do(days.close_gallery, "郑岚")
    lines.tick(hall.now)
    assert sizes(hall.site) == [seq(hall)]
    hall.now = hall.now.replace(hour=23, minute=50)
    hall.do(days.set_policy, "郑岚", values={}, reason="照旧")
    lines.tick(hall.now)
    assert len(sizes(hall.site)) == 1
    lines.tick(hall.now.replace(minute=56))
    assert sizes(hall.site)[-1] == seq(hall)


@pytest.mark.parametrize("kind", [SiteKind.SHOW_FLAT, SiteKind.MANAGEMENT_OFFICE, None])
def test_sites_of_every_kind_have_lines(hall: Gallery, kind: SiteKind | None) -> None:
    """Also places that never open a gallery's day, and the company's own chain."""
    site = uuid7()
    if kind:
        site = Site.objects.create(kind=kind, code="other", name="另一处", short_name="另").id

    def work(pen: Pen) -> dict[str, Any]:
        pen.append("role.given", {"staff": str(hall.id("林悦")), "role": "salesperson"})
        return {}

    told = {"verb": "x", "by": "clock", "at": hall.now, "payload": {}}
    write(site_id=site, key="once", work=work, **told)
    lines.tick(hall.now + timedelta(hours=2))
    assert sizes(site) == [1]
    assert sizes(hall.site) == [seq(hall)]


def test_twice_makes_a_line_once_and_the_database_keeps_it(hall: Gallery) -> None:
    assert checkpoints.make(hall.site, hall.now)
    assert checkpoints.make(hall.site, hall.now) is None
    with pytest.raises(DatabaseError), transaction.atomic():
        Checkpoint.objects.update(text="")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica; delete from journal_checkpoint")


def test_a_line_after_a_days_root_reads_only_what_is_new(hall: Gallery) -> None:
    busy(hall, 5)
    hall.do(days.set_policy, "郑岚", values={}, reason="照旧")
    first = checkpoints.make(hall.site, hall.now)
    busy(hall, 3)
    second = checkpoints.make(hall.site, hall.now)
    assert first is not None
    assert second is not None
    hashes = Entry.objects.filter(site_id=hall.site).order_by("seq").values_list("hash", flat=True)
    leaves = [merkle.leaf(bytes(h)) for h in hashes]
    assert second.root == merkle.root_of(leaves)
    assert first.root == merkle.root_of(leaves[: first.size])


def test_the_companys_lines_leave_by_the_channels_its_sites_chose_for_lines(
    hall: Gallery, settings: Any
) -> None:
    settings.YINGBIN_CHANNELS = "审计=json://127.0.0.1:9 群=json://127.0.0.1:9"
    company = Company.objects.get().id

    def work(pen: Pen) -> dict[str, Any]:
        pen.append("role.given", {"staff": str(hall.id("林悦")), "role": "auditor"})
        return {}

    told = {"verb": "x", "by": "clock", "at": hall.now, "payload": {}}
    write(site_id=company, key="once", work=work, **told)
    assert not lines.is_set_up(company)
    hall.do(choose_channel, "郑岚", name="审计", use=True, kinds=["line"])
    hall.do(choose_channel, "郑岚", name="群", use=True)
    assert lines.is_set_up(company)
    lines.tick(hall.now + timedelta(hours=2))
    gone = Departure.objects.get(site_id=company)
    assert (gone.way, gone.size) == ("channel:审计", 1)
    sent = Delivery.objects.get(id=gone.ref)
    assert sent.title == "公司的记录链签名行：到第 1 条，请保存"
    assert str(company) in sent.body
    lines.tick(hall.now + timedelta(hours=3))
    assert Departure.objects.filter(site_id=company).count() == 1
    page = signed_in(Client(), hall, "郑岚").get("/notices/lines/").content.decode()
    assert "公司的记录链" in page


# Read by software that isn't ours


def rekor_keyring(site: Any) -> tuple[Any, bytes]:
    """The keyring of sigstore-python with our key under the id that a signed note names."""
    from sigstore._internal.trust import Key, Keyring

    log = checkpoints.log_key(site)
    key = Key.__new__(Key)
    public = keys.signing_key().public_key()
    key.hash_algorithm, key.key = None, public
    key.key_id = log.id
    key.valid_for = None
    ring = Keyring([])
    ring._keyring[log.id] = key
    return ring, log.id


def test_other_peoples_software_reads_and_verifies_the_line(hall: Gallery) -> None:
    from sigstore._internal.rekor.checkpoint import SignedCheckpoint
    from sigstore.errors import VerificationError

    busy(hall, 20)
    line = checkpoints.make(hall.site, hall.now)
    assert line is not None
    ring, key_id = rekor_keyring(hall.site)
    read = SignedCheckpoint.from_text(line.text)
    assert read.checkpoint.origin == checkpoints.origin(hall.site)
    assert read.checkpoint.log_size == line.size
    assert read.checkpoint.log_hash == line.root.hex()
    read.signed_note.verify(ring, key_id)
    forged = line.text.replace(f"\n{line.size}\n", f"\n{line.size - 1}\n")
    with pytest.raises(VerificationError):
        SignedCheckpoint.from_text(forged).signed_note.verify(ring, key_id)


def test_the_key_of_a_line_survives_the_way_as_one_line(hall: Gallery) -> None:
    key = checkpoints.log_key(hall.site)
    assert notes.verifier_key(str(key)) == key
    with pytest.raises(notes.NotANote):
        notes.verifier_key(str(key).replace(key.id.hex(), "00000000"))


def test_the_specifications_own_cosigned_checkpoint_is_read() -> None:
    """The example of c2sp.org/tlog-cosignature: names, sizes and key ids stand where we look for them."""
    text = (
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
        "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
    )
    read = notes.read_line(text)
    assert read.size == 20852163
    assert [s.name for s in read.signatures] == [
        "example.com/behind-the-sofa",
        "witness.example.com/w1",
    ]
    assert read.signatures[1].signature[:8] == struct.pack(">Q", 1679315147)


# A witness


class SmallWitness:
    """A witness after c2sp.org/tlog-witness, written for this test with code of its own: it keeps the last size and root."""

    def __init__(self, name: str = "witness.example/hangzhou") -> None:
        self.name, self.key = name, Ed25519PrivateKey.generate()
        self.public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.logs: dict[str, bytes] = {}
        self.seen: dict[str, tuple[int, bytes]] = {}
        self.answers: list[int] = []
        self.clock = 1_790_000_000

    @property
    def vkey(self) -> notes.VerifierKey:
        return notes.VerifierKey(self.name, notes.COSIGNATURE_KEY, self.public)

    def add_checkpoint(self, request: str) -> tuple[int, str]:
        status, body = self._answer(request)
        self.answers.append(status)
        return status, body

    def _answer(self, request: str) -> tuple[int, str]:
        head, _, note = request.partition("\n\n")
        first, *proof = head.split("\n")
        old = int(first.removeprefix("old "))
        body, _, signatures = note.partition("\n\n")
        origin, size_, root_ = body.split("\n")[:3]
        size, root = int(size_), base64.b64decode(root_)
        if origin not in self.logs:
            return 404, ""
        if not self._signed(origin, body + "\n", signatures):
            return 403, ""
        if old > size:
            return 400, ""
        known, known_root = self.seen.get(origin, (0, b""))
        if old != known or (old == size and root != known_root):
            return 409, f"{known}\n"
        if old and not self._grew(
            old, size, known_root, root, [base64.b64decode(p) for p in proof]
        ):
            return 422, ""
        self.seen[origin] = (size, root)
        return 200, self._cosign(body + "\n")

    def _signed(self, origin: str, body: str, signatures: str) -> bool:
        public = self.logs[origin]
        for line in signatures.strip().split("\n"):
            _, name, told = line.split(" ")
            if name == origin:
                from cryptography.exceptions import InvalidSignature
                from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

                try:
                    key = Ed25519PublicKey.from_public_bytes(public)
                    key.verify(base64.b64decode(told)[4:], body.encode())
                except InvalidSignature:
                    return False
                return True
        return False

    def _grew(
        self, old: int, new: int, old_root: bytes, new_root: bytes, proof: list[bytes]
    ) -> bool:
        """RFC 6962's own recursion, the other way round than ours: from the proof back to both roots."""
        if old == new:
            return old_root == new_root and not proof

        def roots(m: int, n: int, whole: bool) -> tuple[bytes, bytes]:
            if m == n:
                one = old_root if whole else proof.pop()
                return one, one
            k = 1 << ((n - 1).bit_length() - 1)
            right_last = proof.pop()
            if m <= k:
                first, second = roots(m, k, whole)
                return first, merkle.node(second, right_last)
            first, second = roots(m - k, n - k, False)
            return merkle.node(right_last, first), merkle.node(right_last, second)

        try:
            made = roots(old, new, True)
        except IndexError:
            return False
        return made == (old_root, new_root) and not proof

    def _cosign(self, body: str) -> str:
        signed = f"cosignature/v1\ntime {self.clock}\n{body}".encode()
        told = struct.pack(">Q", self.clock) + self.key.sign(signed)
        return notes.signature_line(self.name, self.vkey.id, told)


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
    Thread(target=server.serve_forever, daemon=True).start()
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


# The verifier takes lines


def test_the_verifier_says_up_to_which_entry_each_line_proves(
    hall: Gallery, tmp_path: Path
) -> None:
    told = []
    for _ in range(3):
        busy(hall, 5)
        line = checkpoints.make(hall.site, hall.now)
        assert line is not None
        told.append(line)
    (tmp_path / "export.jsonl").write_text("".join(export_lines(hall.site)))
    (tmp_path / "line.txt").write_text(told[0].text)
    bundle.write_one_file(tmp_path / "verify.py")
    asked = [sys.executable, "-I", "-S", "verify.py", "export.jsonl", "--line", "line.txt"]
    asked += ["--line", told[1].text, "--line", notes.short(told[2].size, told[2].root)]
    ran = subprocess.run(asked, capture_output=True, text=True, cwd=tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    for line in told:
        assert f"证明到第{line.size}条为止没有改过" in ran.stdout


def test_lines_that_dont_fit_are_named(hall: Gallery) -> None:
    busy(hall, 5)
    line = checkpoints.make(hall.site, hall.now)
    assert line is not None
    export = list(export_lines(hall.site))
    other = Ed25519PrivateKey.generate()
    body = notes.body_of(checkpoints.origin(hall.site), line.size, line.root)
    name = checkpoints.origin(hall.site)
    by_another = f"{body}\n{notes.signature_line(name, checkpoints.log_key(hall.site).id, other.sign(body.encode()))}"
    beyond = notes.short(line.size + 9, line.root)
    for given, kind in {
        by_another: "line",
        line.text.replace(str(hall.site), "elsewhere"): "line",
        "不是签名行": "line",
        beyond: "truncated",
        notes.short(line.size - 1, line.root): "rewritten",
    }.items():
        found = verify(export, checkpoints=[given])[1]
        assert [f.kind.split(" ")[0] for f in found] == [kind], given


# Out of the house


@pytest.fixture
def outside(hall: Gallery, settings: Any) -> None:
    """The auditor's mailbox gets the lines, the group gets everything."""
    settings.YINGBIN_CHANNELS = "审计=json://127.0.0.1:9 群=json://127.0.0.1:9"
    for name, kinds in (("审计", ["line"]), ("群", [])):
        hall.do(choose_channel, "郑岚", name=name, use=True, kinds=kinds)


def arrived(hall: Gallery) -> None:
    """The outbox has delivered all it had."""
    Delivery.objects.update(state=Delivery.State.SENT, sent_at=hall.now)


def waiting_lines() -> list[str]:
    rows = Delivery.objects.filter(title__contains="签名行").order_by("made_at", "channel")
    return list(rows.values_list("channel", flat=True))


def test_a_line_goes_to_the_channel_chosen_for_lines_and_a_closing_to_the_group(
    hall: Gallery,
    outside: None,
) -> None:
    lines.tick(hall.now + timedelta(hours=1))
    lines.tick(hall.now + timedelta(hours=1))
    assert waiting_lines() == ["审计"]
    message = Delivery.objects.get(channel="审计", title__contains="签名行")
    assert message.body == checkpoints.latest(hall.site).text  # type: ignore[union-attr]
    hall.do(days.close_gallery, "郑岚")
    lines.tick(hall.now + timedelta(hours=1))
    assert sorted(waiting_lines()) == ["审计", "审计", "群"]


def test_the_window_is_at_most_an_hour_or_a_hundred_entries_once_a_line_goes_out(
    hall: Gallery,
    outside: None,
) -> None:
    """A day of arrivals, the worker ticking every half minute: what could be rewritten unseen stays small."""
    widest_entries = widest_minutes = 0
    for _ in range(40):
        busy(hall, 12)
        for _ in range(20):
            hall.now += timedelta(seconds=30)
            lines.tick(hall.now)
            arrived(hall)
            lines.settle(hall.now)
            window = checkpoints.window(hall.site, set_up=lines.is_set_up(hall.site))
            widest_entries = max(widest_entries, window.entries)
            widest_minutes = max(widest_minutes, window.minutes(hall.now))
    assert 0 < widest_entries <= 100
    assert 0 < widest_minutes <= 60


def test_a_message_that_didnt_arrive_closes_no_window(hall: Gallery, outside: None) -> None:
    lines.tick(hall.now + timedelta(hours=1))
    Delivery.objects.update(state=Delivery.State.GIVEN_UP)
    lines.settle(hall.now)
    window = checkpoints.window(hall.site, set_up=True)
    assert window.entries == seq(hall)
    assert window.last is None


def test_the_page_the_receipt_and_the_sheets_say_how_long_the_window_is(
    hall: Gallery,
    outside: None,
) -> None:
    page = signed_in(Client(), hall, "郑岚")
    assert "的记录只在本系统里" in page.get("/notices/lines/").content.decode()
    visit = hall.arrive(name="张伟")
    lines.tick(hall.now + timedelta(hours=1))
    arrived(hall)
    lines.settle(hall.now)
    line = checkpoints.latest(hall.site)
    assert line is not None
    short = notes.short(line.size, bytes(line.root))
    hall.arrive(name="李莉")
    code = hall.decision(visit).receipt
    for address in (
        "/notices/lines/",
        "/gallery/outage/",
        f"/gallery/decisions/receipt/?code={code}",
    ):
        text = page.get(address, follow=True).content.decode()
        assert short in text, address
        assert f"到第 {line.size} 条；之后" in text, address
    assert "<svg" in page.get("/gallery/outage/").content.decode()


def test_an_address_gives_the_newest_line_and_the_proof_that_a_witness_asks_for(
    hall: Gallery,
) -> None:
    page = signed_in(Client(), hall, "郑岚")
    assert page.get("/notices/lines/line/").status_code == 404
    busy(hall, 5)
    first = checkpoints.make(hall.site, hall.now)
    busy(hall, 5)
    second = checkpoints.make(hall.site, hall.now)
    assert first is not None
    assert second is not None
    assert page.get("/notices/lines/line/").content.decode() == second.text
    told = page.get(f"/notices/lines/proof/?old={first.size}").content.decode()
    watching = SmallWitness()
    watching.logs[checkpoints.origin(hall.site)] = checkpoints.log_key(hall.site).public
    watching.seen[checkpoints.origin(hall.site)] = (first.size, first.root)
    assert watching.add_checkpoint(told)[0] == 200
    assert page.get("/notices/lines/proof/?old=9999").status_code == 400
    stranger = Client().get("/notices/lines/line/")
    assert stranger.status_code in (302, 403)
