"""The ground all benches stand on: databases beside the one `DATABASE_URL` names, galleries, the real server.

Nothing here measures. Every database made is named `bench_…` and dropped at the end of its bench.
"""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
PORT = 8765
BASE = os.environ.get("DATABASE_URL", "")


def database(name: str) -> str:
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(BASE)._replace(path=f"/{name}"))


def admin(*statements: str) -> None:
    """Runs statements outside of any transaction."""
    with psycopg.connect(BASE, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]


def drop(*names: str) -> None:
    """Drops databases, whoever is connected."""
    admin(*(f"drop database if exists {name} with (force)" for name in names))


def copy(source: str, *names: str) -> None:
    """Identical copies of a database nobody is connected to."""
    close()
    drop(*names)
    admin(*(f"create database {name} template {source}" for name in names))


def use(name: str) -> None:
    """Sets Django up on this database, or moves it there."""
    os.environ["DATABASE_URL"] = database(name)
    os.environ.setdefault("YINGBIN_SECRET_KEY", "bench")
    os.environ["DJANGO_SETTINGS_MODULE"] = "yingbin.web.settings"
    import django
    from django.conf import settings

    if not settings.configured:
        sys.path.insert(0, str(ROOT))
        django.setup()
    from django.db import connection, connections

    connections.close_all()
    connection.settings_dict["NAME"] = name


def close() -> None:
    """Lets go of the database in use."""
    if "django" in sys.modules:
        from django.db import connections

        connections.close_all()


def settings_of_server() -> str:
    """What decides how dear a commit is, in one line."""
    names = ("server_version", "fsync", "synchronous_commit", "full_page_writes")
    with psycopg.connect(BASE) as connection:
        found = [connection.execute(f"show {n}").fetchone() for n in names]  # type: ignore[call-overload]
    return ", ".join(f"{n} {v[0]}" for n, v in zip(names, found, strict=True) if v)


@dataclass(frozen=True)
class Gallery:
    """An open gallery: its site, who stands at the desk, and the desk's session."""

    site: str
    desk: str
    session: str
    token: str

    @property
    def headers(self) -> str:
        """What the desk's browser sends along."""
        return (
            f"Host: 127.0.0.1\r\nCookie: sessionid={self.session}; csrftoken={self.token}\r\n"
            f"X-CSRFToken: {self.token}\r\n"
        )


@contextmanager
def new_company(name: str) -> Iterator[datetime]:
    """A new database with a company, as of now; what is put there meanwhile is then analysed and the line closed."""
    drop(name)
    admin(f"create database {name}")
    use(name)
    from django.core.management import call_command
    from django.utils import timezone

    from yingbin.people.models import Company

    call_command("migrate", verbosity=0)
    now = timezone.now()
    Company.objects.create(name="澄湖置业", is_demo=True, set_up_at=now)
    yield now
    with psycopg.connect(database(name), autocommit=True) as connection:
        connection.execute("vacuum analyze")
    close()


def found(name: str, galleries: int, people: int) -> list[Gallery]:
    """A new database with so many open galleries of so many salespeople each."""
    with new_company(name) as now:
        return [_gallery(n, people, now) for n in range(galleries)]


def _gallery(number: int, people: int, now: Any) -> Gallery:
    from yingbin.gallery.actions import days
    from yingbin.gallery.models import Presence
    from yingbin.journal.action import Acting
    from yingbin.people.calendar import ZONE
    from yingbin.people.models import Assignment, Site, Staff

    site = Site.objects.create(
        kind="sales_centre", code=f"g{number}", name=f"湖畔雅居{number}期", short_name=f"{number}期"
    )
    desk = Staff(account=f"desk{number}", name=f"前台{number}")
    sales = [Staff(account=f"s{number}-{n}", name=f"顾问{number}-{n}") for n in range(people)]
    Staff.objects.bulk_create([desk, *sales])
    since = now - timedelta(days=1)
    roles = [(desk, "receptionist"), *((s, "salesperson") for s in sales)]
    Assignment.objects.bulk_create(
        Assignment(site=site, staff=who, role=role, since=since) for who, role in roles
    )
    day = now.astimezone(ZONE).date()
    Presence.objects.bulk_create(
        Presence(site=site, day=day, staff_id=s.id, at=now, by=desk.id, how="desk") for s in sales
    )
    days.open_gallery(Acting(site.id, f"open{number}", desk.id, now))
    key, token = session(desk)
    return Gallery(str(site.id), str(desk.id), key, token)


def session(user: Any) -> tuple[str, str]:
    """A signed-in person's session, as signing in leaves it, and their form token."""
    from allauth.usersessions.models import UserSession
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.middleware.csrf import _get_new_csrf_string

    from yingbin.people.entrance import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "yingbin.people.backends.AccountOrPhone"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    UserSession.objects.create(session_key=store.session_key, user=user, ip="127.0.0.1")
    return str(store.session_key), _get_new_csrf_string()


@contextmanager
def server(name: str, *, workers: int = 2, port: int = PORT) -> Iterator[int]:
    """The real server on this database, as `bin/serve` starts it; gives the parent's process id."""
    environment = {
        **os.environ,
        "DATABASE_URL": database(name),
        "YINGBIN_HOSTS": "127.0.0.1",
        "PYTHONPATH": str(ROOT),
    }
    words = [sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1"]
    words += ["--port", str(port), "--workers", str(workers), "--no-ws", "--log-level", "error"]
    process = subprocess.Popen([*words, "yingbin.web.asgi:app"], cwd=ROOT, env=environment)
    try:
        _wait_until_up(port)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def _wait_until_up(port: int) -> None:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit("the server didn't come up")
