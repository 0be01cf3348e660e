"""How long a guard's device takes to decide without a line: the gate's own scripts in a browser whose processor is slowed four times.

    python -m bench gate_offline          (or python -m bench.gate_offline [--passes 500] [--scans 200] [--slower 4])

Needs a Chromium (`YINGBIN_BROWSER` names one), no database. A scan is decided as at a gate: the code is read, its signature
checked, the rules asked on a list of that many passes, the scan kept durably in IndexedDB. Beside it stands WebCrypto's check of the
same signatures alone, and how long a camera's picture of a pass takes our reader of codes.
"""

import argparse
import io
from base64 import b32decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image
from playwright.sync_api import CDPSession, Page, sync_playwright

from yingbin.rules.gate.judging import WORDS
from yingbin.rules.tours.verbs import AREA_WORDS
from yingbin.tours.token import CONTEXT, LEAD, PassToken, key_id, signed

from . import passes as codes
from .arrivals import show
from .browsers import browser_path

Row = tuple[str, str, str]
BROWSER = browser_path()
SCRIPTS = ("gate_token", "gate_book")
FOLDER = "yingbin/tours/static/tours"
INSIDE = "http://localhost/"  # a secure place in a browser's eyes
AIM = 50
DECIDE = """async (codes) => {
  const took = [];
  for (const [n, code] of codes.entries()) {
    const begun = performance.now();
    const said = await yb.gateBook.decide({ code, way: "in", count: 1, other_escort: false, nonce: `bench-${n}`, reason: "" });
    took.push(performance.now() - begun);
    if (!said.allowed) throw new Error(said.because);
  }
  return took;
}"""
VERIFY = """async ([key, signatures]) => {
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)), took = [];
  const known = await crypto.subtle.importKey("raw", bytes(key), { name: "Ed25519" }, false, ["verify"]);
  for (const [message, signature] of signatures) {
    const [said, by] = [bytes(message), bytes(signature)], begun = performance.now();
    if (!(await crypto.subtle.verify({ name: "Ed25519" }, known, by, said))) throw new Error("forged");
    took.push(performance.now() - begun);
  }
  return took;
}"""
LOOK = """async ([picture, times]) => {
  const shot = await createImageBitmap(await (await fetch(picture)).blob()), took = [];
  const canvas = new OffscreenCanvas(shot.width, shot.height), pen = canvas.getContext("2d", { willReadFrequently: true });
  for (let n = 0; n < times; n++) {
    const begun = performance.now();
    pen.drawImage(shot, 0, 0);
    const { width, height, data } = pen.getImageData(0, 0, shot.width, shot.height);
    decodeQR({ width, height, data });
    took.push(performance.now() - begun);
  }
  return took;
}"""


