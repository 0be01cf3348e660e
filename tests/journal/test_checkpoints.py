"""Signed lines during the day: made in time, read by other people's software, taken by the verifier."""

import struct
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, connection, transaction

from tests.gallery.conftest import Gallery
from tests.journal.lines_of_a_day import busy, seq, sizes
from yingbin.gallery.actions import days
from yingbin.journal import bundle, checkpoints, keys, merkle, notes
from yingbin.journal.export import export_lines
from yingbin.journal.models import Checkpoint, Entry
from yingbin.journal.verify import verify
from yingbin.journal.write import Pen, write
from yingbin.notices import lines
from yingbin.people.ids import uuid7
from yingbin.people.models import Site, SiteKind

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
