"""How large a pass's code is beside the same fields as a JSON Web Signature; thousands of passes issued and printed.

    python -m bench passes                                    the code and its check; needs no database
    DATABASE_URL=… python -m bench.passes 100 10000           so many issued and printed, each in a process of its own

Issued as visits do it, a hundred in one write, without what the rules of visits decide before. Printed as the worker does it,
slice by slice until every part lies ready. Names have characters beyond the basic plane and some that few fonts have.
"""

import json
import resource
import subprocess
import sys
import time
import uuid
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta, timezone
from statistics import median

import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from yingbin.tours.token import PassToken, key_id, signed, verified

from . import place

Row = tuple[str, str, str]
CHINA = timezone(timedelta(hours=8))
AREAS = frozenset({"plant", "workshop"})


def as_jws(token: PassToken, private: Ed25519PrivateKey) -> str:
    """The same fields as a compact JSON Web Signature (RFC 7515, RFC 9864)."""
    head = {"alg": "Ed25519", "kid": key_id(private.public_key().public_bytes_raw())}
    body = {
        "p": token.number,
        "r": token.revision,
        "nbf": int(token.start.timestamp()),
        "exp": int(token.end.timestamp()),
        "a": sorted(token.areas),
        "n": token.persons,
        "ph": token.photo,
    }
    parts = [_text(json.dumps(part, separators=(",", ":")).encode()) for part in (head, body)]
    return ".".join([*parts, _text(private.sign(".".join(parts).encode()))])


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def measure(times: int) -> list[Row]:
    """Modules and characters of both forms; milliseconds of one check."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    keys = {key_id(public): public}
    start = datetime(2026, 11, 30, 9, 30, tzinfo=CHINA)
    token = PassToken(1024, 1, start, start + timedelta(hours=2), AREAS, 12)
    ours, theirs = signed(token, private), as_jws(token, private)
    took = []
    for _ in range(times):
        began = time.perf_counter()
        verified(ours, keys)
        took.append((time.perf_counter() - began) * 1000)
    return [
        ("pass's code, modules at level M", _modules(ours), f"{len(ours)} characters"),
        ("the same as JWS", _modules(theirs), f"{len(theirs)} characters"),
        ("one check, ms", f"{median(took):.3f}", f"median of {times}"),
    ]


NAMES = ("临江市第二中学𠮷龘㐂", "云启科技", "长丰机械股份有限公司", "镕基喆㛃工作室")
A_WRITE = 100


def printed(many: int) -> dict[str, float]:
    """So many passes issued and printed here: seconds of each, by the clock and of this process, MB of memory and of files."""
    from . import gate

    post = gate.found("bench_passes", visits=0)
    place.use("bench_passes")
    from django.utils import timezone

    from yingbin.journal.action import Acting
    from yingbin.tours.actions import printing
    from yingbin.tours.models import PassPrintPart

    now, boss = timezone.now(), post.guards[0]
    began, busy = time.perf_counter(), time.process_time()
    for n in range(0, many, A_WRITE):
        gate.issue(
            post.site, n, boss, now, min(A_WRITE, many - n), NAMES[n // A_WRITE % len(NAMES)]
        )
    issued, issued_busy = time.perf_counter() - began, time.process_time() - busy
    before = _memory()
    began, busy, slices = time.perf_counter(), time.process_time(), 0
    printing.begin_printing(
        Acting(post.site, str(uuid.uuid4()), boss, now), day=timezone.localdate(now)
    )
    while printing.ask.at_work():
        printing.print_some(timezone.now())
        slices += 1
    told = {
        "issued": issued, "issued_busy": issued_busy, "printed": time.perf_counter() - began,
        "printed_busy": time.process_time() - busy, "slices": float(slices), "memory": _memory(), "more": _memory() - before,
        "child": _memory(resource.RUSAGE_CHILDREN),
        "files": sum(len(one.data) for one in PassPrintPart.objects.all()) / 1e6, "parts": float(PassPrintPart.objects.count()),
    }  # fmt: skip
    place.close()
    place.drop("bench_passes")
    return told


def _memory(whose: int = resource.RUSAGE_SELF) -> float:
    """The most this process, or one of its children, ever held, in MB."""
    return resource.getrusage(whose).ru_maxrss / 1024


def rows_of(many: int) -> list[Row]:
    """The same in a process of its own, so that its memory is its own."""
    words = [sys.executable, "-m", "bench.passes", "alone", str(many)]
    done = subprocess.run(words, cwd=place.ROOT, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    by_clock = f"{told['issued']:.1f} s, {told['issued_busy']:.1f} s of the processor"
    paper = f"{told['printed']:.1f} s, {told['printed_busy']:.1f} s of the processor"
    each = 1000 * told["printed_busy"] / many
    return [
        (f"{many:,} passes issued", by_clock, ""),
        ("… printed", f"{paper}, {each:.1f} ms each", ""),
        ("… slices of the worker, parts", f"{told['slices']:.0f}, {told['parts']:.0f}", ""),
        (
            "… memory of the worker at most, of it for printing",
            f"{told['memory']:.0f} MB, {told['more']:.0f} MB",
            "",
        ),
        ("… memory of the process that lays a part out", f"{told['child']:.0f} MB", ""),
        ("… files", f"{told['files']:.1f} MB", ""),
    ]


def _modules(text: str) -> str:
    size, _ = segno.make(text, error="m", boost_error=False, micro=False).symbol_size(border=0)
    return f"{size} × {size}"


def main() -> None:
    """Measures and prints."""
    if sys.argv[1:2] == ["alone"]:
        print(json.dumps(printed(int(sys.argv[2]))))
        return
    from .arrivals import show

    print(place.settings_of_server())
    for many in map(int, sys.argv[1:] or ["100", "10000"]):
        show(rows_of(many))


if __name__ == "__main__":
    main()
