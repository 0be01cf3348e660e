"""The account that pages and the worker run with owns nothing and can lift no guard (TQ-3)."""

import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from psycopg import sql

from yingbin.journal.guards import all_guards
from yingbin.web.server import postmaster, rights, serve
from yingbin.web.server.postgres import Embedded

ADDED_ONLY = {
    "journal_entry",
    "desk_deskoffice",
    "desk_registercopy",
    "desk_callsheetcopy",
    "tours_breachcopy",
    "desk_pricelist",
    "desk_reduction",
    "desk_cashday",
    "desk_cashhandover",
    "desk_answerversion",
    "desk_answeruse",
    "matters_recusal",
    "matters_recusalend",
    "tours_touroffice",
    "tours_passpaper",
    "tours_guestlook",
    "tours_visitclearing",
    "journal_dayroot",
    "journal_checkpoint",
    "floor_registerentry",
    "floor_undone",
    "floor_nudge",
    "floor_reopening",
    "duty_dutyalert",
    "duty_handover",
    "duty_handoversignature",
    "duty_checklist",
    "duty_sharedchecklist",
    "duty_checkanswer",
    "duty_flatfacts",
    "duty_visitsheet",
    "duty_visitmatching",
    "duty_emergencyprocedure",
}
ROLE = rights.RUNNING
DENIED = "permission denied|must be owner"


@pytest.fixture
def owner(db: None) -> psycopg.Connection:
    """The tests' own connection, whose account owns the tables; the running account stands beside it."""
    connection.ensure_connection()
    line = connection.connection
    rights.enrol(line)
    rights.grant(line)
    return line


