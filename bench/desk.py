"""The residents' desk: a call recorded over HTTP beside the same SQL raw; lists and search after two million matters; the rules.

    DATABASE_URL=… python -m bench.desk record [rounds]
    DATABASE_URL=… python -m bench.desk lists [few] [many]
    DATABASE_URL=… python -m bench.desk rules [events]

*record*: a first pass through the action writes down every statement with its values. Copies of the database then get
from bare psycopg, without a framework and without deciding or hashing anything, once all of these statements and once
only those that lock and write; a third copy gets the same calls by HTTP, with a session, permissions, the form, the box,
what is known already, the rules, the journal, notices and an answer. A round is an office; medians of rounds count.
"""

import json
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any
from urllib.parse import urlencode

import psycopg

from . import desk_lists, desk_rules, place
from .arrivals import dealt, marks, show, through_http

Row = tuple[str, str, str]
Sent = list[tuple[str, Any]]  # statements of one call, with their values
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
    """The calls of one round through the action, and all that each asked and wrote, statement by statement."""
    from django.utils import timezone

    from yingbin.desk.actions.happen import Record
    from yingbin.desk.actions.register import register
    from yingbin.desk.places import of_home
    from yingbin.journal.action import Acting

    every: list[Sent] = []
    with noted(every):
        for n in range(CALLS):
            every.append([])
            told = Record("help", of_home(of.homes[n], f"{n + 1}-2-1801"), "leak", "call", WORDS[n % len(WORDS)])  # fmt: skip
            register(Acting(of.site, str(uuid.uuid4()), of.clerk, timezone.now()), told=told)
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
            every[-1].append((sql, params))
        return execute(sql, params, many, context)

    def together(statements: Any) -> Any:
        nonlocal trip
        told = list(statements)
        # The commit is the raw side's own.
        every[-1] += [(one.sql, one.values) for one in told if one.sql != "commit"]
        trip = True
        try:
            return sending(told)
        finally:
            trip = False

    trips.send = write.send = together  # type: ignore[assignment]
    try:
        with connection.execute_wrapper(alone):
            yield
    finally:
        trips.send = write.send = sending


def writes(sent: Sent) -> Sent:
    """Those that lock and write."""
    marks_ = ("insert", "update", "delete", "with e as")
    return [(s, v) for s, v in sent if s.lstrip().lower().startswith(marks_) or "for update" in s]


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
        for sql, values in sent:
            cursor.execute(sql, values or None)
            cursor.fetchall() if cursor.description else None
            while cursor.nextset():
                cursor.fetchall() if cursor.description else None
    line.commit()


def request(of: Office, n: int) -> Any:
    """One call as the clerk's browser posts it."""
    told = urlencode(
        {
            "key": str(uuid.uuid4()), "q": f"{n + 1}-2-1801", "pick": f"{of.homes[n]}|", "kind": "help",
            "words": WORDS[n % len(WORDS)], "subject": "leak", "source": "call", "urgent": "",
        }
    )  # fmt: skip
    head = f"POST /s/{of.code}/desk/new/ HTTP/1.1\r\n{of.headers}"
    form = "Content-Type: application/x-www-form-urlencoded\r\n"
    size = f"Content-Length: {len(told)}\r\n\r\n"
    return {"words": f"{head}{form}{size}{told}", "due": 0.0, "then": ""}


def record(rounds: int = 8) -> list[Row]:
    """Rows of (what, figure, aim)."""
    offices = found("bench_desk", rounds + 1)
    place.copy("bench_desk", "bench_desk_note", "bench_desk_all", "bench_desk_rows")
    place.use("bench_desk_note")
    told_by = [statements(one) for one in offices]
    place.close()
    took = []
    with place.server("bench_desk"):
        for n, one in enumerate(offices):
            every = raw("bench_desk_all", told_by[n])
            rows = raw("bench_desk_rows", [writes(sent) for sent in told_by[n]])
            clients = CLIENTS if n else 1  # the first warms both workers up
            told = through_http(dealt([request(one, k) for k in range(CALLS)], clients))
            took.append((every, rows, CALLS / told["seconds"], told["times"]))
    place.use("bench_desk")
    rows = [*_rates(took[1:], told_by[-1]), *_inside(offices[0], took[1:])]
    place.close()
    place.drop("bench_desk", "bench_desk_note", "bench_desk_all", "bench_desk_rows")
    return rows


Round = tuple[Speed, Speed, float, list[float]]


def _rates(took: list[Round], calls: list[Sent]) -> list[Row]:
    every, rows = (median(one[k].rate for one in took) for k in (0, 1))  # type: ignore[union-attr]
    http = median(one[2] for one in took)
    p50, p99 = marks([t for one in took for t in one[3]])
    asked, written = (median(map(len, of)) for of in (calls, [writes(s) for s in calls]))
    return [
        ("statements of a call: all, those that write", f"{asked:.0f}, {written:.0f}", ""),
        ("raw, all statements", f"{every:.0f}/s", ""),
        ("raw, only those that write", f"{rows:.0f}/s", ""),
        (f"over HTTP, {CLIENTS} clients", f"{http:.0f}/s, p50 {p50:.0f} ms, p99 {p99:.0f} ms", ""),
        ("ratio to all statements", f"{median(o[2] / o[0].rate for o in took):.2f}", "≥ 0.5"),
        ("ratio to those that write", f"{median(o[2] / o[1].rate for o in took):.2f}", ""),
    ]


def _inside(of: Office, took: list[Round]) -> list[Row]:
    """Where a call's time goes, in this process: the page, of it the action, of both the database."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["sessionid"] = of.session

    def post(n: int) -> None:
        told = {
            "key": str(uuid.uuid4()), "q": f"{n + 1}-2-1801", "pick": f"{of.homes[n]}|", "kind": "help",
            "words": f"{WORDS[n % len(WORDS)]}{n}", "subject": "leak", "source": "call", "urgent": "", "twin": "new",
        }  # fmt: skip
        answer = client.post(f"/s/{of.code}/desk/new/", told)
        assert answer.status_code == 302, answer.status_code

    for n in range(10):
        post(n)
    with CaptureQueriesContext(connection) as log:
        post(11)
        asked = len(log)
    backend = _backend(connection)
    busy, of_db, began = time.process_time(), desk_lists.cpu(backend), time.perf_counter()
    for n in range(CALLS):
        post(n)
    wall = time.perf_counter() - began
    python, of_db = time.process_time() - busy, desk_lists.cpu(backend) - of_db
    spent = 1000 * (python + of_db) / CALLS
    every, rows = (median(one[k].busy for one in took) for k in (0, 1))  # type: ignore[union-attr]
    return [
        ("a call as the clerk sends it: statements", str(asked), ""),
        ("… by the clock, in one process", f"{1000 * wall / CALLS:.1f} ms", ""),
        ("… of processors: Python, the database", f"{1000 * python / CALLS:.1f} + {1000 * of_db / CALLS:.1f} ms", ""),
        ("raw, of processors: all statements, those that write", f"{every:.1f}, {rows:.1f} ms", ""),
        ("ratio by processors: all statements, those that write", f"{every / spent:.2f}, {rows / spent:.2f}", ""),
    ]  # fmt: skip


def _backend(connection: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return int(cursor.fetchone()[0])


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
