"""All benches, one table: `DATABASE_URL=… python -m bench [--quick] [name …]`.

Names: arrivals, history, search, verifier, check, live, weight, cover, duty, photos, passes, gate, gate_offline, importing, desk. `--quick` keeps the past
and the year small, for a look; only the whole says something.
"""

import argparse
import importlib.util
import os
import platform
import subprocess
import sys
from collections.abc import Callable

from . import (
    arrivals,
    check,
    cover,
    desk,
    desk_lists,
    desk_rules,
    duty,
    gate,
    gate_offline,
    history,
    live,
    passes,
    photos,
    place,
    verifier,
    weight,
)

Row = tuple[str, str, str]


def main() -> None:
    """Runs what was named, or everything."""
    benches = _benches()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="*", help=", ".join(benches))
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    print(
        f"{os.cpu_count()} cores, Python {platform.python_version()}, {place.settings_of_server()}"
    )
    for name in args.name or benches:
        print(f"\n{name}", flush=True)
        arrivals.show(benches[name](args.quick))


def _benches() -> dict[str, Callable[[bool], list[Row]]]:
    return {
        "arrivals": lambda quick: arrivals.measure(4 if quick else 8, 4, 10 if quick else 20),
        "history": lambda quick: history.measure(10_000, 100_000 if quick else 5_000_000, 12),
        "search": lambda quick: _program("search", ["--customers", "50000"] if quick else []),
        "verifier": lambda quick: verifier.measure(30 if quick else 365),
        "check": lambda quick: check.measure(30 if quick else 365),
        "live": lambda quick: live.measure(),
        "cover": lambda quick: cover.measure(),
        "weight": lambda quick: weight.measure(),
        "duty": lambda quick: duty.measure(
            40 if quick else 400, 2 if quick else 10, 1 if quick else 3
        ),
        "photos": lambda quick: photos.measure(2 if quick else 8, 1 if quick else 3),
        "passes": lambda quick: [
            *passes.measure(200 if quick else 2000),
            *passes.rows_of(100 if quick else 10_000),
        ],
        "gate": lambda quick: [
            *gate.online(*(5, 20) if quick else (30, 100)),
            *gate.past(10_000, 100_000 if quick else 5_000_000, 12 if quick else 72),
        ],
        "gate_offline": lambda quick: gate_offline.measure(scans=50 if quick else 200),
        "importing": lambda quick: _program("importing", []),
        "desk": lambda quick: [
            *desk.record(2 if quick else 8),
            *desk_lists.measure(10_000, 100_000 if quick else 2_000_000),
            *desk_rules.measure(),
        ],
    }


def _program(name: str, arguments: list[str]) -> list[Row]:
    """A bench that prints a table of its own; it isn't everywhere."""
    if importlib.util.find_spec(f"bench.{name}") is None:
        return [(f"bench.{name}", "is not here", "")]
    environment = {**os.environ, "DATABASE_URL": place.BASE, "PYTHONPATH": str(place.ROOT)}
    words = [sys.executable, f"bench/{name}.py", *arguments]
    subprocess.run(words, cwd=place.ROOT, env=environment, check=False)
    return []


if __name__ == "__main__":
    main()