@pytest.fixture
def running(owner: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """The same line with the running account's rights, as if it had come in as that."""
    owner.execute(f"set session authorization {ROLE}")
    yield owner
    owner.execute("reset session authorization")


def refused(line: psycopg.Connection, statement: str) -> str:
    """The words with which the database refuses it; nothing of it stays."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege) as no, line.transaction():
        line.execute(sql.SQL(statement))  # type: ignore[arg-type]
    return str(no.value)


@pytest.mark.clause("TQ-3")
def test_every_table_has_exactly_the_intended_rights(owner: psycopg.Connection) -> None:
    held = rights.standing(owner)
    assert set(connection.introspection.table_names()) == set(held)
    assert set(rights.FEWER) <= set(held)
    for table, found in held.items():
        assert found == rights.intended(table), table


def test_what_a_trigger_always_refuses_is_not_granted_either() -> None:
    assert set(rights.FEWER) - {"django_migrations"} == {
        guard.table for guard in all_guards().triggers.values()
    }
    for table in {guard.table for guard in all_guards().triggers.values()}:
        assert "DELETE" not in rights.intended(table)
        assert "TRUNCATE" not in rights.intended(table)
        assert ("UPDATE" in rights.intended(table)) == (table not in ADDED_ONLY), table


def test_rights_that_went_astray_are_set_right(owner: psycopg.Connection) -> None:
    owner.execute(f"grant all on journal_entry to {ROLE}")
    owner.execute("grant delete on journal_dayroot to public")
    owner.execute(f"revoke insert on floor_visit from {ROLE}")
    assert rights.standing(owner)["journal_entry"] != rights.intended("journal_entry")
    rights.grant(owner)
    for table in ("journal_entry", "journal_dayroot", "floor_visit"):
        assert rights.standing(owner)[table] == rights.intended(table)


def test_a_table_of_a_later_migration_can_be_used_at_once(owner: psycopg.Connection) -> None:
    owner.execute("create table later (id bigserial primary key, words text)")
    owner.execute(f"set session authorization {ROLE}")
    try:
        owner.execute("insert into later (words) values ('a')")
        owner.execute("update later set words = 'b'")
        owner.execute("delete from later")
        assert "must be owner" in refused(owner, "drop table later")
    finally:
        owner.execute("reset session authorization")


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize(
    "statement",
    [
        "drop trigger journal_entry_rows on journal_entry",
        "alter table journal_entry disable trigger journal_entry_rows",
        "alter table journal_entry disable trigger all",
        "alter table journal_entry add column more text",
        "create or replace function journal_refuse() returns trigger language plpgsql"
        " as 'begin return null; end'",
        "drop function journal_refuse() cascade",
        "create rule nothing as on delete to journal_entry do instead nothing",
        "delete from journal_entry",
        "update journal_entry set seq = seq",
        "truncate journal_entry",
        "truncate floor_visit",
        "delete from floor_registerentry",
        "update floor_undone set id = id",
        "delete from floor_turnevent",
        "delete from floor_registerwords",
        "delete from django_migrations",
        "drop table floor_visit",
        "create table mine (id int)",
        "create schema mine",
        "create function mine() returns int language sql as 'select 1'",
        "create role mine",
        f"alter role {ROLE} superuser",
        f"alter table journal_entry owner to {ROLE}",
        "set session_replication_role = replica",
        "select pg_read_file('/etc/hostname')",
        "select pg_read_binary_file('/etc/hostname')",
        "select pg_ls_dir('.')",
        "select lo_import('/etc/hostname')",
        "copy journal_ledger to '/tmp/yingbin-taken'",
        "copy journal_ledger to program 'cat'",
        "copy journal_storedresponse from '/etc/hostname'",
        "set log_statement = 'all'",
        "create extension pg_trgm",
    ],
)
def test_the_running_account_is_refused(running: psycopg.Connection, statement: str) -> None:
    assert refused(running, statement)


def test_it_cannot_become_the_owner(owner: psycopg.Connection) -> None:
    (name,) = owner.execute("select current_user").fetchone() or ("",)
    row = owner.execute(
        "select rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls, rolcanlogin"
        " from pg_roles where rolname = %s",
        [ROLE],
    ).fetchone()
    assert row == (False, False, False, False, False, True)
    assert owner.execute("select pg_has_role(%s, %s, 'member')", [ROLE, name]).fetchone() == (
        False,
    )
    memberships = owner.execute(
        "select count(*) from pg_auth_members where member = %s::regrole", [ROLE]
    ).fetchone()
    assert memberships == (0,)


def test_the_owner_is_not_refused_the_same(owner: psycopg.Connection) -> None:
    with owner.transaction(force_rollback=True):
        owner.execute("alter table journal_entry disable trigger journal_entry_rows")
        owner.execute("drop trigger journal_entry_rows on journal_entry")
        assert owner.execute("select pg_read_file('PG_VERSION')").fetchone()


def test_a_check_has_the_table_of_its_session(running: psycopg.Connection) -> None:
    with running.transaction(force_rollback=True):
        running.execute("create temporary table mine (id int) on commit drop")
        running.execute("analyze mine")


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder that the database's account can reach."""
    folder = Path(tempfile.mkdtemp(prefix="yb-rights-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    postmaster.stop(folder / "pg")
    shutil.rmtree(folder, ignore_errors=True)


def test_a_folder_of_before_learns_of_the_running_account_by_itself(room: Path) -> None:
    server = Embedded(room, durable=False)
    server.start()
    ident = server.data / "pg_ident.conf"
    before = [line for line in ident.read_text().splitlines(True) if ROLE not in line]
    with psycopg.connect(server.url) as line:
        line.execute("create table journal_entry (seq int)")
        line.execute("create table floor_visit (id int)")
        line.execute(f"drop owned by {ROLE}")
        line.execute(f"drop role {ROLE}")
    server.stop()
    ident.write_text("".join(before))
    again = Embedded(room, durable=False)
    again.start()
    with psycopg.connect(again.running_url, autocommit=True) as line:
        assert line.execute("select session_user").fetchone() == (ROLE,)
        line.execute("insert into journal_entry values (1)")
        line.execute("delete from floor_visit")
        for statement in ("delete from journal_entry", "drop table floor_visit"):
            assert re.search(DENIED, refused(line, statement))
    once = ident.read_text()
    again.stop()
    again.start()
    assert ident.read_text() == once
    assert stat.S_IMODE(ident.stat().st_mode) == 0o600
    again.stop()


def test_a_child_of_serve_learns_no_address_of_the_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(rights.OWNER, "postgres://owner@/x")
    monkeypatch.setenv("DATABASE_URL", "postgres://running@/x")
    tell = (
        "import os, sys; known = os.environ; "
        "sys.exit(('YINGBIN_OWNER_URL' in known) + 2 * ('running@' in known['DATABASE_URL']))"
    )
    assert serve._spawn([sys.executable, "-c", tell]).wait(30) == 2
    assert rights.owner_url() == "postgres://owner@/x"
    monkeypatch.delenv(rights.OWNER)
    assert rights.owner_url() == "postgres://running@/x"


def test_django_says_it_as_an_error_of_its_own(running: psycopg.Connection) -> None:
    with pytest.raises(ProgrammingError, match=DENIED), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("delete from journal_entry")
