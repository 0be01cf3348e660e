"""The code on a pass: what it says comes back, and whatever is changed of it is refused (CV-4.1)."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.passes import as_jws
from tests.cast import SATURDAY
from yingbin.rules.gate.gatefile import AREAS
from yingbin.tours.token import (
    BODY,
    CONTEXT,
    LEAD,
    BadToken,
    PassToken,
    key_id,
    scanned,
    signed,
    verified,
)
from yingbin.web.cli import main

SEED = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = SEED.public_key().public_bytes_raw()
KEYS = {key_id(PUBLIC): PUBLIC}
FORMAT = (Path(__file__).parents[2] / "docs" / "tours-pass-format.md").read_text()
NINE = SATURDAY.replace(hour=9, minute=30)
PASS = PassToken(1024, 1, NINE, NINE + timedelta(hours=2), frozenset({"plant", "workshop"}), 12)

whole_seconds = st.datetimes(
    datetime(2000, 1, 1), datetime(2900, 1, 1), timezones=st.just(UTC)
).map(lambda at: at.replace(microsecond=0))
passes = st.builds(
    lambda number, revision, start, length, areas, persons, photo: PassToken(
        number, revision, start, start + timedelta(seconds=length), areas, persons, photo
    ),
    st.integers(1, 2**32 - 1), st.integers(1, 2**16 - 1), whole_seconds, st.integers(1, 10**7),
    st.frozensets(st.sampled_from(AREAS), min_size=1), st.integers(1, 100_000), st.booleans(),
)  # fmt: skip


def fault(text: str, keys: dict[str, bytes] = KEYS) -> str:
    with pytest.raises(BadToken) as no:
        verified(text, keys)
    assert no.value.words
    return no.value.fault


def raw(text: str) -> int:
    """The bits behind the lead, as one number; the last three are 0."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    number = 0
    for letter in text[len(LEAD) :]:
        number = number << 5 | alphabet.index(letter)
    return number


def text_of(number: int) -> str:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    return LEAD + "".join(alphabet[number >> 5 * i & 31] for i in reversed(range(143)))


@pytest.mark.clause("CV-4.1")
@settings(max_examples=40, deadline=None)
@given(passes)
def test_a_pass_says_just_what_was_signed_and_fits_a_small_code(told: PassToken) -> None:
    text = signed(told, SEED)
    assert verified(text, KEYS) == told
    made = segno.make(text, error="m", boost_error=False, micro=False)
    assert made.symbol_size(border=0) <= (45, 45)


@pytest.mark.clause("CV-4.1")
def test_any_bit_flipped_is_refused() -> None:
    """All 715 of them, those beyond the last byte too."""
    text = signed(PASS, SEED)
    assert text_of(raw(text)) == text
    for bit in range(715):
        kind = fault(text_of(raw(text) ^ 1 << bit))
        from_front = 714 - bit
        if bit < 3:
            assert kind == "no_pass"
        elif from_front < 8:
            assert kind == "newer"
        else:
            assert kind == ("unknown_key" if from_front < 40 else "forged")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_what_is_no_pass_is_refused_and_nothing_breaks(text: str) -> None:
    assert fault(text) == "no_pass"


def test_cut_off_lengthened_or_in_small_letters_it_is_no_pass() -> None:
    text = signed(PASS, SEED)
    for other in (
        text[:-1],
        text + "A",
        text + "=",
        text + "\n",
        " " + text,
        text.lower(),
        "YC" + text[2:],
    ):
        assert fault(other) == "no_pass"
    typed = f" {text[:70].lower()}\r\n{text[70:].lower()}\n"
    assert verified(scanned(typed), KEYS) == PASS, "a scanner with Caps Lock off is mended before"


