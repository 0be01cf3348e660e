"""The gates of a headquarters: scans a second over HTTP, and a scan after five million others.

    DATABASE_URL=… python -m bench.gate online [seconds] [a second]
    DATABASE_URL=… python -m bench.gate past [few] [many] [rounds]

*online*: one headquarters (its journal is one chain, so every scan waits for the one before), two workers of the real
server, forty guards on kept connections, each scan sent when it is due: a server that falls behind can't hide it. The
reference in the same run is every statement of such scans from bare psycopg, without a session, rules or hashing, on a
copy; and a scan alone, one after the other. *past*: two servers on databases alike but for their past, asked in turns.
"""

import os
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

import psycopg

from . import desk_lists, gate_past, place
from .arrivals import dealt, marks, show, through_http
from .desk import raw

Row = tuple[str, str, str]
VISITS, PERSONS, GUARDS = 150, 400, 40
TURN = 10  # scans here, then as many there
PORTS = {"few": place.PORT, "many": place.PORT + 1}


@dataclass(frozen=True)
class Post:
    """A headquarters at work: its site, devices at its gates, guards' headers, codes of its passes."""

    site: uuid.UUID
    code: str
    guards: tuple[uuid.UUID, ...]
    devices: tuple[uuid.UUID, ...]
    headers: tuple[str, ...]
    codes: tuple[str, ...]


def found(name: str, visits: int = VISITS) -> Post:
    """A new database with a headquarters, four gates, forty guards, and passes for so many visits of today."""
    with place.new_company(name) as now:
        from yingbin.people.models import Assignment, Site, Staff

        site = Site.objects.create(
            kind="headquarters", code="zongbu", name="澄湖总部", short_name="总部"
        )
        people = [Staff(account=f"guard{n}", name=f"门岗{n}") for n in range(GUARDS)]
        boss = Staff(account="boss", name="接待")
        Staff.objects.bulk_create([*people, boss])
        since = now - timedelta(days=9)
        roles = [*((one, "guard") for one in people), (boss, "reception_department")]
        Assignment.objects.bulk_create(
            Assignment(site=site, staff=who, role=role, since=since) for who, role in roles
        )
        return _post(site, people, boss, now, visits)


def _post(site: Any, people: list[Any], boss: Any, now: Any, visits: int) -> Post:
    from yingbin.journal.action import Acting
    from yingbin.tours.actions import gates

    devices = []
    for n in range(4):
        acting = Acting(site.id, f"gate{n}", boss.id, now)
        devices.append(
            gates.add_gate(acting, name=f"{n}号门", areas=("plant",), on_site=True).device
        )
    codes = tuple(_pass(site.id, n, boss.id, now) for n in range(visits))
    sessions = [place.session(one) for one in people]
    headers = tuple(
        f"Host: 127.0.0.1\r\nCookie: sessionid={key}; csrftoken={token}\r\nX-CSRFToken: {token}\r\n"
        for key, token in sessions
    )
    return Post(site.id, site.code, tuple(p.id for p in people), tuple(devices), headers, codes)


def _pass(site: uuid.UUID, n: int, by: uuid.UUID, now: Any) -> str:
    """A visit with three passes; the code of one of them."""
    from yingbin.tours.models import VisitorPass
    from yingbin.tours.pass_paper import code_of

    return code_of(VisitorPass.objects.get(id=issue(site, n, by, now, 3, f"来访单位{n}")), now)


def issue(site: uuid.UUID, n: int, by: uuid.UUID, now: Any, many: int, visitor: str) -> uuid.UUID:
    """A visit of today with so many passes, as the rules of visits leave it, in one write; the first pass's id."""
    from yingbin.journal.write import write
    from yingbin.people.ids import uuid7
    from yingbin.tours.actions import passes
    from yingbin.tours.models import TourVisit

    start = now.replace(microsecond=0) - timedelta(minutes=5)
    visit = TourVisit.objects.create(
        site_id=site, seq=0, year=2026, number=n + 1, opened_at=now, how="visitor", klass="important", version="2026-1",
        starts_at=start, ends_at=start + timedelta(hours=9), headcount=many * PERSONS, moved_at=now, status="approved",
        open_areas=["plant", "workshop"], visitor=visitor, state={"photo": False},
    )  # fmt: skip
    told = [passes.Issue(uuid7(), ("plant",), PERSONS, by, False, by) for _ in range(many)]

    def work(pen: Any) -> dict[str, object]:
        for one in told:
            passes.issued(pen, visit, one)
        return {}

    write(site_id=site, key=f"pass{n}", verb="bench", by=str(by), at=now, payload={}, work=work)
    return told[0].pass_id


