"""What all tests share: a disposable database that may be emptied between tests."""

import gc
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management.commands import flush
from django.db import OperationalError
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import settings as hypothesis_settings
from xdist.scheduler import LoadScopeScheduling

from tests.filled import filled

# How long an example takes says how busy the machine is; what the house promises of speed stands in bench/.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")

# What takes longest begins first, so that no worker is left with it at the end.
LONGEST = ("tests/faults/", "tests/journeys/test_axe", "tests/journeys/", "tests/")


HERE = Path(__file__).parent


def pytest_configure(config: pytest.Config) -> None:
    """Nothing is looked through for garbage while tests are collected; each worker reads the folders from another on.

    What one worker has read and rewritten, the others then find ready.
    """
    gc.disable()
    told = getattr(config, "workerinput", None)
    if told and config.args == [HERE.name]:
        folders = every_folder()
        first = len(folders) * int(told["workerid"][2:]) // told["workercount"]
        config.args[:] = folders[first:] + folders[:first]


def every_folder() -> list[str]:
    """All folders that hold tests, in one order."""
    holding = {test.relative_to(HERE).parts[0] for test in HERE.rglob("test_*.py")}
    return sorted(f"{HERE.name}/{name}" for name in holding)


class ByFile(LoadScopeScheduling):
    """One worker runs a whole file, so that what its tests share is made once; the faults share a house."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.split("::", maxsplit=1)[0]
        return LONGEST[0] if path.startswith(LONGEST[0]) else path


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFile:
    """Tests are shared out by file."""
    return ByFile(config, log)  # type: ignore[arg-type]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """The longest first, else by file: in one order for all workers, before and after fixtures have their say in it."""

    def rank(item: pytest.Item) -> tuple[int, str]:
        path = item.nodeid.split("::", maxsplit=1)[0]
        return next((n for n, folder in enumerate(LONGEST) if path.startswith(folder)), 9), path

    items.sort(key=rank)
    yield
    items.sort(key=rank)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was collected stays to the end: looking it through for garbage again and again took a seventh of the time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Lets the tests' own database be truncated; in production the journal refuses that."""
    from django.conf import settings

    options = settings.DATABASES["default"].setdefault("OPTIONS", {})
    options["options"] = f"{options.get('options', '')} -c yingbin.disposable=on".strip()


@pytest.fixture(scope="session", autouse=True)
def signed_in_at_once() -> Iterator[None]:
    """Whoever a test signs in has a session in the list of sessions, as after the page for it, and nothing is asked for it."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.test import Client

    from tests.sessions import begin

    def signing_in(client: Client, user: Any, backend: str | None = None) -> None:
        held = {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: backend or settings.AUTHENTICATION_BACKENDS[-1],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
        client.cookies[settings.SESSION_COOKIE_NAME] = begin(user, held)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", signing_in)
        yield


@pytest.fixture(scope="session", autouse=True)
def emptied_where_filled() -> Iterator[None]:
    """After a test that commits, only tables with rows are emptied: a tenth of the time that all of them take."""
    whole = DatabaseOperations.sql_flush
    held = "select tgrelid::regclass::text from pg_trigger where tgenabled = 'A'"

    def emptying(
        ops: DatabaseOperations, style: object, tables: list[str], **how: bool
    ) -> list[str]:
        with ops.connection.cursor() as cursor:
            cursor.execute("select usesuper from pg_user where usename = current_user")
            if not cursor.fetchall()[0][0]:
                return whole(ops, style, tables, **how)
            guarded = {row[0] for row in cursor.execute(held).fetchall()}
        found = set(filled(tables))
        final = ", ".join(map(ops.quote_name, sorted(found & guarded)))
        return [
            "set local session_replication_role = replica;",
            *([f"truncate {final} cascade;"] if final else []),
            *(f"delete from {ops.quote_name(t)};" for t in sorted(found - guarded)),
        ]

    once = DatabaseOperations.execute_sql_flush

    def patiently(ops: DatabaseOperations, statements: list[str]) -> None:
        for _ in range(4):  # a page that a browser has still open may ask at this very moment
            try:
                return once(ops, statements)
            except OperationalError:
                time.sleep(0.5)
        return once(ops, statements)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", patiently)
        patch.setattr(DatabaseOperations, "sql_flush", emptying)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_, **__: None)
        yield
