"""A table that is declared final refuses every change, but for words that a customer had erased."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from yingbin.journal.finals import Final
from yingbin.rules.gone import ERASED

REPORT = Final("final_report", erasable=("words", "said"))
PLAIN = Final("final_plain")


def run(statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


@pytest.fixture
def tables(db: None) -> Iterator[None]:
    for one in (REPORT, PLAIN):
        run(f"create table {one.table} (id int, count int, words text, said jsonb)")
        run(one.operation().sql)
        row = (
            """(1, 3, '林悦先到', '{"why": "先到"}')""",
            """(2, 4, '来电在先', '{"why": "来电"}')""",
        )
        run(f"insert into {one.table} values {', '.join(row)}")
    yield
    run("set session_replication_role = default")


def refused(statement: str) -> bool:
    try:
        with transaction.atomic():
            run(statement)
    except DatabaseError as no:
        return "are final" in str(no)
    return False


@pytest.mark.parametrize(
    "statement",
    [
        "update {} set count = 5 where id = 1",
        "update {} set words = '吴敏先到' where id = 1",
        "update {} set words = '', count = 5 where id = 1",
        "update {} set id = 9 where id = 1",
        "delete from {} where id = 1",
    ],
)
@pytest.mark.parametrize("table", [REPORT.table, PLAIN.table])
def test_a_final_row_is_neither_changed_nor_deleted(
    tables: None, table: str, statement: str
) -> None:
    assert refused(statement.format(table))
    assert refused(f"set local session_replication_role = replica; {statement.format(table)}")


@pytest.mark.parametrize("empty", ["''", "null", f"'{ERASED}'"])
def test_a_customers_words_can_be_erased_and_nothing_is_filled_in_again(
    tables: None, empty: str
) -> None:
    assert not refused(f"update final_report set words = {empty}, said = '{{}}' where id = 1")
    assert refused("update final_report set words = '别的' where id = 1")
    assert run("select count from final_report order by id") == [(3,), (4,)]


def test_without_words_of_a_customer_nothing_is_erased(tables: None) -> None:
    assert refused("update final_plain set words = '' where id = 1")


def test_a_whole_table_is_emptied_only_where_the_database_is_disposable(tables: None) -> None:
    assert refused("set local yingbin.disposable = 'off'; truncate final_report")
    assert not refused("set local yingbin.disposable = 'on'; truncate final_report")


def test_the_guards_go_as_they_came(tables: None) -> None:
    """The control: without them the same statements go through."""
    run(str(REPORT.operation().reverse_sql))
    assert not refused("update final_report set count = 5")
    assert not refused("delete from final_report")


def test_what_is_listed_is_what_the_database_has(tables: None) -> None:
    ((name, digest),) = REPORT.guards().functions.items()
    source = "encode(sha256(convert_to(prosrc, 'UTF8')), 'hex')"
    assert run(f"select {source} from pg_proc where proname = '{name}'") == [(digest,)]
    standing = run(
        "select tgname, tgrelid::regclass::text from pg_trigger"
        " where tgrelid = 'final_report'::regclass and tgenabled = 'A'"
    )
    assert {str(t): str(table) for t, table in standing} == {
        name: guard.table for name, guard in REPORT.guards().triggers.items()
    }
