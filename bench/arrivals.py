"""Arrivals a second through HTTP beside the very same SQL done raw in psycopg, in one run.

    DATABASE_URL=… .venv/bin/python bench/arrivals.py [--rounds 40] [--clients 4]

A gallery with eight salespeople is opened. Each round, eight groups arrive (timed) and all receptions are
finished again (not timed). The statements of a first pass through the actions are recorded with their values;
the raw pass runs exactly these, in this order, on an identical copy of the database, without a framework.
"""

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PORT = 8765
PEOPLE = 8


def database(url: str, name: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def admin(url: str, *statements: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def prepare(url: str) -> tuple[str, str]:
    """Two identical databases with an open gallery; returns their addresses."""
    first, second = database(url, "bench_a"), database(url, "bench_b")
    admin(url, "drop database if exists bench_a", "drop database if exists bench_b")
    admin(url, "create database bench_a")
    os.environ["DATABASE_URL"] = first
    os.environ.setdefault("YINGBIN_SECRET_KEY", "bench")
    os.environ["DJANGO_SETTINGS_MODULE"] = "yingbin.web.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    open_gallery()
    connections.close_all()
    admin(url, "create database bench_b template bench_a")
    return first, second


def open_gallery() -> None:
    from django.utils import timezone

    from yingbin.floor.actions import days, presence
    from yingbin.web.demo import build

    now = timezone.now()
    crew = build.found(now)
    for who in crew.sales():
        presence.sign_in(**crew.args(who, now), who=who)
    days.open_gallery(**crew.args(crew.manager, now))


def session() -> tuple[str, str]:
    """A signed-in receptionist's session and form token."""
    from allauth.usersessions.models import UserSession
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.middleware.csrf import _get_new_csrf_string

    from yingbin.people.models import Staff

    user = Staff.objects.get(account="suqing")
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "yingbin.people.backends.AccountOrPhone"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    UserSession.objects.create(session_key=store.session_key, user=user, ip="127.0.0.1")
    return str(store.session_key), _get_new_csrf_string()


def finish_all() -> None:
    """Everybody is free again."""
    from django.utils import timezone

    from yingbin.floor.actions import receptions
    from yingbin.floor.models import Reception

    for r in Reception.objects.filter(ended_at__isnull=True).order_by("began_at"):
        receptions.finish(
            site_id=r.site_id,
            key=str(uuid.uuid4()),
            by=r.receiver,
            at=timezone.now(),
            visit_id=r.visit_id,
        )


def arrive_once(n: int) -> None:
    from django.utils import timezone

    from yingbin.floor.actions import arrivals
    from yingbin.people.models import Site, Staff

    site, desk = Site.objects.get(), Staff.objects.get(account="suqing")
    told = arrivals.Arrival(name="张伟", phone=phone(n))
    arrivals.record_arrival(
        site_id=site.id, key=str(uuid.uuid4()), by=desk.id, at=timezone.now(), arrival=told
    )


def phone(n: int) -> str:
    return f"139{n:08d}"


def record(rounds: int) -> list[list[tuple[str, Any, bool]]]:
    """The statements of every arrival and of what happens between; True marks those to be timed."""
    from django.db import connection

    passes: list[list[tuple[str, Any, bool]]] = []

    def note(timed: bool) -> Any:
        steps: list[tuple[str, Any, bool]] = []
        passes.append(steps)

        def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            steps.append((sql, params, timed))
            return execute(sql, params, many, context)

        return connection.execute_wrapper(wrapper)

    for r in range(rounds):
        for n in range(PEOPLE):
            with note(True):
                arrive_once(r * PEOPLE + n)
        with note(False):
            finish_all()
    return passes


def raw(url: str, passes: list[list[tuple[str, Any, bool]]]) -> list[float]:
    """Seconds of every arrival's statements, run raw in one transaction each."""
    import psycopg

    times = []
    with psycopg.connect(url, prepare_threshold=None) as connection:
        for steps in passes:
            # The reads of the caller come before the action's own transaction; they are not its SQL.
            began = time.perf_counter()
            with connection.cursor() as cursor:
                for sql, params, _ in steps:
                    cursor.execute(sql, params)
                    if cursor.description:
                        cursor.fetchall()
            connection.commit()
            if steps and steps[0][2]:
                times.append(time.perf_counter() - began)
    return times


def through_http(url: str, rounds: int, clients: int) -> tuple[list[float], float]:
    """Latency of every arrival and the seconds of all timed rounds."""
    environment = {**os.environ, "DATABASE_URL": url, "YINGBIN_HOSTS": "127.0.0.1"}
    words = [sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1"]
    words += ["--port", str(PORT), "--workers", "2", "--no-ws", "--log-level", "error"]
    server = subprocess.Popen([*words, "yingbin.web.asgi:app"], cwd=ROOT, env=environment)
    try:
        wait_until_up()
        return play(rounds, clients)
    finally:
        server.terminate()
        server.wait(20)


def wait_until_up() -> None:
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=2)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit("the server didn't come up")


def play(rounds: int, clients: int) -> tuple[list[float], float]:
    key, token = session()
    lines = [http.client.HTTPConnection("127.0.0.1", PORT, timeout=30) for _ in range(clients)]
    headers = {
        "Cookie": f"sessionid={key}; csrftoken={token}",
        "X-CSRFToken": token,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    times: list[float] = []
    total = 0.0
    for r in range(-3, rounds):
        jobs = [(r + 3) * PEOPLE + n for n in range(PEOPLE)]
        spent, each = one_round(lines, headers, jobs)
        if r >= 0:
            total += spent
            times += each
        finish_all()
    return times, total


def one_round(
    lines: list[http.client.HTTPConnection], headers: dict[str, str], jobs: list[int]
) -> tuple[float, list[float]]:
    times: list[float] = []

    def work(line: http.client.HTTPConnection, mine: list[int]) -> None:
        for n in mine:
            body = urlencode({"q": f"张伟 {phone(50_000_000 + n)}", "key": str(uuid.uuid4())})
            began = time.perf_counter()
            line.request("POST", "/floor/arrival/", body=body, headers=headers)
            answer = line.getresponse()
            page = answer.read().decode(errors="replace")
            times.append(time.perf_counter() - began)
            if answer.status != 302:
                why = page.partition('role="alert">')[2][:120]
                print(f"NOT COUNTED: an arrival answered {answer.status}: {why}", file=sys.stderr)
                times.pop()

    threads = [
        threading.Thread(target=work, args=(line, jobs[at :: len(lines)]))
        for at, line in enumerate(lines)
    ]
    began = time.perf_counter()
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return time.perf_counter() - began, times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--clients", type=int, default=4)
    args = parser.parse_args()
    first, second = prepare(os.environ["DATABASE_URL"])
    passes = record(args.rounds)
    statements = statistics.median(len(p) for p in passes if p and p[0][2])
    times = raw(second, passes)
    raw_rate = len(times) / sum(times)
    from django.db import connections

    connections.close_all()
    latencies, total = through_http(first, args.rounds, args.clients)
    rate = len(latencies) / total
    latencies.sort()
    print(f"statements an arrival         {statements:.0f}")
    print(f"raw psycopg, one connection   {raw_rate:7.0f} arrivals/s")
    print(f"HTTP, {args.clients} clients               {rate:7.0f} arrivals/s")
    print(f"ratio                         {rate / raw_rate:7.2f}")
    p50, p99 = latencies[len(latencies) // 2], latencies[int(len(latencies) * 0.99)]
    print(f"HTTP latency p50 / p99        {p50 * 1000:.0f} / {p99 * 1000:.0f} ms")


if __name__ == "__main__":
    main()