def request(post: Post, n: int, due: float = 0.0) -> dict[str, Any]:
    """One scan as a gate's page sends it: in, and by the same pass out again a little later."""
    name = str(uuid.uuid4())
    turn, way = divmod(n, 2 * len(post.codes))
    told = urlencode(
        {
            "key": name, "nonce": name, "code": post.codes[way % len(post.codes)], "count": 1,
            "way": "in" if way < len(post.codes) else "out",
        }
    )  # fmt: skip
    device = post.devices[(n + turn) % len(post.devices)]
    head = f"POST /s/{post.code}/gate/{device}/scan/ HTTP/1.1\r\n{post.headers[n % GUARDS]}"
    form = "Accept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    return {
        "words": f"{head}{form}Content-Length: {len(told)}\r\n\r\n{told}",
        "due": due,
        "then": "",
    }


def statements(post: Post, many: int) -> list[list[Any]]:
    """So many scans through the action, and all that each asked and wrote, trip by trip."""
    from django.db import connection
    from django.utils import timezone

    from yingbin.journal.action import Acting
    from yingbin.tours.actions.gate_verbs import Through, scan

    every: list[list[Any]] = []

    def note(execute: Any, sql: str, params: Any, many_: bool, context: Any) -> Any:
        every[-1].append((sql, params))
        return execute(sql, params, many_, context)

    with connection.execute_wrapper(note):
        for n in range(many):
            every.append([])
            name = str(uuid.uuid4())
            told = Through(post.devices[n % 4], 1 + 3 * (n % VISITS), 1, nonce=name)
            scan(Acting(post.site, name, post.guards[n % GUARDS], timezone.now()), told=told)
    return every


def online(seconds: int = 30, rate: int = 100) -> list[Row]:
    """Rows of (what, figure, aim)."""
    post = found("bench_gate")
    place.copy("bench_gate", "bench_gate_note", "bench_gate_raw")
    place.use("bench_gate_note")
    statements(post, 20)  # warms it up
    noted = statements(post, 200)
    place.close()
    place.copy("bench_gate", "bench_gate_raw")
    bare = raw("bench_gate_raw", [_without(one) for one in noted])
    with place.server("bench_gate") as server:
        through_http(dealt([request(post, n) for n in range(80)], 4), status=200)
        alone = through_http([[request(post, n) for n in range(80, 280)]], status=200)
        jobs = [request(post, 280 + n, n / rate) for n in range(seconds * rate)]
        before, ours = _machine(), _ours("bench_gate", server)
        told = through_http(dealt(jobs, GUARDS), due=True, status=200)
        shares = _since(before)
        own = (_ours("bench_gate", server) - ours) / told["seconds"] / (os.cpu_count() or 1)
    place.drop("bench_gate", "bench_gate_note", "bench_gate_raw")
    one50, one99 = marks(alone["times"])
    p50, p99 = marks(told["times"])
    windows = _windows(told, 5)
    w50, worst = median(windows), max(windows)
    trips = median(map(len, noted))
    return [
        ("a scan: trips to the database inside the action", f"{trips:.0f}", ""),
        ("the same statements raw, one after the other", f"{bare.rate:.0f}/s, {1000 / bare.rate:.1f} ms", ""),
        ("a scan over HTTP, one after the other", f"p50 {one50:.1f} ms, p99 {one99:.0f} ms", ""),
        ("… ratio to the statements raw", f"{(1000 / bare.rate) / one50:.2f}", ""),
        (f"{rate} scans/s, {GUARDS} kept connections, {seconds} s", f"p50 {p50:.0f} ms, p99 {p99:.0f} ms", "p99 ≤ 100 ms"),
        ("… ratio of its p50 to a scan alone", f"{p50 / one50:.2f}", ""),
        ("… the clients, of one core", f"{told['busy'] / told['seconds']:.0%}", ""),
        ("… in its 5-second windows, p99: median, worst", f"{w50:.0f} ms, {worst:.0f} ms", ""),
        (f"… {os.cpu_count()} cores: server and database, everything on the machine", f"{own:.0%}, {shares:.0%}", ""),
    ]  # fmt: skip


