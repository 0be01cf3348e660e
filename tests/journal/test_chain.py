"""The record that can't be altered unseen: chain, roots, receipts, replay, and the file an auditor takes home."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from tests.gallery.conftest import Gallery
from yingbin.gallery.actions import days, receptions
from yingbin.journal import bundle, canonical, ed25519, keys, merkle, verify
from yingbin.journal.export import export_lines
from yingbin.journal.models import Entry


@pytest.fixture(scope="module")
def exported(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> tuple[str, ...]:
    """The journal of two days, played once and taken back; the lines are what is kept."""
    around = transaction.atomic()
    # As around every test: what is played inside may ask to be durable.
    around._from_testcase = True
    with django_db_blocker.unblock(), around:
        lines = two_days()
        transaction.set_rollback(True)
    return tuple(lines)


def two_days() -> list[str]:
    """The journal of two days, one with an undone arrival, an override and a claim."""
    from yingbin.gallery.actions import arrivals, presence, supervision

    g = Gallery()
    g.open("林悦", "周航", "吴敏")
    wrong = g.arrive(name="点错")
    g.do(arrivals.undo_arrival, "苏晴", visit_id=wrong.id, may_any=False)
    one, two = g.arrive(name="张三"), g.arrive(kind="peer")
    g.do(
        supervision.override,
        "郑岚",
        visit_id=one.id,
        to=g.id("周航"),
        reason="客户13912345678是周航的同学",
        counts=True,
    )
    g.finish(two)
    g.sign(one, by="周航")
    g.do(receptions.finish, "周航", visit_id=one.id)
    g.do(days.close_gallery, "郑岚")
    g.later(24 * 60)
    for name in ("吴敏", "林悦"):
        g.do(presence.sign_in, name, who=g.id(name))
    g.do(days.open_gallery, "郑岚")
    g.finish(g.arrive(name="李四"))
    g.do(days.close_gallery, "郑岚")
    return list(export_lines(g.site))


def faults(lines: list[str], **more: Any) -> list[verify.Fault]:
    """What the verifier finds."""
    return verify.verify(lines, **more)[1]


def rechained(lines: list[str], at: int, change: Any) -> list[str]:
    """A forger changes one entry and computes the whole chain anew, but has no key to sign with."""
    rows = [json.loads(line) for line in lines]
    prev = None
    for n, row in enumerate(rows):
        if "entry" not in row:
            continue
        e = row["entry"]
        if n == at:
            change(e)
        if prev is not None:
            e["prev"] = prev
        words = {k: e[k] for k in verify.FIELDS}
        made = canonical.link(bytes.fromhex(e["prev"]), words)
        e["hash"], e["receipt"] = made.hex(), canonical.receipt(made)
        prev = e["hash"]
    rows[-1]["end"]["head"] = prev
    return [json.dumps(r, ensure_ascii=False) + "\n" for r in rows]


def test_a_true_export_is_whole_and_names_nobody(exported: tuple[str, ...]) -> None:
    assert faults(exported) == []
    text = "".join(exported)
    for personal in ("13912345678", "张三", "李四", "林悦", "郑岚"):
        assert personal not in text


def entry_lines(lines: list[str]) -> list[int]:
    return [n for n, line in enumerate(lines) if line.startswith('{"entry"')]


@pytest.mark.parametrize("seed", range(60))
def test_every_random_tampering_is_found_and_located(exported: tuple[str, ...], seed: int) -> None:
    luck = random.Random(seed)
    lines = list(exported)
    places = entry_lines(lines)
    at = luck.choice(places[:-1])
    seq = json.loads(lines[at])["entry"]["seq"]
    how = luck.choice(["edit", "drop", "swap", "truncate", "rechain", "repeat"])
    if how == "edit":
        row = json.loads(lines[at])
        row["entry"]["at"] = row["entry"]["at"].replace("2026", "2025")
        lines[at] = json.dumps(row, ensure_ascii=False) + "\n"
    elif how == "drop":
        del lines[at]
    elif how == "swap":
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
    elif how == "repeat":
        lines.insert(at + 1, lines[at])
    elif how == "truncate":
        lines = lines[:at]
    else:
        lines = rechained(lines, at, lambda e: e["body"].update(forged=1))
    found = faults(lines)
    assert found, how
    if how == "truncate":
        assert any(f.kind.startswith("truncated") for f in found)
    elif how == "rechain":
        sizes = [json.loads(x)["root"]["size"] for x in exported if x.startswith('{"root"')]
        first = min(s for s in sizes if s >= seq)
        before = max([s for s in sizes if s < seq], default=0)
        assert any(f.kind.startswith("rewritten") and before < f.seq <= first for f in found)
    else:
        assert any(f.seq in (seq, seq + 1) for f in found), (how, seq, found)


def test_a_cut_tail_with_a_mended_end_is_told_by_a_root_kept_outside(
    exported: tuple[str, ...],
) -> None:
    root = json.loads([x for x in exported if x.startswith('{"root"')][-1])["root"]
    places = entry_lines(exported)
    lines = exported[: places[-2]]
    head = json.loads(lines[-1])["entry"]["hash"]
    first_root = [x for x in exported if x.startswith('{"root"')][:1]
    end = json.dumps({"end": {"entries": len(lines) - 1, "head": head}})
    cut = [*lines, *first_root, end]
    assert faults(cut) == []
    assert any(f.kind.startswith("truncated") for f in faults(cut, roots=[root]))
    receipt = json.loads(exported[places[-1]])["entry"]["receipt"]
    assert any(f.kind.startswith("receipt") for f in faults(cut, receipts=[receipt]))


def test_a_forger_with_another_key_is_told_by_the_pinned_key(exported: tuple[str, ...]) -> None:
    true_key = json.loads(exported[0])["public_key"]
    forged = Ed25519PrivateKey.generate()
    rows = [json.loads(line) for line in rechained(exported, 5, lambda e: e["body"].update(x=1))]
    frontier: list[bytes] = []
    roots, size, last = {}, 0, ""
    for row in rows:
        if "entry" in row:
            frontier, size = merkle.extend(frontier, size, [bytes.fromhex(row["entry"]["hash"])])
            roots[size], last = merkle.root(frontier).hex(), row["entry"]["hash"]
            roots[f"head{size}"] = last
    for row in rows:
        if "root" in row:
            r = row["root"]
            r["root"], r["head"] = roots[r["size"]], roots[f"head{r['size']}"]
            words = {k: r[k] for k in ("site", "day", "size", "root", "head", "signed_at")}
            r["signature"] = forged.sign(canonical.canonical(words)).hex()
            r["key_id"] = keys.key_id(keys.public_bytes(forged))
    rows[0]["public_key"] = forged.public_key().public_bytes_raw().hex()
    lines = [json.dumps(r, ensure_ascii=False) + "\n" for r in rows]
    assert faults(lines) == []
    assert faults(lines, public_key=true_key)


def test_a_decision_that_the_rules_would_not_make_is_found(exported: tuple[str, ...]) -> None:
    told = [n for n in entry_lines(exported) if '"turns.event"' in exported[n]]
    at = [n for n in told if '"receiver":"' in exported[n]][-1]

    def flip(e: dict[str, Any]) -> None:
        for d in e["body"]["decisions"]:
            d["counted"] = not d.get("counted")

    found = faults(rechained(exported, at, flip))
    seq = json.loads(exported[at])["entry"]["seq"]
    assert any(f.kind.startswith("decision") and f.seq == seq for f in found)


@given(st.lists(st.text(max_size=60), max_size=8))
def test_garbage_never_crashes_the_verifier(lines: list[str]) -> None:
    assert faults(lines)


def test_the_one_file_verifier_runs_with_nothing_but_python(
    exported: tuple[str, ...], tmp_path: Path
) -> None:
    program, good, bad = tmp_path / "verify.py", tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    bundle.write_one_file(program)
    good.write_text("".join(exported), encoding="utf-8")
    bad.write_text("".join(exported[:5] + exported[6:]), encoding="utf-8")
    run = [sys.executable, "-I", "-S", str(program)]
    ok = subprocess.run([*run, str(good), "--day", "2026-11-21"], capture_output=True, text=True)
    assert ok.returncode == 0, ok.stderr
    assert "完好 OK" in ok.stdout
    assert "TQ-1.2" in ok.stdout
    no = subprocess.run([*run, str(bad)], capture_output=True, text=True)
    assert no.returncode == 1
    assert "dropped 缺失: 第5条" in no.stdout


def test_the_database_refuses_to_change_or_delete_an_entry(db: None) -> None:
    two_days()
    for statement in (
        "update journal_entry set actor = 'x'",
        "delete from journal_entry",
        "update journal_dayroot set day = day + 1",
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement)
    assert Entry.objects.exists()


VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_signatures_by_the_vectors_of_rfc_8032(public: str, message: str, signature: str) -> None:
    key, text, sign = map(bytes.fromhex, (public, message, signature))
    assert ed25519.verify(key, text, sign)
    assert not ed25519.verify(key, text + b"x", sign)
    assert not ed25519.verify(key, text, sign[:-1] + bytes([sign[-1] ^ 1]))


LEAVES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def test_roots_by_the_vectors_of_certificate_transparency() -> None:
    leaves = [bytes.fromhex(x) for x in LEAVES]
    for size, expected in ROOTS.items():
        assert merkle.root(merkle.extend([], 0, leaves[:size])[0]).hex() == expected
    grown, size = merkle.extend([], 0, leaves[:3])
    assert merkle.root(merkle.extend(grown, size, leaves[3:])[0]).hex() == ROOTS[8]


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(plain)
def test_the_verifier_writes_the_same_bytes_as_the_library(value: Any) -> None:
    try:
        ours = canonical.canonical(value)
    except (ValueError, UnicodeEncodeError):
        return
    assert verify.canonical(value) == ours


def test_what_has_no_place_in_the_journal_is_refused() -> None:
    for value in (1.5, {"a": 0.1}, 2**60, {1: "x"}, object()):
        with pytest.raises(ValueError, match=r"journal"):
            canonical.canonical(value)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
)


@given(PLAIN)
def test_the_quick_way_gives_the_very_bytes_of_rfc_8785(value: Any) -> None:
    assert canonical.canonical(value) == rfc8785.dumps(value)


def test_keys_beyond_the_basic_plane_sort_as_utf_16() -> None:
    value = {"\ufb33": 1, "\U0001f600": 2}
    assert canonical.canonical(value) == rfc8785.dumps(value)
    assert list(json.loads(canonical.canonical(value))) == ["\U0001f600", "\ufb33"]
