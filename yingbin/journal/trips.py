"""Several statements in one trip to the database, for the few paths where a desk waits for the answer.

A trip costs more than most statements. Each statement of a trip still sees what was committed before
it began, as if it came alone: what follows a lock is read under it.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import JSONField, Model

# A column's value: the database knows its type, and `read` or the asking query says which it is.
Row = tuple[Any, ...]
Rows = list[Row]
M = TypeVar("M", bound=Model)


class Statement(NamedTuple):
    """SQL with its values, in order."""

    sql: str
    values: Row = ()


# How a question is asked: alone, or by a pen that may have its answer already.
Ask = Callable[[Statement], Rows]
_COMMIT = Statement("commit")


def send(statements: Iterable[Statement]) -> list[Rows]:
    """Runs the statements in this order in one trip; the rows each of them gave."""
    together = list(statements)
    if not together:
        return []
    with connection.cursor() as asking:
        # Unwrapped after execution: the answers are all here then, reading them can't fail.
        cursor = asking.cursor
        with connection.wrap_database_errors:
            sql = ";\n".join([_bound(s, cursor) for s in together])
        asking.execute(sql)
        # `rownumber` is None where a statement gave no rows; `description` would describe them all.
        found = [[] if cursor.rownumber is None else cursor.fetchall()]
        while cursor.nextset():
            found.append([] if cursor.rownumber is None else cursor.fetchall())
    return found


def ask(question: Statement) -> Rows:
    """Asks one question by itself."""
    return send([question])[0]


def finish(statements: Iterable[Statement]) -> None:
    """Sends the last statements of a transaction and ends it with them, unless it lies in another one.

    Django finds nothing left to commit then, and goes on as if it had done it.
    """
    alone = len(connection.atomic_blocks) == 1
    send([*statements, *([_COMMIT] if alone else [])])


def _bound(statement: Statement, cursor: Any) -> str:
    """The values are quoted by the driver."""
    if not statement.values:
        return statement.sql
    return str(cursor.mogrify(statement.sql, statement.values))


def insert(*rows: Model) -> Statement:
    """New rows of one table."""
    sql, one, fields = _inserting(type(rows[0]))
    values = tuple(
        [
            getattr(row, name) if json is None else _value(row, name, json)
            for row in rows
            for name, json in fields
        ]
    )
    return Statement(sql + ", ".join([one] * len(rows)), values)


def kept(*rows: Model) -> None:
    """Rows that were sent are no new ones to Django any more."""
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def update(row: Model, fields: Sequence[str]) -> Statement:
    """These fields of a row, found by its primary key, as the row now has them."""
    meta = row._meta
    changed: list[Any] = [meta.get_field(name) for name in fields]
    sets = ", ".join(f'"{f.column}" = %s' for f in changed)
    sql = f'update "{meta.db_table}" set {sets} where "{meta.pk.column}" = %s'
    return Statement(sql, (*(_value(row, f.attname, _json(f)) for f in changed), row.pk))


def columns(model: type[Model], alias: str) -> str:
    """All columns of a table, as `read` takes them."""
    return ", ".join(f'{alias}."{f.column}"' for f in model._meta.concrete_fields)


def asking(model: type[Model], alias: str, rest: str, *values: object) -> Statement:
    """Asks for whole rows of a table, as `rows_of` reads them. rest: what stands after the table's name."""
    table = model._meta.db_table
    return Statement(f'select {columns(model, alias)} from "{table}" {alias} {rest}', values)


def read(model: type[M], values: Sequence[Any]) -> M:
    """A row made of the values of `columns`."""
    names, ways = _reading(model)
    plain = [
        v if way is None else way(v, None, connection) for way, v in zip(ways, values, strict=True)
    ]
    return model.from_db(connection.alias, names, plain)


@cache
def _reading(model: type[Model]) -> tuple[list[str], list[Any]]:
    fields = model._meta.concrete_fields
    return [f.attname for f in fields], [getattr(f, "from_db_value", None) for f in fields]


@cache
def _inserting(model: type[Model]) -> tuple[str, str, tuple[tuple[str, Any], ...]]:
    fields = tuple(f for f in model._meta.concrete_fields if not f.generated)
    names = ", ".join(f'"{f.column}"' for f in fields)
    holes = ", ".join(["%s"] * len(fields))
    sql = f'insert into "{model._meta.db_table}" ({names}) values '
    return sql, f"({holes})", tuple((f.attname, _json(f)) for f in fields)


def _json(field: Any) -> object:
    return field if isinstance(field, JSONField) else None


def _value(row: Model, name: str, json: Any) -> object:
    """json: the field, where it keeps JSON; the driver knows all our other types."""
    value = getattr(row, name)
    return value if json is None else json.get_db_prep_save(value, connection)
