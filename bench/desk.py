"""The residents' desk: a call recorded over HTTP beside the same SQL raw; lists and search after two million matters; the rules.

    DATABASE_URL=… python -m bench.desk record [rounds]
    DATABASE_URL=… python -m bench.desk lists [few] [many]
    DATABASE_URL=… python -m bench.desk rules [events]

*record*: what is compared. A first pass posts the calls to the page, in this process, and writes down every statement
that a request sends, with its values. Three copies of the database then get them from bare psycopg, without a framework
and without deciding, checking or hashing anything, each statement alone, its answer fetched, one commit a call, with
the server's own durability: all statements of the request; those of the action alone (from the lock on); those that
lock and write alone. A fourth copy gets the same calls by HTTP from the real server.

What raw leaves out and HTTP can't: parsing the request, the session's seal and signature, permissions, the token of the
form, the form's fields, the rules, canonical JSON and SHA-256 of the journal, an answer with its headers. What HTTP
saves: statements that travel together. A round is an office; raw and HTTP alternate within it; ratios are medians over
rounds. By the clock, HTTP has four clients and two processes where raw has one of each, since an office's journal is one
chain; by processors both count all they use: raw its process and its backend, HTTP the server's processes and theirs.
"""

import json
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

import psycopg

from . import desk_lists, desk_rules, place
from .arrivals import dealt, marks, show, through_http

Row = tuple[str, str, str]
Sent = list[
    tuple[str, Any, bool]
]  # statements of one call, with their values; whether the action sent it
CALLS, CLIENTS, BLOCKS = 60, 4, 60
WORDS = (
    "厨房水管漏水", "电梯按钮失灵", "楼道灯不亮", "门禁刷不开", "下水道返味", "窗户关不严", "对讲机没声音", "信箱锁坏了",
)  # fmt: skip


@dataclass(frozen=True)
class Office:
    """An office with its clerk's session, and its homes by their spelling."""

    site: uuid.UUID
    code: str
    clerk: uuid.UUID
    session: str
    headers: str
    homes: tuple[uuid.UUID, ...]


def found(name: str, offices: int) -> list[Office]:
    """A new database with so many offices, each with its people and a home in each of sixty buildings."""
    with place.new_company(name) as now:
        return [office(n, now) for n in range(offices)]


def office(number: int, now: Any) -> Office:
    """One office: clerk, supervisor, manager, a department; homes without people."""
    from yingbin.desk.models import Building, Home
    from yingbin.people.models import Assignment, Department, Site, Staff

    code = f"o{number}"
    site = Site.objects.create(kind="management_office", code=code, name=f"望江花园{number}期管理处", short_name=f"{number}期")  # fmt: skip
    works = Department.objects.create(site=site, name="工程部")
    roles = ("desk_clerk", "desk_supervisor", "desk_manager", "department_head", "department")
    people = [Staff(account=f"{role}{number}", name=f"{role}{number}") for role in roles]
    Staff.objects.bulk_create(people)
    Assignment.objects.bulk_create(
        Assignment(
            site=site, staff=who, role=role, since=now - timedelta(days=9),
            department=works if role.startswith("department") else None,
        )
        for who, role in zip(people, roles, strict=True)
    )  # fmt: skip
    blocks = [Building(site=site, name=str(n + 1), seq=1) for n in range(BLOCKS)]
    Building.objects.bulk_create(blocks)
    homes = [
        Home(site=site, building=b, entrance="2", room="1801", label=f"{b.name}-2-1801", seq=1)
        for b in blocks
    ]
    Home.objects.bulk_create(homes)
    key, token = place.session(people[0])
    headers = (
        f"Host: 127.0.0.1\r\nCookie: sessionid={key}; csrftoken={token}\r\nX-CSRFToken: {token}\r\n"
    )
    return Office(site.id, code, people[0].id, key, headers, tuple(home.id for home in homes))


