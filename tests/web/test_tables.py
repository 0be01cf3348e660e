"""An empty database begins with the tables written down, where they are those of the migrations there are.

That an upgraded house has the very same tables, its migrations applied one by one, shows `tests/faults/test_upgrade.py`.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django import DjangoDbBlocker

from yingbin.web.server import rights, tables

LAGS = (
    5  # migrations that may have come after the file was made: they cost a first start some seconds
)


@contextmanager
def empty(name: str) -> Iterator[str]:
    """The address of a database with nothing in it."""
    owner = rights.owner_url()
    made = f"yb_{name}_{os.getpid()}"
    with psycopg.connect(owner, autocommit=True) as line:
        line.execute(f"create database {made} template template0")
        try:
            yield urlsplit(owner)._replace(path=f"/{made}").geturl()
        finally:
            line.execute(f"drop database {made} with (force)")


def test_hardly_a_migration_came_after_the_file_was_made() -> None:
    text = tables.SHIPPED.read_text()
    again = "make it anew: python -m yingbin.web.server.tables"
    assert tables.is_of_these_migrations(text), again
    assert len(tables.left(text)) <= LAGS, again


@pytest.fixture(scope="module")
def nothing(django_db_blocker: DjangoDbBlocker) -> Iterator[BaseDatabaseWrapper]:
    """A line to a database with nothing in it."""
    with empty("nothing") as url, django_db_blocker.unblock():
        line = connections.create_connection("default")
        line.settings_dict = {**line.settings_dict, "NAME": urlsplit(url).path[1:]}
        yield line
        line.close()


def made(line: BaseDatabaseWrapper) -> set[str]:
    return set(line.introspection.table_names())


SHIPPED = tables.SHIPPED.read_text()


@pytest.mark.parametrize(
    "other",
    [
        lambda text: text.replace("('journal', '0001_initial'", "('journal', '0001_was_so_once'"),
        lambda text: text.replace("sha256 of their texts: ", "sha256 of their texts: 0"),
        lambda text: text.split(tables._RECORDED, maxsplit=1)[0],
        lambda text: text + "create table people_site ();",
    ],
    ids=["a migration that is gone", "one that was changed", "of none", "what the server refuses"],
)
def test_what_does_not_fit_makes_nothing_and_migrations_make_it_all(
    nothing: BaseDatabaseWrapper, other: Callable[[str], str]
) -> None:
    assert other(SHIPPED) != SHIPPED
    assert not tables.begin(nothing, text=other(SHIPPED))
    assert not made(nothing)


def test_only_where_nothing_stands_the_tables_are_made(nothing: BaseDatabaseWrapper) -> None:
    with nothing.cursor() as cursor:
        cursor.execute("create table somebodys ()")
        assert not tables.begin(nothing)
        assert made(nothing) == {"somebodys"}
        cursor.execute("drop table somebodys")
    assert tables.begin(nothing)
    assert {"people_site", "journal_entry", "django_migrations"} <= made(nothing)
    assert not tables.begin(nothing), "they are there"
