"""Worlds in which many tests begin: built once by each worker, then brought back as rows, which takes a tenth of the time.

A world is what a function makes in an empty database, and what it returns: an object that knows people and ids.
"""

import copy
from collections.abc import Callable
from typing import TypeVar

import psycopg
from django.db import connection, transaction
from psycopg import sql

from tests.filled import filled
from yingbin.people.models import Site

M = TypeVar("M")
_kept: dict[
    str, tuple[str, object]
] = {}  # by name: the database in which its rows are kept; what was made
_before: list[
    tuple[str, str]
] = []  # the savepoint before the latest world's rows came, and how that world was then


def begin(name: str, build: Callable[[], M]) -> M:
    """What `build` makes, in an empty database: from the second time on its rows come back as they were kept."""
    savepoint = transaction.savepoint() if connection.in_atomic_block else ""
    made = _again(name, build)
    _before[:] = [(savepoint, repr(vars(made)))] if savepoint else []
    return made


def _again(name: str, build: Callable[[], M]) -> M:
    if Site.objects.exists():  # another world is there: this one comes beside it
        return build()
    if _is_kept(name):
        _bring_back(name)
        return copy.deepcopy(_kept[name][1])  # type: ignore[return-value]
    made = build()
    _keep(name, made)
    return made


def further(name: str, world: M, live: Callable[[M], object]) -> M:
    """The world that `begin` made a moment ago and nobody has touched since, in which this has then happened."""
    untouched = bool(_before) and _before[0][1] == repr(vars(world))
    if untouched and _is_kept(name):
        transaction.savepoint_rollback(_before[0][0])
        _bring_back(name)
        vars(world).clear()
        vars(world).update(vars(copy.deepcopy(_kept[name][1])))
        return world
    live(world)
    if untouched:
        _keep(name, world)
    return world


def _is_kept(name: str) -> bool:
    return name in _kept and _kept[name][0] == connection.settings_dict["NAME"]


def _keep(name: str, made: object) -> None:
    """The rows of all tables, written down outside of the test's transaction; not where the account may not skip guards."""
    with connection.cursor() as cursor:
        cursor.execute("select usesuper from pg_user where usename = current_user")
        if not cursor.fetchall()[0][0]:
            return
    tables = filled(connection.introspection.table_names())
    with psycopg.connect(**_address(), autocommit=True) as beside:
        if not _kept:
            beside.execute("drop schema if exists kept cascade; create schema kept")
        moves = [_write_down(beside, name, table) for table in tables]
        body = sql.SQL(
            "create or replace function kept.{} () returns void language plpgsql as $$ begin"
            " set local session_replication_role = replica; {} set local session_replication_role = origin; end $$"
        )
        beside.execute(body.format(sql.Identifier(name), sql.SQL(" ").join(moves)))
    _kept[name] = (connection.settings_dict["NAME"], copy.deepcopy(made))


def _address() -> dict[str, str]:
    told = connection.get_connection_params()
    return {k: told[k] for k in ("host", "port", "user", "password", "dbname") if told.get(k)}


def _write_down(beside: psycopg.Connection, name: str, table: str) -> sql.Composed:
    """One table's rows, kept; the statement that brings them back."""
    here, there = sql.Identifier("public", table), sql.Identifier("kept", f"{name}.{table}")
    beside.execute(sql.SQL("create unlogged table {} (like {})").format(there, here))
    columns = sql.SQL(", ").join(map(sql.Identifier, _columns(table)))
    out = sql.SQL("copy {} ({}) to stdout").format(here, columns)
    into = sql.SQL("copy {} ({}) from stdin").format(there, columns)
    with connection.cursor() as cursor, beside.cursor() as other:
        with cursor.copy(out) as rows, other.copy(into) as kept:
            for part in rows:
                kept.write(part)
    back = sql.SQL("insert into {} ({}) overriding system value select {} from {};")
    return back.format(here, columns, columns, there)


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select column_name from information_schema.columns where table_schema = 'public'"
            " and table_name = %s and is_generated = 'NEVER' order by ordinal_position",
            [table],
        )
        return [row[0] for row in cursor.fetchall()]


def _bring_back(name: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("select kept.{}()").format(sql.Identifier(name)))
