"""Several statements in one trip to the database, for the few paths where a desk waits for the answer.

A trip costs more than most statements. Each statement of a trip still sees what was committed before
it began, as if it came alone: what follows a lock is read under it.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import JSONField, Model

Rows = list[tuple[Any, ...]]
M = TypeVar("M", bound=Model)


class Statement(NamedTuple):
    """SQL with its values, in order."""

    sql: str
    values: tuple[Any, ...] = ()


def send(statements: Iterable[Statement]) -> list[Rows]:
    """Runs the statements in this order in one trip; the rows each of them gave."""
    together = list(statements)
    if not together:
        return []
    with connection.cursor() as cursor:
        # Bound one by one: short statements are split once and remembered, a long one never is.
        bound = [cursor.mogrify(s.sql, s.values) if s.values else s.sql for s in together]
        cursor.execute(";\n".join(bound))
        found = [cursor.fetchall() if cursor.description else []]
        while cursor.nextset():
            found.append(cursor.fetchall() if cursor.description else [])
    return found


def insert(*rows: Model) -> Statement:
    """New rows of one table."""
    sql, one, fields = _inserting(type(rows[0]))
    return Statement(
        sql + ", ".join([one] * len(rows)), tuple(_value(f, row) for row in rows for f in fields)
    )


def update(row: Model, fields: Sequence[str]) -> Statement:
    """These fields of a row, found by its primary key, as the row now has them."""
    meta = row._meta
    changed: list[Any] = [meta.get_field(name) for name in fields]
    sets = ", ".join(f'"{f.column}" = %s' for f in changed)
    sql = f'update "{meta.db_table}" set {sets} where "{meta.pk.column}" = %s'
    return Statement(sql, (*(_value(f, row) for f in changed), row.pk))


def columns(model: type[Model], alias: str) -> str:
    """All columns of a table, as `read` takes them."""
    return ", ".join(f'{alias}."{f.column}"' for f in model._meta.concrete_fields)


def read(model: type[M], values: Sequence[Any]) -> M:
    """A row made of the values of `columns`."""
    fields = model._meta.concrete_fields
    plain = [
        f.from_db_value(v, None, connection) if hasattr(f, "from_db_value") else v
        for f, v in zip(fields, values, strict=True)
    ]
    return model.from_db(connection.alias, [f.attname for f in fields], plain)


@cache
def _inserting(model: type[Model]) -> tuple[str, str, tuple[Any, ...]]:
    fields = tuple(f for f in model._meta.concrete_fields if not f.generated)
    names = ", ".join(f'"{f.column}"' for f in fields)
    holes = ", ".join(["%s"] * len(fields))
    return f'insert into "{model._meta.db_table}" ({names}) values ', f"({holes})", fields


def _value(field: Any, row: Model) -> Any:
    value = getattr(row, field.attname)
    # The driver knows all our types but JSON; asking the field costs more than the row.
    return field.get_db_prep_save(value, connection) if isinstance(field, JSONField) else value