def statements(of: Office) -> list[Sent]:
    """The calls of one round through the page, and all that each asked and wrote, statement by statement."""
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["sessionid"] = of.session
    every: list[Sent] = []
    with noted(every):
        for n in range(CALLS):
            every.append([])
            kind = "application/x-www-form-urlencoded"
            answer = client.post(f"/s/{of.code}/desk/new/", told(of, n), content_type=kind)
            assert answer.status_code == 302, answer.status_code
    return every


@contextmanager
def noted(every: list[Sent]) -> Iterator[None]:
    """Each statement goes to the last of these lists, also those that travel together."""
    from django.db import connection

    from yingbin.journal import trips, write

    sending = trips.send

    trip = False

    def alone(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not trip:
            every[-1].append((sql, params, connection.in_atomic_block))
        return execute(sql, params, many, context)

    def together(statements: Any) -> Any:
        nonlocal trip
        sent, inside = list(statements), connection.in_atomic_block
        # The commit is the raw side's own.
        every[-1] += [(one.sql, one.values, inside) for one in sent if one.sql != "commit"]
        trip = True
        try:
            return sending(sent)
        finally:
            trip = False

    trips.send = write.send = together  # type: ignore[assignment]
    try:
        with connection.execute_wrapper(alone):
            yield
    finally:
        trips.send = write.send = sending


def of_action(sent: Sent) -> Sent:
    """Those of the action: from the lock to the commit."""
    return [one for one in sent if one[2]]


def writes(sent: Sent) -> Sent:
    """Those that lock and write."""
    marks_ = ("insert", "update", "delete", "with e as")
    return [one for one in sent if one[0].lstrip().lower().startswith(marks_) or "for update" in one[0]]  # fmt: skip


@dataclass(frozen=True)
class Speed:
    """Calls a second by the clock, and milliseconds of processors a call took, the database's part included."""

    rate: float
    busy: float


def raw(name: str, calls: list[Sent]) -> Speed:
    """Bare psycopg on one connection: an office's journal is one chain."""
    with psycopg.connect(
        place.database(name), prepare_threshold=None, cursor_factory=psycopg.ClientCursor
    ) as line:
        line.execute("select 1")
        line.commit()
        backend = line.info.backend_pid
        busy = time.process_time() + desk_lists.cpu(backend)
        began = time.perf_counter()
        for sent in calls:
            _once(line, sent)
        seconds = time.perf_counter() - began
        busy = time.process_time() + desk_lists.cpu(backend) - busy
    return Speed(len(calls) / seconds, 1000 * busy / len(calls))


def _once(line: Any, sent: Sent) -> None:
    with line.cursor() as cursor:
        for sql, values, _ in sent:
            cursor.execute(sql, values or None)
            cursor.fetchall() if cursor.description else None
            while cursor.nextset():
                cursor.fetchall() if cursor.description else None
    line.commit()


def told(of: Office, n: int) -> str:
    """One call as the clerk's browser sends it."""
    return urlencode(
        {
            "key": str(uuid.uuid4()), "q": f"{n + 1}-2-1801", "pick": f"{of.homes[n]}|", "kind": "help",
            "words": WORDS[n % len(WORDS)], "subject": "leak", "source": "call", "urgent": "",
        }
    )  # fmt: skip


def request(of: Office, n: int) -> Any:
    """The same with its head."""
    head = f"POST /s/{of.code}/desk/new/ HTTP/1.1\r\n{of.headers}"
    body, form = told(of, n), "Content-Type: application/x-www-form-urlencoded\r\n"
    return {
        "words": f"{head}{form}Content-Length: {len(body)}\r\n\r\n{body}",
        "due": 0.0,
        "then": "",
    }


COPIES = ("bench_desk_all", "bench_desk_action", "bench_desk_rows")
PARTS: tuple[Callable[[Sent], Sent], ...] = (list, of_action, writes)


def record(rounds: int = 8) -> list[Row]:
    """Rows of (what, figure, aim)."""
    offices = found("bench_desk", rounds + 1)
    place.copy("bench_desk", "bench_desk_note", *COPIES)
    place.use("bench_desk_note")
    told_by = [statements(one) for one in offices]
    place.close()
    took = []
    with place.server("bench_desk") as server:
        for n, (one, calls) in enumerate(zip(offices, told_by, strict=True)):
            bare = [
                raw(name, list(map(part, calls))) for name, part in zip(COPIES, PARTS, strict=True)
            ]
            clients = CLIENTS if n else 1  # the first warms both workers up
            took.append(_by_http(server, [request(one, k) for k in range(CALLS)], clients, bare))
    place.drop("bench_desk", "bench_desk_note", *COPIES)
    return _rows(took[1:], told_by[-1])


@dataclass(frozen=True)
class Round:
    """What one office gave. bare: raw, by `PARTS`; times: of each answer, in seconds."""

    bare: list[Speed]
    http: Speed
    python: float
    times: list[float]


def _by_http(server: int, requests: list[Any], clients: int, bare: list[Speed]) -> Round:
    before = _busy(server)
    told = through_http(dealt(requests, clients))
    after = _busy(server)
    python, backends = (1000 * (b - a) / CALLS for a, b in zip(before, after, strict=True))
    return Round(bare, Speed(CALLS / told["seconds"], python + backends), python, told["times"])


def _busy(server: int) -> tuple[float, float]:
    """Seconds of processors that the server's processes have used, and their backends."""
    asked = "select pid from pg_stat_activity where datname = 'bench_desk'"
    with psycopg.connect(place.BASE) as line:
        backends = [pid for (pid,) in line.execute(asked)]
    return sum(map(desk_lists.cpu, _family(server))), sum(map(desk_lists.cpu, backends))


def _family(first: int) -> list[int]:
    """A process and all that come from it."""
    above = {}
    for one in Path("/proc").iterdir():
        if one.name.isdigit() and (one / "stat").exists():
            above[int(one.name)] = int((one / "stat").read_text().rpartition(")")[2].split()[1])
    found_, fresh = [first], [first]
    while fresh := [one for one, parent in above.items() if parent in fresh]:
        found_ += fresh
    return found_


NAMES = ("all statements of the request", "those of the action", "those that write")


def _rows(took: list[Round], calls: list[Sent]) -> list[Row]:
    p50, p99 = marks([t for one in took for t in one.times])
    http, busy = median(o.http.rate for o in took), median(o.http.busy for o in took)
    python = median(o.python for o in took)
    rows = [
        (f"over HTTP, {CLIENTS} clients", f"{http:.0f}/s, p50 {p50:.0f} ms, p99 {p99:.0f} ms", ""),
        ("… of processors: Python, the database", f"{python:.1f} + {busy - python:.1f} ms", ""),
    ]
    for n, name in enumerate(NAMES):
        many = median(len(PARTS[n](sent)) for sent in calls)
        rate, spent = median(o.bare[n].rate for o in took), median(o.bare[n].busy for o in took)
        clock = sorted(o.http.rate / o.bare[n].rate for o in took)
        of_both = sorted(o.bare[n].busy / o.http.busy for o in took)
        rows += [
            (f"raw, {name}: {many:.0f}", f"{rate:.0f}/s, {spent:.1f} ms of processors", ""),
            ("… HTTP to it by the clock", _spread(clock), ""),
            ("… HTTP to it by processors", _spread(of_both), "" if n else "≥ 0.5"),
        ]
    return rows


def _spread(sorted_: list[float]) -> str:
    return f"{median(sorted_):.2f} ({sorted_[0]:.2f}–{sorted_[-1]:.2f})"


def main() -> None:
    """Measures and prints."""
    what, *numbers = sys.argv[1:] or ["record"]
    parts: dict[str, Callable[..., list[Row]]] = {
        "record": record, "lists": desk_lists.measure, "rules": desk_rules.measure,
    }  # fmt: skip
    print(place.settings_of_server() if place.BASE else json.dumps(sys.version))
    show(parts[what](*map(int, numbers)))


if __name__ == "__main__":
    main()
