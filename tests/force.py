"""What the owner of the database can do to rows it keeps final: switch the refusals off first."""

from django.db import connection, transaction


def unguarded(sql: str, *values: object) -> None:
    """Runs a statement with the guards and foreign keys switched off, and switches them on again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        guards = _guards(cursor)
        for table, name in guards:
            cursor.execute(f"alter table {table} disable trigger {name}")
        cursor.execute("set local session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("set local session_replication_role = origin")
        for table, name in guards:
            cursor.execute(f"alter table {table} enable always trigger {name}")
        cursor.execute("set constraints all deferred")


def _guards(cursor: object) -> list[tuple[str, str]]:
    cursor.execute(  # type: ignore[attr-defined]
        "select c.relname, t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid"
        " where not t.tgisinternal and t.tgenabled = 'A'"
    )
    return cursor.fetchall()  # type: ignore[attr-defined, no-any-return]