@pytest.mark.clause("CV-4.2")
def test_somebody_elses_key_signs_nothing_of_ours() -> None:
    other = Ed25519PrivateKey.generate()
    theirs = other.public_key().public_bytes_raw()
    assert fault(signed(PASS, other)) == "unknown_key"
    assert fault(signed(PASS, other), {key_id(PUBLIC): PUBLIC, key_id(theirs): PUBLIC}) == "forged"
    assert fault(signed(PASS, SEED), {key_id(PUBLIC): bytes(31)}) == "forged", (
        "a broken key is no yes"
    )


def test_a_signature_made_for_something_else_is_none_of_a_pass() -> None:
    from base64 import b32decode, b32encode

    text = signed(PASS, SEED)
    body = b32decode(text[2:] + "=")[:BODY]
    for message in (body, b"yingbin day\x00" + body):
        whole = body + SEED.sign(message)
        assert fault(LEAD + b32encode(whole).decode().rstrip("=")) == "forged"
    assert LEAD + b32encode(body + SEED.sign(CONTEXT + body)).decode().rstrip("=") == text


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 0}, {"number": 2**32}, {"revision": 0}, {"revision": 2**16}, {"persons": 0}, {"persons": 2**24},
        {"areas": frozenset()}, {"areas": frozenset({"roof"})}, {"end": NINE}, {"end": NINE - timedelta(hours=1)},
        {"start": NINE.replace(year=1999), "end": NINE.replace(year=1999, hour=11)},
        {"start": NINE.replace(microsecond=1)},
    ],
)  # fmt: skip
def test_what_the_form_cannot_hold_is_not_signed(wrong: dict[str, object]) -> None:
    told = PassToken(**{**vars(PASS), **wrong})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"pass|window|numbers"):
        signed(told, SEED)


@pytest.mark.parametrize("flags", ["8203", "0000", "8000"])
def test_fields_no_house_signs_are_refused_even_when_signed(flags: str) -> None:
    """Unknown bits and no areas at all, under a signature that holds."""
    from base64 import b32decode, b32encode

    body = b32decode(signed(PASS, SEED)[2:] + "=")[:BODY]
    body = body[:20] + bytes.fromhex(flags) + body[22:]
    whole = body + SEED.sign(CONTEXT + body)
    assert fault(LEAD + b32encode(whole).decode().rstrip("=")) == "newer"


def test_the_vectors_of_the_page_are_what_is_signed(capsys: pytest.CaptureFixture[str]) -> None:
    texts = re.findall(r"text  (YB[A-Z2-7]{143})", FORMAT)
    bodies = re.findall(r"body  ([0-9a-f]{50})", FORMAT)
    assert PUBLIC.hex() in FORMAT
    assert len(texts) == len(bodies) == 3
    for text, body in zip(texts, bodies, strict=True):
        told = verified(text, KEYS)
        assert signed(told, SEED) == text
        assert main(["gate", "verify", "--key", PUBLIC.hex(), text]) == 0
        said = json.loads(capsys.readouterr().out)
        assert (said["pass"], said["revision"]) == (int(body[10:18], 16), int(body[18:22], 16))
    assert said["to"] == "2999-01-31T00:00:00+08:00"
    assert said["areas"] == list(AREAS)


def test_the_command_says_no_with_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "pub"
    file.write_text(PUBLIC.hex() + "\n")
    text = signed(PASS, SEED)
    assert main(["gate", "verify", "--key", str(file), text.lower()]) == 0
    assert json.loads(capsys.readouterr().out)["persons"] == 12
    assert main(["gate", "verify", "--key", str(file), text[:-9] + "AAAAAAAAA"]) == 1
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert main(["gate", "verify", "--key", "12ab", text]) == 2


def test_the_web_signature_of_the_same_fields_is_far_larger() -> None:
    """What the bench shows: 41 modules against 65."""
    ours = segno.make(signed(PASS, SEED), error="m", boost_error=False)
    theirs = segno.make(as_jws(PASS, SEED), error="m", boost_error=False)
    assert ours.symbol_size(border=0) == (41, 41)
    assert theirs.symbol_size(border=0)[0] >= 61
