"""A thousand random tamperings of an export of a real day: each is found, and found where it was done."""

import copy
import hashlib
import json
import random
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.gallery.conftest import Gallery
from yingbin.gallery.actions import days, receptions
from yingbin.journal import keys
from yingbin.journal.export import export_lines
from yingbin.journal.verify import FIELDS, canonical, receipt_of, verify

Rows = list[dict[str, Any]]


def entries_of(rows: Rows) -> list[int]:
    return [n for n, row in enumerate(rows) if "entry" in row]


def rechain(rows: Rows, begin: int) -> None:
    """Makes hashes, links and the end fit again from an entry on, as a clever forger would."""
    before: str | None = None
    for n in entries_of(rows):
        entry = rows[n]["entry"]
        if n >= begin:
            entry["prev"] = before if before is not None else "00" * 32
            words = {name: entry[name] for name in FIELDS}
            made = hashlib.sha256(bytes.fromhex(entry["prev"]) + canonical(words)).digest()
            entry["hash"], entry["receipt"] = made.hex(), receipt_of(made)
        before = entry["hash"]
    for row in rows:
        if "end" in row:
            row["end"] = {"entries": len(entries_of(rows)), "head": before}


def resign(rows: Rows) -> None:
    """Signs the roots anew with a key of the forger's own, over whatever stands there now."""
    key = Ed25519PrivateKey.generate()
    for row in rows:
        if "root" in row:
            root = row["root"]
            words = {n: root[n] for n in ("site", "day", "size", "root", "head", "signed_at")}
            root["signature"] = key.sign(canonical(words)).hex()
    rows[0]["public_key"] = keys.public_bytes(key).hex()


def edit(rows: Rows, luck: random.Random) -> int:
    n = luck.choice(entries_of(rows))
    entry = rows[n]["entry"]
    name = luck.choice(["at", "kind", "actor", "body", "clause", "receipt", "prev", "hash"])
    if name == "body":
        entry["body"] = {**entry["body"], "x": luck.randrange(9)}
    elif name in ("prev", "hash"):
        entry[name] = f"{luck.getrandbits(256):064x}"
    else:
        entry[name] = f"{entry[name] or ''}x"
    return n


def drop(rows: Rows, luck: random.Random) -> int:
    n = luck.choice(entries_of(rows))
    del rows[n]
    return n


def swap(rows: Rows, luck: random.Random) -> int:
    one, other = sorted(luck.sample(entries_of(rows), 2))
    rows[one], rows[other] = rows[other], rows[one]
    return one


def truncate(rows: Rows, luck: random.Random) -> int:
    """The tail goes, with its roots; the end line is made to fit."""
    n = luck.choice(entries_of(rows)[1:])
    kept = [r for r in rows[:n] if "entry" in r or "yingbin_journal" in r]
    rows[:] = [*kept, *[r for r in rows if "root" in r], {"end": {}}]
    rechain(rows, len(rows))
    return n


def double(rows: Rows, luck: random.Random) -> int:
    n = luck.choice(entries_of(rows))
    rows.insert(n + 1, copy.deepcopy(rows[n]))
    return n


def reroot(rows: Rows, luck: random.Random) -> int:
    n = luck.choice([n for n, r in enumerate(rows) if "root" in r])
    name = luck.choice(["root", "size", "day", "signature", "head"])
    root = rows[n]["root"]
    root[name] = root[name] + 1 if name == "size" else f"{luck.getrandbits(256):064x}"
    return n


def rewrite(rows: Rows, luck: random.Random) -> int:
    """A decision is changed and everything after it re-chained; with luck the roots are re-signed too."""
    told = [n for n in entries_of(rows) if rows[n]["entry"]["kind"] == "turns.event"]
    n = luck.choice([n for n in told if rows[n]["entry"]["body"]["decisions"]])
    decision = luck.choice(rows[n]["entry"]["body"]["decisions"])
    decision["receiver"] = f"00000000-0000-7000-8000-{luck.getrandbits(48):012x}"
    rechain(rows, n)
    if luck.random() < 0.5:
        resign(rows)
    return n


def rechained_drop(rows: Rows, luck: random.Random) -> int:
    n = drop(rows, luck)
    for m in entries_of(rows):
        if m >= n:
            rows[m]["entry"]["seq"] -= 1
    rechain(rows, n)
    return n


KINDS = [edit, drop, swap, truncate, double, reroot, rewrite, rechained_drop]


@pytest.fixture
def played(hall: Gallery) -> tuple[Rows, str, list[str]]:
    """A day with receptions, a claim and signatures, closed and exported; its key, receipts in people's hands."""
    for n in range(6):
        visit = hall.arrive(name="客户", phone=f"1381234{n:04d}")
        if n < 4:
            hall.finish(visit)
    first = hall.arrive(kind="peer")
    hall.finish(first)
    late = hall.arrive(name="另一位")
    hall.do(receptions.claim_unrelated, hall.receiver(late), visit_id=late.id, note="装修公司")
    hall.do(
        receptions.decide_claim, "郑岚", claim_id=late.claims.get().id, confirm=True, how="名片"
    )
    for person in ("林悦", "周航", "吴敏", "陈思远"):
        mine = hall.person(person).visit
        if mine:
            hall.finish(mine)
    hall.do(days.close_gallery, "郑岚")
    rows = [json.loads(line) for line in export_lines(hall.site)]
    held = [r["entry"]["receipt"] for r in rows if "entry" in r]
    return rows, str(rows[0]["public_key"]), held


def test_a_thousand_tamperings_are_each_found_and_located(
    played: tuple[Rows, str, list[str]],
) -> None:
    rows, key, receipts = played
    lines = [json.dumps(r, ensure_ascii=False) for r in rows]
    _, clean = verify(lines, public_key=key, receipts=receipts)
    assert clean == []
    luck = random.Random(20261124)
    changed = 0
    for n in range(1000):
        forged = copy.deepcopy(rows)
        kind = KINDS[n % len(KINDS)]
        where = kind(forged, luck)
        told = [json.dumps(r, ensure_ascii=False) for r in forged]
        if told == lines:
            continue
        changed += 1
        seq = rows[where]["entry"]["seq"] if "entry" in rows[where] else None
        _, faults = verify(told, public_key=key, receipts=receipts)
        assert faults, (kind.__name__, n)
        assert located(kind.__name__, faults, seq, where), (
            kind.__name__,
            seq,
            [str(f) for f in faults][:4],
        )
    assert changed > 950


def located(kind: str, faults: list[Any], seq: int | None, line: int) -> bool:
    """Whether a fault points at the place, its neighbour, the span a root covers, or a lost receipt."""
    if seq is None:
        return any(f.line in (line, line + 1) for f in faults)
    near = {seq - 1, seq, seq + 1}
    if any(f.seq in near for f in faults):
        return True
    spans = ("rewritten", "truncated", "receipt")
    return kind in ("truncate", "rechained_drop") and any(f.kind.startswith(spans) for f in faults)