def _without(sent: list[Any]) -> list[Any]:
    """Django ends its transaction by itself; a commit that went along is what the raw line does at the end anyway."""
    return [(sql.removesuffix(";\ncommit"), values) for sql, values in sent]


def _windows(told: dict[str, Any], seconds: int) -> list[float]:
    """The 99th percentile of each window of so many seconds, in milliseconds."""
    by: dict[int, list[float]] = {}
    for due, took in zip(told["due"], told["times"], strict=True):
        by.setdefault(int(due) // seconds, []).append(took)
    return [marks(one)[1] for one in by.values()]


def _ours(name: str, server: int) -> float:
    """Seconds of processors that the server's processes and the backends of this database have used."""
    with psycopg.connect(place.database(name), autocommit=True) as line:
        asked = line.execute("select pid from pg_stat_activity where datname = %s", (name,))
        backends = [int(pid) for (pid,) in asked.fetchall()]
    workers = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return sum(desk_lists.cpu(one) for one in [server, *map(int, workers), *backends])


def _machine() -> tuple[float, float]:
    with open("/proc/stat") as told:
        numbers = [int(n) for n in told.readline().split()[1:9]]
    return float(sum(numbers)), float(numbers[3] + numbers[4])


def _since(before: tuple[float, float]) -> float:
    """The part of all processors' time that was not idle."""
    whole, idle = (now - then for now, then in zip(_machine(), before, strict=True))
    return 1 - idle / whole


def past(few: int = 10_000, many: int = 5_000_000, rounds: int = 72) -> list[Row]:
    """A scan with a short past and with a long one: the same servers, in turns; and of the processors."""
    posts = {}
    for which, scans in (("few", few), ("many", many)):
        posts[which] = found(f"bench_gate_{which}")
        began = time.monotonic()
        gate_past.fill(f"bench_gate_{which}", scans)
        print(f"filled {scans:,} in {time.monotonic() - began:.0f} s", flush=True)
    times: dict[str, list[list[float]]] = {"few": [], "many": []}
    with (
        place.server("bench_gate_few", workers=1, port=PORTS["few"]),
        place.server("bench_gate_many", workers=1, port=PORTS["many"]),
    ):
        for n in range(-1, rounds):
            for which, port in PORTS.items():
                first = (n + 1) * TURN
                jobs = [request(posts[which], first + k) for k in range(TURN)]
                told = through_http([jobs], port=port, status=200)
                if n >= 0:  # the first round warms everything up
                    times[which].append(told["times"])
    inside = {which: _decided(f"bench_gate_{which}", posts[which]) for which in posts}
    place.drop("bench_gate_few", "bench_gate_many")
    return [*_rows(times, {"few": few, "many": many}), *inside_rows(inside)]


def _decided(name: str, post: Post) -> float:
    """Milliseconds of processors that a decision takes in this process, the database's part included."""
    from django.db import connection

    place.use(name)
    statements(post, 20)
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        backend = int(cursor.fetchone()[0])
    took = []
    for _ in range(7):
        busy = time.process_time() + desk_lists.cpu(backend)
        statements(post, 60)
        took.append(1000 * (time.process_time() + desk_lists.cpu(backend) - busy) / 60)
    place.close()
    return median(took)


def inside_rows(inside: dict[str, float]) -> list[Row]:
    """What processors spent on a decision, and its ratio."""
    few, many = inside["few"], inside["many"]
    return [
        ("a decision, of processors: few, many", f"{few:.1f}, {many:.1f} ms", ""),
        ("… ratio", f"{many / few:.2f}", "≤ 1.2"),
    ]


def _rows(times: dict[str, list[list[float]]], scans: dict[str, int]) -> list[Row]:
    rows = []
    for which, told in times.items():
        p50, p99 = marks([one for part in told for one in part])
        rows.append((f"a scan after {scans[which]:,}", f"p50 {p50:.1f} ms, p99 {p99:.0f} ms", ""))
    ratio = median(median(b) / median(a) for a, b in zip(times["few"], times["many"], strict=True))
    return [*rows, ("a scan: ratio", f"{ratio:.2f}", "≤ 1.2")]


def main() -> None:
    """Measures and prints."""
    what, *numbers = sys.argv[1:] or ["online"]
    parts: dict[str, Callable[..., list[Row]]] = {"online": online, "past": past}
    print(place.settings_of_server())
    show(parts[what](*map(int, numbers)))


if __name__ == "__main__":
    main()
