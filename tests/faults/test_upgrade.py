"""Whoever upgrades keeps everything: the data of the version before, kept as it was, comes up whole under this one."""

import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.faults import house
from tests.faults.house import ALONE, Desk, House, surroundings
from yingbin.web.demo import cast
from yingbin.web.server import backup, tables
from yingbin.web.server.postgres import Embedded

KEPT = Path(__file__).resolve().parents[1] / "kept" / "version-0.1.backup"
# Django's own lists, made anew by every upgrade.
NOT_OURS = {"django_migrations", "django_content_type", "auth_permission"}
Table = tuple[str, tuple[str, ...]]
# What has another name since: tables that moved to an app of their own, columns that say more.
MOVED = {
    "floor_registerimport": "importing_importrun",
    "floor_importfile": "importing_importfile",
    "floor_importrow": "importing_importrow",
    # Sheets of people that waited are imports; those confirmed stand in the journal.
    "people_staffsheet": """(
        select id, site_id, uploaded_by as uploaded_by_id, uploaded_at, file_name, '[]'::jsonb as rows,
               null::timestamptz as applied_at, null::jsonb as outcome
          from importing_importrun where kind = 'staff') as sheets""",
    # Leave is an approval like others: read there, its row must say all that it said.
    "floor_leaverequest": """(
        select a.id, a.site_id, d.id as day_id, a.asked_by, a.asked_at, a.words as note, a.decided_by, a.answer, a.salt,
               case a.status when 'granted' then true when 'declined' then false end as granted,
               case when a.status in ('granted', 'declined') then a.decided_at end as decided_at,
               case a.status when 'withdrawn' then a.decided_at end as withdrawn_at
          from approvals_approval a
          join floor_galleryday d on d.site_id = a.site_id and d.day::text = a.about ->> 'day'
         where a.asked_in = 'leave.asked') as leave""",
}
RENAMED = {
    ("floor_importrow", "customer_id"): "subject_id",
    ("floor_importrow", "gave_receiver"): "gave",
    ("matters_matter", "visit_id"): "subject_id",
}


Held = dict[Table, tuple[int, str]]


@pytest.fixture(scope="module")
def room() -> Iterator[Path]:
    """A folder that the database's account can reach."""
    with house.room("upgrade") as folder:
        yield folder


@pytest.fixture(scope="module")
def old(room: Path) -> tuple[Path, Held]:
    """The installation as the version before left it, its tables untouched; and what each of them holds."""
    data, parts = room / "old", room / "parts"
    parts.mkdir()
    with tarfile.open(KEPT) as archive:
        for name in archive.getnames():
            kept = archive.extractfile(name)
            assert kept is not None
            (parts / name).write_bytes(kept.read())
    (data / "keys").mkdir(parents=True, mode=0o700)
    for part, place in backup.KEYS.items():
        if (parts / part).exists():
            shutil.copy(parts / part, data / place)
            (data / place).chmod(0o600)
    with running(data) as url:
        backup._load(url, parts / "database.dump")
        return data, contents(url)


@contextmanager
def running(data: Path) -> Iterator[str]:
    """Its database alone, as the owner sees it."""
    server = Embedded(data)
    server.start()
    try:
        yield server.url
    finally:
        server.stop()


@contextmanager
def new(data: Path, url: str) -> Iterator[str]:
    """A database beside it as a first start makes it, with the tables written down."""
    with psycopg.connect(url, autocommit=True) as line:
        line.execute("create database founded")
    made = urlsplit(url)._replace(path="/founded").geturl()
    beside = at(data)
    beside.environment |= {"DATABASE_URL": made, "YINGBIN_OWNER_URL": made}
    done = beside.yingbin("manage", "migrate", "-v", "0")
    assert done.returncode == 0, done.stderr
    yield made


def at(data: Path) -> House:
    """Commands on this folder; nothing is served."""
    made = House.__new__(House)
    made.data, made.environment = data, surroundings(data)
    return made


def contents(url: str, asked: list[Table] | None = None) -> dict[Table, tuple[int, str]]:
    """Each table with its columns: how many rows, and a digest of all of them; asked: as they were called before."""
    with psycopg.connect(url) as line:
        found = {}
        for name, columns in asked or ours(line):
            today = MOVED.get(name, name) if asked else name
            called = [RENAMED.get((name, c), c) if asked else c for c in columns]
            row = ", ".join(f'"{column}"::text' for column in called)
            query = (
                f"select count(*), md5(coalesce(string_agg(md5(t), '' order by md5(t)), ''))"
                f" from (select row({row})::text as t from {today}) as rows"
            )
            one = line.execute(query).fetchone()  # type: ignore[arg-type]
            assert one is not None
            found[name, columns] = (one[0], one[1])
        return found


def ours(line: psycopg.Connection) -> list[Table]:
    """Our tables with the columns they have now."""
    rows = line.execute(
        "select table_name::text, array_agg(column_name::text order by ordinal_position)"
        " from information_schema.columns where table_schema = 'public' group by 1 order by 1"
    ).fetchall()
    return [(name, tuple(columns)) for name, columns in rows if name not in NOT_OURS]


def test_the_kept_copy_holds_facts_of_every_kind(old: tuple[Path, Held]) -> None:
    held = {name: rows for (name, _), (rows, _) in old[1].items()}
    for name in ("visit", "turnevent", "leaverequest", "registerentry", "call", "registerimport"):
        assert held[f"floor_{name}"] > 0, name
    assert held["reports_daycertificate"] > 0
    assert held["people_apitoken"] == held["notices_webhook"] == 1
    assert held["journal_entry"] > 500


def test_a_backup_of_the_version_before_is_restored_whole(
    room: Path, old: tuple[Path, Held]
) -> None:
    other = at(room / "restored")
    restored = other.yingbin("restore", str(KEPT), "--into", str(other.data), "--keep-hooks")
    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "正在把表更新到现在的版本" in restored.stdout
    with running(other.data) as url:
        assert contents(url, list(old[1])) == old[1]


def test_an_upgrade_keeps_every_row_and_the_house_goes_on(old: tuple[Path, Held]) -> None:
    data, held = old
    done = at(data).yingbin("upgrade", "--data", str(data))
    assert done.returncode == 0, done.stdout + done.stderr
    with running(data) as url:
        assert contents(url, list(held)) == held
        with new(data, url) as founded:
            assert tables.written(url, rows=False) == tables.written(founded, rows=False)
    served = House(data, *ALONE)
    try:
        served.wait()
        for words in (["journal", "verify"], ["queue", "check"], ["register", "check"], ["check"]):
            told = served.yingbin(*words, "--site", cast.SITE[0])
            assert told.returncode == 0, (words, told.stdout + told.stderr)
        desk = Desk(served)
        for page in (
            "/gallery/waiting/",
            "/gallery/board/",
            "/customers/",
            "/matters/",
            "/notices/",
        ):
            assert desk.ask("GET", page).status == 200, page
    finally:
        served.end()
