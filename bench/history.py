"""An arrival after ten thousand and after five million past visits: does the past make it dearer?

    DATABASE_URL=… python -m bench.history [--few 10000] [--many 5000000] [--rounds 12] [--keep]

Two databases of fifty galleries, alike but for their past (see `past.py`), each behind a server of its
own. One client posts arrivals and fetches the page of each decision, a round here, a round there, so that
whatever else the machine does hits both alike. Filling five million takes a quarter of an hour and 20 GB.
"""

import argparse
from statistics import median

from . import past, place
from .arrivals import marks, request, show, through_http, warm
from .place import Gallery

PORTS = {"few": place.PORT, "many": place.PORT + 1}
GALLERIES, PEOPLE = 50, 24


def measure(
    few: int, many: int, rounds: int, *, keep: bool = False, galleries: list[Gallery] | None = None
) -> list[tuple[str, str, str]]:
    """Rows of (what, figure, aim). `galleries`: those of a `bench_many` that is filled already."""
    here = {"few": place.found("bench_few", GALLERIES, PEOPLE)}
    past.fill("bench_few", few)
    here["many"] = galleries or place.found("bench_many", GALLERIES, PEOPLE)
    if not galleries:
        past.fill("bench_many", many)
    posts: dict[str, list[list[float]]] = {"few": [], "many": []}
    pages: dict[str, list[list[float]]] = {"few": [], "many": []}
    with (
        place.server("bench_few", workers=1, port=PORTS["few"]),
        place.server("bench_many", workers=1, port=PORTS["many"]),
    ):
        for which, port in PORTS.items():
            warm(here[which], port)
        for n in range(-1, rounds):
            for which, port in PORTS.items():
                jobs = [request(g, k, n + 1, page=True) for k, g in enumerate(here[which])]
                told = through_http([jobs], port=port)
                if n >= 0:  # the first round warms the database's memory
                    posts[which].append(told["times"])
                    pages[which].append(told["pages"])
    place.drop("bench_few", *(() if keep else ("bench_many",)))
    return [
        *_rows("an arrival", few, many, posts),
        *_rows("the page of a decision", few, many, pages),
    ]


def _rows(
    what: str, few: int, many: int, times: dict[str, list[list[float]]]
) -> list[tuple[str, str, str]]:
    ratio = median(median(b) / median(a) for a, b in zip(times["few"], times["many"], strict=True))
    rows = []
    for which, visits in (("few", few), ("many", many)):
        p50, p99 = marks([t for r in times[which] for t in r])
        rows.append((f"{what} after {visits:,} visits", f"p50 {p50:.1f} ms, p99 {p99:.0f} ms", ""))
    return [*rows, (f"{what}: ratio", f"{ratio:.2f}", "≤ 1.2")]


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--few", type=int, default=10_000)
    parser.add_argument("--many", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--keep", action="store_true", help="leave the large database for a look")
    args = parser.parse_args()
    show(measure(args.few, args.many, args.rounds, keep=args.keep))


if __name__ == "__main__":
    main()
