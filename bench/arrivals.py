"""Arrivals through HTTP beside the very same SQL done raw in psycopg, in one run.

    DATABASE_URL=… python -m bench.arrivals [--rounds 8] [--clients 4] [--seconds 20]

A first pass through the actions records every statement with its values. Two identical copies of the
database then get exactly these statements from bare psycopg, without a framework and without reading,
checking, deciding or hashing anything: *statement by statement*, as one would write them down, and *in
trips*, bundled as the product sends them. The product gets the same groups by HTTP on a third copy:
a session, permissions, a form, the rules, the journal, an answer. One gallery at a time (its lock makes
everyone wait in line), then spread over fifty. The parts of a round follow each other, and medians of
rounds count, so that whatever else the machine does hits all alike.
"""

import argparse
import json
import multiprocessing
import subprocess
import sys
import time
import uuid
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

from . import place
from .place import Gallery

PEOPLE = 24
SPREAD = 50
Arrivals = list[list[Any]]  # of one arrival: its trips, each a list of (sql, values)


def phone(gallery: int, n: int) -> str:
    """A number nobody else has."""
    return f"139{gallery:04d}{n:04d}"


def record(galleries: list[Gallery], each: int) -> dict[int, Arrivals]:
    """So many arrivals at each gallery through the actions, with every statement they sent."""
    from uuid import UUID

    from django.utils import timezone

    from yingbin.gallery.actions import arrivals
    from yingbin.journal import trips as ways
    from yingbin.journal import write as path
    from yingbin.journal.action import Acting

    noted: dict[int, Arrivals] = {}
    sending = path.send

    def note(statements: Any) -> Any:
        together = list(statements)
        trips.append([(s.sql, s.values) for s in together])
        return sending(together)

    # The last trip, which ends with the commit, is sent from within `trips`.
    path.send = ways.send = note  # type: ignore[assignment]
    try:
        for number, gallery in enumerate(galleries):
            for n in range(each):
                trips: Any = []
                desk = UUID(gallery.desk)
                arrivals.record_arrival(
                    Acting(UUID(gallery.site), str(uuid.uuid4()), desk, timezone.now()),
                    arrival=arrivals.Arrival(
                        name="张伟", phone=phone(number, n), first_visit=True, contacted=False
                    ),
                )
                noted.setdefault(number, []).append(trips)
    finally:
        path.send = ways.send = sending
        place.close()
    return noted


def _play(url: str, arrivals: Arrivals, bundled: bool, gate: Any, done: Any) -> None:
    import psycopg

    with psycopg.connect(url, prepare_threshold=None, cursor_factory=psycopg.ClientCursor) as line:
        line.execute("select 1")
        line.commit()
        gate.wait()
        for trips in arrivals:
            _one(line, trips, bundled)
        done.wait()


def _one(line: Any, trips: list[Any], bundled: bool) -> None:
    with line.cursor() as cursor:
        for trip in trips:
            parts = [(";\n".join(s for s, _ in trip), [v for _, vs in trip for v in vs])]
            for sql, values in parts if bundled else trip:
                cursor.execute(sql, values)
                cursor.fetchall() if cursor.description else None
                while cursor.nextset():
                    cursor.fetchall() if cursor.description else None
    line.commit()


def raw(name: str, lanes: list[Arrivals], bundled: bool) -> float:
    """Arrivals a second of bare psycopg, each lane a process with a connection of its own."""
    ways = multiprocessing.get_context("fork")
    gate, done = ways.Barrier(len(lanes) + 1), ways.Barrier(len(lanes) + 1)
    words = [(place.database(name), lane, bundled, gate, done) for lane in lanes]
    workers = [ways.Process(target=_play, args=w) for w in words]
    for w in workers:
        w.start()
    gate.wait(60)
    began = time.perf_counter()
    done.wait(120)
    seconds = time.perf_counter() - began
    for w in workers:
        w.join()
    return sum(map(len, lanes)) / seconds


def request(gallery: Gallery, number: int, n: int, due: float = 0.0, page: bool = False) -> Any:
    """One arrival as the desk's browser posts it."""
    said = {"first": "yes", "contact": "no", "q": f"张伟 {phone(number, n)}"}
    told = urlencode({**said, "key": str(uuid.uuid4())})
    head = f"POST /gallery/arrival/ HTTP/1.1\r\n{gallery.headers}"
    form = "Content-Type: application/x-www-form-urlencoded\r\n"
    words = f"{head}{form}Content-Length: {len(told)}\r\n\r\n{told}"
    return {"words": words, "due": due, "then": gallery.headers if page else ""}


def through_http(
    lanes: list[list[Any]], *, due: bool = False, port: int = place.PORT, status: int = 302
) -> dict[str, Any]:
    """Plays lanes of requests from a process of its own; status: what a good answer has."""
    plan = {"port": port, "lanes": [lane for lane in lanes if lane], "due": due, "status": status}
    told = subprocess.run(
        [sys.executable, "-m", "bench.client"],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        check=True,
        cwd=place.ROOT,
    )
    found: dict[str, Any] = json.loads(told.stdout)
    if found["wrong"]:
        raise SystemExit(f"{len(found['wrong'])} not answered: {found['wrong'][0]}")
    return found


def dealt(jobs: list[Any], lanes: int) -> list[list[Any]]:
    """Jobs to lanes, in turn."""
    return [jobs[n::lanes] for n in range(lanes)]


