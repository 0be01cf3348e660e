"""Many new rows of one table the quick way, where a lock is held meanwhile: PostgreSQL's COPY."""

from collections.abc import Iterable
from operator import attrgetter

from django.db import connection
from django.db.models import AutoField, JSONField, Model
from psycopg.types.json import Jsonb


def copy_in(rows: Iterable[Model]) -> int:
    """Writes these new rows of one table inside the transaction under way; how many.

    Keys that the database counts stay unknown to the rows.
    """
    kept = list(rows)
    if not kept:
        return 0
    meta = kept[0]._meta
    fields = [f for f in meta.concrete_fields if not f.generated and not isinstance(f, AutoField)]
    names = ", ".join(f'"{f.column}"' for f in fields)
    jsons = [n for n, f in enumerate(fields) if isinstance(f, JSONField)]
    values = attrgetter(*(f.attname for f in fields))
    with connection.cursor() as cursor:
        with cursor.copy(f'copy "{meta.db_table}" ({names}) from stdin') as copy:
            for row in kept:
                copy.write_row(_plain(values(row), jsons))
    return len(kept)


def _plain(values: tuple[object, ...], jsons: list[int]) -> list[object]:
    told = list(values)
    for n in jsons:
        told[n] = None if told[n] is None else Jsonb(told[n])
    return told
