"""After every kind of failure no log holds a name, a phone or a note, the database's own included."""

import http.client
import json
import os
import pwd
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from tests.faults.house import Desk, House, named, processes
from yingbin.web.server.postgres import ACCOUNT, LONGEST_LOG, SILENT, shorten_log

NAME, PHONE, NOTE = "欧阳明月", "13812345678", "想买顶楼复式"
WORDS = (NAME, PHONE, NOTE)


def logs(data: Path) -> Iterator[tuple[Path, str]]:
    """Every file the installation wrote, but the database's own pages."""
    for file in data.rglob("*"):
        if file.is_file() and data / "pg" not in file.parents:
            yield file, file.read_bytes().decode(errors="replace")
    for file in (data / "pg" / "log").rglob("*"):
        yield file, file.read_bytes().decode(errors="replace")


def found(data: Path) -> list[str]:
    """Where something personal stands."""
    return [f"{file}: {word}" for file, text in logs(data) for word in WORDS if word in text]


def connect(house: House, options: str = "") -> psycopg.Connection[tuple[object, ...]]:
    user = ACCOUNT if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    where = {"host": house.sockets, "user": user, "dbname": "yingbin"}
    for _ in range(100):
        with suppress(psycopg.OperationalError):
            return psycopg.connect(**where, autocommit=True, options=options)
        time.sleep(0.2)  # it recovers from having been killed
    raise AssertionError("the database didn't come back")


FAILING = [
    f"insert into people_site (id, kind, code, name, short_name) select gen_random_uuid(), 'x', code, '{NAME}', 'y' from people_site",
    f"insert into journal_storedresponse (site_id, key) values (gen_random_uuid(), '{NAME * 40}')",
    f"select '{NAME}{PHONE}'::date",
    f"select '{{\"note\": {NOTE}}}'::jsonb",
    f"select '{NAME}'::int /* {NOTE} */",
    f"sélect '{NAME}'",
]


def fail_in_sql(house: House, options: str = "") -> None:
    for sql in FAILING:
        with connect(house, options) as line, pytest.raises(psycopg.Error):
            line.execute(sql)
    with connect(house, options) as line, pytest.raises(psycopg.Error):
        line.execute("select %s::int", [NAME], binary=True)


def crash(house: House) -> None:
    """One of the database's processes is killed in the middle of a statement with a name in it."""
    with suppress(psycopg.Error), connect(house) as line:
        pid = line.info.backend_pid
        if os.fork() == 0:
            time.sleep(1)
            os.kill(pid, signal.SIGKILL)
            os._exit(0)
        line.execute(f"select pg_sleep(30) /* {NAME} {PHONE} */")


def raw(house: House, method: str, path: str, body: bytes, **headers: str) -> int:
    line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=20)
    line.request(method, path, body, headers)
    answer = line.getresponse()
    answer.read()
    return answer.status


def test_after_every_kind_of_failure_no_log_names_anybody(house: House) -> None:
    desk = Desk(house)
    arrival = {"kind": "new", "q": f"{NAME} {PHONE}", "name": NAME, "phone": PHONE, "note": NOTE}
    for more in (
        {"key": "k" * 100},
        {"key": "a\x00b"},
        {"note": f"{NOTE}\x00"},
        {"name": NAME * 30},
    ):
        assert desk.ask("POST", "/gallery/arrival/", arrival | more).status in (400, 422)
    assert desk.ask("POST", "/gallery/arrival/find/", {"q": f"{NAME} {PHONE}"}).status == 200
    assert desk.ask("POST", "/login/", {"login": PHONE, "password": NAME}).status in (422, 302)
    told = json.dumps({"name": NAME, "phone": PHONE}).encode()
    assert raw(house, "POST", "/api/v1/customers", told, Authorization="Bearer yb_no") in (
        401,
        404,
        405,
    )
    assert raw(house, "POST", "/login/", f"login={NAME}".encode()) == 403
    assert raw(house, "GET", f"/{urlencode({'x': NAME})}/{PHONE}/", b"") == 404

    fail_in_sql(house)
    crash(house)
    database = house.data / "pg" / "postmaster.pid"
    os.kill(int(database.read_text().split()[0]), signal.SIGKILL)
    desk.ask("POST", "/gallery/arrival/", arrival | {"key": "while-away"})
    house.wait(60)
    for pid in named(processes(house.process.pid), "worker"):
        with suppress(ProcessLookupError):  # it may have ended by itself with its parent
            os.kill(pid, signal.SIGKILL)
    time.sleep(1)
    assert found(house.data) == []

    loud = " ".join(
        f"-c {name}={value}"
        for name, value in {
            "log_min_messages": "error",
            "log_min_error_statement": "error",
            "log_error_verbosity": "default",
        }.items()
    )
    fail_in_sql(house, loud)
    assert found(house.data), "the control: as PostgreSQL comes, it writes all of it down"


def test_the_running_server_has_the_silent_settings_and_a_log_for_its_owner(house: House) -> None:
    with connect(house) as line:
        for name, value in {**SILENT, "log_min_messages": "log"}.items():
            (shown,) = line.execute(f"show {name}").fetchone() or ("",)
            assert shown == value, name
    assert (house.data / "run" / "server.log").stat().st_mode & 0o777 == 0o600


def test_a_log_that_grew_too_long_is_put_aside_and_written_on(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    with open(log, "ab") as writing:
        writing.write(b"x" * 900)
        writing.flush()
        assert not shorten_log(log, 1000)
        writing.write(b"y" * 900)
        writing.flush()
        assert shorten_log(log, 1000)
        writing.write(b"and on")
    assert log.read_bytes() == b"and on"
    older = tmp_path / "server.log.1"
    assert older.stat().st_size == 1000
    assert older.stat().st_mode & 0o777 == 0o600
    assert LONGEST_LOG <= 10_000_000