def marks(times: list[float]) -> tuple[float, float]:
    """The middle and the 99th percentile, in milliseconds."""
    return median(times) * 1000, quantiles(times, n=100)[98] * 1000


def measure(rounds: int, clients: int, seconds: int) -> list[tuple[str, str, str]]:
    """Everything; rows of (what, figure, aim)."""
    galleries = place.found("bench_a", rounds + SPREAD, PEOPLE)
    place.copy("bench_a", "bench_record", "bench_plain", "bench_trips", "bench_open")
    place.use("bench_record")
    noted = record(galleries, PEOPLE)
    statements = median(sum(map(len, a)) for a in noted[0])
    # The lock and what follows it; what was decided and the commit. BEGIN comes by itself before them.
    rows = [("statements / trips an arrival", f"{statements:.0f} / {len(noted[0][-1])}", "")]
    with place.server("bench_a"):
        warm(galleries)
        one = [_one_gallery(galleries, noted, r, clients) for r in range(rounds)]
        rows += _rates(f"one gallery, {clients} clients", one)
        many = [_spread(galleries, noted, rounds, r, clients) for r in range(PEOPLE // 4)]
        rows += _rates(f"{SPREAD} galleries, {clients} clients", many)
    with place.server("bench_open"):
        warm(galleries)
        rows += _open_loop(galleries[:SPREAD], seconds)
    place.drop("bench_a", "bench_record", "bench_plain", "bench_trips", "bench_open")
    return rows


def warm(galleries: list[Gallery], port: int = place.PORT) -> None:
    """Both workers have read their templates and opened their connections."""
    head = f"GET /gallery/arrival/ HTTP/1.1\r\n{galleries[0].headers}\r\n"
    plan = {"port": port, "lanes": [[{"words": head, "due": 0.0}] * 15] * 6}
    subprocess.run(
        [sys.executable, "-m", "bench.client"],
        input=json.dumps(plan),
        text=True,
        check=True,
        cwd=place.ROOT,
        stdout=subprocess.DEVNULL,
    )


Rates = tuple[float, float, float, list[float]]


def _one_gallery(
    galleries: list[Gallery], noted: dict[int, Arrivals], number: int, clients: int
) -> Rates:
    # A gallery's statements carry its chain: one connection has to play them in order.
    plain = raw("bench_plain", [noted[number]], bundled=False)
    trips = raw("bench_trips", [noted[number]], bundled=True)
    jobs = [request(galleries[number], number, n) for n in range(PEOPLE)]
    told = through_http(dealt(jobs, clients))
    return plain, trips, PEOPLE / told["seconds"], told["times"]


def _spread(
    galleries: list[Gallery], noted: dict[int, Arrivals], first: int, turn: int, clients: int
) -> Rates:
    """Four groups more at each of fifty galleries."""
    numbers = range(first, first + SPREAD)
    at = range(turn * 4, turn * 4 + 4)
    lanes = [[noted[k][n] for n in at for k in lane] for lane in dealt(list(numbers), clients)]
    plain = raw("bench_plain", lanes, bundled=False)
    trips = raw("bench_trips", lanes, bundled=True)
    jobs = [
        [request(galleries[k], k, n) for n in at for k in lane]
        for lane in dealt(list(numbers), clients)
    ]
    told = through_http(jobs)
    return plain, trips, SPREAD * 4 / told["seconds"], told["times"]


def _rates(where: str, rounds: list[Rates]) -> list[tuple[str, str, str]]:
    plain, trips, http = (median(r[k] for r in rounds) for k in range(3))  # type: ignore[type-var]
    to_plain = median(r[2] / r[0] for r in rounds)
    to_trips = median(r[2] / r[1] for r in rounds)
    p50, p99 = marks([t for r in rounds for t in r[3]])
    return [
        (f"{where}: raw, statement by statement", f"{plain:.0f}/s", ""),
        (f"{where}: raw, in the same trips", f"{trips:.0f}/s", ""),
        (f"{where}: HTTP", f"{http:.0f}/s, p50 {p50:.0f} ms, p99 {p99:.0f} ms", ""),
        (f"{where}: ratio to raw", f"{to_plain:.2f}", "≥ 0.5"),
        (f"{where}: ratio to raw in trips", f"{to_trips:.2f}", ""),
    ]


def _open_loop(galleries: list[Gallery], seconds: int) -> list[tuple[str, str, str]]:
    """Fifty arrivals a second over fifty galleries, sent when due; each followed by its page."""
    rate = 50
    jobs = [
        request(galleries[n % SPREAD], n % SPREAD, n // SPREAD, n / rate, page=n % 2 == 0)
        for n in range(min(seconds, PEOPLE) * rate)
    ]
    told = through_http(dealt(jobs, 32), due=True)
    p50, p99 = marks(told["times"])
    page50, page99 = marks(told["pages"])
    return [
        (
            f"{rate} arrivals/s over {SPREAD} galleries",
            f"p50 {p50:.0f} ms, p99 {p99:.0f} ms",
            "p99 < 100 ms",
        ),
        (
            "… the page of the decision after every second",
            f"p50 {page50:.0f} ms, p99 {page99:.0f} ms",
            "",
        ),
    ]


def show(rows: list[tuple[str, str, str]]) -> None:
    """Prints rows as a table."""
    for what, figure, aim in rows:
        print(f"{what:58} {figure:34} {aim}", flush=True)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seconds", type=int, default=20)
    args = parser.parse_args()
    print(place.settings_of_server())
    show(measure(args.rounds, args.clients, args.seconds))


if __name__ == "__main__":
    main()
