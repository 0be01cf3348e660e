"""What the database itself refuses, it refuses by our own triggers and functions, and by nothing else's leave (TQ-3)."""

import pytest
from django.db import connection

from yingbin.journal.guards import all_guards, guard_faults

GUARDS, FUNCTIONS = all_guards().triggers, all_guards().functions


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
def test_the_list_of_guards_is_what_a_freshly_migrated_database_has() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgname, pg_get_triggerdef(oid, true) from pg_trigger where not tgisinternal"
        )
        assert dict(cursor.fetchall()) == {
            name: guard.definition(name) for name, guard in GUARDS.items()
        }
        cursor.execute(
            "select proname, encode(sha256(convert_to(prosrc, 'UTF8')), 'hex') from pg_proc"
            " where pronamespace = current_schema()::regnamespace"
            " and prorettype = 'trigger'::regtype"
        )
        assert dict(cursor.fetchall()) == FUNCTIONS
    assert guard_faults() == []


LETS_ALL = (
    "create or replace function {}() returns trigger language plpgsql as 'begin return new; end'"
)


@pytest.mark.django_db
@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_a_function_that_no_longer_refuses_is_found(function: str) -> None:
    run(LETS_ALL.format(function))
    assert [f for f in guard_faults() if function in f and "被改过" in f]


@pytest.mark.django_db
@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize("guard", sorted(GUARDS))
def test_a_guard_put_back_with_another_meaning_is_found(guard: str) -> None:
    table, function = GUARDS[guard].table, GUARDS[guard].function
    run(f"drop trigger {guard} on {table}")
    run(f"create trigger {guard} after insert on {table} execute function {function}()")
    run(f"alter table {table} enable always trigger {guard}")
    assert [f for f in guard_faults() if guard in f and "换成了别的" in f]


@pytest.mark.django_db
@pytest.mark.clause("TQ-3")
def test_a_guard_that_looks_away_for_some_rows_is_found() -> None:
    run("drop trigger journal_entry_rows on journal_entry")
    run(
        "create trigger journal_entry_rows before update or delete on journal_entry"
        " for each row when (old.seq > 5) execute function journal_refuse()"
    )
    run("alter table journal_entry enable always trigger journal_entry_rows")
    assert [f for f in guard_faults() if "journal_entry_rows" in f]


MORE = {
    "多了一个触发器": "create trigger quiet before insert on floor_visit for each row"
    " execute function journal_refuse()",
    "改写语句的规则": "create rule quiet as on delete to floor_turnevent do instead nothing",
    "行级隐藏": "alter table journal_entry enable row level security",
    "换了主人": "create role stranger; grant create on schema public to stranger;"
    " alter function journal_refuse() owner to stranger",
    "被改过": "alter function journal_refuse() security definer",
}


@pytest.mark.django_db
@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize("said", sorted(MORE))
def test_what_gets_round_the_guards_is_found(said: str) -> None:
    run(MORE[said])
    assert [f for f in guard_faults() if said in f], guard_faults()