def measure(many: int = 500, scans: int = 200, slower: int = 4) -> list[Row]:
    """Rows of (what, figure, aim): p50 and p95 in milliseconds, then the modules of both forms of a pass."""
    private = Ed25519PrivateKey.generate()
    start = datetime.now(codes.CHINA).replace(microsecond=0) - timedelta(hours=1)
    tokens = [_token(n, start) for n in range(1, many + 1)]
    shown = [signed(one, private) for one in tokens[:scans]]
    with _browser() as (page, line):
        for name in SCRIPTS:
            page.add_script_tag(path=f"{FOLDER}/{name}.js")
        page.add_script_tag(path=f"{FOLDER}/vendor/qr.js")
        page.evaluate("(list) => yb.gateBook.renew(list, 0)", _list(tokens, private))
        rows = []
        for rate in (slower, 1):
            line.send("Emulation.setCPUThrottlingRate", {"rate": rate})
            how = f"processor ÷ {rate}" if rate > 1 else "processor as it is"
            page.evaluate("(list) => yb.gateBook.renew(list, 1e9)", _list(tokens, private))
            took = page.evaluate(DECIDE, shown)
            alone = page.evaluate(VERIFY, [_public(private), [_parts(code) for code in shown]])
            looked = page.evaluate(LOOK, [_picture(shown[0]), max(5, scans // 10)])
            rows += [
                _row(f"a scan decided without a line, {how}", took, f"p95 ≤ {AIM} ms"),
                _row(f"Ed25519 alone by WebCrypto, {how}", alone),
                _row(f"a picture of 640 × 480 read, in the worker, {how}", looked),
            ]
    return [*rows, *codes.measure(20)[:2]]


@contextmanager
def _browser() -> Iterator[tuple[Page, CDPSession]]:
    # A profile of its own on the disk, as a guard's phone has one: elsewhere IndexedDB would live in memory.
    with sync_playwright() as play, TemporaryDirectory() as profile:
        flags = ["--no-sandbox", "--disable-gpu"]
        device = play.chromium.launch_persistent_context(
            profile, executable_path=BROWSER, args=flags
        )
        page = device.new_page()
        page.route(INSIDE, lambda to: to.fulfill(body="<!DOCTYPE html>", content_type="text/html"))
        page.goto(INSIDE)
        yield page, device.new_cdp_session(page)
        device.close()


def _token(number: int, start: datetime) -> PassToken:
    return PassToken(number, 1, start, start + timedelta(hours=3), codes.AREAS, 12)


def _list(tokens: list[PassToken], private: Ed25519PrivateKey) -> dict[str, Any]:
    """As `gate_list` makes it: a pass a visit."""
    areas = sorted(codes.AREAS)
    now = datetime.now(codes.CHINA)
    return {
        "at": int(now.timestamp() * 1000), "device": "bench", "gate": "北门", "areas": ["plant"], "on_site": True, "supervises": False,
        "policy": {"clock_minutes": 5, "list_minutes": 720, "early_minutes": 15, "grace_minutes": 15},
        "keys": {key_id(private.public_key().public_bytes_raw()): _public(private)},
        "zones": [[], ["plant"], areas], "headcounts": {f"v{one.number}": 12 for one in tokens},
        "words": WORDS, "area_words": AREA_WORDS,
        "passes": [
            {
                "number": one.number, "revision": 1, "fates": {"1": "outstanding"}, "visit": f"v{one.number}", "visitor": "长丰机械",
                "said": f"2026-{one.number:04}", "escort": "江南", "persons": 12, "photo": False, "areas": areas, "there": [],
                "start": int(one.start.timestamp() * 1000), "end": int(one.end.timestamp() * 1000),
            }
            for one in tokens
        ],
    }  # fmt: skip


def _public(private: Ed25519PrivateKey) -> str:
    return b64encode(private.public_key().public_bytes_raw()).decode()


def _parts(code: str) -> tuple[str, str]:
    """What was signed, and the signature."""
    whole = b32decode(code[len(LEAD) :] + "=")
    return b64encode(CONTEXT + whole[:25]).decode(), b64encode(whole[25:]).decode()


def _picture(code: str) -> str:
    """A code as a camera has it, as an address of itself."""
    drawn, out = io.BytesIO(), io.BytesIO()
    segno.make(code, error="m", boost_error=False, micro=False).save(drawn, kind="png", scale=7)
    held = Image.open(drawn).convert("RGB").rotate(7, expand=True, fillcolor="white")
    shot = Image.effect_noise((640, 480), 40).convert("RGB")
    shot.paste(held, (120, 40))
    shot.save(out, "JPEG", quality=70)
    return f"data:image/jpeg;base64,{b64encode(out.getvalue()).decode()}"


def _row(what: str, took: list[float], aim: str = "") -> Row:
    cuts = quantiles(took, n=20)
    return what, f"p50 {cuts[9]:.1f} ms, p95 {cuts[18]:.1f} ms", aim


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passes", type=int, default=500)
    parser.add_argument("--scans", type=int, default=200)
    parser.add_argument("--slower", type=int, default=4)
    args = parser.parse_args()
    show(measure(args.passes, args.scans, args.slower))


if __name__ == "__main__":
    main()
