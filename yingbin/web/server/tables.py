"""The tables as the migrations make them, written down in `tables.sql`: an empty database begins with all of them at once.

The migrations stay the truth. The file is theirs, made by `python -m yingbin.web.server.tables`, and used only where every
migration it names still reads as it did; what came after it is then migrated as ever. A test holds both ways against each other.
"""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from . import rights
from .postgres import HOME, Embedded, wheel

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

SHIPPED = Path(__file__).with_name("tables.sql")
Name = tuple[str, str]  # of a migration: its app, and what it is called there
# Django's own lists, which every `migrate` fills.
_LISTS = ("django_migrations", "django_content_type", "auth_permission")
_HEAD = "-- Made by the migrations: python -m yingbin.web.server.tables\n-- sha256 of their texts: "
_RECORDED = "INSERT INTO public.django_migrations (app, name, applied) VALUES"
_NOT_WANTED = [
    re.compile(r"\A.*?^SET row_security = off;\n", re.M | re.S),  # settings of pg_dump's own
    re.compile(r"^--\n-- PostgreSQL database dump complete\n.*\Z", re.M | re.S),
    re.compile(r"\n*^--\n-- (?:Data for )?Name: .*\n--\n", re.M),  # what the next statement makes
    re.compile(r"\n*^SELECT pg_catalog\.setval\('[^']+', 1, false\);$", re.M),
    re.compile(rf"\n*^SELECT pg_catalog\.setval\('public\.(?:{'|'.join(_LISTS)})_id_seq'.*$", re.M),
    re.compile(r"\n*^SET default_\w+ = .*$", re.M),
]
# How PostgreSQL reads back a choice of words at first, and what it makes of that when it is told it again.
_AT_FIRST = re.compile(r"\(\(ARRAY\[((?:'[^']*'::character varying(?:, )?)+)\]\)::text\[\]\)")


def begin(connection: "BaseDatabaseWrapper", *, text: str | None = None) -> bool:
    """Makes the tables that are written down, where there are none yet; tells whether it did.

    Where they are of other migrations than those there are, or the server refuses them, nothing is made: migrations do it all.
    """
    from django.db import DatabaseError, transaction

    with connection.cursor() as cursor:
        cursor.execute("select current_schema(), count(*) from pg_class"
                       " where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v')")  # fmt: skip
        if cursor.fetchone() != ("public", 0):
            return False
    text = SHIPPED.read_text() if text is None else text
    if not is_of_these_migrations(text):
        return False
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("set local check_function_bodies = off")
            cursor.execute(text)
    except DatabaseError:
        return False
    return True


def is_of_these_migrations(text: str) -> bool:
    """Whether every migration that the text names is here and reads as it did when the text was made."""
    digest, known = text.removeprefix(_HEAD).split("\n", 1)[0], set(_here())
    named = names(text)
    return bool(named) and known.issuperset(named) and digest == _digest(named)


def names(text: str) -> list[Name]:
    """The migrations a text stands for."""
    recorded = text.partition(_RECORDED)[2].split(";")[0]
    return re.findall(r"\('(\w+)', '(\w+)', now\(\)\)", recorded)


def left(text: str) -> list[Name]:
    """The migrations that came after a text was made."""
    return sorted(set(_here()) - set(names(text)))


def _here() -> Iterable[Name]:
    from django.db.migrations.loader import MigrationLoader

    return MigrationLoader(None).disk_migrations


def _digest(named: list[Name]) -> str:
    """Of the texts of these migrations; the files of other people's apps count as ours do."""
    from django.db.migrations.loader import MigrationLoader

    migrations, told = MigrationLoader(None).disk_migrations, hashlib.sha256()
    for name in named:
        file = sys.modules[migrations[name].__module__].__file__
        told.update(f"{name}\0".encode() + Path(file or "").read_bytes())
    return told.hexdigest()


def written(url: str, *, rows: bool = True) -> str:
    """The tables of a database as a text for `begin`, with the rows that its migrations made, or without any."""
    words = ["--no-owner", "--no-acl", "--column-inserts"]
    words += [f"--exclude-table-data=public.{name}" for name in _LISTS if rows]
    words += [] if rows else ["--schema-only"]
    done = subprocess.run(
        [str(wheel() / "bin" / "pg_dump"), *words, "-d", url], capture_output=True, check=True
    )
    text = done.stdout.decode()
    for each in _NOT_WANTED:
        text = each.sub("", text)
    text = _AT_FIRST.sub(_told_again, text)
    with psycopg.connect(url) as line:
        applied = line.execute("select app, name from django_migrations order by 1, 2").fetchall()
    recorded = ",\n".join(f"('{app}', '{name}', now())" for app, name in applied)
    head = f"{_HEAD}{_digest([(app, name) for app, name in applied])}\n"
    return f"{head}\n{text.strip()}\n\n{_RECORDED}\n{recorded};\n"


def _told_again(words: re.Match[str]) -> str:
    return f"(ARRAY[{', '.join(f'({one})::text' for one in words[1].split(', '))}])"


def main() -> int:
    """Runs all migrations on a throw-away server and writes down what they made."""
    from django.core.management import call_command

    root = HOME if os.geteuid() == 0 else Path(tempfile.gettempdir())
    server = Embedded(root, durable=False)  # makes the account its folder is for
    with tempfile.TemporaryDirectory(prefix="yb-tables-", dir=root) as folder:
        Path(folder).chmod(0o755)
        server = Embedded(Path(folder), durable=False, tied=True)
        server.start()
        try:
            os.environ |= {"DATABASE_URL": server.url, "YINGBIN_SECRET_KEY": "of-nothing"}
            os.environ |= {"YINGBIN_DATA": folder, "DJANGO_SETTINGS_MODULE": "yingbin.web.settings"}
            rights.set_up_as_owner()
            call_command("migrate", verbosity=0, interactive=False, from_nothing=True)
            SHIPPED.write_text(written(server.url))
        finally:
            server.stop()
    print(f"{SHIPPED}: {len(names(SHIPPED.read_text()))} migrations")
    return 0


if __name__ == "__main__":
    sys.exit(main())
