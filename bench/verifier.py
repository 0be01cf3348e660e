"""The one-file verifier on an exported year of thirty thousand decisions.

    DATABASE_URL=… python -m bench.verifier [--days 365] [--a-day 83]

The year is made by the product's own rules and actions: days opened, groups of all kinds received,
finished and left waiting, days closed and sealed. Only the idempotency of each tap is left out: a whole
day is written as one write, which leaves the same entries. The verifier then runs alone
(`python -I -S verify.py export --json`); its seconds and its peak memory are printed.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from . import place
from .arrivals import show

PEOPLE = 16
KINDS = [("customer", 84), ("peer", 8), ("enquirer", 8)]


def make_year(days: int, a_day: int) -> UUID:
    """Writes the year; the site's id."""
    (gallery,) = place.found("bench_year", 1, PEOPLE)
    place.use("bench_year")
    from yingbin.gallery.actions import days as gallery_days
    from yingbin.gallery.models import GalleryDay
    from yingbin.journal.action import Acting
    from yingbin.people.models import Assignment, Staff

    site, desk = UUID(gallery.site), UUID(gallery.desk)
    sales = [s.id for s in Staff.objects.filter(account__startswith="s0-")]
    Assignment.objects.update(since=datetime(2025, 1, 1, tzinfo=UTC))
    first = GalleryDay.objects.get()
    gallery_days.close_gallery(Acting(site, "c", desk, first.opened_at))
    begin = first.opened_at.replace(hour=1, minute=0) + timedelta(days=2)
    for number in range(days):
        _one_day(site, desk, sales, begin + timedelta(days=number), a_day, number)
    return site


def _one_day(
    site: UUID, desk: UUID, sales: list[UUID], at: datetime, a_day: int, number: int
) -> None:
    from yingbin.gallery.actions import days as gallery_days
    from yingbin.gallery.models import Presence
    from yingbin.journal.action import Acting, action
    from yingbin.journal.write import Pen
    from yingbin.people.calendar import ZONE

    lot = random.Random(number)
    here = lot.sample(sales, PEOPLE - 2)
    day = at.astimezone(ZONE).date()
    Presence.objects.bulk_create(
        Presence(site_id=site, day=day, staff_id=s, at=at, by=desk, how="desk") for s in here
    )
    gallery_days.open_gallery(Acting(site, f"o{number}", desk, at))

    def receive(pen: Pen) -> None:
        _receive(pen, lot, here, a_day)

    action("day")(receive)(Acting(site, f"d{number}", desk, at))
    end = at + timedelta(hours=12)
    gallery_days.close_gallery(Acting(site, f"c{number}", desk, end))


def _receive(pen: Any, lot: random.Random, here: list[UUID], a_day: int) -> None:
    """Groups come one after the other, stay for a while, and all are finished in the end."""
    from yingbin.gallery.actions.open_day import seat

    pen.hold()
    today = seat(pen)
    seen: dict[str, Any] = {}
    for _ in range(a_day):
        pen.at = today.at = pen.at + timedelta(minutes=lot.randint(1, 8))
        while len(today.state.receiving) > lot.randint(1, len(here) - 2):
            _finish(pen, today, seen, lot.choice(list(today.state.receiving.values())))
        _arrive(pen, today, seen, lot, here)
    while today.state.receiving:
        _finish(pen, today, seen, next(iter(today.state.receiving.values())))


def _arrive(pen: Any, today: Any, seen: Any, lot: random.Random, here: list[UUID]) -> None:
    from yingbin.gallery.actions.events import advance
    from yingbin.gallery.models import Visit
    from yingbin.journal.trips import insert

    (kind,) = lot.choices([k for k, _ in KINDS], [w for _, w in KINDS])
    today.row.visits += 1
    visit = Visit(
        site_id=pen.site_id,
        day=today.day,
        number=today.row.visits,
        arrived_at=today.at,
        recorded_by=UUID(pen.by),
        kind=kind,
    )
    event = {"event": "arrive", "visit": str(visit.id), "kind": kind}
    if kind == "customer" and lot.random() < 0.3:
        which, who = lot.choice(["named", "registered_with"]), lot.choice(here)
        setattr(visit, which, who)
        event[which] = str(who)
    pen.do(insert(visit))
    seen[str(visit.id)] = visit
    advance(pen=pen, today=today, event=event, visit=visit)


def _finish(pen: Any, today: Any, seen: Any, visit_id: str) -> None:
    from yingbin.gallery.actions.events import advance
    from yingbin.journal.trips import update

    visit = seen[visit_id]
    advance(pen=pen, today=today, event={"event": "finish", "visit": visit_id}, visit=visit)
    visit.finished_at = today.at
    pen.do(update(visit, ["finished_at"]))


def measure(days: int = 365, a_day: int = 83) -> list[tuple[str, str, str]]:
    """Rows of (what, figure, aim)."""
    began = time.perf_counter()
    site = make_year(days, a_day)
    print(f"# the year was made in {time.perf_counter() - began:.0f} s", flush=True)
    from yingbin.gallery.models import TurnDecision
    from yingbin.journal.bundle import write_one_file
    from yingbin.journal.export import export_lines

    decisions = TurnDecision.objects.count()
    with tempfile.TemporaryDirectory() as folder:
        export, program = Path(folder, "export.jsonl"), Path(folder, "verify.py")
        began = time.perf_counter()
        with export.open("w", encoding="utf-8") as out:
            out.writelines(export_lines(site))
        exporting = time.perf_counter() - began
        write_one_file(program)
        told, seconds, peak = alone(program, export)
        size = export.stat().st_size / 1e6
    place.close()
    place.drop("bench_year")
    if told["faults"]:
        raise SystemExit(f"the verifier found faults: {told['faults'][:3]}")
    return [
        (
            f"export of {decisions:,} decisions, {told['entries']:,} entries",
            f"{exporting:.0f} s, {size:.0f} MB",
            "",
        ),
        ("the one-file verifier on it", f"{seconds:.0f} s, {peak / 1024:.0f} MB at most", "< 60 s"),
    ]


def alone(program: Path, export: Path) -> tuple[dict[str, Any], float, int]:
    """What the verifier says, its seconds, its peak memory in kB."""
    words = [sys.executable, "-I", "-S", str(program), str(export), "--json"]
    # From a small process: a child's peak counts what its parent held at the fork.
    began = time.perf_counter()
    told = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _SMALL, *words],
        capture_output=True,
        text=True,
        check=True,
    )
    seconds = time.perf_counter() - began
    answer, _, peak = told.stdout.rstrip().rpartition("\n")
    return json.loads(answer), seconds, int(peak)


_SMALL = """
import os, sys
child = os.fork()
if child == 0:
    os.execv(sys.argv[1], sys.argv[1:])
print(os.wait4(child, 0)[2].ru_maxrss)
"""


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--a-day", type=int, default=83)
    args = parser.parse_args()
    show(measure(args.days, args.a_day))


if __name__ == "__main__":
    main()
