"""What the owner of the database can do to rows it keeps final: switch the refusals off first."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper


@contextmanager
def guards_off() -> Iterator[CursorWrapper]:
    """The guards and foreign keys switched off meanwhile, and on again afterwards."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        guards = _guards(cursor)
        for table, name in guards:
            cursor.execute(f"alter table {table} disable trigger {name}")
        cursor.execute("set local session_replication_role = replica")
        yield cursor
        cursor.execute("set local session_replication_role = origin")
        for table, name in guards:
            cursor.execute(f"alter table {table} enable always trigger {name}")
        cursor.execute("set constraints all deferred")


def unguarded(sql: str, *values: object) -> None:
    """Runs a statement with the guards and foreign keys switched off."""
    with guards_off() as cursor:
        cursor.execute(sql, values)


def _guards(cursor: object) -> list[tuple[str, str]]:
    cursor.execute(  # type: ignore[attr-defined]
        "select c.relname, t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid"
        " where not t.tgisinternal and t.tgenabled = 'A'"
    )
    return cursor.fetchall()  # type: ignore[attr-defined, no-any-return]
