"""`check` on a year: how long everything takes to be held against the journal, and how much memory.

    DATABASE_URL=… python -m bench.check [--days 365] [--a-day 83]

The year is the verifier's (bench.verifier). Its people sign in without entries, to make it quickly, so the line of
presences names them all; every other line must be without a fault.
"""

import argparse
import resource
import time

from . import place
from .arrivals import show
from .verifier import make_year

Row = tuple[str, str, str]


def measure(days: int, a_day: int = 83) -> list[Row]:
    """Makes the year, checks it; what each line took, and all of it."""
    site = make_year(days, a_day)

    from yingbin.journal.check import check_site

    before, began = _peak(), time.monotonic()
    lines = check_site(site)
    took = time.monotonic() - began
    rows = [
        (x.what, f"{x.held}, {x.faults} faults, {x.seconds:.1f} s", "") for x in lines if x.held
    ]
    held = sum(x.held for x in lines)
    rows.append((f"all of {days} days", f"{held} held in {took:.1f} s", ""))
    rows.append(("memory before, at its peak", f"{before} MB, {_peak()} MB", "constant"))
    return rows


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--a-day", type=int, default=83)
    args = parser.parse_args()
    try:
        show(measure(args.days, args.a_day))
    finally:
        place.drop("bench_year")


if __name__ == "__main__":
    main()
